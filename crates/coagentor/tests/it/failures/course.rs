//! The course of a run: one at a time, stopped, held, cut off half way, killed; and what is kept of it.

use std::time::Duration;

use coagentor::{
    App,
    sync::{RunStatus, RunSummary, SyncControl, SyncOptions, SyncPhase},
};
use confluence_sim::{Fault, FaultEffect, FaultWhen, Simulator};
use tokio::{task::JoinHandle, time::timeout};

use super::{BY_ID, LISTS, PATIENCE, assert_accounted, assert_complete, named, status};
use crate::desk::{Desk, many};

const HANGS: FaultEffect = FaultEffect::Delay { milliseconds: 30_000 };

type Run = JoinHandle<Result<RunSummary, coagentor::Error>>;

/// A run in the background, once it has begun.
async fn begun(app: &App) -> (Run, SyncControl) {
    let reins = app.sync_control();
    let (app, own) = (app.clone(), reins.clone());
    let run = tokio::spawn(async move { app.sync(SyncOptions::asked_for(false), &own).await });
    timeout(PATIENCE, reins.progress().wait_for(|progress| progress.run_id > 0)).await.expect("soon").expect("begins");
    (run, reins)
}

/// Waits until so many texts are stored.
async fn downloaded(reins: &SyncControl, pages: usize) {
    let mut progress = reins.progress();
    let there = progress.wait_for(|progress| progress.phase == SyncPhase::Downloading && progress.done == pages);
    timeout(PATIENCE, there).await.expect("soon").expect("works");
}

async fn ended(run: Run) -> RunSummary {
    timeout(PATIENCE, run).await.expect("ends soon").expect("does not panic").expect("a summary")
}

#[tokio::test]
async fn one_run_at_a_time_over_two_processes() {
    let desk = Desk::two_spaces().await;
    let second = desk.second_app().await;
    desk.spoil(LISTS, HANGS);
    let (run, reins) = begun(&desk.app).await;
    for app in [&second, &desk.app] {
        let error = app.sync(SyncOptions::default(), &app.sync_control()).await.expect_err("one is running");
        assert_eq!(error.code(), "sync_running");
        let holder = format!("process {}", std::process::id());
        assert!(error.to_string().contains(&holder), "it names the holder: {error}");
    }
    reins.cancel();
    assert_eq!(ended(run).await.status, RunStatus::Cancelled);
    desk.control().clear_faults();
    let run = second.sync(SyncOptions::asked_for(false), &second.sync_control()).await.expect("runs");
    assert_complete(&run, 7);
}

#[tokio::test]
async fn cancel_while_a_request_hangs() {
    let desk = Desk::selected(Simulator::builder().space(many("A", 120)), &["A"]).await;
    for (path, query, stored) in [(LISTS, "sort", 0), (BY_ID, "limit=20", 100)] {
        desk.control().add_fault(Fault::on(path, HANGS).with_query(query));
        let (run, reins) = begun(&desk.app).await;
        if stored > 0 {
            downloaded(&reins, stored).await;
        }
        reins.cancel();
        let run = ended(run).await;
        assert_eq!((run.status, run.tally.stored), (RunStatus::Cancelled, stored as i64), "{run:#?}");
        assert_eq!(desk.found().await.len(), stored);
        desk.control().clear_faults();
    }
    desk.control().clear_log();
    assert_complete(&desk.sync().await, 120);
    assert_eq!(desk.fetched().len(), 20);
}

#[tokio::test]
async fn pause_holds_a_run_and_resume_lets_it_go_on() {
    let desk = Desk::two_spaces().await;
    desk.spoil(LISTS, FaultEffect::Delay { milliseconds: 50 });
    desk.control().clear_log();
    let (run, reins) = begun(&desk.app).await;
    while desk.requests() == 0 {
        tokio::task::yield_now().await;
    }
    reins.pause();
    assert!(reins.progress().borrow().paused);
    // The request at hand may end; no other begins.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let sent = desk.requests();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!((desk.requests(), run.is_finished()), (sent, false));
    assert!(sent <= 2, "{sent} requests");
    reins.resume();
    assert_complete(&ended(run).await, 7);
}

#[tokio::test]
async fn a_paused_run_whose_request_hangs_is_cancelled() {
    let desk = Desk::two_spaces().await;
    desk.spoil(LISTS, HANGS);
    let (run, reins) = begun(&desk.app).await;
    reins.pause();
    assert!(reins.progress().borrow().paused, "it shows at once");
    reins.cancel();
    assert!(!reins.progress().borrow().paused);
    assert_eq!(ended(run).await.status, RunStatus::Cancelled);
}

#[tokio::test]
async fn a_line_that_breaks_half_way() {
    // One request at a time, so that the first fifty texts are the ones that come.
    let sim = Simulator::builder().space(many("A", 120));
    let desk = Desk::with(sim, |config| config.transport.concurrency = 1).await;
    desk.sign_in().await;
    desk.app.set_plan(coagentor::PlanName::Pro).await.expect("sets");
    desk.select(&["A"]).await;
    desk.control().add_fault(Fault::on(BY_ID, FaultEffect::DropConnection).when(FaultWhen::From(2)));
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((run.status, run.tally.expected, run.tally.stored), (RunStatus::Partial, 120, 50));
    assert_eq!(run.failed.len(), 70, "each missing page is named");
    assert_eq!(desk.found().await.len(), 50);
    desk.control().clear_faults();
    desk.control().clear_log();
    assert_complete(&desk.poll().await, 120);
    assert_eq!(desk.fetched().len(), 70, "what is stored is not fetched again");
}

#[tokio::test]
async fn a_process_that_is_killed() {
    let desk = Desk::selected(Simulator::builder().space(many("A", 120)), &["A"]).await;
    desk.control().add_fault(Fault::on(BY_ID, HANGS).with_query("limit=20"));
    let (run, reins) = begun(&desk.app).await;
    downloaded(&reins, 100).await;
    run.abort();
    assert!(run.await.expect_err("is gone").is_cancelled());
    assert_eq!(desk.found().await.len(), 100, "what was committed stays");
    desk.control().clear_faults();
    desk.control().clear_log();
    assert_complete(&desk.sync().await, 120);
    assert_eq!(desk.fetched().len(), 20);
    let runs = desk.app.runs(10).await.expect("lists");
    let seen: Vec<RunStatus> = runs.iter().map(|run| run.status).collect();
    assert_eq!(seen, [RunStatus::Complete, RunStatus::Failed]);
    assert!(runs[1].message.as_ref().is_some_and(|message| message.contains("stopped")), "{runs:#?}");
}

#[tokio::test]
async fn a_page_that_fails_is_tried_again_by_itself() {
    let desk = Desk::two_spaces().await;
    let (new, stored) = (desk.page("A", "a1"), desk.page("B", "b1"));
    let poison = |page: &str| Fault::on(BY_ID, status(500, &[], "")).with_query(page);
    desk.control().add_fault(poison(&new));
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((run.status, named(&run), run.tally.stored), (RunStatus::Partial, vec!["a1"], 6));
    assert_eq!((desk.titles("failed").await, desk.found().await.len()), ("a1".to_owned(), 6));

    desk.control().clear_faults();
    desk.control().clear_log();
    assert_complete(&desk.poll().await, 7);
    assert_eq!(desk.fetched(), [new]);

    desk.control().advance(Duration::from_mins(1));
    desk.control().edit(&stored, "<p>All about the new b1.</p>").expect("edits");
    desk.control().edit(&desk.page("B", "b2"), "<p>All about the new b2.</p>").expect("edits");
    desk.control().add_fault(poison(&stored));
    let run = desk.poll().await;
    assert_accounted(&run);
    assert_eq!((run.status, named(&run)), (RunStatus::Partial, vec!["b1"]));
    assert_eq!(desk.found().await.len(), 7, "the text of before is found");
    desk.control().clear_faults();
    desk.control().clear_log();
    assert_complete(&desk.poll().await, 7);
    assert_eq!(desk.fetched(), [stored]);
}

#[tokio::test]
async fn runs_are_kept_and_listed() {
    let desk = Desk::two_spaces().await;
    let first = desk.sync().await;
    desk.control().advance(Duration::from_mins(1));
    desk.control().edit(&desk.page("A", "a1"), "<p>All about it.</p>").expect("edits");
    desk.control().add_fault(Fault::on(BY_ID, FaultEffect::LeaveOut { ids: vec![desk.page("A", "a1")] }));
    let second = desk.sync().await;
    desk.control().clear_faults();
    desk.spoil(LISTS, status(429, &[("Retry-After", "3600")], ""));
    let third = desk.poll().await;
    desk.control().clear_faults();
    desk.app.set_plan(coagentor::PlanName::Free).await.expect("sets");
    let kept = desk.second_app().await.runs(10).await.expect("lists");
    assert_eq!(kept, [third, second, first], "newest first, and word for word");
    assert_eq!(desk.app.runs(1).await.expect("lists").len(), 1);
}
