//! `status`.

use coagentor::{ModelUse, Status};

use crate::{failure::Failure, output::Output};

pub(super) async fn run(output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    output.show(&app.status().await?, in_words)
}

fn in_words(status: &Status) -> String {
    let site = status.connection.site.as_ref().map_or("no site", |site| site.name.as_str());
    let limit = status.plan.limit.map_or_else(|| "no limit".to_owned(), |limit| format!("of {limit}"));
    let pages = status.pages;
    let mut lines = vec![
        format!("connection  {} ({site})", status.connection.state.replace('_', " ")),
        format!("plan        {}: {} pages used, {limit}", status.plan.name.as_str(), status.plan.used),
        format!(
            "pages       {} ready, {} pending, {} failed, {} unavailable",
            pages.ready, pages.pending, pages.failed, pages.unavailable
        ),
        format!("chunks      {} of {} embedded", status.embedded, status.chunks),
    ];
    if let Some(run) = &status.last_run {
        let message = run.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
        let at = run.ended_at.as_deref().or(run.started_at.as_deref()).unwrap_or_default();
        lines.push(format!("last run    {:?} at {at}{message}", run.status).replace("Complete", "complete"));
    }
    if let Some(next) = &status.next_run_at {
        lines.push(format!("next run    {next}"));
    }
    lines.join("\n")
}
