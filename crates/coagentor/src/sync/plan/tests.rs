//! Plans as tables: what is stored, what is shown, what is done.

use rstest::rstest;
use time::Duration;

use super::*;

/// `id@version` in space `A`, or `id@version/SPACE`; the number in the id is also how recently it was edited.
fn remote(text: &str) -> RemotePage {
    let (page, space) = text.split_once('/').unwrap_or((text, "A"));
    let (id, version) = page.split_once('@').unwrap_or((page, "1"));
    let recency: i64 = id.trim_start_matches(char::is_alphabetic).parse().unwrap_or(0);
    RemotePage {
        id: id.to_owned(),
        space_id: space.to_owned(),
        title: format!("Title {id}"),
        version: version.parse().unwrap(),
        parent_id: None,
        modified_at: Some(OffsetDateTime::UNIX_EPOCH + Duration::days(recency)),
        url: String::new(),
    }
}

/// As [`remote`]; `-` before it is unavailable, `!` failed.
fn local(text: &str) -> LocalPage {
    let (state, text) = match text.chars().next() {
        Some('-') => (LocalState::Unavailable, &text[1..]),
        Some('!') => (LocalState::Failed, &text[1..]),
        _ => (LocalState::Available, text),
    };
    let RemotePage { id, space_id, title, version, parent_id, .. } = remote(text);
    LocalPage { id, space_id, title, version, parent_id, state }
}

/// Listings of spaces `A` and `B`; one that is given as `None` did not come to its end.
fn listings(a: Option<&str>, b: Option<&str>) -> Vec<Listing> {
    let listing = |space: &str, pages: Option<&str>| Listing {
        space_id: space.to_owned(),
        space_name: space.to_owned(),
        pages: pages.map(|pages| pages.split_whitespace().map(remote).collect()),
    };
    vec![listing("A", a), listing("B", b)]
}

fn shown(plan: &SyncPlan) -> String {
    let op = |op: &SyncOp| match op {
        SyncOp::Add(page) => format!("add {}", page.id),
        SyncOp::Update(page) => format!("update {}", page.id),
        SyncOp::Move(page) => format!("move {}", page.id),
        SyncOp::Restore(page) => format!("restore {}", page.id),
        SyncOp::Remove { page, reason: Removal::Gone } => format!("gone {}", page.id),
        SyncOp::Remove { page, reason: Removal::OverLimit } => format!("over {}", page.id),
    };
    plan.ops.iter().map(op).collect::<Vec<_>>().join(", ")
}

#[rstest]
#[case::nothing_stored("", Some("p1 p2"), Some("q3/B"), "add p2, add p1, add q3")]
#[case::nothing_changed("p1 p2", Some("p1 p2"), Some(""), "")]
#[case::edited("p1 p2", Some("p1@2 p2"), Some(""), "update p1")]
#[case::a_version_that_went_back("p1@5", Some("p1@4"), Some(""), "update p1")]
#[case::moved_to_another_space("p1", Some(""), Some("p1/B"), "move p1")]
#[case::moved_and_edited("p1", Some(""), Some("p1@2/B"), "update p1")]
#[case::gone("p1 p2", Some("p1"), Some(""), "gone p2")]
#[case::gone_already("p1 -p2", Some("p1"), Some(""), "")]
#[case::came_back("-p1", Some("p1"), Some(""), "restore p1")]
#[case::came_back_edited("-p1", Some("p1@2"), Some(""), "update p1")]
#[case::failed_last_time("!p1", Some("p1"), Some(""), "update p1")]
#[case::failed_and_never_stored("!p1@0", Some("p1"), Some(""), "add p1")]
#[case::a_listing_cut_short_removes_nothing("p1 q1/B", None, Some("q1/B"), "")]
#[case::seen_twice_while_it_moves("", Some("p1@1"), Some("p1@2/B"), "add p1")]
#[case::of_a_space_that_is_not_listed("z1/Z", Some(""), Some(""), "")]
fn a_plan(#[case] stored: &str, #[case] a: Option<&str>, #[case] b: Option<&str>, #[case] expected: &str) {
    let stored: Vec<LocalPage> = stored.split_whitespace().map(local).collect();
    assert_eq!(shown(&plan(&stored, &listings(a, b), None)), expected);
}

#[rstest]
#[case::in_turns_most_recent_first("", Some("p1 p2 p3"), Some("q1/B q2/B"), 3, "add p3, add p2, add q2", "p1 q1")]
#[case::what_is_in_stays_in("p1", Some("p1 p2"), Some("q9/B"), 2, "add p2", "q9")]
#[case::going_down("p1 p2 q1/B", Some("p1 p2"), Some("q1/B"), 2, "over p1", "p1")]
#[case::going_up("-p1 p2", Some("p1 p2"), Some(""), 2, "restore p1", "")]
#[case::an_unlisted_space_keeps_its_place("q1/B q2/B", Some("p1 p2"), None, 3, "add p2", "p1")]
fn a_limit(
    #[case] stored: &str,
    #[case] a: Option<&str>,
    #[case] b: Option<&str>,
    #[case] limit: usize,
    #[case] expected: &str,
    #[case] left_out: &str,
) {
    let stored: Vec<LocalPage> = stored.split_whitespace().map(local).collect();
    let plan = plan(&stored, &listings(a, b), Some(limit));
    assert_eq!(shown(&plan), expected);
    let over: Vec<&str> = plan.over_limit.iter().map(|page| page.id.as_str()).collect();
    assert_eq!(over.join(" "), left_out);
    assert!(plan.expected - plan.over_limit.len() <= limit);
}
