//! What a search reads of the chunks it found. The filter is checked here once more against the committed truth, so that
//! an index that lags behind cannot let a document through that has moved or become unavailable.

use time::OffsetDateTime;

use super::documents::{DocumentState, time};
use super::{Id, Store, decode, id_list};
use crate::Error;
use crate::model::{Block, CollectionKey, DocumentKey};
use crate::search::Allowed;

/// Where a chunk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Placement {
    pub id: Id,
    pub document: Id,
    pub section: i64,
    pub start: i64,
    pub end: i64,
}

/// A chunk with all that a hit tells of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FoundChunk {
    pub id: Id,
    pub text: String,
    pub start: usize,
    pub document: DocumentKey,
    pub collection: CollectionKey,
    pub title: String,
    pub version: i64,
    pub url: String,
    pub path: Vec<String>,
    pub state: DocumentState,
    pub synced_at: Option<OffsetDateTime>,
    pub heading_path: Vec<String>,
    pub anchor: Option<String>,
    pub blocks: Vec<Block>,
}

#[derive(sqlx::FromRow)]
struct FoundRow {
    id: Id,
    text: String,
    span_start: i64,
    document: String,
    collection: String,
    title: String,
    version: i64,
    url: String,
    path: String,
    state: String,
    synced_at: i64,
    heading_path: String,
    anchor: Option<String>,
    blocks: String,
}

impl Store {
    /// Where these chunks stand; those outside the filter, unavailable or gone are left out.
    pub(crate) async fn placements(&self, chunks: &[Id], allowed: &Allowed) -> Result<Vec<Placement>, Error> {
        let sql = "SELECT chunks.id, document_id AS document, section, span_start AS start, span_end AS end FROM chunks \
                   JOIN documents ON documents.id = document_id \
                   WHERE chunks.id IN (SELECT value FROM json_each(?1)) AND unavailable = '' \
                   AND (?2 IS NULL OR collection_id IN (SELECT value FROM json_each(?2)) \
                   OR document_id IN (SELECT value FROM json_each(?3)))";
        let rows = sqlx::query_as(sql)
            .bind(id_list(chunks))
            .bind(allowed.0.as_ref().map(|only| id_list(&only.collections)))
            .bind(allowed.0.as_ref().map(|only| id_list(&only.documents)))
            .fetch_all(&self.readers)
            .await;
        rows.map_err(|error| self.failed(error))
    }

    /// Everything about these chunks, under the same conditions, in no order.
    pub(crate) async fn found_chunks(&self, chunks: &[Id], allowed: &Allowed) -> Result<Vec<FoundChunk>, Error> {
        let sql = "SELECT chunks.id, text, span_start, documents.key AS document, collections.key AS collection, title, \
                   version, url, path, state, synced_at, heading_path, anchor, blocks FROM chunks \
                   JOIN documents ON documents.id = chunks.document_id \
                   JOIN collections ON collections.id = collection_id \
                   JOIN sections ON sections.document_id = chunks.document_id AND sections.ordinal = section \
                   WHERE chunks.id IN (SELECT value FROM json_each(?1)) AND unavailable = '' \
                   AND (?2 IS NULL OR collection_id IN (SELECT value FROM json_each(?2)) \
                   OR chunks.document_id IN (SELECT value FROM json_each(?3)))";
        let rows: Vec<FoundRow> = sqlx::query_as(sql)
            .bind(id_list(chunks))
            .bind(allowed.0.as_ref().map(|only| id_list(&only.collections)))
            .bind(allowed.0.as_ref().map(|only| id_list(&only.documents)))
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        rows.into_iter().map(found_chunk).collect()
    }

    /// How many documents that the filter allows still wait for vectors.
    pub(crate) async fn pending_documents(&self, allowed: &Allowed) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM documents WHERE state = 'pending' \
                   AND (?1 IS NULL OR collection_id IN (SELECT value FROM json_each(?1)) \
                   OR id IN (SELECT value FROM json_each(?2)))";
        let count: i64 = sqlx::query_scalar(sql)
            .bind(allowed.0.as_ref().map(|only| id_list(&only.collections)))
            .bind(allowed.0.as_ref().map(|only| id_list(&only.documents)))
            .fetch_one(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(count.unsigned_abs())
    }
}

fn found_chunk(row: FoundRow) -> Result<FoundChunk, Error> {
    Ok(FoundChunk {
        id: row.id,
        text: row.text,
        start: usize::try_from(row.span_start).unwrap_or_default(),
        document: DocumentKey::new(row.document),
        collection: CollectionKey::new(row.collection),
        title: row.title,
        version: row.version,
        url: row.url,
        path: decode("path", &row.path)?,
        state: DocumentState::from_column(&row.state),
        synced_at: time(row.synced_at).filter(|time| *time > OffsetDateTime::UNIX_EPOCH),
        heading_path: decode("heading path", &row.heading_path)?,
        anchor: row.anchor,
        blocks: decode("blocks", &row.blocks)?,
    })
}
