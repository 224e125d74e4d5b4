//! How fast a search is: a knowledge base with many generated chunks, and the same vectors scanned without tricks.
//!
//! `cargo run --release -p knowledge --example search_speed -- 100000`
#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use knowledge::embed::Embedder;
use knowledge::model::{Block, BlockKind, Collection, CollectionKey, Document, DocumentKey, Section};
use knowledge::{Batch, Filter, KnowledgeBase, Mode, Options, SearchQuery};
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

const CHUNKS_A_DOCUMENT: usize = 20;
const COLLECTIONS: usize = 4;
const QUERIES: usize = 200;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: usize = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let base = KnowledgeBase::open(folder.path(), Some(Embedder::hashed()), Options::default()).await?;
    fill(&base, count).await?;
    let base = reopen(base, folder.path()).await?;
    for mode in [Mode::Keyword, Mode::Semantic, Mode::Hybrid] {
        ask(&base, mode, Filter::default(), "everything").await?;
    }
    let one = Filter::collections([CollectionKey::new("0")]);
    ask(&base, Mode::Hybrid, one, "a quarter").await?;
    compare_with_exact_scan(&base, count).await
}

async fn fill(base: &KnowledgeBase, count: usize) -> Result<(), Box<dyn std::error::Error>> {
    for number in 0..COLLECTIONS {
        let key = CollectionKey::new(number.to_string());
        base.put_collection(&Collection { key, name: number.to_string() }).await?;
    }
    let mut words = Words(42);
    let started = Instant::now();
    let documents: Vec<usize> = (0..count / CHUNKS_A_DOCUMENT).collect();
    for numbers in documents.chunks(100) {
        let upserts = numbers.iter().map(|number| document(*number, &mut words)).collect();
        base.commit(Batch { upserts, ..Batch::new(OffsetDateTime::UNIX_EPOCH) }).await?;
    }
    println!("commit   {count} chunks in {:.1?}", started.elapsed());
    let started = Instant::now();
    let report = base.embed_pending(&CancellationToken::new(), |_| ()).await?;
    println!("embed    {} chunks in {:.1?} (hashed)", report.embedded, started.elapsed());
    base.search(SearchQuery::new("warm")).await?;
    let started = Instant::now();
    let heads = base.heads(None).await?.len();
    println!("heads    {heads} documents in {:.1?}", started.elapsed());
    Ok(())
}

async fn reopen(base: KnowledgeBase, folder: &std::path::Path) -> Result<KnowledgeBase, knowledge::Error> {
    base.close().await;
    let started = Instant::now();
    let base = KnowledgeBase::open(folder, Some(Embedder::hashed()), Options::default()).await?;
    println!("open     with vectors in {:.1?}", started.elapsed());
    let started = Instant::now();
    base.search(SearchQuery::new("warm")).await?;
    println!("first    search in {:.1?}", started.elapsed());
    Ok(base)
}

async fn ask(base: &KnowledgeBase, mode: Mode, filter: Filter, of: &str) -> Result<(), knowledge::Error> {
    let mut words = Words(7);
    let mut times = Vec::new();
    for _ in 0..QUERIES {
        let query = SearchQuery { mode, filter: filter.clone(), ..SearchQuery::new(words.text(5)) };
        times.push(base.search(query).await?.took.total);
    }
    println!("search   {mode:?} of {of}: {}", percentiles(times));
    Ok(())
}

/// The same vectors, one after the other in f32, in the same run and so under the same load.
async fn compare_with_exact_scan(base: &KnowledgeBase, count: usize) -> Result<(), Box<dyn std::error::Error>> {
    let embedder = Embedder::hashed();
    let mut words = Words(42);
    let mut rows: Vec<f32> = Vec::new();
    for _ in 0..count {
        rows.extend(embedder.embed_query(&words.text(40))?);
    }
    let (mut exact, mut ours) = (Vec::new(), Vec::new());
    let mut words = Words(9);
    for _ in 0..30 {
        let text = words.text(5);
        let query = embedder.embed_query(&text)?;
        let started = Instant::now();
        let best = rows.chunks_exact(query.len()).map(|row| dot(row, &query)).fold(0.0, f32::max);
        black_box(best);
        exact.push(started.elapsed());
        let search = SearchQuery { mode: Mode::Semantic, ..SearchQuery::new(text) };
        ours.push(base.search(search).await?.took.total);
    }
    let ratio = median(&mut exact).as_secs_f64() / median(&mut ours).as_secs_f64();
    println!("exact    f32 scan: {}", percentiles(exact));
    println!("ratio    exact scan / whole semantic search: {ratio:.1}");
    Ok(())
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn percentiles(mut times: Vec<Duration>) -> String {
    let p50 = median(&mut times);
    let p95 = times.get(times.len() * 95 / 100).copied().unwrap_or_default();
    format!("p50 {p50:.1?}, p95 {p95:.1?}")
}

fn document(number: usize, words: &mut Words) -> Document {
    let section = |part: usize, text: String| Section {
        heading_path: vec![format!("Part {part}")],
        anchor: None,
        blocks: vec![Block { kind: BlockKind::Prose, text }],
    };
    Document {
        key: DocumentKey::new(number.to_string()),
        collection: CollectionKey::new((number % COLLECTIONS).to_string()),
        title: words.text(4),
        version: 1,
        url: format!("https://wiki.example/{number}"),
        path: Vec::new(),
        modified_at: None,
        sections: (0..CHUNKS_A_DOCUMENT).map(|part| section(part, words.text(40))).collect(),
        losses: Vec::new(),
        metadata: serde_json::Value::Null,
    }
}

/// Made-up words; a few are frequent, as in any language.
struct Words(u64);

impl Words {
    fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn word(&mut self) -> String {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let uniform = (self.0 >> 40) as f64 / f64::from(1_u32 << 24);
        format!("w{}", (uniform * uniform * uniform * 20_000.0) as u32)
    }
}
