//! Forgets everything, so that nothing of it can be read from the file any more.

use super::Store;
use crate::Error;

impl Store {
    /// Empties every table.
    pub(crate) async fn clear(&self) -> Result<(), Error> {
        let mut connection = self.pool.acquire().await?;
        sqlx::query("PRAGMA secure_delete = ON").execute(&mut *connection).await?;
        let mut tx = sqlx::Connection::begin(&mut *connection).await?;
        for statement in [
            "DELETE FROM meeting",
            "DELETE FROM agent",
            "DELETE FROM context",
            "DELETE FROM remote_folder",
            "DELETE FROM connection",
            "DELETE FROM sync_exception",
            "DELETE FROM sync_run",
            "DELETE FROM remote_page",
            "DELETE FROM space",
            "DELETE FROM site",
            "DELETE FROM file_source",
            "DELETE FROM person",
            "DELETE FROM setting",
        ] {
            sqlx::query(statement).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        for statement in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
            if let Err(error) = sqlx::query(statement).execute(&mut *connection).await {
                tracing::warn!(%error, "the emptied database keeps its size for now");
            }
        }
        Ok(())
    }
}
