//! `sync`: one run in the foreground, its progress on standard error.

use std::io::IsTerminal;

use coagentor::{
    App, ModelUse,
    sync::{OverLimitPage, Progress, RunStatus, RunSummary, SyncControl, SyncFailure, SyncOp, SyncOptions, SyncPhase},
};
use serde::Serialize;

use crate::{
    failure::Failure,
    output::{self, Output},
};

#[derive(Serialize)]
struct Report {
    run: i64,
    status: RunStatus,
    added: i64,
    updated: i64,
    moved: i64,
    removed: i64,
    unchanged: i64,
    failed: Vec<SyncFailure>,
    over_limit: Vec<OverLimitPage>,
    expected: i64,
    stored: i64,
    requests: i64,
    points: i64,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

pub(super) async fn run(full: bool, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Load).await?;
    if let Some(error) = app.model_problem() {
        output::note(&format!("warning: {error}; pages are found by words only until it is there"));
    }
    let control = app.sync_control();
    let started = std::time::Instant::now();
    let progress = tokio::spawn(show_progress(control.clone()));
    let summary = run_until_interrupted(&app, full, &control).await;
    progress.abort();
    let summary = summary?;
    let hint = summary.hint.clone();
    let report = report(summary, started.elapsed().as_secs_f64());
    output.show(&report, in_words)?;
    match report.status {
        RunStatus::Complete => Ok(()),
        status => Err(Failure::Plain {
            reason: format!("the sync is {}: {}", name(status), report.message.unwrap_or_default()),
            hint: hint.or_else(|| Some("pages that were stored stay; the next sync takes up the rest".to_owned())),
        }),
    }
}

/// The first Ctrl-C ends the run after the step at hand.
async fn run_until_interrupted(app: &App, full: bool, control: &SyncControl) -> Result<RunSummary, Failure> {
    let run = app.sync(SyncOptions::asked_for(full), control);
    tokio::pin!(run);
    tokio::select! {
        result = &mut run => return Ok(result?),
        _ = tokio::signal::ctrl_c() => control.cancel(),
    }
    output::note("cancelling after the step at hand");
    Ok(run.await?)
}

async fn show_progress(control: SyncControl) {
    // One line that is rewritten on a terminal, a line a phase elsewhere.
    let terminal = std::io::stderr().is_terminal();
    let mut watch = control.progress();
    let mut last = None;
    while watch.changed().await.is_ok() {
        let progress = watch.borrow_and_update().clone();
        if terminal {
            let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("\r\x1b[K{}", words(&progress)));
        } else if last != Some(progress.phase) && progress.total != Some(0) {
            output::note(&words(&progress));
            last = Some(progress.phase);
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

fn words(progress: &Progress) -> String {
    let what = match progress.phase {
        SyncPhase::Listing => "Listing pages",
        SyncPhase::Downloading => "Downloading",
        SyncPhase::Embedding => "Embedding",
    };
    let count = match progress.total {
        Some(total) => format!(" {} of {total} pages", progress.done),
        None => format!(" {}", progress.done),
    };
    let space = progress.space.as_deref().map(|space| format!(" · {space}")).unwrap_or_default();
    let rate = progress.per_minute().map(|rate| format!(" · {rate:.0} a minute")).unwrap_or_default();
    format!("{what}{count}{space}{rate}")
}

fn report(summary: RunSummary, seconds: f64) -> Report {
    let tally = summary.tally;
    Report {
        run: summary.id,
        status: summary.status,
        added: tally.added,
        updated: tally.updated,
        moved: tally.moved,
        removed: tally.removed,
        unchanged: tally.unchanged,
        failed: summary.failed,
        over_limit: summary.over_limit,
        expected: tally.expected,
        stored: tally.stored,
        requests: tally.requests,
        points: tally.points,
        seconds: (seconds * 100.0).round() / 100.0,
        message: summary.message,
    }
}

pub(super) fn name(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Running => "running",
        RunStatus::Complete => "complete",
        RunStatus::Partial => "partial",
        RunStatus::Failed => "failed",
        RunStatus::Cancelled => "cancelled",
    }
}

fn in_words(report: &Report) -> String {
    let mut lines = vec![
        format!(
            "Sync {}: {} of {} pages stored in {:.1} s ({} added, {} updated, {} moved, {} removed, {} unchanged)",
            name(report.status),
            report.stored,
            report.expected,
            report.seconds,
            report.added,
            report.updated,
            report.moved,
            report.removed,
            report.unchanged
        ),
        format!("{} requests, {} points", report.requests, report.points),
    ];
    if !report.over_limit.is_empty() {
        lines.push(format!("{} pages do not fit the plan; `coagentor plan` shows it", report.over_limit.len()));
    }
    lines.extend(
        report.failed.iter().map(|page| format!("missing: {} ({}): {}", page.title, page.page_id, page.reason)),
    );
    lines.join("\n")
}

#[derive(Serialize)]
struct Planned {
    dry_run: bool,
    ops: Vec<Step>,
    unchanged: usize,
    expected: usize,
    over_limit: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    op: &'static str,
    page_id: String,
    title: String,
    version: i64,
}

pub(super) async fn plan(full: bool, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    let plan = app.plan_sync(SyncOptions::asked_for(full)).await?;
    let left_out = plan.over_limit.iter().map(|page| op("over_limit", page)).collect();
    let planned = Planned {
        dry_run: true,
        ops: plan.ops.iter().map(described).collect(),
        unchanged: plan.unchanged,
        expected: plan.expected,
        over_limit: left_out,
    };
    output.show(&planned, |planned| {
        let mut lines: Vec<String> =
            planned.ops.iter().map(|op| format!("{:8} {} ({})", op.op, op.title, op.page_id)).collect();
        lines.push(format!("{} pages unchanged, {} do not fit the plan", planned.unchanged, planned.over_limit.len()));
        lines.join("\n")
    })
}

fn described(step: &SyncOp) -> Step {
    match step {
        SyncOp::Add(page) => op("add", page),
        SyncOp::Update(page) => op("update", page),
        SyncOp::Move(page) => op("move", page),
        SyncOp::Restore(page) => op("restore", page),
        SyncOp::Remove { page, .. } => {
            Step { op: "remove", page_id: page.id.clone(), title: page.title.clone(), version: page.version }
        }
    }
}

fn op(name: &'static str, page: &coagentor::sync::RemotePage) -> Step {
    Step { op: name, page_id: page.id.clone(), title: page.title.clone(), version: page.version }
}
