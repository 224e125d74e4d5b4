//! Table `setting`: the user's choices, one row each.

use super::Store;
use crate::{Error, plan::PlanName};

const PLAN: &str = "plan";

impl Store {
    /// The plan in force; a value of a later version reads as the default.
    pub(crate) async fn plan(&self) -> Result<PlanName, Error> {
        Ok(self.setting(PLAN).await?.and_then(|name| name.parse().ok()).unwrap_or_default())
    }

    pub(crate) async fn set_plan(&self, plan: PlanName) -> Result<(), Error> {
        self.set_setting(PLAN, plan.as_str()).await
    }

    async fn setting(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(sqlx::query_scalar("SELECT value FROM setting WHERE key = ?").bind(key).fetch_optional(&self.pool).await?)
    }

    async fn set_setting(&self, key: &str, value: &str) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
