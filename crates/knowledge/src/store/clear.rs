//! Removes everything, so that nothing of it can be read from the file any more.

use super::{Store, next_change};
use crate::Error;

impl Store {
    /// Removes all content. Numbers run on, so that the indexes of every process notice and are built anew.
    pub(crate) async fn clear(&self) -> Result<(), Error> {
        // What is freed is overwritten, even where another process keeps the file from being rewritten below.
        let sure = sqlx::query("PRAGMA secure_delete = ON").execute(&self.writer).await;
        sure.map_err(|error| self.failed(error))?;
        let mut tx = self.begin().await?;
        let cleared = async {
            let change = next_change(&mut tx).await?;
            for statement in [
                "DELETE FROM vectors",
                "DELETE FROM chunks",
                "DELETE FROM sections",
                "DELETE FROM documents",
                "DELETE FROM collections",
                "DELETE FROM removed_chunks",
                "DELETE FROM checkpoints",
            ] {
                sqlx::query(statement).execute(&mut *tx).await?;
            }
            let note = sqlx::query("UPDATE journal SET replay_floor = ?1, embedder_change = ?1").bind(change);
            note.execute(&mut *tx).await?;
            tx.commit().await
        };
        cleared.await.map_err(|error| self.failed(error))?;
        for statement in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
            if let Err(error) = sqlx::query(statement).execute(&self.writer).await {
                tracing::warn!(%error, "the emptied database keeps its size for now");
            }
        }
        Ok(())
    }
}
