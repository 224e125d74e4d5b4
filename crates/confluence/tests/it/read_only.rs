//! Whatever the client does, nothing at Confluence can change.

use confluence::auth::{Authorization, exchange};
use confluence::{BodyFormat, HeadOrder, accessible_sites};
use confluence_sim::Simulator;

use crate::support::{World, browser};

#[tokio::test]
async fn a_whole_day_sends_gets_and_asks_for_tokens_and_names_alone() {
    let world = World::start(Simulator::builder().generate("GEN", 300, 3)).await;
    let redirect = "coagentor://oauth/callback".parse().expect("a URL");
    let attempt = Authorization::begin(&world.app, &world.endpoints, &redirect).expect("begins");
    let code = attempt.accept(&browser::consent(attempt.url(), "allow").await).expect("accepted");
    let tokens = exchange(&world.transport, &world.app, &world.endpoints, &attempt, code).await.expect("exchanges");
    accessible_sites(&world.transport, &world.endpoints, &tokens).await.expect("lists");

    let source = world.signed_in();
    source.adopt(tokens).await.expect("keeps");
    let client = world.client_with(source);
    let space = client.spaces().await.expect("lists").remove(0);
    let mut heads = client.page_heads(&space.id, HeadOrder::Id);
    let mut ids = Vec::new();
    while let Some(batch) = heads.next_batch().await.expect("lists") {
        ids.extend(batch.into_iter().map(|head| head.id));
    }
    world.advance(std::time::Duration::from_hours(1));
    client.pages_by_id(&ids, BodyFormat::Storage).await.expect("fetches");
    client.heads_by_id(&ids).await.expect("asks");
    let page = client.page(&ids[0], BodyFormat::AtlasDocFormat).await.expect("asks").expect("is there");
    client.user_names(&[page.head.modified_by.expect("an author")]).await.expect("asks");

    let log = world.sim.control().log();
    let posts: Vec<&str> = log.iter().filter(|r| r.method == "POST").map(|r| r.path.as_str()).collect();
    assert!(
        matches!(posts.as_slice(), ["/oauth/token", "/oauth/token", names] if names.ends_with("/wiki/api/v2/users-bulk"))
    );
    assert!(log.iter().all(|request| ["GET", "POST"].contains(&request.method.as_str())));
    assert_eq!(world.sim.control().counters().refused_writes, 0);
}
