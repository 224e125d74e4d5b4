//! What a run does to the store, through the real client.

use std::time::Duration;

use coagentor::{PlanName, sync::RunStatus};

use confluence_sim::{Fault, FaultEffect};

use crate::desk::Desk;

#[tokio::test]
async fn a_first_run_stores_everything() {
    let desk = Desk::two_spaces().await;
    let run = desk.sync().await;
    assert_eq!((run.status, run.tally.expected, run.tally.stored, run.tally.added), (RunStatus::Complete, 7, 7, 7));
    assert_eq!(desk.titles("pending").await, "a1 a2 a3 a4 b1 b2 b3");
}

#[tokio::test]
async fn a_poll_asks_once_a_space_and_fetches_one_body_for_one_edit() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    desk.control().clear_log();
    let quiet = desk.poll().await;
    assert_eq!((quiet.status, quiet.tally.requests, quiet.tally.unchanged), (RunStatus::Complete, 2, 7));

    desk.control().advance(Duration::from_mins(1));
    let edited = desk.page("A", "a2");
    desk.control().edit(&edited, "<p>About something else.</p>").expect("edits");
    desk.control().clear_log();
    let run = desk.poll().await;
    assert_eq!((run.status, run.tally.updated, run.tally.stored), (RunStatus::Complete, 1, 7));
    assert_eq!(desk.fetched(), [edited]);
}

#[tokio::test]
async fn removals_are_found_by_a_sweep_and_undone_when_the_page_comes_back() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    let (trashed, hidden) = (desk.page("A", "a1"), desk.page("B", "b1"));
    desk.control().trash(&trashed).expect("trashes");
    desk.control().restrict(&hidden, true).expect("hides");
    let run = desk.sweep().await;
    assert_eq!((run.status, run.tally.removed, run.tally.expected), (RunStatus::Complete, 2, 5));
    assert_eq!(desk.titles("unavailable").await, "a1 b1");
    assert_eq!(desk.found().await.len(), 5);

    desk.control().restrict(&hidden, false).expect("shows");
    desk.control().clear_log();
    let run = desk.sweep().await;
    assert_eq!((run.status, run.tally.moved), (RunStatus::Complete, 1));
    assert_eq!(desk.titles("unavailable").await, "a1");
    assert_eq!(desk.fetched(), [""; 0], "the text was kept");
}

#[tokio::test]
async fn a_smaller_plan_sets_pages_aside_and_a_larger_one_brings_them_back() {
    let desk = Desk::selected(confluence_sim::Simulator::builder().generate("GEN", 40, 1), &["GEN"]).await;
    desk.app.set_plan(PlanName::Free).await.expect("sets");
    let run = desk.sync().await;
    assert_eq!((run.status, run.tally.stored, run.over_limit.len()), (RunStatus::Complete, 25, 15));
    desk.app.set_plan(PlanName::Pro).await.expect("sets");
    desk.control().clear_log();
    let run = desk.poll().await;
    assert_eq!((run.status, run.tally.stored), (RunStatus::Complete, 40));
    assert_eq!(desk.fetched().len(), 15);
    desk.app.set_plan(PlanName::Free).await.expect("sets");
    desk.control().clear_log();
    let run = desk.poll().await;
    assert_eq!((run.status, run.tally.removed, run.over_limit.len()), (RunStatus::Complete, 15, 15));
    desk.app.set_plan(PlanName::Pro).await.expect("sets");
    let run = desk.poll().await;
    assert_eq!((run.status, run.tally.moved, run.tally.stored), (RunStatus::Complete, 15, 40));
    assert_eq!(desk.fetched().len(), 0, "what was kept is not fetched again");
}

/// 300 pages take two answers. The page that is edited between them was in the first, with the version of before.
#[tokio::test]
async fn a_page_edited_while_its_space_is_swept_is_found_by_the_next_poll() {
    let desk = Desk::selected(confluence_sim::Simulator::builder().generate("GEN", 300, 1), &["GEN"]).await;
    desk.sync().await;
    let mut ids: Vec<u64> = desk.control().pages("GEN").iter().filter_map(|page| page.id.parse().ok()).collect();
    ids.sort_unstable();
    let (early, late) = (ids[0].to_string(), ids[299].to_string());
    desk.control().advance(Duration::from_mins(1));
    desk.control().clear_log();
    let control = desk.control();
    let edits = async {
        let is_second = |request: &confluence_sim::RequestRecord| request.query.contains("cursor=");
        // The second answer is held back until both edits are made.
        control
            .add_fault(Fault::on("*/spaces/*/pages", FaultEffect::Delay { milliseconds: 300 }).with_query("cursor="));
        while control.log().iter().filter(|request| request.query.contains("sort=id")).count() == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(!control.log().iter().any(is_second), "the edits come between the answers");
        control.edit(&early, "<p>Edited early.</p>").expect("edits");
        control.advance(Duration::from_mins(1));
        control.edit(&late, "<p>Edited late.</p>").expect("edits");
    };
    let (run, ()) = tokio::join!(desk.sweep(), edits);
    assert_eq!((run.status, run.tally.updated), (RunStatus::Complete, 1), "the late one is seen with its new version");
    desk.control().clear_faults();
    desk.control().clear_log();
    let run = desk.poll().await;
    assert_eq!((run.status, run.tally.updated), (RunStatus::Complete, 1));
    assert_eq!(desk.fetched(), [early]);
}
