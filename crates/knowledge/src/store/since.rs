//! What changed since a mark was taken. Numbers of chunks and documents are never reused, and a chunk keeps its number as
//! long as its text stays the same, so what is new has a higher number than the mark.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::documents::time;
use super::{Id, Store, decode, id_list};
use crate::Error;
use crate::model::{CollectionKey, DocumentKey};
use crate::search::Allowed;

/// How far the database had come at some moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Names the database; a mark of another one tells nothing.
    store: String,
    change: i64,
    chunk: Id,
    document: Id,
}

/// What happened to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// The text of this section is new.
    Edited,
    /// It can't be found any more.
    Removed,
}

/// A document or a section of it that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentChange {
    /// What happened.
    pub kind: ChangeKind,
    /// The document.
    pub document: DocumentKey,
    /// Where it lies.
    pub collection: CollectionKey,
    /// Its title.
    pub title: String,
    /// Headings of the section, outermost first; empty for a document as a whole.
    pub heading_path: Vec<String>,
    /// Address that opens it.
    pub url: String,
    /// When the source says it was last modified.
    pub modified_at: Option<OffsetDateTime>,
    /// The source's own facts about the document.
    pub metadata: serde_json::Value,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    document: String,
    collection: String,
    title: String,
    heading_path: String,
    anchor: Option<String>,
    url: String,
    modified_at: Option<i64>,
    metadata: String,
}

/// Sections that are new in documents that are not, documents that are new, and those that became unavailable. `?1` to `?3`
/// is the mark, `?4` and `?5` the filter, `?6` the limit.
const CHANGES: &str = "WITH allowed AS (SELECT * FROM documents WHERE ?4 IS NULL \
         OR collection_id IN (SELECT value FROM json_each(?4)) OR id IN (SELECT value FROM json_each(?5))), \
     changed AS ( \
         SELECT 'added' AS kind, allowed.id AS id, '[]' AS heading_path, NULL AS anchor, 0 AS place FROM allowed \
             WHERE allowed.id > ?3 AND unavailable = '' AND chunks > 0 \
         UNION ALL SELECT DISTINCT 'edited', allowed.id, sections.heading_path, sections.anchor, sections.ordinal \
             FROM chunks JOIN allowed ON allowed.id = chunks.document_id \
             JOIN sections ON sections.document_id = allowed.id AND sections.ordinal = chunks.section \
             WHERE chunks.id > ?2 AND allowed.id <= ?3 AND unavailable = '' \
         UNION ALL SELECT 'removed', allowed.id, '[]', NULL, 0 FROM allowed \
             WHERE allowed.id <= ?3 AND unavailable <> '' \
             AND EXISTS (SELECT 1 FROM chunks WHERE document_id = allowed.id AND chunks.change > ?1)) \
     SELECT kind, documents.key AS document, collections.key AS collection, title, changed.heading_path AS heading_path, \
     changed.anchor AS anchor, url, modified_at, metadata FROM changed JOIN documents ON documents.id = changed.id \
     JOIN collections ON collections.id = collection_id \
     ORDER BY modified_at IS NULL, modified_at DESC, documents.id, place LIMIT ?6";

impl Store {
    /// How far the database has come.
    pub(crate) async fn mark(&self) -> Result<Mark, Error> {
        let sql = "SELECT store, change, (SELECT ifnull(max(id), 0) FROM chunks), \
                   (SELECT ifnull(max(id), 0) FROM documents) FROM journal";
        let (store, change, chunk, document) =
            sqlx::query_as(sql).fetch_one(&self.readers).await.map_err(|error| self.failed(error))?;
        Ok(Mark { store, change, chunk, document })
    }

    /// What the filter allows and changed since, newest first; none where the mark is of another database.
    pub(crate) async fn changes_since(
        &self,
        mark: &Mark,
        allowed: &Allowed,
        limit: u32,
    ) -> Result<Vec<DocumentChange>, Error> {
        if self.mark().await?.store != mark.store {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> = sqlx::query_as(CHANGES)
            .bind(mark.change)
            .bind(mark.chunk)
            .bind(mark.document)
            .bind(allowed.0.as_ref().map(|only| id_list(&only.collections)))
            .bind(allowed.0.as_ref().map(|only| id_list(&only.documents)))
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        rows.into_iter().map(document_change).collect()
    }
}

fn document_change(row: Row) -> Result<DocumentChange, Error> {
    Ok(DocumentChange {
        kind: match row.kind.as_str() {
            "added" => ChangeKind::Added,
            "edited" => ChangeKind::Edited,
            _ => ChangeKind::Removed,
        },
        document: DocumentKey::new(row.document),
        collection: CollectionKey::new(row.collection),
        title: row.title,
        heading_path: decode("heading path", &row.heading_path)?,
        url: match row.anchor {
            Some(anchor) => format!("{}#{anchor}", row.url),
            None => row.url,
        },
        modified_at: row.modified_at.and_then(time),
        metadata: decode("metadata", &row.metadata)?,
    })
}
