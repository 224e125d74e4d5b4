//! What is written together: a [`Batch`] commits in one transaction or not at all.

use serde::Serialize;
use time::OffsetDateTime;

use crate::model::{CollectionKey, Document, DocumentKey};

/// Changes that belong together, and the checkpoint that describes them.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Documents with new content; clears an earlier failure, and makes them available.
    pub upserts: Vec<Document>,
    /// Documents whose place or title changed while their text did not.
    pub relocations: Vec<Relocation>,
    /// Documents to keep, out of retrieval, with the reason.
    pub unavailable: Vec<(DocumentKey, String)>,
    /// Documents to take back into retrieval.
    pub available: Vec<DocumentKey>,
    /// Documents to delete with everything that belongs to them.
    pub removals: Vec<DocumentKey>,
    /// Documents whose newest version could not be taken; older content stays searchable.
    pub failures: Vec<DocumentFailure>,
    /// How far the source has been read once this is committed.
    pub checkpoint: Option<Checkpoint>,
    /// The time to note as that of the sync.
    pub now: OffsetDateTime,
}

impl Batch {
    /// A batch without changes.
    pub fn new(now: OffsetDateTime) -> Self {
        Self {
            upserts: Vec::new(),
            relocations: Vec::new(),
            unavailable: Vec::new(),
            available: Vec::new(),
            removals: Vec::new(),
            failures: Vec::new(),
            checkpoint: None,
            now,
        }
    }

    /// Whether committing it would change nothing.
    pub fn is_empty(&self) -> bool {
        !self.changes_documents() && self.checkpoint.is_none()
    }

    pub(crate) fn changes_documents(&self) -> bool {
        !(self.upserts.is_empty()
            && self.relocations.is_empty()
            && self.unavailable.is_empty()
            && self.available.is_empty()
            && self.removals.is_empty()
            && self.failures.is_empty())
    }
}

/// A document that moved or was renamed. One that is not stored is passed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Relocation {
    /// Which document.
    pub key: DocumentKey,
    /// Where it lies now.
    pub collection: CollectionKey,
    /// Its title now; another one than before means new prefixes, which are embedded again.
    pub title: String,
    /// Its address now.
    pub url: String,
    /// Titles above it now, outermost first.
    pub path: Vec<String>,
    /// The source's version number now.
    pub version: i64,
    /// The source's own facts now.
    pub metadata: serde_json::Value,
}

/// A document whose newest version could not be fetched or read.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentFailure {
    /// Which document.
    pub key: DocumentKey,
    /// Where it lies; used only when nothing else is stored of it, like the fields below.
    pub collection: CollectionKey,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Why, for people.
    pub reason: String,
    /// The source's own facts.
    pub metadata: serde_json::Value,
}

/// How far a source has been read, under the name its reader chose.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// Name, for example the collection's key.
    pub name: String,
    /// Opaque here.
    pub value: serde_json::Value,
}

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CommitReport {
    /// Documents that were new.
    pub added: u64,
    /// Documents that were stored already and got new content.
    pub updated: u64,
    /// Documents moved or renamed.
    pub relocated: u64,
    /// Documents deleted.
    pub removed: u64,
    /// Documents taken out of retrieval.
    pub unavailable: u64,
    /// Documents taken back into retrieval.
    pub restored: u64,
    /// Failures noted.
    pub failed: u64,
    /// Chunks written anew.
    pub chunks_added: u64,
    /// Chunks that stayed, with or without a vector.
    pub chunks_kept: u64,
    /// Chunks deleted.
    pub chunks_removed: u64,
    /// Vectors that stayed because their text did.
    pub vectors_kept: u64,
    /// The change number of this commit; 0 when only a checkpoint was written.
    pub change: i64,
}
