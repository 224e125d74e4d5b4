//! Which sites a grant reaches.

use confluence::{Client, Credentials, accessible_sites, site_of_url};
use confluence_sim::{Simulator, SiteSource, SpaceSource};

use crate::support::{SCOPES, World};

#[tokio::test]
async fn lists_every_site_that_has_confluence() {
    let second = SiteSource::new("second").space(SpaceSource::generated("TWO", 2, 2).expect("generates"));
    let world =
        World::start(Simulator::builder().site_name("first").site(second).site(SiteSource::jira_only("tickets"))).await;
    let sites = accessible_sites(&world.transport, &world.endpoints, &world.tokens(SCOPES)).await.expect("lists");
    let names: Vec<&str> = sites.iter().map(|site| site.name.as_str()).collect();
    assert_eq!(names, ["first", "second"]);

    let client = Client::new(
        world.endpoints.clone(),
        Credentials::OAuth(world.signed_in()),
        sites[1].clone(),
        world.transport.clone(),
    );
    let keys: Vec<String> = client.spaces().await.expect("lists").into_iter().map(|space| space.key).collect();
    assert_eq!(keys, ["TWO"]);
}

#[tokio::test]
async fn an_account_without_sites_has_none() {
    let world = World::start(Simulator::builder().no_sites()).await;
    let sites = accessible_sites(&world.transport, &world.endpoints, &world.tokens(SCOPES)).await.expect("lists");
    assert_eq!(sites, []);
}

#[tokio::test]
async fn a_site_is_found_by_any_address_on_it() {
    let world = World::start(Simulator::builder()).await;
    let address = format!("{}/wiki/spaces/OPS/pages/12#x", world.sim.url()).parse().expect("a URL");
    let site = site_of_url(&world.transport, &address).await.expect("finds it");
    assert_eq!(site.id, world.sim.cloud_id());
    assert_eq!(site.url.as_str().trim_end_matches('/'), world.sim.url());
}
