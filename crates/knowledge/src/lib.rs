//! Local knowledge base: store, chunk, embed, index, search, cite.
//!
//! [`KnowledgeBase`] is the door. What it stores lies in one SQLite database, the only truth; the indexes for words and
//! for meaning are derived from it and rebuilt when they are lost.

mod batch;
pub mod embed;
mod embedding;
mod error;
pub mod eval;
mod index;
mod knowledge_base;
pub mod model;
mod search;
pub mod split;
mod store;

pub use batch::{Batch, Checkpoint, CommitReport, DocumentFailure, Relocation};
pub use embedding::{EmbedProgress, EmbedReport};
pub use error::Error;
pub use knowledge_base::{KnowledgeBase, Options};
pub use search::{Evidence, Filter, Mode, Quote, ScoreDetails, SearchHit, SearchQuery, SearchResults, Took};
pub use store::{
    ChangeKind, Counts, DatabaseError, DocumentChange, DocumentHead, DocumentQuery, DocumentRow, DocumentState, Mark,
    StoredDocument,
};
