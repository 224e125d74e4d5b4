//! When a page leaves retrieval, and when it does not.

use std::time::Duration;

use coagentor::sync::RunStatus;
use confluence_sim::{Fault, FaultEffect, FaultWhen, Mutation, Status};
use rstest::rstest;

use super::{BY_ID, LISTS, assert_accounted, assert_complete, named, status};
use crate::desk::{Desk, two_spaces};

async fn synced() -> Desk {
    let desk = Desk::two_spaces().await;
    assert_complete(&desk.sync().await, 7);
    desk.control().clear_log();
    desk
}

/// Ids that were asked for without bodies.
fn confirmed(desk: &Desk) -> Vec<String> {
    let log = desk.asked("/api/v2/pages").into_iter().filter(|request| !request.query.contains("body-format"));
    let pairs =
        log.flat_map(|request| url::form_urlencoded::parse(request.query.as_bytes()).into_owned().collect::<Vec<_>>());
    let ids = pairs.filter(|(name, _)| name == "id");
    let mut ids: Vec<String> = ids.flat_map(|(_, ids)| ids.split(',').map(str::to_owned).collect::<Vec<_>>()).collect();
    ids.sort();
    ids
}

async fn reason(desk: &Desk, title: &str) -> String {
    let rows = desk.app.pages(None, None).await.expect("lists");
    rows.into_iter().find(|page| page.title == title).and_then(|page| page.reason).unwrap_or_default()
}

#[tokio::test]
async fn f11_a_space_that_vanishes_for_one_run() {
    let desk = synced().await;
    let space = desk.app.spaces().await.expect("lists").into_iter().find(|space| space.key == "A").expect("A").id;
    desk.control()
        .add_fault(Fault::on(format!("*/spaces/{space}/pages"), status(404, &[], "")).when(FaultWhen::Nth(1)));
    let run = desk.sweep().await;
    assert_eq!((run.status, named(&run), run.tally.removed), (RunStatus::Partial, vec!["A"], 0));
    assert_eq!(desk.found().await.len(), 7);
    assert_eq!(confirmed(&desk), [""; 0]);
    let run = desk.sweep().await;
    assert_complete(&run, 7);
    assert_eq!(run.tally.unchanged, 7);
}

#[tokio::test]
async fn f11_a_space_list_that_stays_away_while_its_pages_answer() {
    let desk = synced().await;
    let space = desk.app.spaces().await.expect("lists").into_iter().find(|space| space.key == "A").expect("A").id;
    desk.spoil(&format!("*/spaces/{space}/pages"), status(404, &[], ""));
    for _ in 0..4 {
        let run = desk.sweep().await;
        assert_eq!((run.status, named(&run), run.tally.removed), (RunStatus::Partial, vec!["A"], 0), "{run:#?}");
        assert_eq!(desk.found().await.len(), 7, "its pages answer, so they stay");
    }
    desk.control().clear_faults();
    assert_complete(&desk.sweep().await, 7);
}

#[tokio::test]
async fn f11_a_space_that_is_gone_takes_its_pages_out_in_the_second_run() {
    let desk = synced().await;
    let mut ids: Vec<String> = desk.control().pages("A").into_iter().map(|page| page.id).collect();
    ids.sort();
    desk.control().restrict_space("A", true).expect("hides");
    let run = desk.sweep().await;
    assert_eq!((run.status, named(&run), run.tally.removed), (RunStatus::Partial, vec!["A"], 0));
    assert_eq!(desk.found().await.len(), 7, "one 404 proves nothing");

    desk.control().clear_log();
    let run = desk.sweep().await;
    assert_accounted(&run);
    assert_eq!((run.status, named(&run), run.tally.removed), (RunStatus::Partial, vec!["A"], 4));
    assert_eq!(confirmed(&desk), ids, "each is asked for before it goes");
    assert_eq!(desk.titles("unavailable").await, "a1 a2 a3 a4");
    assert_eq!(desk.found().await.len(), 3);
    assert_eq!(desk.sweep().await.tally.removed, 0);

    desk.control().restrict_space("A", false).expect("shows");
    desk.control().clear_log();
    let run = desk.sweep().await;
    assert_complete(&run, 7);
    assert_eq!((run.tally.moved, desk.fetched().len()), (4, 0), "they were kept");
    assert_eq!(desk.found().await.len(), 7);
}

#[tokio::test]
async fn f12_403_on_one_space() {
    let desk = Desk::two_spaces().await;
    let space = desk.app.spaces().await.expect("lists").into_iter().find(|space| space.key == "A").expect("A").id;
    let body = r#"{"message":"Current user not permitted to use Confluence","statusCode":403}"#;
    desk.spoil(&format!("*/spaces/{space}/pages"), status(403, &[], body));
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((run.status, named(&run), run.tally.stored), (RunStatus::Partial, vec!["A"], 3));
    assert!(run.failed[0].reason.contains("not permitted"), "{:?}", run.failed);
    assert_eq!(desk.titles("pending").await, "b1 b2 b3");
    desk.control().clear_faults();
    assert_complete(&desk.sync().await, 7);
    desk.spoil(&format!("*/spaces/{space}/pages"), status(403, &[], body));
    assert_eq!(desk.sync().await.tally.removed, 0);
    assert_eq!(desk.found().await.len(), 7, "what was synced before stays");
}

/// A space whose list never comes is named, and the others are synced; a site that does not answer ends the run.
#[rstest]
#[case::first("A", &["A"], 3)]
#[case::last("B", &["B"], 4)]
#[case::both("*", &["A", "B"], 0)]
#[tokio::test]
async fn x_a_space_that_is_never_listed_in_time(#[case] silent: &str, #[case] unread: &[&str], #[case] stored: i64) {
    let desk = Desk::with(two_spaces(), |config| config.transport.total_timeout = Duration::from_millis(250)).await;
    desk.sign_in().await;
    desk.select(&["A", "B"]).await;
    let spaces = desk.app.spaces().await.expect("lists");
    let id = spaces.into_iter().find(|space| space.key == silent).map_or_else(|| "*".to_owned(), |space| space.id);
    desk.spoil(&format!("*/spaces/{id}/pages"), FaultEffect::Delay { milliseconds: 60_000 });
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((named(&run).as_slice(), run.tally.stored), (unread, stored));
    assert!(run.failed.iter().all(|failure| failure.reason.contains("did not answer in time")), "{:?}", run.failed);
    let ended = if stored > 0 { (RunStatus::Partial, None) } else { (RunStatus::Failed, Some("timeout")) };
    assert_eq!((run.status, run.error.as_deref()), ended);
    desk.control().clear_faults();
    assert_complete(&desk.sync().await, 7);
}

#[rstest]
#[case::answers_as_trashed(false)]
#[case::answers_404(true)]
#[tokio::test]
async fn f13_trashed_page(#[case] answer_404: bool) {
    let desk = synced().await;
    let page = desk.page("A", "a1");
    desk.control().apply(Mutation::Trash { page, answer_404 }).expect("trashes");
    let run = desk.sweep().await;
    assert_complete(&run, 6);
    assert_eq!(run.tally.removed, 1);
    let run = desk.sweep().await;
    assert_complete(&run, 6);
    assert_eq!((run.tally.removed, run.tally.unchanged), (0, 6), "once");
    assert_eq!(desk.titles("unavailable").await, "a1");
    assert_eq!(reason(&desk, "a1").await.contains("bin"), !answer_404);
}

#[tokio::test]
async fn f14_a_page_that_is_hidden_after_it_was_listed() {
    let desk = Desk::two_spaces().await;
    let hidden = Mutation::Restrict { page: desk.page("A", "a1"), restricted: true };
    let fault = Fault::on(LISTS, FaultEffect::Change { mutation: hidden }).with_query("sort=id");
    // After the list of A, which comes first.
    desk.control().add_fault(fault.when(FaultWhen::Nth(1)));
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((run.status, named(&run), run.tally.stored), (RunStatus::Partial, vec!["a1"], 6));
    assert_eq!(desk.titles("pending").await, "a2 a3 a4 b1 b2 b3");
    assert_complete(&desk.sync().await, 6);
}

#[tokio::test]
async fn f14_a_page_that_is_listed_and_never_delivered() {
    let desk = Desk::two_spaces().await;
    let ids = vec![desk.page("A", "a1")];
    desk.control().add_fault(Fault::on(BY_ID, FaultEffect::LeaveOut { ids }));
    for _ in 0..2 {
        let run = desk.sync().await;
        assert_accounted(&run);
        assert_eq!((run.status, named(&run), run.tally.stored), (RunStatus::Partial, vec!["a1"], 6));
    }
    assert_eq!(desk.found().await.len(), 6);
    desk.control().clear_faults();
    desk.control().clear_log();
    assert_complete(&desk.sync().await, 7);
    assert_eq!(desk.fetched(), [desk.page("A", "a1")]);
}

#[tokio::test]
async fn f15_archived_pages() {
    let desk = Desk::two_spaces().await;
    let before = desk.page("A", "a1");
    desk.control().archive(&before).expect("archives");
    assert_complete(&desk.sync().await, 6);
    assert!(!desk.fetched().contains(&before));
    let after = desk.page("B", "b1");
    desk.control().archive(&after).expect("archives");
    let run = desk.sweep().await;
    assert_complete(&run, 5);
    assert_eq!(run.tally.removed, 1);
    assert!(reason(&desk, "b1").await.contains("archived"));
    assert_eq!(desk.found().await.len(), 5);
    desk.control().apply(Mutation::SetStatus { page: after, status: Status::Current }).expect("restores");
    assert_complete(&desk.sweep().await, 6);
    assert_eq!(desk.found().await.len(), 6);
}

#[tokio::test]
async fn x_deleted_pages_do_not_linger() {
    let desk = synced().await;
    for (space, title) in [("A", "a1"), ("A", "a2"), ("B", "b3")] {
        desk.control().purge(&desk.page(space, title)).expect("purges");
    }
    let run = desk.sweep().await;
    assert_complete(&run, 4);
    let found: Vec<String> = desk.found().await.into_iter().collect();
    assert_eq!(found, ["a3", "a4", "b1", "b2"]);
    let counts = desk.app.status().await.expect("tells");
    assert_eq!((counts.plan.used, counts.pages.unavailable), (4, 3));
}

#[tokio::test]
async fn x_410_gone() {
    let desk = synced().await;
    let gone = r#"{"statusCode":410,"message":"GoneException: This deprecated endpoint has been removed."}"#;
    desk.spoil(LISTS, status(410, &[], gone));
    let run = desk.sweep().await;
    assert_eq!((run.status, named(&run), run.tally.removed), (RunStatus::Partial, vec!["A", "B"], 0));
    assert!(run.failed[0].reason.contains("gone"), "{:?}", run.failed);
    assert_eq!(desk.found().await.len(), 7);
    assert!(desk.requests() <= 2, "what is gone is not asked for again");
}

#[tokio::test]
async fn x_a_refused_confirmation_takes_nothing_away() {
    let desk = synced().await;
    desk.control().purge(&desk.page("A", "a1")).expect("purges");
    desk.spoil(BY_ID, status(500, &[], ""));
    let run = desk.sweep().await;
    assert_eq!((run.status, run.tally.removed), (RunStatus::Partial, 0), "{run:#?}");
    assert_eq!(desk.found().await.len(), 7);
    desk.control().clear_faults();
    let run = desk.sweep().await;
    assert_complete(&run, 6);
    assert_eq!(run.tally.removed, 1);
}
