//! Pages by their ids.

use std::collections::BTreeSet;

use confluence::{Body, BodyFormat, Error, FolderId, PageId, PageStatus};
use confluence_sim::{Fault, Simulator, SpaceSource};

use crate::support::{World, status};

async fn generated(pages: usize) -> (World, Vec<PageId>) {
    let world = World::start(Simulator::builder().generate("GEN", pages, 7)).await;
    let ids = world.sim.control().pages("GEN").into_iter().map(|page| PageId::new(page.id)).collect();
    (world, ids)
}

fn set<'a>(ids: impl IntoIterator<Item = &'a PageId>) -> BTreeSet<PageId> {
    ids.into_iter().cloned().collect()
}

#[tokio::test]
async fn bodies_come_fifty_at_a_time() {
    let (world, ids) = generated(120).await;
    let client = world.client();
    let pages = client.pages_by_id(&ids, BodyFormat::Storage).await.expect("fetches");
    assert_eq!(set(pages.iter().map(|page| &page.head.id)), set(&ids));
    for page in &pages {
        let stored = world.sim.control().storage(page.head.id.as_str()).expect("is held");
        assert_eq!(page.body, Some(Body { format: BodyFormat::Storage, value: stored }));
    }
    assert_eq!(world.requests("/pages").len(), 3);
}

#[tokio::test]
async fn no_ids_cost_no_request() {
    let (world, _) = generated(1).await;
    let pages = world.client().pages_by_id(&[], BodyFormat::Storage).await.expect("fetches");
    assert!(pages.is_empty() && world.requests("/pages").is_empty());
}

#[tokio::test]
async fn atlas_doc_format_comes_as_json() {
    let (world, ids) = generated(1).await;
    let page = world.client().pages_by_id(&ids, BodyFormat::AtlasDocFormat).await.expect("fetches").remove(0);
    let body = page.body.expect("a body");
    assert_eq!(body.format, BodyFormat::AtlasDocFormat);
    let document: serde_json::Value = serde_json::from_str(&body.value).expect("JSON");
    assert_eq!(document["type"], "doc");
}

#[tokio::test]
async fn pages_that_are_gone_are_absent() {
    let (world, ids) = generated(6).await;
    let control = world.sim.control();
    control.archive(ids[3].as_str()).expect("archives");
    control.trash(ids[0].as_str()).expect("trashes");
    control.purge(ids[1].as_str()).expect("purges");
    control.restrict(ids[2].as_str(), true).expect("restricts");
    let client = world.client();
    let pages = client.pages_by_id(&ids, BodyFormat::Storage).await.expect("fetches");
    assert_eq!(set(pages.iter().map(|page| &page.head.id)), set(&ids[4..]));

    let heads = client.heads_by_id(&ids).await.expect("asks");
    let of = |status| set(heads.iter().filter(|head| head.status == status).map(|head| &head.id));
    assert_eq!(of(PageStatus::Trashed), set([&ids[0]]));
    assert_eq!(of(PageStatus::Archived), set([&ids[3]]));
    assert_eq!(of(PageStatus::Current), set(&ids[4..]));
}

#[tokio::test]
async fn one_page_by_its_id() {
    let (world, ids) = generated(2).await;
    let client = world.client();
    world.sim.control().trash(ids[0].as_str()).expect("trashes");
    let trashed = client.page(&ids[0], BodyFormat::Storage).await.expect("asks").expect("still answers");
    assert_eq!(trashed.head.status, PageStatus::Trashed);
    assert_eq!(client.page(&PageId::new("1"), BodyFormat::Storage).await.expect("asks"), None);
}

#[tokio::test]
async fn a_folder_tells_its_title() {
    let files = vec![("guides/start.md".to_owned(), "# Start\n\nHello".to_owned())];
    let world = World::start(Simulator::builder().space(SpaceSource::from_files("DOC", files).expect("loads"))).await;
    let page = PageId::new(world.sim.control().find_page("DOC", "Start").expect("is there").id);
    let tokens = world.tokens("read:page:confluence read:folder:confluence offline_access");
    let client = world.client_with(world.source(confluence::auth::MemoryTokenStore::holding(tokens)));
    let head = client.page(&page, BodyFormat::Storage).await.expect("asks").expect("is there").head;
    assert_eq!(head.parent_type.as_deref(), Some("folder"));
    let folder = FolderId::new(head.parent_id.expect("a parent").as_str());
    let folder = client.folder(&folder).await.expect("asks").expect("is there");
    assert_eq!(folder.title.to_lowercase(), "guides");
    assert_eq!(client.folder(&FolderId::new("1")).await.expect("asks"), None);
}

#[tokio::test]
async fn a_server_that_gives_up_is_asked_for_half() {
    let (world, ids) = generated(50).await;
    for limit in ["limit=50", "limit=25"] {
        world.sim.control().add_fault(Fault::on("*/pages", status(504, &[], "")).with_query(limit));
    }
    let pages = world.client().pages_by_id(&ids, BodyFormat::Storage).await.expect("fetches");
    assert_eq!(set(pages.iter().map(|page| &page.head.id)), set(&ids));
    let failed = world.requests("/pages").iter().filter(|request| request.status == 504).count();
    assert_eq!(failed, 3, "once with fifty, twice with twenty-five");
}

#[tokio::test]
async fn a_page_that_the_server_cannot_deliver_does_not_keep_the_others() {
    let (world, ids) = generated(50).await;
    let poison = &ids[17];
    world.sim.control().add_fault(Fault::on("*/pages", status(500, &[], "")).with_query(poison.as_str()));
    let client = world.client();
    let fetched = client.fetch_pages(&ids, BodyFormat::Storage).await.expect("fetches");
    assert_eq!(fetched.pages.len(), 49);
    assert!(matches!(fetched.failed.as_slice(), [(id, Error::Server { status: 500 })] if id == poison));
    let error = client.pages_by_id(&ids, BodyFormat::Storage).await.expect_err("all or an error");
    assert_eq!(error.code(), "server_error");
}

#[tokio::test]
async fn an_outage_is_an_error_and_soon_so() {
    let (world, ids) = generated(50).await;
    world.fault("*/pages", status(503, &[], ""));
    let error = world.client().fetch_pages(&ids, BodyFormat::Storage).await.expect_err("fails");
    assert_eq!(error.code(), "server_error");
    assert!(world.requests("/pages").len() <= 25, "{} requests", world.requests("/pages").len());
}
