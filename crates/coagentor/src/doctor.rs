//! Checks of everything that the app stands on, a line each, with the mend.

use serde::Serialize;

use crate::{App, Error, connection::ConnectionKind, store::ConnectionStatus};

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// Works, with less.
    Warning,
    /// Does not work.
    Failed,
}

/// One line of `coagentor doctor`.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// How it came out.
    pub verdict: Verdict,
    /// What was seen.
    pub detail: String,
    /// What mends it.
    pub hint: Option<String>,
}

impl Check {
    fn ok(name: &'static str, detail: impl Into<String>) -> Self {
        Self { name, verdict: Verdict::Ok, detail: detail.into(), hint: None }
    }

    fn bad(name: &'static str, verdict: Verdict, error: &Error) -> Self {
        Self { name, verdict, detail: error.to_string(), hint: error.hints().into_iter().next() }
    }
}

impl App {
    /// Checks model, secret store, databases, clock, and the connection over the network.
    pub async fn doctor(&self) -> Vec<Check> {
        vec![
            self.check_data().await,
            self.check_model(),
            self.check_secrets().await,
            self.check_clock().await,
            self.check_connection().await,
        ]
    }

    async fn check_data(&self) -> Check {
        match self.knowledge.counts(None).await.map_err(Error::from) {
            Ok(_) => Check::ok("database", format!("{}", self.config.data_dir.display())),
            Err(error) => Check::bad("database", Verdict::Failed, &error),
        }
    }

    fn check_model(&self) -> Check {
        match (&self.model_error, self.has_model()) {
            (Some(error), _) => Check {
                name: "model",
                verdict: Verdict::Failed,
                detail: error.to_string(),
                hint: error.hint().map(str::to_owned),
            },
            (None, true) => Check::ok("model", format!("{}", self.config.model_dir.display())),
            (None, false) => Check::ok("model", "not loaded"),
        }
    }

    async fn check_secrets(&self) -> Check {
        match self.secrets.probe().await {
            Ok(()) => Check::ok("secret store", "keeps what it is given"),
            Err(error) => Check::bad("secret store", Verdict::Failed, &error),
        }
    }

    /// A run that started in the future means that the clock was set back: the schedule would wait for it.
    async fn check_clock(&self) -> Check {
        let now = self.clock.now().unix_timestamp();
        let last = match self.store.connection().await {
            Ok(Some(connection)) => self.store.last_run(&connection.site.id).await.ok().flatten(),
            _ => None,
        };
        match last {
            Some(run) if run.started_at > now + 60 => Check {
                name: "clock",
                verdict: Verdict::Warning,
                detail: "the last sync lies in the future".to_owned(),
                hint: Some("set the system's clock; a sync by hand works meanwhile".to_owned()),
            },
            _ => Check::ok("clock", crate::status::rfc3339(now).unwrap_or_default()),
        }
    }

    async fn check_connection(&self) -> Check {
        let connection = match self.store.connection().await {
            Ok(Some(connection)) if connection.status != ConnectionStatus::Disconnected => connection,
            Ok(_) => return Check::bad("connection", Verdict::Warning, &Error::NotConnected),
            Err(error) => return Check::bad("connection", Verdict::Failed, &error),
        };
        if connection.kind == ConnectionKind::Sample {
            return Check::ok("connection", "the sample workspace");
        }
        match self.refresh_spaces().await {
            Ok(spaces) => Check::ok("connection", format!("{}, {} spaces", connection.site.name, spaces.len())),
            Err(error) => Check::bad("connection", Verdict::Failed, &error),
        }
    }
}
