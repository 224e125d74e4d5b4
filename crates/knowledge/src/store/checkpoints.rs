//! Checkpoints: how far a source has been read.

use super::{Store, decode};
use crate::Error;

impl Store {
    /// The checkpoint of this name.
    pub(crate) async fn checkpoint(&self, name: &str) -> Result<Option<serde_json::Value>, Error> {
        let sql = "SELECT value FROM checkpoints WHERE name = ?";
        let found: Option<String> = sqlx::query_scalar(sql)
            .bind(name)
            .fetch_optional(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        found.map(|text| decode("checkpoint", &text)).transpose()
    }
}
