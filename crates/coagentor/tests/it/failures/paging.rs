//! Lists: cursors, links, answers that are too large, empty or the same again.

use coagentor::sync::RunStatus;
use confluence_sim::{Fault, FaultEffect, FaultWhen, Mutation, RequestRecord, Simulator};
use url::form_urlencoded::parse;

use super::{BY_ID, LISTS, assert_accounted, assert_complete, named, status};
use crate::desk::{Desk, many, space};

const BAD_CURSOR: &str = r#"{"errors":[{"status":400,"code":"INVALID_REQUEST_PARAMETER","title":"Provided value for 'cursor' is not the correct type. Expected type is Cursor.","detail":"The provided cursor was not valid."}]}"#;

/// 300 pages: more than an answer holds.
async fn long() -> Desk {
    Desk::selected(Simulator::builder().space(many("A", 300)), &["A"]).await
}

/// The parameters of a request without its cursor, and the cursor.
fn parameters(request: &RequestRecord) -> (Vec<(String, String)>, Option<String>) {
    let (cursor, others): (Vec<_>, Vec<_>) =
        parse(request.query.as_bytes()).into_owned().partition(|(name, _)| name == "cursor");
    (others, cursor.into_iter().next().map(|(_, cursor)| cursor))
}

/// Requests for all of a space, as opposed to the one for its newest page.
fn walked(desk: &Desk) -> Vec<RequestRecord> {
    desk.asked("/pages").into_iter().filter(|request| request.query.contains("sort=id")).collect()
}

#[tokio::test]
async fn f01_next_link_join() {
    let mut builder = Simulator::builder().space(many("A", 260));
    for at in 0..255 {
        builder = builder.space(space(&format!("S{at}"), &["x"]));
    }
    let desk = Desk::selected(builder, &["A"]).await;
    assert_eq!(desk.app.spaces().await.expect("lists").len(), 256);
    assert_complete(&desk.sync().await, 260);
    let prefix = format!("/ex/confluence/{}/wiki/api/v2/", desk.sim.cloud_id());
    let log = desk.control().log();
    let api: Vec<_> = log.iter().filter(|request| request.path.contains("/wiki")).collect();
    assert_eq!(api.iter().filter(|request| request.query.contains("cursor=")).count(), 2, "both lists were long");
    for request in api {
        assert!(request.path.starts_with(&prefix) && request.path.matches("/wiki").count() == 1, "{request:?}");
        assert_eq!(request.status, 200, "{request:?}");
    }
}

#[tokio::test]
async fn f02_raw_cursor_that_is_not_last() {
    let desk = long().await;
    assert_complete(&desk.sync().await, 300);
    let walk = walked(&desk);
    let [first, second] = walk.as_slice() else { panic!("{walk:#?}") };
    assert_eq!(parameters(first).0, parameters(second).0, "all but the cursor is unchanged");
    let cursor = parameters(second).1.expect("a cursor");
    assert!(cursor.ends_with('=') && !cursor.contains('&'), "decoded once, and nothing after it: {cursor}");
}

#[tokio::test]
async fn f03_invalid_cursor_begins_the_list_again() {
    let desk = long().await;
    let expired = || Fault::on(LISTS, status(400, &[], BAD_CURSOR)).with_query("cursor=");
    desk.control().add_fault(expired().when(FaultWhen::Nth(1)));
    assert_complete(&desk.sync().await, 300);
    assert_eq!(desk.found().await.len(), 300);

    let trashed = desk.page("A", "a007");
    desk.control().trash(&trashed).expect("trashes");
    desk.control().add_fault(expired());
    desk.control().clear_log();
    let run = desk.sweep().await;
    assert_accounted(&run);
    assert_eq!((run.status, run.tally.removed, named(&run)), (RunStatus::Partial, 0, vec!["A"]));
    assert_eq!(walked(&desk).len(), 6, "the list was begun three times");
    assert_eq!(desk.found().await.len(), 300, "nothing follows from half a list");

    desk.control().clear_faults();
    let run = desk.sweep().await;
    assert_complete(&run, 299);
    assert_eq!(run.tally.removed, 1);
}

#[tokio::test]
async fn f04_percent_encoded_cursor() {
    let desk = long().await;
    desk.spoil(LISTS, FaultEffect::EncodeCursor);
    assert_complete(&desk.sync().await, 300);
    let walk = walked(&desk);
    assert_eq!(walk.len(), 2);
    assert!(walk.iter().all(|request| !request.query.contains("%25")), "{walk:#?}");
}

#[tokio::test]
async fn f05_first_page_again_for_ever() {
    let desk = long().await;
    assert_complete(&desk.sync().await, 300);
    desk.control().trash(&desk.page("A", "a007")).expect("trashes");
    desk.spoil(LISTS, FaultEffect::IgnoreCursor);
    desk.control().clear_log();
    let run = desk.sweep().await;
    assert_accounted(&run);
    assert_eq!((run.status, run.tally.removed, named(&run)), (RunStatus::Partial, 0, vec!["A"]));
    assert!(walked(&desk).len() <= 6, "{} requests", walked(&desk).len());
    assert_eq!(desk.found().await.len(), 300);
    desk.control().clear_faults();
    assert_complete(&desk.sweep().await, 299);
}

#[tokio::test]
async fn f05_first_page_again_on_the_first_run() {
    let desk = long().await;
    desk.spoil(LISTS, FaultEffect::IgnoreCursor);
    let run = desk.sync().await;
    assert_eq!((run.status, run.tally.stored, named(&run)), (RunStatus::Partial, 0, vec!["A"]));
    desk.control().clear_faults();
    let run = desk.sync().await;
    assert_complete(&run, 300);
    assert_eq!(run.tally.added, 300, "none comes twice");
}

#[tokio::test]
async fn f06_empty_results_with_a_next_link() {
    // Three answers: the cursor of the first can come again in the second.
    let desk = Desk::selected(Simulator::builder().space(many("A", 600)), &["A"]).await;
    desk.control().mask_after_limit(true);
    let mut pages = desk.control().pages("A");
    pages.sort_by_key(|page| page.id.parse::<u64>().expect("a number"));
    for page in &pages[..250] {
        desk.control().restrict(&page.id, true).expect("hides");
    }
    assert_complete(&desk.sync().await, 350);
    assert_eq!(desk.found().await.len(), 350);

    desk.spoil(LISTS, FaultEffect::RepeatCursor);
    desk.control().clear_log();
    for page in &pages {
        desk.control().restrict(&page.id, true).expect("hides");
    }
    let run = desk.sweep().await;
    assert_eq!((run.status, run.tally.removed, named(&run)), (RunStatus::Partial, 0, vec!["A"]));
    assert!(walked(&desk).len() <= 6, "no endless loop: {} requests", walked(&desk).len());
    assert_eq!(desk.found().await.len(), 350);
}

#[tokio::test]
async fn f07_504_on_large_answers() {
    let desk = long().await;
    for (path, limit) in [(LISTS, "limit=250"), (BY_ID, "limit=50")] {
        desk.control().add_fault(Fault::on(path, status(504, &[], "<html></html>")).with_query(limit));
    }
    assert_complete(&desk.sync().await, 300);
    let walk = walked(&desk);
    assert_eq!(walk.iter().filter(|request| request.status == 504).count(), 1, "the smaller limit stays");
    assert!(walk.iter().skip(1).all(|request| request.query.contains("limit=125")), "{walk:#?}");
    assert_eq!(desk.found().await.len(), 300);
}

#[tokio::test]
async fn x_a_page_is_edited_and_one_trashed_while_the_list_is_read() {
    let desk = long().await;
    assert_complete(&desk.sync().await, 300);
    let pages = desk.control().pages("A");
    let mut ids: Vec<&str> = pages.iter().map(|page| page.id.as_str()).collect();
    ids.sort_by_key(|id| id.parse::<u64>().expect("a number"));
    desk.control().advance(std::time::Duration::from_mins(1));
    // One is edited after the newest was asked for; another is trashed after the first answer has shown it.
    let storage = Some("<p>All about change.</p>".to_owned());
    let edit = Mutation::Edit { page: ids[280].to_owned(), title: None, storage, message: String::new() };
    let trash = Mutation::Trash { page: ids[3].to_owned(), answer_404: false };
    for (mutation, query) in [(edit, "sort=-modified-date"), (trash, "limit=250")] {
        let fault = Fault::on(LISTS, FaultEffect::Change { mutation }).with_query(query).when(FaultWhen::Nth(1));
        desk.control().add_fault(fault);
    }
    let run = desk.sweep().await;
    assert_complete(&run, 300);
    assert_eq!((run.tally.updated, run.tally.removed), (1, 0));
    assert_eq!(desk.poll().await.tally.updated, 0, "the edit is known");
    let run = desk.sweep().await;
    assert_complete(&run, 299);
    assert_eq!(run.tally.removed, 1);
}

#[tokio::test]
async fn x_a_list_that_leaves_out_pages_takes_none_away() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    let ids = vec![desk.page("A", "a1"), desk.page("B", "b2")];
    desk.spoil(LISTS, FaultEffect::LeaveOut { ids });
    let run = desk.sweep().await;
    assert_complete(&run, 7);
    assert_eq!(desk.found().await.len(), 7);
}
