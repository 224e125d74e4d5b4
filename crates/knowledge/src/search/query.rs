//! What is asked and what is answered.

use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Quote, ScoreDetails};
use crate::model::{CollectionKey, DocumentKey};
use crate::store::{DocumentState, Id};

/// How to search.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// By word and by meaning; by word alone while there is no model.
    #[default]
    Hybrid,
    /// By word.
    Keyword,
    /// By meaning.
    Semantic,
}

/// What may be found at all. Documents that are unavailable never are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// Everything.
    #[default]
    All,
    /// What lies in one of these collections, and these documents wherever they lie; nothing where both are empty.
    Only {
        /// Collections as a whole.
        collections: Vec<CollectionKey>,
        /// Single documents.
        documents: Vec<DocumentKey>,
    },
}

impl Filter {
    /// Only these collections.
    pub fn collections(keys: impl IntoIterator<Item = CollectionKey>) -> Self {
        Self::Only { collections: keys.into_iter().collect(), documents: Vec::new() }
    }
}

/// A question to the knowledge base.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchQuery {
    /// Words or a question.
    pub text: String,
    /// What may be found.
    pub filter: Filter,
    /// At most so many hits.
    pub limit: usize,
    /// How to search.
    pub mode: Mode,
    /// At most so many hits of one document.
    pub per_document: usize,
    /// What each further hit of the same document counts of the one before, 0 to 1: a second piece of a page that is
    /// cited already tells less than the first of another page, unless it matches clearly better.
    pub further: f32,
    /// What meaning counts beside words in a hybrid search, 0 to 1; as the knowledge base was opened with otherwise.
    pub semantic_weight: Option<f32>,
    /// The vector to search by meaning with, where it is known already; of `text` otherwise.
    pub vector: Option<Vec<f32>>,
}

impl SearchQuery {
    /// Ten hits from anywhere, by word and by meaning, up to three of one document.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            filter: Filter::default(),
            limit: 10,
            mode: Mode::default(),
            per_document: 3,
            further: 0.9,
            semantic_weight: None,
            vector: None,
        }
    }
}

/// The filter in the database's own numbers; everything where it is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Allowed(pub Option<Only>);

/// What passes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Only {
    /// Collections as a whole.
    pub collections: Vec<Id>,
    /// Single documents, in any other collection.
    pub documents: Vec<Id>,
    /// The collections in which those lie.
    pub homes: Vec<Id>,
}

impl Allowed {
    /// Whether nothing can pass.
    pub(crate) fn is_nothing(&self) -> bool {
        self.0.as_ref().is_some_and(|only| only.collections.is_empty() && only.documents.is_empty())
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchResults {
    /// Hits, best first.
    pub hits: Vec<SearchHit>,
    /// Where the time went.
    pub took: Took,
    /// How many of the documents that the filter allows are not yet wholly found by meaning.
    pub pending_documents: u64,
    /// How was searched in the end: `Keyword` where `Hybrid` was asked for without a model.
    pub mode: Mode,
    /// What the rankings said beside the hits.
    pub evidence: Evidence,
}

/// What tells an answer from the nearest that there is: a ranking always has a first, however far it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Evidence {
    /// The query's terms as they are indexed, each with how rare it is: BM25's weight, from 0 for one that stands
    /// everywhere.
    pub terms: Vec<(String, f32)>,
    /// Best BM25 of any chunk; 0 where no word was found.
    pub best_keyword: f32,
    /// Best cosine of any chunk; 0 where was not searched by meaning.
    pub best_semantic: f32,
    /// Cosine where the crowd begins: one chunk in 150 is nearer, however many there are.
    pub typical_semantic: f32,
}

/// Where the time of a search went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Took {
    /// Embedding the query.
    pub embed: Duration,
    /// Finding, fusing and reading the hits.
    pub search: Duration,
    /// From call to answer.
    pub total: Duration,
}

/// A section of a document that answers a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchHit {
    /// The document.
    pub document: DocumentKey,
    /// Where it lies.
    pub collection: CollectionKey,
    /// Its title.
    pub title: String,
    /// The version that was found.
    pub version: i64,
    /// Titles above it, outermost first.
    pub path: Vec<String>,
    /// Headings above the text, outermost first.
    pub heading_path: Vec<String>,
    /// Fragment of the section, percent-encoded and without `#`.
    pub anchor: Option<String>,
    /// Address that opens the document at the section.
    pub url: String,
    /// The text found, exactly as it stands in the page text at `span`.
    pub text: String,
    /// Half-open range of bytes in the page text.
    pub span: Range<usize>,
    /// The few sentences or lines that answer best.
    pub quote: Quote,
    /// From 0 to 1, comparable within one answer only.
    pub score: f32,
    /// What the score is made of.
    pub scores: ScoreDetails,
    /// Which share of the query's words, weighed by how rare they are, title, headings or text have; from 0 to 1.
    pub coverage: f32,
    /// How far the document has come.
    pub state: DocumentState,
    /// When the document's content was last committed.
    #[serde(with = "time::serde::timestamp::option")]
    pub synced_at: Option<OffsetDateTime>,
}
