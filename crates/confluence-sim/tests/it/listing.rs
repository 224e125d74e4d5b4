//! Lists: filters, orders, cursors, parameters that are refused.

use confluence_sim::Simulator;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};
use rstest::rstest;
use serde_json::json;

use crate::support::Site;

#[tokio::test]
async fn a_list_walks_to_its_end_in_every_order() {
    let site = Site::start(Simulator::builder().generate("GEN", 120, 3)).await;
    let space = site.get("/spaces").await.each("id").remove(0);
    for sort in ["id", "-id", "created-date", "-created-date", "modified-date", "-modified-date", "title", "-title"] {
        for list in ["/pages".to_owned(), format!("/spaces/{space}/pages")] {
            let mut ids = site.walk(&format!("{list}?sort={sort}&limit=17")).await;
            assert_eq!(ids.len(), 120, "{list} by {sort}");
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), 120, "{list} by {sort}");
        }
    }
}

/// While pages come and go between two requests, a walk in id order gives every page that stays exactly once.
#[test]
fn a_walk_in_id_order_survives_changes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let changes = proptest::collection::vec((0_usize..30, proptest::bool::ANY), 0..12);
    let strategy = (1_usize..9, changes).prop_map(|(limit, changes)| (limit, changes));
    let walk = |(limit, changes)| {
        runtime.block_on(walk_with_changes(limit, changes));
        Ok(())
    };
    runner.run(&strategy, walk).unwrap();
}

async fn walk_with_changes(limit: usize, changes: Vec<(usize, bool)>) {
    let site = Site::start(Simulator::builder().generate("GEN", 30, 5)).await;
    let control = site.sim.control();
    let before: Vec<String> = control.pages("GEN").into_iter().map(|page| page.id).collect();
    let (mut removed, mut seen, mut next) = (Vec::new(), Vec::new(), format!("/pages?limit={limit}"));
    let mut changes = changes.into_iter().enumerate();
    loop {
        let reply = site.get(&next).await;
        seen.extend(reply.each("id"));
        match changes.next() {
            Some((number, (_, true))) => {
                control.add_page("GEN", None, &format!("Added {number}"), "<p>new</p>").unwrap();
            }
            Some((_, (at, false))) if !removed.contains(&before[at]) => {
                control.purge(&before[at]).unwrap();
                removed.push(before[at].clone());
            }
            _ => {}
        }
        let Some(link) = reply.json()["_links"]["next"].as_str().map(str::to_owned) else { break };
        next = link.replacen("/wiki/api/v2", "", 1);
    }
    for id in before.iter().filter(|id| !removed.contains(id)) {
        assert_eq!(seen.iter().filter(|other| *other == id).count(), 1, "page {id}");
    }
}

/// As recorded: host-relative with `/wiki`, parameters in alphabetical order, the cursor's `=` raw, `rel="base"` last.
#[tokio::test]
async fn the_next_link_looks_like_a_recorded_one() {
    let site = Site::small().await;
    let space = site.get("/spaces").await.each("id").remove(0);
    let reply = site.get(&format!("/spaces/{space}/pages?limit=3&depth=all")).await;
    let next = reply.json()["_links"]["next"].as_str().unwrap().to_owned();
    let (start, cursor) = next.split_once("?cursor=").unwrap();
    let (cursor, rest) = cursor.split_once('&').unwrap();
    assert_eq!((start, rest), (format!("/wiki/api/v2/spaces/{space}/pages").as_str(), "depth=all&limit=3"));
    let decoded = decode(cursor);
    let last = reply.each("id").pop().unwrap();
    assert_eq!(decoded, format!(r#"{{"id":"{last}","contentOrder":"id","contentOrderValue":{last}}}"#));
    assert_eq!(reply.header("link"), format!("<{next}>; rel=\"next\", <{}/wiki>; rel=\"base\"", site.sim.url()));
    let end = site.get("/pages").await;
    assert_eq!(end.header("link"), format!("<{}/wiki>; rel=\"base\"", site.sim.url()));
    assert_eq!(end.json()["_links"], json!({ "base": format!("{}/wiki", site.sim.url()) }));
}

fn decode(cursor: &str) -> String {
    use base64::Engine;
    String::from_utf8(base64::engine::general_purpose::STANDARD.decode(cursor).unwrap()).unwrap()
}

#[tokio::test]
async fn an_encoded_cursor_is_as_good_as_a_raw_one() {
    let site = Site::small().await;
    let first = site.get("/pages?limit=2").await;
    let next = first.json()["_links"]["next"].as_str().unwrap().replace("/wiki/api/v2", "");
    let encoded = next.replace('=', "%3D").replace("cursor%3D", "cursor=").replace("limit%3D", "limit=");
    assert_eq!(site.get(&next).await.each("id"), site.get(&encoded).await.each("id"));
}

#[rstest]
#[case("/pages", &["Fail over", "Operations", "Policies", "Restart the queue", "Runbooks"])]
#[case("/pages?title=Policies", &["Policies"])]
#[case("/pages?title=policies", &[])]
#[case("/pages?status=trashed", &[])]
#[case("/pages?subtype=live", &[])]
#[case("/pages?space-id=1", &[])]
#[case("/spaces/SPACE/pages?depth=root", &["Operations"])]
#[tokio::test]
async fn filters_of_pages(#[case] path: &str, #[case] expected: &[&str]) {
    let site = Site::small().await;
    let space = site.get("/spaces").await.each("id").remove(0);
    let mut titles = site.get(&path.replace("SPACE", &space)).await.each("title");
    titles.sort();
    assert_eq!(titles, expected);
}

#[rstest]
#[case::by_commas("A,B")]
#[case::repeated("A&id=B")]
#[case::an_absent_id_is_simply_absent("A,999&id=B")]
#[tokio::test]
async fn pages_by_id(#[case] ids: &str) {
    let site = Site::small().await;
    let (one, two) = (site.page("policies.xml"), site.page("runbooks/restart.md"));
    let query = ids.replace('A', &one).replace('B', &two);
    let mut found = site.get(&format!("/pages?id={query}")).await.each("title");
    found.sort();
    assert_eq!(found, ["Policies", "Restart the queue"]);
}

#[rstest]
#[case("/spaces?keys=OPS", 1)]
#[case("/spaces?keys=OPS,NONE", 1)]
#[case("/spaces?keys=NONE", 0)]
#[case("/spaces?type=global", 1)]
#[case("/spaces?type=personal", 0)]
#[case("/spaces?status=archived", 0)]
#[case("/spaces?labels=x", 0)]
#[case("/spaces?sort=-name", 1)]
#[tokio::test]
async fn filters_of_spaces(#[case] path: &str, #[case] count: usize) {
    assert_eq!(Site::small().await.get(path).await.results().len(), count);
}

#[rstest]
#[case("/pages?limit=0")]
#[case("/pages?limit=251")]
#[case("/pages?limit=ten")]
#[case("/pages?sort=size")]
#[case("/pages?status=unknown")]
#[case("/pages?body-format=view")]
#[case("/pages?subtype=blog")]
#[case("/pages?id=abc")]
#[case("/pages?cursor=nonsense")]
#[case("/pages?cursor=e30=")]
#[case("/pages/abc")]
#[case("/pages/1?version=x")]
#[case("/pages/1?body-format=pdf")]
#[case("/spaces?type=global,personal")]
#[case("/spaces?description-format=storage")]
#[case("/spaces/x")]
#[case("/spaces?include-icon=maybe")]
#[tokio::test]
async fn refused_parameters(#[case] path: &str) {
    let reply = Site::small().await.get(path).await;
    assert_eq!(reply.status, 400, "{}", reply.text);
    assert_eq!(reply.json()["errors"][0]["code"], "INVALID_REQUEST_PARAMETER");
    assert_eq!(reply.json()["errors"][0]["status"], 400);
}

#[tokio::test]
async fn too_many_ids_are_refused() {
    let site = Site::small().await;
    let ids = |count: u32| (1..=count).map(|id| id.to_string()).collect::<Vec<_>>().join(",");
    assert_eq!(site.get(&format!("/pages?id={}", ids(250))).await.status, 200);
    assert_eq!(site.get(&format!("/pages?id={}", ids(251))).await.status, 400);
    assert_eq!(site.get(&format!("/pages?space-id={}", ids(101))).await.status, 400);
}

/// The recorded body of a bad cursor (PipedreamHQ/pipedream#15776).
#[tokio::test]
async fn a_cursor_of_another_order_is_refused_in_the_recorded_words() {
    let site = Site::small().await;
    let reply = site.get("/pages?limit=2").await;
    let next = reply.json()["_links"]["next"].as_str().unwrap().replace("/wiki/api/v2", "");
    let reply = site.get(&format!("{next}&sort=title")).await;
    assert_eq!(
        reply.json(),
        json!({ "errors": [{
        "status": 400,
        "code": "INVALID_REQUEST_PARAMETER",
        "title": "Provided value for 'cursor' is not the correct type. Expected type is Cursor.",
        "detail": "The provided cursor was not valid. You can get a new valid cursor by making the original pagination request again."
    }] })
    );
}

#[rstest]
#[case("/pages/1")]
#[case("/spaces/1/pages")]
#[case("/spaces/1")]
#[case("/folders/1")]
#[case("/pages/1/ancestors")]
#[case("/pages/1/labels")]
#[case("/nothing/here")]
#[tokio::test]
async fn what_is_absent_is_404_in_the_recorded_words(#[case] path: &str) {
    let reply = Site::small().await.get(path).await;
    assert_eq!(reply.status, 404);
    let body = json!({ "errors": [{ "status": 404, "code": "NOT_FOUND", "title": "Not Found", "detail": null }] });
    assert_eq!(reply.json(), body);
}

#[tokio::test]
async fn the_removed_first_version_is_gone() {
    let site = Site::small().await;
    assert_eq!(site.open("/wiki/rest/api/content").await.status, 410);
    let path = format!("/ex/confluence/{}/wiki/rest/api/content/1", site.sim.cloud_id());
    assert_eq!(site.open(&path).await.status, 410);
}
