//! Table `space`: the spaces that a site was seen to have, and which of them the user selected.

use sqlx::{Sqlite, Transaction};
use time::OffsetDateTime;

use super::Store;
use crate::Error;

/// A space as last listed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct SpaceRecord {
    pub site_id: String,
    pub id: String,
    pub key: String,
    pub name: String,
    pub selected: bool,
    pub listed: bool,
    /// Current pages at the last complete listing, -1 for never listed.
    pub pages: i64,
    /// Unix seconds, 0 for never.
    pub last_synced_at: i64,
    /// Unix seconds of the last sweep, 0 for never.
    pub swept_at: i64,
    /// Unix milliseconds: every version up to then is known.
    pub newest: i64,
    /// Runs in a row that found no such space.
    pub missing_runs: i64,
}

const COLUMNS: &str = "site_id, id, key, name, selected, listed, pages, last_synced_at, swept_at, newest, missing_runs";

impl Store {
    /// Spaces of one site, by name.
    pub(crate) async fn spaces(&self, site_id: &str) -> Result<Vec<SpaceRecord>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM space WHERE site_id = ? ORDER BY name COLLATE NOCASE, key");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(site_id).fetch_all(&self.pool).await?)
    }

    /// Spaces of every site that was ever connected and not removed.
    pub(crate) async fn all_spaces(&self) -> Result<Vec<SpaceRecord>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM space ORDER BY name COLLATE NOCASE, key");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&self.pool).await?)
    }

    /// Takes over a complete list of a site's spaces; what is no longer listed keeps its row and selection.
    pub(crate) async fn put_spaces(&self, site_id: &str, spaces: &[confluence::Space]) -> Result<(), Error> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("UPDATE space SET listed = 0 WHERE site_id = ?").bind(site_id).execute(&mut *tx).await?;
        for space in spaces {
            put(&mut tx, site_id, space).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Takes over spaces that no list has; the others stay as they are.
    pub(crate) async fn add_spaces(&self, site_id: &str, spaces: &[confluence::Space]) -> Result<(), Error> {
        let mut tx = self.pool.begin().await?;
        for space in spaces {
            put(&mut tx, site_id, space).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Replaces the selection of a site.
    pub(crate) async fn select_spaces(&self, site_id: &str, ids: &[String]) -> Result<(), Error> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("UPDATE space SET selected = 0 WHERE site_id = ?").bind(site_id).execute(&mut *tx).await?;
        for id in ids {
            sqlx::query("UPDATE space SET selected = 1 WHERE site_id = ? AND id = ?")
                .bind(site_id)
                .bind(id)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Counts a run that found no such space.
    pub(crate) async fn note_missing_space(&self, site_id: &str, id: &str) -> Result<(), Error> {
        sqlx::query("UPDATE space SET missing_runs = missing_runs + 1 WHERE site_id = ? AND id = ?")
            .bind(site_id)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Records that a run brought a space up to date.
    pub(crate) async fn set_space_synced(&self, site_id: &str, id: &str, now: OffsetDateTime) -> Result<(), Error> {
        sqlx::query("UPDATE space SET last_synced_at = ? WHERE site_id = ? AND id = ?")
            .bind(now.unix_timestamp())
            .bind(site_id)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

async fn put(tx: &mut Transaction<'_, Sqlite>, site_id: &str, space: &confluence::Space) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO space (site_id, id, key, name) VALUES (?, ?, ?, ?)
         ON CONFLICT (site_id, id) DO UPDATE SET key = excluded.key, name = excluded.name, listed = 1",
    )
    .bind(site_id)
    .bind(space.id.as_str())
    .bind(&space.key)
    .bind(&space.name)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
