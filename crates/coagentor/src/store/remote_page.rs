//! Table `remote_page`: what the site was last seen to show, so that a run has to ask only for what changed since.

use std::collections::BTreeMap;

use sqlx::{Sqlite, Transaction};
use time::OffsetDateTime;

use super::Store;
use crate::{Error, sync::RemotePage};

/// A space's listing that came to its end.
#[derive(Debug, Clone)]
pub(crate) struct SpaceListing {
    /// The heads that were read.
    pub pages: Vec<RemotePage>,
    /// Every version up to this moment is known now, in Unix milliseconds.
    pub newest: i64,
    /// When it was swept, where `pages` are all of the space and not only what changed.
    pub swept_at: Option<OffsetDateTime>,
}

/// Milliseconds since 1970, as the table keeps them; 0 for unknown.
pub(crate) fn unix_ms(at: Option<OffsetDateTime>) -> i64 {
    at.map_or(0, |at| (at.unix_timestamp_nanos() / 1_000_000) as i64)
}

fn from_unix_ms(ms: i64) -> Option<OffsetDateTime> {
    (ms != 0).then(|| OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).ok())?
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    space_id: String,
    title: String,
    version: i64,
    parent_id: String,
    modified_at: i64,
    url: String,
}

impl From<Row> for RemotePage {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            space_id: row.space_id,
            title: row.title,
            version: row.version,
            parent_id: Some(row.parent_id).filter(|id| !id.is_empty()),
            modified_at: from_unix_ms(row.modified_at),
            url: row.url,
        }
    }
}

const COLUMNS: &str = "id, space_id, title, version, parent_id, modified_at, url";

impl Store {
    /// Every page that a site was last seen to show, in no particular order.
    pub(crate) async fn remote_pages(&self, site_id: &str) -> Result<Vec<RemotePage>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM remote_page WHERE site_id = ?");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(site_id).fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(RemotePage::from).collect())
    }

    /// How many pages these spaces were last seen to have.
    pub(crate) async fn count_remote_pages(&self, site_id: &str) -> Result<i64, Error> {
        let sql = "SELECT count(*) FROM remote_page JOIN space ON space.site_id = remote_page.site_id
                   AND space.id = remote_page.space_id WHERE remote_page.site_id = ? AND space.selected = 1";
        Ok(sqlx::query_scalar(sql).bind(site_id).fetch_one(&self.pool).await?)
    }

    /// Takes over a listing of a space that came to its end. The whole of it or, when killed, nothing.
    pub(crate) async fn put_listing(&self, site_id: &str, space_id: &str, listing: &SpaceListing) -> Result<(), Error> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let known = rows_of(&mut tx, site_id, space_id).await?;
        for page in &listing.pages {
            if known.get(&page.id).is_none_or(|known| !is_same(known, page)) {
                upsert(&mut tx, site_id, page).await?;
            }
        }
        if listing.swept_at.is_some() {
            let shown: std::collections::BTreeSet<&str> = listing.pages.iter().map(|page| page.id.as_str()).collect();
            for id in known.keys().filter(|id| !shown.contains(id.as_str())) {
                delete(&mut tx, site_id, id).await?;
            }
        }
        sqlx::query(
            "UPDATE space SET newest = max(newest, ?), swept_at = ifnull(?, swept_at), missing_runs = 0,
             pages = (SELECT count(*) FROM remote_page WHERE site_id = space.site_id AND space_id = space.id)
             WHERE site_id = ? AND id = ?",
        )
        .bind(listing.newest)
        .bind(listing.swept_at.map(OffsetDateTime::unix_timestamp))
        .bind(site_id)
        .bind(space_id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets what a space showed.
    pub(crate) async fn forget_remote_pages(&self, site_id: &str, space_id: &str) -> Result<(), Error> {
        sqlx::query("DELETE FROM remote_page WHERE site_id = ? AND space_id = ?")
            .bind(site_id)
            .bind(space_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Notes pages that were found by id, and forgets those that were found to be gone.
    pub(crate) async fn correct_remote_pages(
        &self,
        site_id: &str,
        found: &[RemotePage],
        gone: &[String],
    ) -> Result<(), Error> {
        if found.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for page in found {
            upsert(&mut tx, site_id, page).await?;
        }
        for id in gone {
            delete(&mut tx, site_id, id).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn rows_of(
    tx: &mut Transaction<'_, Sqlite>,
    site_id: &str,
    space_id: &str,
) -> Result<BTreeMap<String, RemotePage>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM remote_page WHERE site_id = ? AND space_id = ?");
    let rows: Vec<Row> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(site_id).bind(space_id).fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), row.into())).collect())
}

fn is_same(known: &RemotePage, page: &RemotePage) -> bool {
    // The table keeps milliseconds.
    unix_ms(known.modified_at) == unix_ms(page.modified_at)
        && (known.version, &known.space_id, &known.parent_id, &known.title, &known.url)
            == (page.version, &page.space_id, &page.parent_id, &page.title, &page.url)
}

async fn upsert(tx: &mut Transaction<'_, Sqlite>, site_id: &str, page: &RemotePage) -> Result<(), Error> {
    sqlx::query(
        "INSERT OR REPLACE INTO remote_page (site_id, id, space_id, title, version, parent_id, modified_at, url)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(site_id)
    .bind(&page.id)
    .bind(&page.space_id)
    .bind(&page.title)
    .bind(page.version)
    .bind(page.parent_id.as_deref().unwrap_or_default())
    .bind(unix_ms(page.modified_at))
    .bind(&page.url)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn delete(tx: &mut Transaction<'_, Sqlite>, site_id: &str, id: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM remote_page WHERE site_id = ? AND id = ?")
        .bind(site_id)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
