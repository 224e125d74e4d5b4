//! The embedding queue: chunks of available documents that have no vector. It needs no table of its own, so it survives
//! whatever a commit survives.

use super::vectors::bytes;
use super::{Id, Store, next_change};
use crate::Error;

/// A chunk that waits for its vector.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct PendingChunk {
    pub id: Id,
    pub hash: Vec<u8>,
    pub prefix: String,
    pub text: String,
}

impl Store {
    /// How many chunks wait.
    pub(crate) async fn pending_count(&self) -> Result<u64, Error> {
        let sql =
            "SELECT coalesce(sum(chunks - embedded), 0) FROM documents WHERE embedded < chunks AND unavailable = ''";
        let count: i64 = sqlx::query_scalar(sql).fetch_one(&self.readers).await.map_err(|error| self.failed(error))?;
        Ok(count.unsigned_abs())
    }

    /// The next waiting chunks with an id above `after`.
    pub(crate) async fn pending_chunks(&self, after: Id, limit: u32) -> Result<Vec<PendingChunk>, Error> {
        let sql = "SELECT chunks.id, hash, prefix, text FROM chunks JOIN documents ON documents.id = document_id \
                   WHERE chunks.embedded = 0 AND chunks.id > ? AND unavailable = '' ORDER BY chunks.id LIMIT ?";
        let rows = sqlx::query_as(sql).bind(after).bind(limit).fetch_all(&self.readers).await;
        rows.map_err(|error| self.failed(error))
    }

    /// Stores vectors of `embedder` in one transaction. A chunk that another process has embedded meanwhile, whose text
    /// has changed or which is gone is passed over. Returns how many were stored.
    pub(crate) async fn put_vectors(&self, embedder: &str, vectors: &[(PendingChunk, Vec<f32>)]) -> Result<u64, Error> {
        let mut tx = self.begin().await?;
        let now: String = sqlx::query_scalar("SELECT embedder FROM journal").fetch_one(&mut *tx).await?;
        if now != embedder {
            return Err(Error::EmbedderChanged { ours: embedder.to_owned(), now });
        }
        let stored = async {
            let change = next_change(&mut tx).await?;
            let mut stored = 0;
            for (chunk, vector) in vectors {
                let mark = "UPDATE chunks SET embedded = 1 WHERE id = ? AND embedded = 0 AND hash = ? \
                            RETURNING document_id";
                let marked = sqlx::query_scalar(mark).bind(chunk.id).bind(&chunk.hash);
                let document: Option<Id> = marked.fetch_optional(&mut *tx).await?;
                let Some(document) = document else { continue };
                let put = "INSERT OR REPLACE INTO vectors (chunk_id, vector, change) VALUES (?, ?, ?)";
                sqlx::query(put).bind(chunk.id).bind(bytes(vector)).bind(change).execute(&mut *tx).await?;
                let count = "UPDATE documents SET embedded = embedded + 1 WHERE id = ?";
                sqlx::query(count).bind(document).execute(&mut *tx).await?;
                stored += 1;
            }
            tx.commit().await?;
            Ok(stored)
        };
        stored.await.map_err(|error| self.failed(error))
    }
}
