//! What can go wrong in a knowledge base, with a code for programs and a hint for people.

use std::path::PathBuf;

use crate::embed::EmbedError;
use crate::model::CollectionKey;
use crate::store::DatabaseError;

/// Why a call on a [`crate::KnowledgeBase`] failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database file cannot be read as one.
    #[error("the knowledge base at `{path}` is damaged")]
    Corrupt {
        /// The database file.
        path: PathBuf,
        /// What the database said.
        #[source]
        source: DatabaseError,
    },
    /// A newer version of this program has written the database.
    #[error("the knowledge base at `{path}` was written by a newer version")]
    NewerSchema {
        /// The database file.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("no space is left for the knowledge base")]
    DiskFull {
        /// What the database said.
        #[source]
        source: DatabaseError,
    },
    /// Any other failure of the database.
    #[error("the knowledge base's database failed")]
    Database {
        /// What the database said.
        #[source]
        source: DatabaseError,
    },
    /// A folder or file of the knowledge base cannot be used.
    #[error("cannot use `{path}`")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The keyword index failed, also after it was rebuilt.
    #[error("the keyword index failed")]
    Index {
        /// What the index said.
        #[source]
        source: tantivy::TantivyError,
    },
    /// The embedding model failed.
    #[error("the text could not be embedded")]
    Embed {
        /// What the embedder said.
        #[source]
        source: EmbedError,
    },
    /// Search by meaning, or embedding, was asked for without a model.
    #[error("no embedding model is loaded")]
    NoEmbedder,
    /// Another process has opened the knowledge base with another model, and its vectors are that model's.
    #[error("the knowledge base now belongs to the embedding model `{now}`, not `{ours}`")]
    EmbedderChanged {
        /// The model that this process has.
        ours: String,
        /// The model that the vectors are of.
        now: String,
    },
    /// A document names a collection that was never put.
    #[error("there is no collection `{key}`")]
    UnknownCollection {
        /// The name.
        key: CollectionKey,
    },
    /// A stored value is not what this version writes.
    #[error("the stored {what} cannot be read")]
    Encoding {
        /// Which value.
        what: &'static str,
        /// What the decoder said.
        #[source]
        source: serde_json::Error,
    },
    /// A background task ended before its result.
    #[error("a task of the knowledge base was cut off")]
    Task {
        /// How it ended.
        #[source]
        source: tokio::task::JoinError,
    },
    /// An evaluation set is not laid out as expected.
    #[error("cannot read the evaluation set at `{path}`, line {line}")]
    EvaluationSet {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
    },
}

impl Error {
    /// Stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Corrupt { .. } => "knowledge_corrupt",
            Self::NewerSchema { .. } => "knowledge_newer",
            Self::DiskFull { .. } => "disk_full",
            Self::Database { .. } => "knowledge_database",
            Self::Io { .. } => "knowledge_io",
            Self::Index { .. } => "keyword_index",
            Self::Embed { .. } => "embedding",
            Self::NoEmbedder => "no_embedder",
            Self::EmbedderChanged { .. } => "embedder_changed",
            Self::UnknownCollection { .. } => "unknown_collection",
            Self::Encoding { .. } => "knowledge_encoding",
            Self::Task { .. } => "task_cut_off",
            Self::EvaluationSet { .. } => "evaluation_set",
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Corrupt { .. } | Self::Encoding { .. } => "delete knowledge.db: a sync brings its content back",
            Self::NewerSchema { .. } => "update this program, or delete knowledge.db and sync again",
            Self::DiskFull { .. } => "free some disk space, then try again",
            Self::Database { .. } | Self::Task { .. } => "try again; if it stays, restart the program",
            Self::Io { .. } => "check that the folder exists and may be written",
            Self::Index { .. } => "delete the folder keyword-index: it is rebuilt at the next start",
            Self::Embed { .. } => "check the embedding model; search by keyword works without it",
            Self::NoEmbedder => "set up the embedding model; search by keyword works without it",
            Self::EmbedderChanged { .. } => "restart the program that runs with the older model",
            Self::UnknownCollection { .. } => "put the collection before its documents",
            Self::EvaluationSet { .. } => "the folder needs corpus.jsonl, queries.jsonl and qrels.tsv in BEIR layout",
        }
    }
}

impl From<DatabaseError> for Error {
    fn from(source: DatabaseError) -> Self {
        if source.is_disk_full() { Self::DiskFull { source } } else { Self::Database { source } }
    }
}

impl From<tantivy::TantivyError> for Error {
    fn from(source: tantivy::TantivyError) -> Self {
        Self::Index { source }
    }
}

impl From<EmbedError> for Error {
    fn from(source: EmbedError) -> Self {
        Self::Embed { source }
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(source: tokio::task::JoinError) -> Self {
        Self::Task { source }
    }
}
