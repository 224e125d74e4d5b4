//! A person's own API token, straight at the site.

use confluence::{BodyFormat, Client, Credentials, HeadOrder, Site, site_of_url};
use confluence_sim::{ACCOUNT_EMAIL, DEFAULT_API_TOKEN, Simulator};

use crate::support::World;

async fn client(world: &World, token: &str) -> Client {
    let url = world.sim.url().parse().expect("a URL");
    let site: Site = site_of_url(&world.transport, &url).await.expect("a site");
    let credentials = Credentials::ApiToken { email: ACCOUNT_EMAIL.to_owned(), token: token.into() };
    Client::new(world.endpoints.clone(), credentials, site, world.transport.clone())
}

#[tokio::test]
async fn reads_spaces_and_pages_without_the_gateway() {
    let world = World::start(Simulator::builder().generate("GEN", 5, 1)).await;
    let client = client(&world, DEFAULT_API_TOKEN).await;
    let space = client.spaces().await.expect("lists").remove(0);
    let heads = client.page_heads(&space.id, HeadOrder::Id).next_batch().await.expect("lists").expect("a batch");
    let ids: Vec<_> = heads.into_iter().map(|head| head.id).collect();
    assert_eq!(client.pages_by_id(&ids, BodyFormat::Storage).await.expect("fetches").len(), 5);
    let log = world.sim.control().log();
    assert!(log.iter().all(|request| !request.path.starts_with("/ex/")), "{log:#?}");
    assert!(log.iter().all(|request| request.path != "/oauth/token"));
}

#[tokio::test]
async fn a_wrong_token_is_refused_once() {
    let world = World::start(Simulator::builder()).await;
    let client = client(&world, "wrong").await;
    assert_eq!(client.spaces().await.expect_err("refused").code(), "unauthorized");
    assert_eq!(world.requests("/spaces").len(), 1);
}
