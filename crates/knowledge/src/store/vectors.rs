//! Vectors: whose they are, and their exact values for rescoring.

use super::{Id, Store, id_list, next_change};
use crate::Error;

impl Store {
    /// Makes `embedder` the model that the stored vectors are of; those of another model are deleted, and their chunks
    /// wait again. Returns whether that happened.
    pub(crate) async fn claim_vectors(&self, embedder: &str) -> Result<bool, Error> {
        if self.tip().await?.embedder == embedder {
            return Ok(false);
        }
        let mut tx = self.begin().await?;
        let claimed = async {
            let change = next_change(&mut tx).await?;
            sqlx::query("DELETE FROM vectors").execute(&mut *tx).await?;
            sqlx::query("UPDATE chunks SET embedded = 0 WHERE embedded = 1").execute(&mut *tx).await?;
            sqlx::query("UPDATE documents SET embedded = 0 WHERE embedded > 0").execute(&mut *tx).await?;
            let note = sqlx::query("UPDATE journal SET embedder = ?, embedder_change = ?").bind(embedder).bind(change);
            note.execute(&mut *tx).await?;
            tx.commit().await
        };
        claimed.await.map_err(|error| self.failed(error))?;
        Ok(true)
    }

    /// The exact vectors of these chunks, where they have one.
    pub(crate) async fn vectors(&self, chunks: &[Id]) -> Result<Vec<(Id, Vec<f32>)>, Error> {
        let sql = "SELECT chunk_id, vector FROM vectors WHERE chunk_id IN (SELECT value FROM json_each(?))";
        let rows: Vec<(Id, Vec<u8>)> = sqlx::query_as(sql)
            .bind(id_list(chunks))
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(rows.into_iter().map(|(id, bytes)| (id, floats(&bytes))).collect())
    }
}

/// A vector from its stored bytes.
pub(crate) fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

/// A vector as it is stored.
pub(super) fn bytes(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|value| value.to_le_bytes()).collect()
}
