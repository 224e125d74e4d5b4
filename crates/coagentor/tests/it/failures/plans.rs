//! What the plan lets in, and what a change of selection or connection leaves alone.

use std::time::Duration;

use coagentor::{PlanName, sync::SyncOptions};
use confluence_sim::{Simulator, SpaceSource};

use super::{assert_accounted, assert_complete};
use crate::desk::{Desk, many, space};

/// Titles that are stored of a space.
async fn stored(desk: &Desk, space: &str) -> Vec<String> {
    let rows = desk.app.pages(Some(space), Some("pending")).await.expect("lists");
    rows.into_iter().map(|page| page.title).collect()
}

fn spaces() -> [SpaceSource; 3] {
    [many("A", 20), many("B", 20), many("C", 3)]
}

#[tokio::test]
async fn a_limit_is_filled_from_the_spaces_in_turn_newest_first() {
    let builder = spaces().into_iter().fold(Simulator::builder(), confluence_sim::SimulatorBuilder::space);
    let desk = Desk::selected(builder, &["A", "B", "C"]).await;
    desk.app.set_plan(PlanName::Free).await.expect("sets");
    let newest: Vec<String> = (5..16).map(|at| format!("a{at:03}")).collect();
    desk.control().advance(Duration::from_mins(1));
    for title in &newest {
        desk.control().edit(&desk.page("A", title), &format!("<p>All about {title}.</p>")).expect("edits");
    }
    let run = desk.sync().await;
    assert_complete_but(&run, 43, 25);
    assert_eq!(stored(&desk, "A").await, newest, "3 of C, and 11 of each of the others");
    assert_eq!((stored(&desk, "B").await.len(), stored(&desk, "C").await.len()), (11, 3));
    assert_eq!(desk.app.plan().await.expect("tells").used, 25);
    assert_eq!(desk.fetched().len(), 25, "what does not fit is not fetched");

    // What is in stays in, however new the others are.
    desk.control().advance(Duration::from_mins(1));
    desk.control().edit(&desk.page("A", "a019"), "<p>All about the newest.</p>").expect("edits");
    let run = desk.poll().await;
    assert_complete_but(&run, 43, 25);
    assert_eq!(stored(&desk, "A").await, newest);
    assert!(run.over_limit.iter().any(|page| page.title == "a019" && page.space_key == "A"));

    // A place that becomes free goes to the newest of those that wait.
    desk.control().purge(&desk.page("A", "a005")).expect("purges");
    let run = desk.sweep().await;
    assert_complete_but(&run, 42, 25);
    assert!(stored(&desk, "A").await.contains(&"a019".to_owned()), "{run:#?}");
    assert_eq!(desk.found().await.len(), 25);
}

fn assert_complete_but(run: &coagentor::sync::RunSummary, expected: i64, stored: i64) {
    assert_accounted(run);
    assert_eq!((run.tally.expected, run.tally.stored), (expected, stored), "{run:#?}");
    assert_eq!(run.status, coagentor::sync::RunStatus::Complete);
}

#[tokio::test]
async fn a_space_that_is_left_out_and_taken_in_again() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    desk.select(&["A"]).await;
    assert_eq!(desk.found().await.len(), 4, "at once");
    assert_complete(&desk.sync().await, 4);
    assert_eq!(desk.titles("unavailable").await, "b1 b2 b3");
    desk.control().advance(Duration::from_mins(1));
    let edited = desk.page("B", "b2");
    desk.control().edit(&edited, "<p>All about the new b2.</p>").expect("edits");

    desk.select(&["A", "B"]).await;
    assert_eq!(desk.found().await.len(), 7, "at once, and before any request");
    desk.control().clear_log();
    assert_complete(&desk.poll().await, 7);
    assert_eq!(desk.fetched(), [edited], "only what has changed meanwhile");
}

#[tokio::test]
async fn a_sync_of_nothing_is_refused() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    desk.select(&[]).await;
    assert!(desk.found().await.is_empty());
    let error = desk.app.sync(SyncOptions::default(), &desk.reins()).await.expect_err("nothing to do");
    assert_eq!(error.code(), "nothing_selected");
    desk.select(&["B"]).await;
    assert_eq!(desk.found().await.len(), 3);
}

#[tokio::test]
async fn a_new_connection_keeps_pages_and_selection() {
    let desk = Desk::two_spaces().await;
    desk.select(&["A"]).await;
    desk.sync().await;
    desk.app.disconnect().await.expect("disconnects");
    assert_eq!(desk.connection().await, "disconnected");
    assert_eq!(desk.found().await.len(), 4);
    let error = desk.app.sync(SyncOptions::default(), &desk.reins()).await.expect_err("not connected");
    assert_eq!(error.code(), "not_connected");

    desk.sign_in().await;
    let selected: Vec<String> = desk
        .app
        .spaces()
        .await
        .expect("lists")
        .into_iter()
        .filter(|space| space.selected)
        .map(|space| space.key)
        .collect();
    assert_eq!(selected, ["A"]);
    desk.control().clear_log();
    let run = desk.sync().await;
    assert_complete(&run, 4);
    assert_eq!((run.tally.unchanged, desk.fetched().len()), (4, 0));
}

#[tokio::test]
async fn pages_of_a_site_that_was_left_take_their_place_in_the_plan() {
    let second = confluence_sim::SiteSource::new("second").space(many("B", 20));
    let desk =
        Desk::new(Simulator::builder().site_name("first").space(many("A", 20)).space(space("C", &["c1"])).site(second))
            .await;
    for (site, key) in [("first", "A"), ("second", "B")] {
        let grant = desk.grant().await.expect("redeems");
        desk.app.use_site(&grant, Some(site)).await.expect("connects");
        desk.select(&[key]).await;
        assert_accounted(&desk.sync().await);
    }
    assert_eq!(desk.app.plan().await.expect("tells").used, 25);
    assert_eq!(desk.found().await.len(), 25);
}
