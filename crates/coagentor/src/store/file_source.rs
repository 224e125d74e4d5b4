//! Table `file_source`: folders and single files that the user added.

use time::OffsetDateTime;

use super::Store;
use crate::Error;

/// A folder or file as it was added.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct FileSourceRecord {
    pub id: i64,
    /// Absolute.
    pub path: String,
    /// Whether the last scan did not find it.
    pub is_missing: bool,
    /// Unix seconds, 0 for never.
    pub scanned_at: i64,
}

const COLUMNS: &str = "id, path, is_missing, scanned_at";

impl Store {
    /// All of them, by path.
    pub(crate) async fn file_sources(&self) -> Result<Vec<FileSourceRecord>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM file_source ORDER BY path");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&self.pool).await?)
    }

    /// Adds one, or finds the one that is there.
    pub(crate) async fn put_file_source(&self, path: &str) -> Result<FileSourceRecord, Error> {
        let sql = format!(
            "INSERT INTO file_source (path) VALUES (?) ON CONFLICT (path) DO UPDATE SET path = excluded.path
             RETURNING {COLUMNS}"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(path).fetch_one(&self.pool).await?)
    }

    /// Notes that it was scanned, or looked for in vain.
    pub(crate) async fn set_scanned(&self, id: i64, is_missing: bool, now: OffsetDateTime) -> Result<(), Error> {
        sqlx::query("UPDATE file_source SET is_missing = ?, scanned_at = ? WHERE id = ?")
            .bind(is_missing)
            .bind(now.unix_timestamp())
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Forgets one.
    pub(crate) async fn delete_file_source(&self, id: i64) -> Result<(), Error> {
        sqlx::query("DELETE FROM file_source WHERE id = ?").bind(id).execute(&self.pool).await?;
        Ok(())
    }
}
