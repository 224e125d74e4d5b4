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

/// What may be found at all. A document must pass both lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Only these collections; all when `None`, nothing when empty.
    pub collections: Option<Vec<CollectionKey>>,
    /// Only these documents; all when `None`, nothing when empty.
    pub documents: Option<Vec<DocumentKey>>,
}

/// A question to the knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

impl SearchQuery {
    /// Ten hits from anywhere, by word and by meaning, up to three of one document.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), filter: Filter::default(), limit: 10, mode: Mode::default(), per_document: 3 }
    }
}

/// The filter in the database's own numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Allowed {
    pub collections: Option<Vec<Id>>,
    pub documents: Option<Vec<Id>>,
}

impl Allowed {
    /// Whether nothing can pass.
    pub(crate) fn is_nothing(&self) -> bool {
        let nothing = |ids: &Option<Vec<Id>>| ids.as_ref().is_some_and(Vec::is_empty);
        nothing(&self.collections) || nothing(&self.documents)
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
    /// How far the document has come.
    pub state: DocumentState,
    /// When the document's content was last committed.
    #[serde(with = "time::serde::timestamp::option")]
    pub synced_at: Option<OffsetDateTime>,
}
