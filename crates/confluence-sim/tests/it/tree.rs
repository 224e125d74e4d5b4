//! The page tree: folders, ancestors, children, home pages.

use confluence_sim::{Simulator, SpaceSource};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::Site;

#[tokio::test]
async fn folders_without_an_index_are_folders_and_no_pages() {
    let site = Site::small().await;
    let page = site.get(&format!("/pages/{}", site.page("runbooks/deep/failover.md"))).await.json();
    assert_eq!(page["parentType"], "folder");
    let folder = site.get(&format!("/folders/{}", page["parentId"].as_str().unwrap())).await.json();
    assert_eq!(
        (&folder["title"], &folder["type"], &folder["parentType"]),
        (&json!("deep"), &json!("folder"), &json!("page"))
    );
    assert_eq!(folder["parentId"], site.page("runbooks/index.md"));
    assert_eq!(site.sim.page_count(), 5, "one page for every .md and .xml file");
    assert_eq!(site.get("/pages").await.results().len(), 5);
    assert_eq!(site.get(&format!("/pages/{}", folder["id"].as_str().unwrap())).await.status, 404);
}

#[tokio::test]
async fn the_root_index_is_the_home_page() {
    let site = Site::small().await;
    let space = site.get("/spaces").await.results().remove(0);
    let home = site.get(&format!("/pages/{}", space["homepageId"].as_str().unwrap())).await.json();
    assert_eq!(
        (&home["title"], &home["parentId"], &home["parentType"]),
        (&json!("Operations"), &Value::Null, &Value::Null)
    );
    assert_eq!(home["_links"]["webui"], "/spaces/OPS/overview");
    assert_eq!((&space["name"], &space["_links"]["webui"]), (&json!("Operations"), &json!("/spaces/OPS")));
}

#[rstest]
#[case(25, &["page", "page", "folder"])]
#[case(2, &["page", "folder"])]
#[tokio::test]
async fn ancestors_come_highest_first_and_keep_the_nearest(#[case] limit: usize, #[case] expected: &[&str]) {
    let site = Site::small().await;
    let page = site.page("runbooks/deep/failover.md");
    let reply = site.get(&format!("/pages/{page}/ancestors?limit={limit}")).await;
    assert_eq!(reply.each("type"), expected);
    assert!(reply.json()["_links"].get("next").is_none());
}

#[tokio::test]
async fn children_come_in_the_order_of_the_tree() {
    let site = Site::small().await;
    let home = site.page("_index.md");
    let children = site.get(&format!("/pages/{home}/direct-children")).await;
    assert_eq!(children.each("title"), ["Policies", "Runbooks"]);
    let below = site.get(&format!("/pages/{}/direct-children", site.page("runbooks/index.md"))).await;
    assert_eq!(below.each("type"), ["folder", "page"]);
    let first = site.get(&format!("/pages/{home}/direct-children?limit=1")).await.json();
    assert!(first["_links"]["next"].as_str().unwrap().contains("direct-children?cursor="));
}

#[rstest]
#[case("", &["Policies:1", "Runbooks:1", "deep:2", "Restart the queue:2"])]
#[case("?depth=1", &["Policies:1", "Runbooks:1"])]
#[case("?depth=5", &["Policies:1", "Runbooks:1", "deep:2", "Fail over:3", "Restart the queue:2"])]
#[tokio::test]
async fn descendants_to_a_depth(#[case] query: &str, #[case] expected: &[&str]) {
    let site = Site::small().await;
    let reply = site.get(&format!("/pages/{}/descendants{query}", site.page("_index.md"))).await;
    let seen: Vec<String> =
        reply.results().iter().map(|node| format!("{}:{}", node["title"].as_str().unwrap(), node["depth"])).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn two_sites_keep_their_pages_apart() {
    let other = SpaceSource::from_files("OPS", [("a.md", "# Other\n")]).unwrap();
    let builder = crate::support::small().site(confluence_sim::SiteSource::new("two").space(other));
    let site = Site::start(builder).await;
    let second = site.sim.sites().remove(1);
    let url = format!("{}/ex/confluence/{}/wiki/api/v2/pages", site.sim.url(), second.id);
    let reply = crate::support::read(site.http.get(url).bearer_auth(&site.token).send().await.unwrap()).await;
    assert_eq!(reply.each("title"), ["Other"]);
    assert_eq!(reply.json()["_links"]["base"], format!("{}/site/two/wiki", site.sim.url()));
    assert_eq!(site.get("/pages").await.results().len(), 5);
}

/// Ids depend on key and path alone: the same source, or one with more files, gives the same ids.
#[tokio::test]
async fn ids_are_stable() {
    let start = async |files: Vec<(&'static str, &'static str)>| {
        let source = SpaceSource::from_files("OPS", files).unwrap();
        Site::start(Simulator::builder().space(source)).await.sim.control().pages("OPS")
    };
    let before = start(vec![("a.md", "# A\n"), ("b/c.md", "# C\n")]).await;
    let after = start(vec![("0.md", "# Zero\n"), ("a.md", "# A\n"), ("b/b.md", "# B\n"), ("b/c.md", "# C\n")]).await;
    for page in &before {
        let same = after.iter().find(|other| other.path == page.path).unwrap();
        assert_eq!(page.id, same.id);
        assert!(page.id.parse::<u64>().unwrap() < 1 << 53);
    }
}
