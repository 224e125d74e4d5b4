//! A token source: fresh tokens, one refresh for all, and a grant that nothing passing can kill.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use confluence::auth::{MemoryTokenStore, TokenStore};
use confluence::{Error, OAuthApp};
use confluence_sim::{ErrorDialect, FaultEffect, Simulator};
use futures::future::join_all;
use rstest::rstest;
use secrecy::ExposeSecret;

use crate::support::stores::{FailingStore, ShortStore};
use crate::support::{SCOPES, World, status};

const AN_HOUR: Duration = Duration::from_hours(1);
const UNAUTHORIZED: &str = r#"{"code":401,"message":"Unauthorized"}"#;

async fn world() -> World {
    World::start(Simulator::builder().generate("GEN", 3, 1)).await
}

fn refreshes(world: &World) -> usize {
    world.requests("/oauth/token").len()
}

#[tokio::test]
async fn a_fresh_token_costs_no_request() {
    let world = world().await;
    let source = world.signed_in();
    let first = source.access_token().await.expect("a token");
    world.advance(Duration::from_mins(57));
    assert_eq!(source.access_token().await.expect("a token").expose_secret(), first.expose_secret());
    assert_eq!(refreshes(&world), 0);
}

#[tokio::test]
async fn a_token_is_replaced_two_minutes_before_its_end() {
    let world = world().await;
    let source = world.signed_in();
    let first = source.access_token().await.expect("a token");
    world.advance(Duration::from_secs(58 * 60 + 1));
    assert_ne!(source.access_token().await.expect("a token").expose_secret(), first.expose_secret());
    assert_eq!(refreshes(&world), 1);
}

#[tokio::test]
async fn twenty_callers_share_one_refresh() {
    let world = world().await;
    let source = world.signed_in();
    world.advance(AN_HOUR);
    let tokens = join_all((0..20).map(|_| source.access_token())).await;
    let tokens: Vec<String> = tokens.into_iter().map(|t| t.expect("a token").expose_secret().to_owned()).collect();
    assert!(tokens.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(refreshes(&world), 1);
}

#[tokio::test]
async fn two_processes_share_one_refresh() {
    let world = world().await;
    let store = MemoryTokenStore::holding(world.tokens(SCOPES));
    let (one, other) = (world.source(store.clone()), world.source(store));
    world.advance(AN_HOUR);
    let (first, second) = tokio::join!(one.access_token(), other.access_token());
    assert_eq!(first.expect("a token").expose_secret(), second.expect("a token").expose_secret());
    assert_eq!(refreshes(&world), 1);
}

#[tokio::test]
async fn a_new_pair_is_kept_before_it_is_used() {
    let world = world().await;
    let memory = MemoryTokenStore::holding(world.tokens(SCOPES));
    let store = FailingStore { memory: memory.clone(), failures_left: Arc::new(AtomicU32::new(1)) };
    let client = world.client_with(world.source(store));
    world.advance(AN_HOUR);

    let error = client.spaces().await.expect_err("the pair could not be kept");
    assert_eq!(error.code(), "secret_store");
    assert!(world.requests("/spaces").is_empty(), "nothing is asked with tokens that a crash would lose");

    client.spaces().await.expect("the same pair is kept now");
    assert_eq!(refreshes(&world), 1);
    let kept = memory.load().await.expect("loads").expect("kept");
    assert_eq!(kept.expires_at(), crate::support::START + 2 * AN_HOUR);
}

#[tokio::test]
async fn a_refresh_outlives_its_callers() {
    let world = world().await;
    let store = ShortStore::default();
    store.save(&world.tokens(SCOPES)).await.expect("saves");
    store.saved.notified().await;
    world.fault("/oauth/token", FaultEffect::Delay { milliseconds: 50 });
    let source = world.source(store.clone());
    let gone = tokio::time::timeout(Duration::from_millis(1), source.access_token()).await;
    assert!(gone.is_err(), "the caller has gone before the answer came");
    tokio::time::timeout(Duration::from_secs(20), store.saved.notified())
        .await
        .expect("the new pair is kept all the same");
}

#[tokio::test]
async fn a_store_of_refresh_tokens_alone_is_enough() {
    let world = world().await;
    let store = ShortStore::default();
    store.save(&world.tokens(SCOPES)).await.expect("saves");
    let source = world.source(store);
    let first = source.access_token().await.expect("refreshed");
    let second = source.access_token().await.expect("from memory");
    assert_eq!(first.expose_secret(), second.expose_secret());
    assert_eq!(refreshes(&world), 1);
}

#[rstest]
#[case::measured(ErrorDialect::Measured)]
#[case::documented(ErrorDialect::Documented)]
#[tokio::test]
async fn a_dead_grant_asks_to_reconnect_and_asks_the_server_once(#[case] dialect: ErrorDialect) {
    let world = World::start(Simulator::builder().error_dialect(dialect)).await;
    let source = world.signed_in();
    world.sim.control().revoke_grants();
    world.advance(AN_HOUR);
    for _ in 0..3 {
        assert_eq!(source.access_token().await.expect_err("dead").code(), "reconnect_needed");
    }
    assert_eq!(refreshes(&world), 1);

    source.adopt(world.tokens(SCOPES)).await.expect("signs in again");
    source.access_token().await.expect("alive");
}

#[rstest]
#[case::outage(status(503, &[], ""))]
#[case::proxy_page(FaultEffect::Html { code: 200 })]
#[case::cut(FaultEffect::DropConnection)]
#[tokio::test]
async fn a_passing_trouble_does_not_end_the_grant(#[case] effect: FaultEffect) {
    let world = world().await;
    let source = world.signed_in();
    world.fault("/oauth/token", effect);
    world.advance(AN_HOUR);
    assert_eq!(source.access_token().await.expect_err("fails").code(), "sign_in_unavailable");
    world.sim.control().clear_faults();
    source.access_token().await.expect("the grant lives");
}

#[tokio::test]
async fn a_wrong_secret_does_not_ask_to_reconnect() {
    let world = world().await;
    let app = OAuthApp { client_secret: Some("wrong".into()), ..world.app.clone() };
    let store = Arc::new(MemoryTokenStore::holding(world.tokens(SCOPES)));
    let source = confluence::auth::TokenSource::new(world.transport.clone(), app, world.endpoints.clone(), store);
    world.advance(AN_HOUR);
    assert_eq!(source.access_token().await.expect_err("refused").code(), "wrong_client_secret");
    assert_eq!(refreshes(&world), 1);
}

#[tokio::test]
async fn nobody_signed_in_is_an_error_of_its_own() {
    let world = world().await;
    let source = world.signed_in();
    source.forget().await.expect("forgets");
    assert_eq!(source.access_token().await.expect_err("nobody").code(), "signed_out");
}

#[tokio::test]
async fn a_token_that_ended_early_is_refreshed_once_and_the_request_repeated() {
    let world = world().await;
    let client = world.client();
    client.spaces().await.expect("works");
    world.sim.control().expire_access_tokens();
    assert_eq!(client.spaces().await.expect("works again").len(), 1);
    assert_eq!(refreshes(&world), 1);
}

#[tokio::test]
async fn a_server_that_refuses_every_token_meets_no_loop() {
    let world = world().await;
    let client = world.client();
    world.fault("*/spaces", status(401, &[], UNAUTHORIZED));
    for _ in 0..3 {
        assert!(matches!(client.spaces().await, Err(Error::Unauthorized { .. })));
    }
    assert_eq!(refreshes(&world), 1);
    assert_eq!(world.requests("/spaces").len(), 4);

    world.sim.control().clear_faults();
    client.spaces().await.expect("works once the server has recovered");
}

#[tokio::test]
async fn a_missing_scope_is_told_and_not_refreshed_away() {
    let world = world().await;
    let tokens = world.tokens("read:page:confluence offline_access");
    let client = world.client_with(world.source(MemoryTokenStore::holding(tokens)));
    let error = client.spaces().await.expect_err("refused");
    assert_eq!(error.code(), "scope_missing");
    assert_eq!(refreshes(&world), 0);
}
