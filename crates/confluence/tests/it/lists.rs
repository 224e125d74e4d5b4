//! Lists: whole, in order, and never shorter than the server's without an error.

use std::collections::BTreeSet;

use confluence::{Client, Error, HeadOrder, PageHead, PageHeads, SpaceId};
use confluence_sim::{Fault, FaultWhen, Mutation, Simulator, SpaceSource};
use proptest::prelude::*;

use crate::support::scripted::{self, Scripted};
use crate::support::{World, status};

const BAD_CURSOR: &str = r#"{"errors":[{"status":400,"code":"INVALID_REQUEST_PARAMETER","title":"Provided value for 'cursor' is not the correct type. Expected type is Cursor.","detail":"The provided cursor was not valid. You can get a new valid cursor by making the original pagination request again."}]}"#;

async fn generated(pages: usize) -> World {
    World::start(Simulator::builder().generate("GEN", pages, 7)).await
}

async fn space(client: &Client) -> SpaceId {
    client.space_by_key("GEN").await.expect("asks").expect("is there").id
}

async fn walk(mut heads: PageHeads) -> Result<Vec<PageHead>, Error> {
    let mut all = Vec::new();
    while let Some(batch) = heads.next_batch().await? {
        all.extend(batch);
    }
    Ok(all)
}

fn ids(heads: &[PageHead]) -> Vec<String> {
    heads.iter().map(|head| head.id.to_string()).collect()
}

/// What the site itself says it holds.
fn held(world: &World) -> BTreeSet<String> {
    world.sim.control().pages("GEN").into_iter().map(|page| page.id).collect()
}

#[tokio::test]
async fn a_long_list_comes_whole_and_in_order() {
    let world = generated(601).await;
    let client = world.client();
    let heads = walk(client.page_heads(&space(&client).await, HeadOrder::Id)).await.expect("walks");
    let ids = ids(&heads);
    assert_eq!(ids.len(), 601);
    assert_eq!(ids.iter().cloned().collect::<BTreeSet<_>>(), held(&world));
    assert!(ids.windows(2).all(|pair| pair[0].parse::<u64>().ok() < pair[1].parse().ok()));

    let requests = world.requests("/pages");
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert!(request.query.contains("status=current") && request.query.contains("limit=250"), "{}", request.query);
        assert!(!request.query.contains("%25"), "a cursor is encoded once: {}", request.query);
        assert!(request.path.starts_with(&format!("/ex/confluence/{}/wiki/api/v2/", world.sim.cloud_id())));
    }
}

#[tokio::test]
async fn the_newest_come_first_when_asked_for() {
    let world = generated(300).await;
    let oldest = world.sim.control().pages("GEN").swap_remove(0);
    world.advance(std::time::Duration::from_mins(5));
    world.sim.control().edit(&oldest.id, "<p>new</p>").expect("edits");
    let client = world.client();
    let heads = walk(client.page_heads(&space(&client).await, HeadOrder::ModifiedDesc)).await.expect("walks");
    assert_eq!(heads.len(), 300);
    assert_eq!((heads[0].id.as_str(), heads[0].version), (oldest.id.as_str(), 2));
    assert!(heads.windows(2).all(|pair| pair[0].modified_at >= pair[1].modified_at));
}

#[tokio::test]
async fn archived_trashed_and_restricted_pages_are_not_listed() {
    let world = generated(6).await;
    let control = world.sim.control();
    let pages = control.pages("GEN");
    control.archive(&pages[0].id).expect("archives");
    control.trash(&pages[1].id).expect("trashes");
    control.restrict(&pages[2].id, true).expect("restricts");
    let client = world.client();
    let heads = walk(client.page_heads(&space(&client).await, HeadOrder::Id)).await.expect("walks");
    let expected: Vec<String> = pages[3..].iter().map(|page| page.id.clone()).collect();
    assert_eq!(ids(&heads).into_iter().collect::<BTreeSet<_>>(), expected.into_iter().collect());
}

#[tokio::test]
async fn a_page_head_opens_in_the_browser() {
    let world = generated(2).await;
    let client = world.client();
    let space = client.space_by_key("GEN").await.expect("asks").expect("is there");
    let heads = walk(client.page_heads(&space.id, HeadOrder::Id)).await.expect("walks");
    // The home page's own address is that of the space.
    let head = heads.into_iter().find(|head| Some(&head.id) != space.homepage_id.as_ref()).expect("another page");
    assert!(client.web_url(&head).starts_with(&format!("{}/wiki/spaces/GEN/pages/{}", world.sim.url(), head.id)));
    let page = crate::support::browser::get(&head.webui.parse().expect("a URL")).await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn an_expired_cursor_is_told_and_not_an_end() {
    let world = generated(600).await;
    let client = world.client();
    let space = space(&client).await;
    world.sim.control().add_fault(Fault::on("*/pages", status(400, &[], BAD_CURSOR)).when(FaultWhen::Nth(2)));
    let mut heads = client.page_heads(&space, HeadOrder::Id);
    assert_eq!(heads.next_batch().await.expect("the first").expect("a batch").len(), 250);
    assert!(matches!(heads.next_batch().await, Err(Error::CursorInvalid)));
}

#[tokio::test]
async fn after_an_error_the_list_goes_on_where_it_was() {
    let world = generated(600).await;
    let client = world.client();
    let space = space(&client).await;
    world.sim.control().add_fault(Fault::on("*/pages", status(404, &[], "")).when(FaultWhen::Nth(2)));
    let mut heads = client.page_heads(&space, HeadOrder::Id);
    let mut all = heads.next_batch().await.expect("the first").expect("a batch");
    assert!(matches!(heads.next_batch().await, Err(Error::NotFound)));
    all.extend(walk(heads).await.expect("walks on"));
    assert_eq!(ids(&all).into_iter().collect::<BTreeSet<_>>(), held(&world));
    assert_eq!(all.len(), 600);
}

#[tokio::test]
async fn a_server_that_gives_up_on_large_answers_is_asked_for_smaller_ones() {
    let world = generated(300).await;
    let client = world.client();
    let space = space(&client).await;
    for limit in ["limit=250", "limit=125"] {
        world.sim.control().add_fault(Fault::on("*/pages", status(504, &[], "")).with_query(limit));
    }
    let heads = walk(client.page_heads(&space, HeadOrder::Id)).await.expect("walks");
    assert_eq!(ids(&heads).into_iter().collect::<BTreeSet<_>>(), held(&world));
    let failed = world.requests("/pages").iter().filter(|request| request.status == 504).count();
    assert_eq!(failed, 2, "the smaller limit stays for the rest of the list");
}

#[tokio::test]
async fn a_server_that_is_down_is_given_up_on() {
    let world = generated(3).await;
    let client = world.client();
    let space = space(&client).await;
    world.fault("*/pages", status(502, &[], "<html></html>"));
    assert!(matches!(walk(client.page_heads(&space, HeadOrder::Id)).await, Err(Error::Server { status: 502 })));
    // 250, 125, 62, 31, 15, then ten with four retries.
    assert_eq!(world.requests("/pages").len(), 10);
}

/// An empty space of this type.
fn typed(key: &str, kind: &str) -> SpaceSource {
    let files = [("space.json", format!(r#"{{"type":"{kind}"}}"#)), ("home.md", "# Home\n".to_owned())];
    SpaceSource::from_files(key, files).expect("loads")
}

#[tokio::test]
async fn spaces_are_shared_and_current() {
    let kinds = [("GLO", "global"), ("COL", "collaboration"), ("KNOW", "knowledge_base"), ("SYS", "system")];
    let builder = kinds.into_iter().fold(Simulator::builder(), |builder, (key, kind)| builder.space(typed(key, kind)));
    let world = World::start(builder.space(typed("~robin", "personal")).space(typed("OLD", "global"))).await;
    let archived = Mutation::ArchiveSpace { key: "OLD".to_owned(), archived: true };
    world.sim.control().apply(archived).expect("archives");
    let client = world.client();
    let keys: BTreeSet<String> = client.spaces().await.expect("lists").into_iter().map(|space| space.key).collect();
    assert_eq!(keys, ["COL", "GLO", "KNOW"].map(str::to_owned).into());
    let requests = world.requests("/spaces");
    assert_eq!(requests.len(), 3, "one list takes one type");
    assert!(requests[0].query.contains("type=global&status=current"), "{}", requests[0].query);
    let found = client.spaces_by_keys(&["~robin".to_owned(), "NONE".to_owned()]).await.expect("asks");
    assert_eq!(found.into_iter().map(|space| space.key).collect::<Vec<_>>(), ["~robin"]);
    assert_eq!(client.space_by_key("NONE").await.expect("asks"), None);
}

/// A client whose gateway answers by script.
async fn scripted(answers: &[String]) -> (Scripted, PageHeads) {
    let world = World::start(Simulator::builder()).await;
    let server = Scripted::start(answers.to_vec()).await;
    let mut endpoints = world.endpoints.clone();
    endpoints.api = server.url.clone();
    let credentials = confluence::Credentials::OAuth(world.signed_in());
    let client = Client::new(endpoints, credentials, world.site(), world.transport.clone());
    (server, client.page_heads(&SpaceId::new("9"), HeadOrder::Id))
}

fn answer(ids: &[u32], next: &str) -> String {
    let pages: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}","spaceId":"9"}}"#)).collect();
    scripted::ok(&format!(r#"{{"results":[{}],"_links":{{"base":"http://x/wiki"{next}}}}}"#, pages.join(",")))
}

fn next(cursor: &str) -> String {
    format!(r#","next":"/wiki/api/v2/spaces/9/pages?cursor={cursor}&depth=all""#)
}

#[tokio::test]
async fn an_empty_answer_with_a_next_link_is_not_the_end() {
    let (_server, heads) = scripted(&[answer(&[1], &next("a=")), answer(&[], &next("b=")), answer(&[2], "")]).await;
    assert_eq!(ids(&walk(heads).await.expect("walks")), ["1", "2"]);
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error() {
    let (server, heads) = scripted(&[answer(&[1], &next("a=")), answer(&[2], &next("a="))]).await;
    assert!(matches!(walk(heads).await, Err(Error::CursorRepeated)));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn cursors_that_go_round_are_an_error() {
    let turns: Vec<String> = ["a", "b", "a", "b"].iter().map(|cursor| answer(&[1], &next(cursor))).collect();
    let (server, heads) = scripted(&turns).await;
    assert!(matches!(walk(heads).await, Err(Error::CursorRepeated)));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_link_header_alone_leads_on() {
    let header = "Link: </wiki/api/v2/spaces/9/pages?limit=1&cursor=eyJpZCI6MX0=>; rel=\"next\", <http://x/wiki>; rel=\"base\"\r\n";
    let first = scripted::with_headers(r#"{"results":[{"id":1,"spaceId":"9"}],"_links":null}"#, header);
    let (server, heads) = scripted(&[first, answer(&[2], "")]).await;
    assert_eq!(ids(&walk(heads).await.expect("walks")), ["1", "2"]);
    assert!(server.requests()[1].contains("cursor=eyJpZCI6MX0%3D "), "{:?}", server.requests());
}

#[tokio::test]
async fn a_next_link_without_a_cursor_is_an_error() {
    let (_server, heads) = scripted(&[answer(&[1], r#","next":"/wiki/api/v2/spaces/9/pages?page=2""#)]).await;
    assert!(matches!(walk(heads).await, Err(Error::UnexpectedBody { .. })));
}

#[tokio::test]
async fn a_next_link_to_another_host_is_not_followed() {
    let elsewhere = r#","next":"http://evil.example/wiki/api/v2/spaces/9/pages?cursor=a""#;
    let (server, heads) = scripted(&[answer(&[1], elsewhere), answer(&[2], "")]).await;
    assert_eq!(ids(&walk(heads).await.expect("walks")), ["1", "2"]);
    assert_eq!(server.requests().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn every_list_comes_whole(pages in 0_usize..700, limit_fails in any::<bool>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let world = generated(pages).await;
            let client = world.client();
            let space = space(&client).await;
            if limit_fails {
                let fault = Fault::on("*/pages", status(503, &[], "")).with_query("limit=250");
                world.sim.control().add_fault(fault);
            }
            let heads = walk(client.page_heads(&space, HeadOrder::Id)).await.expect("walks");
            assert_eq!(heads.len(), pages);
            assert_eq!(ids(&heads).into_iter().collect::<BTreeSet<_>>(), held(&world));
        });
    }
}
