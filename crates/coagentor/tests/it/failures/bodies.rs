//! Texts that do not come: one page must never hold up the others, nor what has to leave.

use std::time::Duration;

use coagentor::sync::RunStatus;
use confluence_sim::{Fault, FaultEffect, FaultWhen, Mutation, Simulator};
use rstest::rstest;

use super::{BY_ID, LISTS, assert_accounted, assert_complete, named, status};
use crate::desk::{Desk, many};

async fn synced() -> Desk {
    let desk = Desk::two_spaces().await;
    assert_complete(&desk.sync().await, 7);
    desk.control().advance(Duration::from_mins(1));
    desk
}

fn edit(desk: &Desk, space: &str, title: &str) -> String {
    let page = desk.page(space, title);
    desk.control().edit(&page, &format!("<p>All about the new {title}.</p>")).expect("edits")
}

/// Every request for texts fails.
fn spoil_texts(desk: &Desk, code: u16) {
    desk.control().add_fault(Fault::on(BY_ID, status(code, &[], "")).with_query("body-format"));
}

#[rstest]
#[case::one(&["a1"])]
#[case::two(&["a1", "a2"])]
#[case::all(&["a1", "a2", "a3", "a4"])]
#[tokio::test]
async fn pages_that_never_come_hold_up_no_removal(#[case] poisoned: &[&str]) {
    let desk = synced().await;
    for title in poisoned {
        edit(&desk, "A", title);
    }
    spoil_texts(&desk, 500);
    desk.control().purge(&desk.page("B", "b1")).expect("purges");
    for removed in [1, 0] {
        let run = desk.sweep().await;
        assert_accounted(&run);
        assert_eq!((run.status, named(&run), run.tally.removed), (RunStatus::Partial, poisoned.to_vec(), removed));
        assert_eq!(desk.found().await.len(), 6, "their text of before is found");
    }
    desk.control().clear_faults();
    desk.control().clear_log();
    assert_complete(&desk.poll().await, 6);
    assert_eq!(desk.fetched().len(), poisoned.len());
}

#[tokio::test]
async fn an_outage_ends_a_run_soon() {
    let desk = Desk::selected(Simulator::builder().space(many("A", 300)), &["A"]).await;
    spoil_texts(&desk, 503);
    desk.control().clear_log();
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((run.status, run.tally.stored, run.failed.len()), (RunStatus::Failed, 0, 300));
    assert!(desk.requests() < 100, "{} requests", desk.requests());
    desk.control().clear_faults();
    assert_complete(&desk.poll().await, 300);
}

#[tokio::test]
async fn a_live_doc_that_fails_in_the_other_format_holds_up_nothing() {
    let desk = synced().await;
    let page = desk.page("A", "a1");
    desk.control().apply(Mutation::MakeLive { page: page.clone(), adf: None }).expect("empties");
    edit(&desk, "B", "b2");
    desk.control().add_fault(Fault::on(BY_ID, status(500, &[], "")).with_query("body-format=atlas_doc_format"));
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((run.status, named(&run), run.tally.updated), (RunStatus::Partial, vec!["a1"], 1));
    assert_eq!(desk.found().await.len(), 7);
    assert!(desk.app.page(&page).await.expect("is stored").text.contains("All about a1"));
}

#[tokio::test]
async fn a_page_without_a_body_in_one_format_is_read_in_the_other() {
    let desk = Desk::two_spaces().await;
    let strange = FaultEffect::Replace { text: "\"storage\":{".to_owned(), with: "\"strange\":{".to_owned() };
    desk.spoil(BY_ID, strange);
    assert_complete(&desk.sync().await, 7);
    assert_eq!(desk.found().await.len(), 7);
}

#[tokio::test]
async fn a_page_without_any_body_is_named() {
    let desk = Desk::two_spaces().await;
    let none = FaultEffect::Replace { text: "\"body\":{".to_owned(), with: "\"nobody\":{".to_owned() };
    desk.spoil(BY_ID, none);
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((run.status, run.failed.len(), run.tally.stored), (RunStatus::Partial, 7, 0));
    desk.control().clear_faults();
    assert_complete(&desk.poll().await, 7);
}

/// Some proxies let go of large answers in the middle.
#[tokio::test]
async fn answers_that_break_off_are_asked_for_in_smaller_parts() {
    let desk = Desk::selected(Simulator::builder().space(many("A", 300)), &["A"]).await;
    for (path, limit) in [(LISTS, "limit=250"), (BY_ID, "limit=50")] {
        desk.control().add_fault(Fault::on(path, FaultEffect::TruncateBody { bytes: 4_000 }).with_query(limit));
    }
    assert_complete(&desk.sync().await, 300);
    assert_eq!(desk.found().await.len(), 300);
}

#[tokio::test]
async fn a_page_that_takes_too_long_is_named() {
    let sim = Simulator::builder().space(many("A", 10));
    let desk = Desk::with(sim, |config| config.transport.total_timeout = Duration::from_millis(250)).await;
    desk.sign_in().await;
    desk.select(&["A"]).await;
    let slow = Fault::on(BY_ID, FaultEffect::Delay { milliseconds: 60_000 });
    desk.control().add_fault(slow.with_query(desk.page("A", "a004")));
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((run.status, named(&run), run.tally.stored), (RunStatus::Partial, vec!["a004"], 9));
    desk.control().clear_faults();
    assert_complete(&desk.poll().await, 10);
}

/// Newest first, an edit in the middle jumps over the cursor: this poll may miss it, the next may not.
#[tokio::test]
async fn a_page_that_jumps_over_the_cursor_of_a_poll() {
    let desk = Desk::selected(Simulator::builder().space(many("A", 40)), &["A"]).await;
    assert_complete(&desk.sync().await, 40);
    for at in 0..20 {
        desk.control().advance(Duration::from_mins(1));
        edit(&desk, "A", &format!("a{at:03}"));
    }
    desk.control().advance(Duration::from_mins(1));
    // The first answer has the ten newest, down to a010; a005 would be in the second.
    let storage = Some("<p>All about the jump.</p>".to_owned());
    let jump = Mutation::Edit { page: desk.page("A", "a005"), title: None, storage, message: String::new() };
    let fault = Fault::on(LISTS, FaultEffect::Change { mutation: jump }).with_query("limit=10");
    desk.control().add_fault(fault.when(FaultWhen::Nth(1)));
    assert_accounted(&desk.poll().await);
    desk.control().clear_faults();
    assert_complete(&desk.poll().await, 40);
    let page = desk.page("A", "a005");
    assert!(desk.app.page(&page).await.expect("is stored").text.contains("the jump"));
}
