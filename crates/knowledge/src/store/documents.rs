//! Documents as lists show them, heads for planning a sync, and counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use time::OffsetDateTime;

use super::relocate::{SECTIONS, SectionRow, section};
use super::{Store, decode, text_list};
use crate::Error;
use crate::model::{CollectionKey, DocumentKey, Loss, Section, page_text};

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// All its chunks can be found by word and by meaning.
    Ready,
    /// Some chunks wait for their vector; they are found by word.
    Pending,
    /// Its newest version could not be taken; what was stored before stays searchable.
    Failed,
    /// Kept, but out of retrieval.
    Unavailable,
}

impl DocumentState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Unavailable => "unavailable",
        }
    }

    /// Reads the generated column `documents.state`.
    pub(super) fn from_column(text: &str) -> Self {
        match text {
            "unavailable" => Self::Unavailable,
            "failed" => Self::Failed,
            "pending" => Self::Pending,
            _ => Self::Ready,
        }
    }
}

/// Which documents to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentQuery {
    /// Only these collections; all when `None`.
    pub collections: Option<Vec<CollectionKey>>,
    /// Only these states; all when `None`.
    pub states: Option<Vec<DocumentState>>,
    /// At most so many; all when `None`.
    pub limit: Option<u32>,
    /// How many to pass over.
    pub offset: u32,
}

/// A document without its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentRow {
    /// Stable key.
    pub key: DocumentKey,
    /// Where it lies.
    pub collection: CollectionKey,
    /// Title.
    pub title: String,
    /// The source's version number; 0 while nothing but a failure is known.
    pub version: i64,
    /// Address without a fragment.
    pub url: String,
    /// Titles above it, outermost first.
    pub path: Vec<String>,
    /// How far it has come.
    pub state: DocumentState,
    /// How many chunks it has.
    pub chunks: u64,
    /// How many of them wait for a vector.
    pub pending_chunks: u64,
    /// What could not be converted to text.
    pub losses: Vec<Loss>,
    /// Why it failed or is unavailable.
    pub failure: Option<String>,
    /// When the source says it was modified.
    #[serde(with = "time::serde::timestamp::option")]
    pub modified_at: Option<OffsetDateTime>,
    /// When its content was last committed; `None` while it has none.
    #[serde(with = "time::serde::timestamp::option")]
    pub synced_at: Option<OffsetDateTime>,
    /// The source's own facts.
    pub metadata: serde_json::Value,
}

/// A document with its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredDocument {
    /// Everything but the text.
    pub row: DocumentRow,
    /// Its sections in reading order.
    pub sections: Vec<Section>,
    /// Its page text, which spans point into.
    pub text: String,
}

/// What planning a sync needs of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentHead {
    /// Stable key.
    pub key: DocumentKey,
    /// Where it lies.
    pub collection: CollectionKey,
    /// Title.
    pub title: String,
    /// The source's version number; 0 while nothing but a failure is known.
    pub version: i64,
    /// The source's own facts.
    pub metadata: serde_json::Value,
    /// How far it has come.
    pub state: DocumentState,
}

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents whose chunks all have vectors.
    pub ready: u64,
    /// Documents with chunks that wait.
    pub pending: u64,
    /// Documents with a failure.
    pub failed: u64,
    /// Documents kept out of retrieval.
    pub unavailable: u64,
    /// Chunks of all documents.
    pub chunks: u64,
    /// Chunks that have a vector.
    pub embedded: u64,
}

impl Counts {
    fn add(&mut self, state: &str, documents: i64, chunks: i64, embedded: i64) {
        let of_state = match DocumentState::from_column(state) {
            DocumentState::Ready => &mut self.ready,
            DocumentState::Pending => &mut self.pending,
            DocumentState::Failed => &mut self.failed,
            DocumentState::Unavailable => &mut self.unavailable,
        };
        *of_state += documents.unsigned_abs();
        self.chunks += chunks.unsigned_abs();
        self.embedded += embedded.unsigned_abs();
    }

    /// Documents in any state.
    pub fn documents(&self) -> u64 {
        self.ready + self.pending + self.failed + self.unavailable
    }
}

const ROW: &str = "SELECT documents.key, collections.key AS collection, title, version, url, path, state, chunks, \
     embedded, losses, iif(unavailable <> '', unavailable, failure) AS failure, modified_at, synced_at, metadata \
     FROM documents JOIN collections ON collections.id = documents.collection_id";

impl Store {
    /// Documents by title.
    pub(crate) async fn documents(&self, query: &DocumentQuery) -> Result<Vec<DocumentRow>, Error> {
        let sql = format!(
            "{ROW} WHERE (?1 IS NULL OR collections.key IN (SELECT value FROM json_each(?1))) \
             AND (?2 IS NULL OR state IN (SELECT value FROM json_each(?2))) \
             ORDER BY title COLLATE NOCASE, documents.key LIMIT ?3 OFFSET ?4"
        );
        let states = query.states.as_ref().map(|states| text_list(states.iter().map(|state| state.as_str())));
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(key_list(query.collections.as_deref()))
            .bind(states)
            .bind(query.limit.map_or(-1, i64::from))
            .bind(i64::from(query.offset))
            .fetch_all(&self.readers)
            .await;
        rows.map_err(|error| self.failed(error))?.iter().map(document_row).collect()
    }

    /// One document with its text.
    pub(crate) async fn document(&self, key: &DocumentKey) -> Result<Option<StoredDocument>, Error> {
        // One transaction, so that the row and its sections are of one version.
        let mut read = self.readers.begin().await.map_err(|error| self.failed(error))?;
        let sql = format!("{ROW} WHERE documents.key = ?");
        let found = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(key.as_str()).fetch_optional(&mut *read).await;
        let Some(row) = found.map_err(|error| self.failed(error))? else { return Ok(None) };
        let id = "(SELECT id FROM documents WHERE key = ?)";
        let sql = SECTIONS.replace('?', id);
        let sections: Vec<SectionRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(key.as_str())
            .fetch_all(&mut *read)
            .await
            .map_err(|error| self.failed(error))?;
        let sections = sections.into_iter().map(section).collect::<Result<Vec<_>, _>>()?;
        let text = page_text(&sections);
        Ok(Some(StoredDocument { row: document_row(&row)?, sections, text }))
    }

    /// Heads of all documents in the collections.
    pub(crate) async fn heads(&self, collections: Option<&[CollectionKey]>) -> Result<Vec<DocumentHead>, Error> {
        let sql = "SELECT documents.key, collections.key, title, version, metadata, state FROM documents \
                   JOIN collections ON collections.id = documents.collection_id \
                   WHERE ?1 IS NULL OR collections.key IN (SELECT value FROM json_each(?1)) ORDER BY documents.id";
        let rows: Vec<(String, String, String, i64, String, String)> = sqlx::query_as(sql)
            .bind(key_list(collections))
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        rows.into_iter()
            .map(|(key, collection, title, version, metadata, state)| {
                Ok(DocumentHead {
                    key: DocumentKey::new(key),
                    collection: CollectionKey::new(collection),
                    title,
                    version,
                    metadata: decode("metadata", &metadata)?,
                    state: DocumentState::from_column(&state),
                })
            })
            .collect()
    }

    /// How much there is in the collections.
    pub(crate) async fn counts(&self, collections: Option<&[CollectionKey]>) -> Result<Counts, Error> {
        let sql = "SELECT state, count(*), sum(chunks), sum(embedded) FROM documents \
                   WHERE ?1 IS NULL OR collection_id IN \
                   (SELECT id FROM collections WHERE key IN (SELECT value FROM json_each(?1))) GROUP BY state";
        let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(sql)
            .bind(key_list(collections))
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        let mut counts = Counts::default();
        for (state, documents, chunks, embedded) in rows {
            counts.add(&state, documents, chunks, embedded);
        }
        Ok(counts)
    }

    /// How much there is in each collection that has documents.
    pub(crate) async fn collection_counts(&self) -> Result<Vec<(CollectionKey, Counts)>, Error> {
        let sql = "SELECT collections.key, state, count(*), sum(chunks), sum(embedded) FROM documents \
                   JOIN collections ON collections.id = documents.collection_id GROUP BY collections.key, state";
        let rows: Vec<(String, String, i64, i64, i64)> =
            sqlx::query_as(sql).fetch_all(&self.readers).await.map_err(|error| self.failed(error))?;
        let mut all: BTreeMap<String, Counts> = BTreeMap::new();
        for (key, state, documents, chunks, embedded) in rows {
            all.entry(key).or_default().add(&state, documents, chunks, embedded);
        }
        Ok(all.into_iter().map(|(key, counts)| (CollectionKey::new(key), counts)).collect())
    }
}

fn key_list(keys: Option<&[CollectionKey]>) -> Option<String> {
    keys.map(|keys| text_list(keys.iter().map(CollectionKey::as_str)))
}

fn document_row(row: &SqliteRow) -> Result<DocumentRow, Error> {
    let chunks: i64 = row.try_get("chunks")?;
    let embedded: i64 = row.try_get("embedded")?;
    let failure: String = row.try_get("failure")?;
    Ok(DocumentRow {
        key: DocumentKey::new(row.try_get::<String, _>("key")?),
        collection: CollectionKey::new(row.try_get::<String, _>("collection")?),
        title: row.try_get("title")?,
        version: row.try_get("version")?,
        url: row.try_get("url")?,
        path: decode("path", row.try_get("path")?)?,
        state: DocumentState::from_column(row.try_get("state")?),
        chunks: chunks.unsigned_abs(),
        pending_chunks: (chunks - embedded).unsigned_abs(),
        losses: decode("losses", row.try_get("losses")?)?,
        failure: Some(failure).filter(|reason| !reason.is_empty()),
        modified_at: row.try_get::<Option<i64>, _>("modified_at")?.and_then(time),
        synced_at: time(row.try_get("synced_at")?).filter(|time| *time > OffsetDateTime::UNIX_EPOCH),
        metadata: decode("metadata", row.try_get("metadata")?)?,
    })
}

/// Time from its stored milliseconds; none where the number is no time.
pub(super) fn time(milliseconds: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()
}
