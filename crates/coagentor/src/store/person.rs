//! Table `person`: names of the people who write and are mentioned, by account.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use super::Store;
use crate::Error;

impl Store {
    /// The names of those of these accounts that are known; empty for one who had none when asked for after `since`.
    pub(crate) async fn people(
        &self,
        accounts: &BTreeSet<&str>,
        since: OffsetDateTime,
    ) -> Result<BTreeMap<String, String>, Error> {
        let sql = "SELECT account_id, name FROM person
                   WHERE account_id IN (SELECT value FROM json_each(?)) AND (name <> '' OR asked_at > ?)";
        let accounts = serde_json::to_string(accounts).unwrap_or_default();
        let rows: Vec<(String, String)> =
            sqlx::query_as(sql).bind(accounts).bind(since.unix_timestamp()).fetch_all(&self.pool).await?;
        Ok(rows.into_iter().collect())
    }

    /// Remembers what these accounts are called.
    pub(crate) async fn put_people(&self, names: &BTreeMap<String, String>, now: OffsetDateTime) -> Result<(), Error> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (account, name) in names {
            sqlx::query("INSERT OR REPLACE INTO person (account_id, name, asked_at) VALUES (?, ?, ?)")
                .bind(account)
                .bind(name)
                .bind(now.unix_timestamp())
                .execute(&mut *tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }
}
