//! The database `knowledge.db`: the one truth for content, and the only place that speaks SQL.

mod changes;
mod checkpoints;
mod clear;
mod collections;
mod commit;
mod diff;
mod documents;
mod error;
mod hits;
mod open;
mod prepare;
mod queue;
mod relocate;
mod scope;
mod since;
mod vectors;

pub(crate) use changes::{ChunkChange, Tip};
pub use documents::{Counts, DocumentHead, DocumentQuery, DocumentRow, DocumentState, StoredDocument};
pub use error::DatabaseError;
pub(crate) use hits::{FoundChunk, Placement};
pub(crate) use prepare::Splitter;
pub(crate) use queue::PendingChunk;
pub use since::{ChangeKind, DocumentChange, Mark};
pub(crate) use vectors::floats;

use std::path::PathBuf;

use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::Error;

/// Number of a chunk, a document or a collection inside one database.
pub(crate) type Id = i64;

/// The database: one connection that writes, a few that read.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Store {
    /// Begins a transaction that may write. `IMMEDIATE`, because a transaction that reads first and then finds another
    /// process writing cannot wait: it fails at once, whatever the busy timeout.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))
    }

    /// Names a failure of the database.
    fn failed(&self, error: sqlx::Error) -> Error {
        let source = DatabaseError::from(error);
        if source.is_corrupt() { Error::Corrupt { path: self.path.clone(), source } } else { source.into() }
    }
}

/// Takes the next change number.
async fn next_change(tx: &mut Transaction<'_, Sqlite>) -> sqlx::Result<i64> {
    sqlx::query_scalar("UPDATE journal SET change = change + 1 RETURNING change").fetch_one(&mut **tx).await
}

/// Numbers as a JSON array, which SQL takes as one parameter: `IN (SELECT value FROM json_each(?))`.
fn id_list(ids: &[Id]) -> String {
    let numbers: Vec<String> = ids.iter().map(ToString::to_string).collect();
    format!("[{}]", numbers.join(","))
}

/// Texts as a JSON array, likewise.
fn text_list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    serde_json::Value::from(texts.collect::<Vec<_>>()).to_string()
}

/// Reads a column that holds JSON.
fn decode<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|source| Error::Encoding { what, source })
}

/// Writes a column that holds JSON.
fn encode<T: serde::Serialize + ?Sized>(what: &'static str, value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|source| Error::Encoding { what, source })
}
