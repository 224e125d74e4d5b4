//! The schedule, at the moments that matter: at start, with another process about, offline, limited.

use std::time::Duration;

use coagentor::{
    App, Schedule,
    sync::{RunStatus, SyncOptions},
};
use confluence_sim::{Fault, FaultEffect};

use crate::desk::Desk;

/// Until there are so many runs, or for as long as a run could need to come late.
async fn runs(app: &App, wanted: usize) -> Vec<RunStatus> {
    for _ in 0..500 {
        let runs = app.runs(100).await.expect("lists runs");
        if runs.len() >= wanted {
            return runs.iter().map(|run| run.status).collect();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    app.runs(100).await.expect("lists runs").iter().map(|run| run.status).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overdue_run_starts_with_the_app_and_once_for_all_processes() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    desk.control().advance(Duration::from_hours(30));
    let others = [desk.second_app().await, desk.second_app().await];
    let mut schedules = vec![Schedule::start(desk.app.clone()).await.expect("starts")];
    for other in &others {
        schedules.push(Schedule::start(other.clone()).await.expect("starts"));
    }
    assert_eq!(runs(&desk.app, 2).await, [RunStatus::Complete; 2]);
    // A run that should not be there needs a moment to show.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(runs(&desk.app, 2).await, [RunStatus::Complete; 2], "once, after thirty hours");
    for other in &others {
        assert_eq!(other.overview().await.expect("reads").confluence.problem.map(|problem| problem.message), None);
    }
    for schedule in schedules {
        schedule.stop().await.expect("stops");
    }
}

/// Where the process dies, the run stays open; dropping it between two requests does the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_run_that_was_cut_off_is_taken_up_at_the_next_start() {
    let desk = Desk::two_spaces().await;
    desk.spoil("*/wiki/api/v2/pages", FaultEffect::Delay { milliseconds: 60_000 });
    let app = desk.app.clone();
    let cut_off = tokio::spawn(async move { app.sync(SyncOptions::asked_for(false), &app.sync_control()).await });
    for _ in 0..500 {
        if !desk.fetched().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    cut_off.abort();
    let _ = cut_off.await;
    desk.control().clear_faults();
    let again = desk.second_app().await;
    let schedule = Schedule::start(again.clone()).await.expect("starts");
    assert_eq!(runs(&again, 2).await, [RunStatus::Complete, RunStatus::Failed]);
    schedule.stop().await.expect("stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_starts_before_it_is_due_or_without_a_first_run() {
    let desk = Desk::two_spaces().await;
    let schedule = Schedule::start(desk.app.clone()).await.expect("starts");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(runs(&desk.app, 0).await, [], "the first run is the person's to start");
    schedule.stop().await.expect("stops");
    desk.sync().await;
    desk.control().advance(Duration::from_hours(5));
    let schedule = Schedule::start(desk.app.clone()).await.expect("starts");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(runs(&desk.app, 1).await.len(), 1);
    schedule.stop().await.expect("stops");
}

#[tokio::test]
async fn offline_is_told_with_the_time_of_the_next_try() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    desk.control().add_fault(Fault::on("*", FaultEffect::DropConnection));
    let mut next = Vec::new();
    for _ in 0..3 {
        let run = desk.poll().await;
        assert_eq!(run.error.as_deref(), Some("network"));
        let problem = desk.app.overview().await.expect("reads").confluence.problem.expect("is told");
        assert_eq!(problem.title, "Offline");
        next.push(problem.until.expect("says until when"));
    }
    assert_eq!(next, ["2026-11-22T10:22:00Z", "2026-11-22T10:24:00Z", "2026-11-22T10:28:00Z"]);
    assert_eq!(desk.titles("pending").await, "a1 a2 a3 a4 b1 b2 b3");
}
