//! Diagnostics as text that a person can send to somebody: no secrets, no titles, no addresses, no names of people.

use std::fmt::Write;

use crate::{
    App, Error,
    doctor::Verdict,
    settings::{AnswerSettings, Settings},
    status::rfc3339,
};

/// So many of the newest runs are told.
const RUNS: u32 = 10;

impl App {
    /// The state of things, as text. Only numbers and fixed words go in; what an error says in a sentence stays out, since
    /// it may name a page.
    pub async fn diagnostics(&self) -> Result<String, Error> {
        let (status, settings) = (self.status().await?, self.settings().await?);
        let mut text = String::new();
        let mut line = |name: &str, value: String| {
            // Writing to a String can't fail.
            let _ = writeln!(text, "{name}: {value}");
        };
        line("version", env!("CARGO_PKG_VERSION").to_owned());
        line("system", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
        line("time", rfc3339(self.clock.now().unix_timestamp()).unwrap_or_default());
        line("connection", format!("{} ({:?})", status.connection.state, status.connection.kind));
        line("client", format!("{:?}", self.client_use().await?.kind));
        let secrets = self.secrets.in_use();
        line("secret store", format!("{:?}, {:?}", secrets.kind, secrets.state));
        line("plan", format!("{}, {} used", status.plan.name.as_str(), status.plan.used));
        line("pages", format!("{:?}", status.pages));
        line("chunks", format!("{}, {} embedded", status.chunks, status.embedded));
        // Where a person's model answers is an address of theirs.
        let answers = AnswerSettings { url: String::new(), model: String::new(), ..settings.answers };
        line("settings", format!("{:?}", Settings { answers, ..settings }));
        line("on battery", self.config.power.on_battery().to_string());
        line("next run", status.next_run_at.unwrap_or_else(|| "none".to_owned()));
        let storage = self.storage().await?;
        line("data", format!("{} bytes, {} pages, {} files", storage.bytes, storage.pages, storage.files));
        for check in self.doctor().await {
            let outcome = match check.verdict {
                Verdict::Ok => "ok",
                Verdict::Warning => "warning",
                Verdict::Failed => "failed",
            };
            line(&format!("check {}", check.name), outcome.to_owned());
        }
        if let Some(connection) = self.store.connection().await? {
            for run in self.store.runs(&connection.site.id, RUNS).await? {
                let at = rfc3339(run.started_at).unwrap_or_default();
                let error = run.error.unwrap_or_else(|| "none".to_owned());
                let outcome =
                    format!("{at} {:?}, error {error}, {} failed, {:?}", run.status, run.failed.len(), run.tally);
                line(&format!("run {}", run.id), outcome);
            }
        }
        Ok(text)
    }
}
