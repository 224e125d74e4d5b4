//! Table `setting`: the user's choices, one row each.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::Store;
use crate::{Error, plan::PlanName, secrets::Choice, settings::Settings};

const PLAN: &str = "plan";
const OWN_CLIENT: &str = "own_client_id";
const SECRET_STORE: &str = "secret_store";
const PAUSED_UNTIL: &str = "paused_until";
const SIGN_IN_WAITS: &str = "sign_in_waits";
const ANSWER_KEY: &str = "answers_key_kept";
const UPSERT: &str =
    "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

impl Store {
    /// The plan in force; a value of a later version reads as the default.
    pub(crate) async fn plan(&self) -> Result<PlanName, Error> {
        Ok(self.setting(PLAN).await?.and_then(|name| name.parse().ok()).unwrap_or_default())
    }

    pub(crate) async fn set_plan(&self, plan: PlanName) -> Result<(), Error> {
        self.set_setting(PLAN, plan.as_str()).await
    }

    /// What the person chose.
    pub(crate) async fn settings(&self) -> Result<Settings, Error> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT key, value FROM setting").fetch_all(&self.pool).await?;
        Ok(Settings::from_rows(&BTreeMap::from_iter(rows)))
    }

    /// Keeps all of it or nothing.
    pub(crate) async fn put_settings(&self, settings: &Settings) -> Result<(), Error> {
        let mut tx = self.pool.begin().await?;
        for (key, value) in settings.to_rows() {
            sqlx::query(UPSERT).bind(key).bind(value).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Client id of the person's own OAuth app.
    pub(crate) async fn own_client(&self) -> Result<Option<String>, Error> {
        self.setting(OWN_CLIENT).await
    }

    pub(crate) async fn set_own_client(&self, id: Option<&str>) -> Result<(), Error> {
        self.put_or_delete(OWN_CLIENT, id).await
    }

    /// Where the person wants secrets to be kept, where the system has no place for them.
    pub(crate) async fn secret_store(&self) -> Result<Option<Choice>, Error> {
        Ok(self.setting(SECRET_STORE).await?.and_then(|name| Choice::of(&name)))
    }

    pub(crate) async fn set_secret_store(&self, choice: Choice) -> Result<(), Error> {
        self.set_setting(SECRET_STORE, choice.as_str()).await
    }

    /// Whether the secret store has a key for the model that writes answers.
    pub(crate) async fn answer_key_kept(&self) -> Result<bool, Error> {
        Ok(self.setting(ANSWER_KEY).await?.is_some())
    }

    pub(crate) async fn set_answer_key_kept(&self, is_kept: bool) -> Result<(), Error> {
        self.put_or_delete(ANSWER_KEY, is_kept.then_some("1")).await
    }

    /// Until when nothing syncs by itself.
    pub(crate) async fn paused_until(&self) -> Result<Option<OffsetDateTime>, Error> {
        let unix = self.setting(PAUSED_UNTIL).await?.and_then(|text| text.parse().ok());
        Ok(unix.and_then(|unix| OffsetDateTime::from_unix_timestamp(unix).ok()))
    }

    pub(crate) async fn set_paused_until(&self, until: Option<OffsetDateTime>) -> Result<(), Error> {
        let unix = until.map(|until| until.unix_timestamp().to_string());
        self.put_or_delete(PAUSED_UNTIL, unix.as_deref()).await
    }

    /// Whether the secret store keeps a sign-in that waits for the browser: it is not asked without need, since a keyring
    /// may want to be unlocked.
    pub(crate) async fn sign_in_waits(&self) -> Result<bool, Error> {
        Ok(self.setting(SIGN_IN_WAITS).await?.is_some())
    }

    pub(crate) async fn set_sign_in_waits(&self, waits: bool) -> Result<(), Error> {
        self.put_or_delete(SIGN_IN_WAITS, waits.then_some("1")).await
    }

    /// Whether this was not noted before; now it is.
    pub(crate) async fn note_first_time(&self, what: &str) -> Result<bool, Error> {
        let noted = sqlx::query("INSERT INTO setting (key, value) VALUES (?, '1') ON CONFLICT DO NOTHING")
            .bind(format!("told_{what}"))
            .execute(&self.pool)
            .await?;
        Ok(noted.rows_affected() > 0)
    }

    async fn setting(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(sqlx::query_scalar("SELECT value FROM setting WHERE key = ?").bind(key).fetch_optional(&self.pool).await?)
    }

    async fn set_setting(&self, key: &str, value: &str) -> Result<(), Error> {
        sqlx::query(UPSERT).bind(key).bind(value).execute(&self.pool).await?;
        Ok(())
    }

    async fn put_or_delete(&self, key: &str, value: Option<&str>) -> Result<(), Error> {
        if let Some(value) = value {
            return self.set_setting(key, value).await;
        }
        sqlx::query("DELETE FROM setting WHERE key = ?").bind(key).execute(&self.pool).await?;
        Ok(())
    }
}
