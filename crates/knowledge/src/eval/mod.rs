//! Measures retrieval on a set of questions with known answers, in BEIR layout: `corpus.jsonl` (`_id`, `title`, `text`),
//! `queries.jsonl` (`_id`, `text`) and `qrels.tsv` (query, document, grade; with a header line).

mod metrics;
mod set;

use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

use crate::embed::Embedder;
use crate::model::{Block, BlockKind, Collection, CollectionKey, Document, DocumentKey, Section};
use crate::{Batch, Error, KnowledgeBase, Mode, Options, SearchQuery};
use metrics::Scores;
use set::{CorpusLine, EvaluationSet};

/// How many hits are judged.
const DEPTH: usize = 10;
const COMMITTED_TOGETHER: usize = 500;
const COLLECTION: &str = "evaluation";

/// How well, and how fast, a set was answered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EvalReport {
    /// Normalised discounted cumulative gain of the first ten documents.
    pub ndcg10: f64,
    /// Share of the right documents among the first ten.
    pub recall10: f64,
    /// One divided by the rank of the first right document, 0 when none is among the first ten.
    pub mrr10: f64,
    /// How many questions were asked.
    pub queries: usize,
    /// How many documents there are.
    pub documents: usize,
    /// Median time of a search.
    pub p50: Duration,
    /// 95 of 100 searches took no longer.
    pub p95: Duration,
    /// 99 of 100 searches took no longer.
    pub p99: Duration,
}

/// Indexes the set in `dir` in a temporary knowledge base and asks all its questions.
pub async fn evaluate(dir: &Path, embedder: Option<Embedder>, mode: Mode) -> Result<EvalReport, Error> {
    let unusable = |source| Error::Io { path: std::env::temp_dir(), source };
    let folder = tempfile::tempdir().map_err(unusable)?;
    Evaluation::prepare(dir, folder.path(), embedder).await?.run(mode).await
}

/// A set that is indexed and can be asked in several modes.
#[derive(Debug)]
pub struct Evaluation {
    base: KnowledgeBase,
    set: EvaluationSet,
    documents: usize,
}

impl Evaluation {
    /// Indexes the set in `dir` in the knowledge base in `store`; what is there from an earlier time is not embedded
    /// again.
    pub async fn prepare(dir: &Path, store: &Path, embedder: Option<Embedder>) -> Result<Self, Error> {
        let base = KnowledgeBase::open(store, embedder, Options::default()).await?;
        let collection = Collection { key: CollectionKey::new(COLLECTION), name: COLLECTION.to_owned() };
        base.put_collection(&collection).await?;
        let corpus = EvaluationSet::corpus(dir)?;
        let documents = corpus.len();
        let mut corpus = corpus.into_iter().map(document).peekable();
        while corpus.peek().is_some() {
            let upserts = corpus.by_ref().take(COMMITTED_TOGETHER).collect();
            base.commit(Batch { upserts, ..Batch::new(OffsetDateTime::UNIX_EPOCH) }).await?;
        }
        if base.has_embedder() {
            base.embed_pending(&CancellationToken::new(), |progress| {
                tracing::info!(done = progress.done, total = progress.total, "embedding the evaluation set");
            })
            .await?;
        }
        Ok(Self { base, set: EvaluationSet::open(dir)?, documents })
    }

    /// Asks all questions in this mode.
    pub async fn run(&self, mode: Mode) -> Result<EvalReport, Error> {
        let mut sum = Scores::default();
        let mut times = Vec::new();
        // The first search loads what later ones find in memory.
        self.base.search(SearchQuery { mode, ..SearchQuery::new("warm") }).await?;
        for (question, right) in self.set.questions() {
            let query = SearchQuery { mode, limit: DEPTH, per_document: 1, ..SearchQuery::new(question) };
            let found = self.base.search(query).await?;
            times.push(found.took.total);
            let ranking: Vec<&str> = found.hits.iter().map(|hit| hit.document.as_str()).collect();
            sum.add(Scores::of(&ranking, right, DEPTH));
        }
        times.sort_unstable();
        let mean = |sum: f64| sum / times.len().max(1) as f64;
        Ok(EvalReport {
            ndcg10: mean(sum.ndcg),
            recall10: mean(sum.recall),
            mrr10: mean(sum.reciprocal_rank),
            queries: times.len(),
            documents: self.documents,
            p50: percentile(&times, 50),
            p95: percentile(&times, 95),
            p99: percentile(&times, 99),
        })
    }
}

fn document(line: CorpusLine) -> Document {
    let block = Block { kind: BlockKind::Prose, text: line.text };
    Document {
        key: DocumentKey::new(line.id),
        collection: CollectionKey::new(COLLECTION),
        title: line.title,
        version: 1,
        url: String::new(),
        path: Vec::new(),
        modified_at: None,
        sections: vec![Section { heading_path: Vec::new(), anchor: None, blocks: vec![block] }],
        losses: Vec::new(),
        metadata: serde_json::Value::Null,
    }
}

/// The nearest-rank percentile of sorted times.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}
