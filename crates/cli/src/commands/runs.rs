//! `runs`: what the newest syncs came to.

use coagentor::{
    ModelUse,
    sync::{RunStatus, SyncFailure},
};
use serde::Serialize;

use crate::{failure::Failure, output::Output};

#[derive(Serialize)]
struct Row {
    run: i64,
    status: RunStatus,
    started_at: Option<String>,
    ended_at: Option<String>,
    added: i64,
    updated: i64,
    moved: i64,
    removed: i64,
    unchanged: i64,
    expected: i64,
    stored: i64,
    over_limit: i64,
    failed: Vec<SyncFailure>,
    requests: i64,
    points: i64,
    retry_at: Option<String>,
    message: Option<String>,
}

pub(super) async fn list(limit: u32, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    let rows: Vec<Row> = app.runs(limit).await?.into_iter().map(row).collect();
    output.show(&rows, |rows| rows.iter().map(in_words).collect::<Vec<_>>().join("\n"))
}

fn row(run: coagentor::sync::RunSummary) -> Row {
    let tally = run.tally;
    Row {
        run: run.id,
        status: run.status,
        started_at: coagentor::rfc3339(run.started_at),
        ended_at: run.ended_at.and_then(coagentor::rfc3339),
        added: tally.added,
        updated: tally.updated,
        moved: tally.moved,
        removed: tally.removed,
        unchanged: tally.unchanged,
        expected: tally.expected,
        stored: tally.stored,
        over_limit: tally.left_out,
        failed: run.failed,
        requests: tally.requests,
        points: tally.points,
        retry_at: run.retry_at.and_then(coagentor::rfc3339),
        message: run.message,
    }
}

fn in_words(row: &Row) -> String {
    let message = row.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
    format!(
        "{:>5}  {}  {:9}  {} of {} pages, {} added, {} updated, {} removed, {} requests{message}",
        row.run,
        row.started_at.as_deref().unwrap_or_default(),
        super::sync::name(row.status),
        row.stored,
        row.expected,
        row.added,
        row.updated,
        row.removed,
        row.requests
    )
}
