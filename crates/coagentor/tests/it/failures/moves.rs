//! Pages that move between spaces, and within one.

use rstest::rstest;

use super::assert_complete;
use crate::desk::Desk;

async fn synced(selected: &[&str]) -> Desk {
    let desk = Desk::two_spaces().await;
    desk.select(selected).await;
    desk.sync().await;
    desk.control().clear_log();
    desk
}

async fn titles_in(desk: &Desk, space: &str) -> Vec<String> {
    let rows = desk.app.pages(Some(space), None).await.expect("lists");
    rows.into_iter().filter(|page| page.state == "pending").map(|page| page.title).collect()
}

#[tokio::test]
async fn f25_page_moved_to_another_selected_space() {
    let desk = synced(&["A", "B"]).await;
    let page = desk.page("A", "a1");
    desk.control().relocate(&page, Some("B"), None).expect("moves");
    let run = desk.sweep().await;
    assert_complete(&run, 7);
    assert_eq!((run.tally.moved, run.tally.removed, run.tally.added), (1, 0, 0));
    assert_eq!(desk.fetched(), [""; 0], "the text is the same");
    assert_eq!(titles_in(&desk, "A").await, ["a2", "a3", "a4"]);
    assert_eq!(titles_in(&desk, "B").await, ["a1", "b1", "b2", "b3"]);
    let kept: Vec<_> = desk.app.pages(None, None).await.expect("lists").into_iter().map(|page| page.kept).collect();
    assert_eq!(kept, [Some(1.0); 7], "a moved page keeps its share, too");
    assert_eq!(desk.found().await.len(), 7);
    let hits = desk.app.search("a1", 5, coagentor::SearchMode::Keyword).await.expect("searches").hits;
    assert_eq!((hits[0].page_id.as_str(), hits[0].space_key.as_str()), (page.as_str(), "B"));
    assert!(hits[0].url.contains("/B/"), "{}", hits[0].url);
}

#[tokio::test]
async fn f25_page_moved_out_of_the_selection_and_back() {
    let desk = synced(&["A"]).await;
    let page = desk.page("A", "a1");
    desk.control().relocate(&page, Some("B"), None).expect("moves");
    let run = desk.sweep().await;
    assert_complete(&run, 3);
    assert_eq!(run.tally.removed, 1);
    assert_eq!(desk.found().await.len(), 3);
    let rows = desk.app.pages(None, Some("unavailable")).await.expect("lists");
    assert!(rows[0].reason.as_ref().is_some_and(|reason| reason.contains("not selected")), "{rows:?}");

    desk.control().relocate(&page, Some("A"), None).expect("moves");
    let run = desk.sweep().await;
    assert_complete(&run, 4);
    assert_eq!((run.tally.moved, desk.fetched().len()), (1, 0));
    assert_eq!(desk.found().await.len(), 4);
}

#[rstest]
#[case::version_stays(false)]
#[case::version_rises(true)]
#[tokio::test]
async fn f25_a_whole_branch_moves(#[case] raise_version: bool) {
    let desk = Desk::two_spaces().await;
    let below =
        desk.control().add_page("A", Some(&desk.page("A", "a1")), "below", "<p>All about below.</p>").expect("adds");
    desk.sync().await;
    desk.control().clear_log();
    desk.control().advance(std::time::Duration::from_mins(1));
    let moved = confluence_sim::Mutation::Move {
        page: desk.page("A", "a1"),
        space: Some("B".to_owned()),
        parent: Some(desk.page("B", "b1")),
        raise_version,
    };
    desk.control().apply(moved).expect("moves");
    let run = desk.sweep().await;
    assert_complete(&run, 8);
    assert_eq!(run.tally.removed, 0);
    assert!(!desk.fetched().contains(&below));
    assert_eq!(titles_in(&desk, "B").await, ["a1", "b1", "b2", "b3", "below"]);
    assert_eq!(desk.found().await.len(), 8);
}

#[tokio::test]
async fn x_a_page_that_moves_while_the_spaces_are_listed_stays() {
    let desk = synced(&["A", "B"]).await;
    // B is listed after A: the page is in neither listing, or in both.
    for (from, to) in [("B", "A"), ("A", "B")] {
        let page = desk.control().pages(from).into_iter().next_back().expect("a page");
        let mutation = confluence_sim::Mutation::Move {
            page: page.id.clone(),
            space: Some(to.to_owned()),
            parent: None,
            raise_version: false,
        };
        let fault = confluence_sim::Fault::on(super::LISTS, confluence_sim::FaultEffect::Change { mutation });
        desk.control().add_fault(fault.with_query("sort=id").when(confluence_sim::FaultWhen::Nth(1)));
        let run = desk.sweep().await;
        assert_complete(&run, 7);
        assert_eq!((run.tally.removed, desk.fetched().len()), (0, 0));
        assert_eq!(desk.found().await.len(), 7);
        desk.control().clear_faults();
        assert_complete(&desk.sweep().await, 7);
        assert!(titles_in(&desk, to).await.contains(&page.title));
    }
}

#[tokio::test]
async fn x_a_renamed_page_is_not_another_page() {
    let desk = synced(&["A", "B"]).await;
    desk.control().advance(std::time::Duration::from_mins(1));
    desk.control().rename(&desk.page("A", "a1"), "a9").expect("renames");
    let run = desk.poll().await;
    assert_complete(&run, 7);
    assert_eq!((run.tally.added, run.tally.updated), (0, 1));
    assert_eq!(desk.titles("pending").await, "a2 a3 a4 a9 b1 b2 b3");
}

/// The page has left one space, and the list of the other does not come: it is there all the same.
#[tokio::test]
async fn x_a_page_that_moved_to_a_space_that_cannot_be_listed_stays() {
    let desk = synced(&["A", "B"]).await;
    let space = desk.app.spaces().await.expect("lists").into_iter().find(|space| space.key == "B").expect("B").id;
    desk.control().relocate(&desk.page("A", "a1"), Some("B"), None).expect("moves");
    desk.spoil(&format!("*/spaces/{space}/pages"), super::status(403, &[], "{}"));
    let run = desk.sweep().await;
    super::assert_accounted(&run);
    assert_eq!((run.status, run.tally.removed), (coagentor::sync::RunStatus::Partial, 0), "{run:#?}");
    assert_eq!(desk.found().await.len(), 7);
    desk.control().clear_faults();
    assert_complete(&desk.sweep().await, 7);
    assert_eq!(titles_in(&desk, "B").await, ["a1", "b1", "b2", "b3"]);
}
