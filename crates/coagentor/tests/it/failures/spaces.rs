//! Sites and spaces: which are offered, and that two never mix.

use coagentor::SearchMode;
use confluence_sim::{Simulator, SiteSource, SpaceSource};

use super::assert_complete;
use crate::desk::{Desk, space};

/// One page in space `A`; the same path gives it the same ids on every site.
fn plan(word: &str) -> SpaceSource {
    SpaceSource::from_files("A", [("plan.md", format!("# Plan\n\nAll about {word}.\n"))]).expect("a space")
}

async fn quotes(desk: &Desk) -> Vec<String> {
    let hits = desk.app.search("about", 10, SearchMode::Keyword).await.expect("searches").hits;
    let mut quotes: Vec<String> = hits.into_iter().map(|hit| format!("{} {}", hit.url, hit.quote)).collect();
    quotes.sort();
    quotes
}

/// Connects the site of this name and syncs its space.
async fn synced(desk: &Desk, site: &str) {
    let grant = desk.grant().await.expect("redeems");
    desk.app.use_site(&grant, Some(site)).await.expect("connects");
    desk.select(&["A"]).await;
    assert_complete(&desk.sync().await, 1);
}

#[tokio::test]
async fn f24_two_sites_never_mix() {
    let second = SiteSource::new("second").space(plan("blue"));
    let desk = Desk::new(Simulator::builder().site_name("first").space(plan("red")).site(second)).await;
    let grant = desk.grant().await.expect("redeems");
    assert_eq!(grant.sites.len(), 2);
    let error = desk.app.use_site(&grant, None).await.expect_err("nobody has chosen");
    assert_eq!(error.code(), "several_sites");
    assert!(error.to_string().contains("first") && error.to_string().contains("second"));

    let page = desk.page("A", "Plan");
    let control = desk.control().site("second").expect("a site");
    assert_eq!(page, control.find_page("A", "Plan").expect("a page").id, "both sites have the same id");
    synced(&desk, "first").await;
    let red = quotes(&desk).await;
    assert!(red.len() == 1 && red[0].contains("red"), "{red:?}");

    synced(&desk, "second").await;
    let both = quotes(&desk).await;
    assert_eq!(both.iter().filter(|quote| quote.contains("red")).collect::<Vec<_>>(), red.iter().collect::<Vec<_>>());
    assert_eq!(both.iter().filter(|quote| quote.contains("blue") && quote.contains("/site/second/")).count(), 1);
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(desk.app.page(&page).await.expect("is stored").text.contains("blue"), "the connected site's page");

    // Its removal on one site is nothing to the other.
    control.purge(&page).expect("purges");
    assert_complete(&desk.sweep().await, 0);
    assert_eq!(quotes(&desk).await, red);
    synced(&desk, "first").await;
    assert!(desk.app.page(&page).await.expect("is stored").text.contains("red"));
    assert_eq!(quotes(&desk).await, red);
}

#[tokio::test]
async fn x_personal_space() {
    let (key, personal) = ("~712020robin", space("~712020robin", &["mine"]));
    let desk = Desk::new(Simulator::builder().space(space("A", &["a1"])).space(personal)).await;
    desk.sign_in().await;
    assert_eq!(keys(&desk).await, ["A"], "a large site has thousands of personal spaces");
    desk.select(&["A", key]).await;
    assert_eq!(keys(&desk).await, ["A", key], "asked for by its key");
    assert_complete(&desk.sync().await, 2);
    assert_eq!(desk.titles("pending").await, "a1 mine");
    let rows = desk.app.pages(Some(key), None).await.expect("lists");
    assert!(rows[0].url.contains(key), "{}", rows[0].url);

    desk.app.refresh_spaces().await.expect("lists");
    assert_eq!(keys(&desk).await, ["A", key], "it stays while it is selected");
    assert_complete(&desk.poll().await, 2);
    let error = desk.app.select(&["~nobody".to_owned()]).await.expect_err("refused");
    assert_eq!(error.code(), "unknown_space");
    assert_eq!(desk.found().await.len(), 2);
}

async fn keys(desk: &Desk) -> Vec<String> {
    desk.app.spaces().await.expect("lists").into_iter().map(|space| space.key).collect()
}

/// New spaces are no longer `global`; github.com/dust-tt/dust/pull/8510.
#[tokio::test]
async fn x_spaces_of_newer_types() {
    let typed = |key: &str, kind: &str, title: &str| {
        let files =
            [("space.json", format!(r#"{{"type":"{kind}"}}"#)), ("page.md", format!("# {title}\n\nAll about it.\n"))];
        SpaceSource::from_files(key, files).expect("a space")
    };
    let sim =
        Simulator::builder().space(typed("TEAM", "collaboration", "t1")).space(typed("KNOW", "knowledge_base", "k1"));
    let desk = Desk::selected(sim, &["TEAM", "KNOW"]).await;
    assert_complete(&desk.sync().await, 2);
    assert_eq!(desk.titles("pending").await, "k1 t1");
}

#[tokio::test]
async fn x_a_key_that_is_a_prefix_of_another() {
    let sim = Simulator::builder().space(space("OPS", &["o1"])).space(space("OPS2", &["o2"]));
    let desk = Desk::selected(sim, &["OPS"]).await;
    assert_complete(&desk.sync().await, 1);
    assert_eq!(desk.titles("pending").await, "o1");
}

#[tokio::test]
async fn x_an_unknown_key_changes_nothing() {
    let desk = Desk::two_spaces().await;
    let error = desk.app.select(&["A".to_owned(), "NONE".to_owned()]).await.expect_err("refused");
    assert_eq!(error.code(), "unknown_space");
    assert!(desk.app.spaces().await.expect("lists").iter().all(|space| space.selected));
}
