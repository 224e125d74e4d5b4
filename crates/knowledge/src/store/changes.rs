//! The tail of changes, from which every index is brought up to date.

use super::{Id, Store};
use crate::Error;

/// How many rows are read at a time.
const PAGE: i64 = 2000;

/// Where the database stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tip {
    /// Names the database.
    pub store: String,
    /// Number of the last change.
    pub change: i64,
    /// Below this an index cannot be replayed.
    pub replay_floor: i64,
    /// Vectors read before this change are void.
    pub embedder_change: i64,
    /// The embedder whose vectors are stored.
    pub embedder: String,
}

/// A chunk as the keyword index needs it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct ChunkChange {
    pub change: i64,
    pub id: Id,
    pub document: Id,
    pub collection: Id,
    pub available: bool,
    pub prefix: String,
    pub text: String,
}

/// A chunk as the vector index needs it.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub(crate) struct VectorChange {
    pub change: i64,
    pub id: Id,
    pub document: Id,
    pub collection: Id,
    pub available: bool,
    /// Little-endian f32; `None` while it waits.
    pub vector: Option<Vec<u8>>,
}

impl Store {
    /// Where the database stands now, whichever process wrote last.
    pub(crate) async fn tip(&self) -> Result<Tip, Error> {
        let sql = "SELECT store, change, replay_floor, embedder_change, embedder FROM journal";
        let row: (String, i64, i64, i64, String) =
            sqlx::query_as(sql).fetch_one(&self.readers).await.map_err(|error| self.failed(error))?;
        let (store, change, replay_floor, embedder_change, embedder) = row;
        Ok(Tip { store, change, replay_floor, embedder_change, embedder })
    }

    /// The next chunks with a change above `after` (change, then chunk) and up to `tip`; empty at the end.
    pub(crate) async fn changed_chunks(&self, after: (i64, Id), tip: i64) -> Result<Vec<ChunkChange>, Error> {
        let sql = "SELECT change, chunks.id, document_id AS document, collection_id AS collection, \
                   unavailable = '' AS available, prefix, text FROM chunks \
                   JOIN documents ON documents.id = chunks.document_id \
                   WHERE (change, chunks.id) > (?, ?) AND change <= ? ORDER BY change, chunks.id LIMIT ?";
        let rows = sqlx::query_as(sql).bind(after.0).bind(after.1).bind(tip).bind(PAGE).fetch_all(&self.readers).await;
        rows.map_err(|error| self.failed(error))
    }

    /// The chunks removed above `after` and up to `tip`.
    pub(crate) async fn removed_chunks(&self, after: i64, tip: i64) -> Result<Vec<Id>, Error> {
        let sql = "SELECT chunk_id FROM removed_chunks WHERE change > ? AND change <= ?";
        let rows = sqlx::query_scalar(sql).bind(after).bind(tip).fetch_all(&self.readers).await;
        rows.map_err(|error| self.failed(error))
    }

    /// Like [`Self::changed_chunks`], with vectors, whichever of chunk and vector changed last.
    pub(crate) async fn changed_vectors(&self, after: (i64, Id), tip: i64) -> Result<Vec<VectorChange>, Error> {
        let sql = "WITH changed (change, id) AS ( \
                       SELECT change, chunk_id FROM vectors WHERE (change, chunk_id) > (?1, ?2) AND change <= ?3 \
                       UNION ALL \
                       SELECT change, id FROM chunks WHERE (change, id) > (?1, ?2) AND change <= ?3 \
                       ORDER BY 1, 2 LIMIT ?4) \
                   SELECT changed.change, changed.id, document_id AS document, collection_id AS collection, \
                   unavailable = '' AS available, vector FROM changed \
                   JOIN chunks ON chunks.id = changed.id JOIN documents ON documents.id = chunks.document_id \
                   LEFT JOIN vectors ON vectors.chunk_id = changed.id ORDER BY 1, 2";
        let rows = sqlx::query_as(sql).bind(after.0).bind(after.1).bind(tip).bind(PAGE).fetch_all(&self.readers).await;
        rows.map_err(|error| self.failed(error))
    }

    /// All vectors of available documents with an id above `after`, in order of id; empty at the end.
    pub(crate) async fn all_vectors(&self, after: Id) -> Result<Vec<VectorChange>, Error> {
        let sql = "SELECT vectors.change, chunk_id AS id, document_id AS document, collection_id AS collection, \
                   1 AS available, vector FROM vectors JOIN chunks ON chunks.id = chunk_id \
                   JOIN documents ON documents.id = document_id \
                   WHERE chunk_id > ? AND unavailable = '' ORDER BY chunk_id LIMIT ?";
        let rows = sqlx::query_as(sql).bind(after).bind(PAGE).fetch_all(&self.readers).await;
        rows.map_err(|error| self.failed(error))
    }
}
