//! Tokens: who refreshes, what a crash leaves behind, and which refusals end a sign-in.

use std::time::Duration;

use coagentor::{
    App, SignInVia,
    sync::{RunStatus, SyncOptions},
};
use confluence_sim::{ACCOUNT_EMAIL, DEFAULT_API_TOKEN, ErrorDialect, FaultEffect, Simulator};
use rstest::rstest;

use super::{LISTS, PATIENCE, assert_complete, status};
use crate::{
    browser,
    desk::{Desk, space},
};

const HOUR: Duration = Duration::from_hours(1);

/// Requests for tokens since the log was cleared.
fn token_requests(desk: &Desk) -> usize {
    desk.asked("/oauth/token").len()
}

async fn synced(dialect: ErrorDialect) -> Desk {
    let sim = Simulator::builder().error_dialect(dialect).space(space("A", &["a1", "a2"]));
    let desk = Desk::selected(sim, &["A"]).await;
    assert_complete(&desk.sync().await, 2);
    desk.control().clear_log();
    desk
}

async fn run(app: &App) -> Result<coagentor::sync::RunSummary, coagentor::Error> {
    app.sync(SyncOptions::asked_for(false), &app.sync_control()).await
}

#[tokio::test]
async fn f21_no_refresh_token_in_the_exchange() {
    let sim = Simulator::builder().space(space("A", &["a1"]));
    let desk = Desk::with(sim, |config| config.oauth_app.scopes.retain(|scope| scope != "offline_access")).await;
    let Err(error) = desk.grant().await else { panic!("a grant that ends in an hour") };
    assert_eq!(error.code(), "no_refresh_token");
    assert!(error.to_string().contains("offline_access"), "{error}");
    assert!(!error.hints().is_empty());
    assert_eq!(desk.connection().await, "disconnected");
}

#[tokio::test]
async fn f22_two_refreshes_at_once() {
    let desk = synced(ErrorDialect::Measured).await;
    let second = desk.second_app().await;
    desk.control().advance(HOUR);
    let (first, other) = tokio::join!(desk.app.refresh_spaces(), second.refresh_spaces());
    assert_eq!((first.expect("asks").len(), other.expect("asks").len()), (1, 1));
    assert_eq!(token_requests(&desk), 1, "an expired token is refreshed once for both");

    desk.control().clear_log();
    desk.control().expire_access_tokens();
    let (first, other) = tokio::join!(desk.app.refresh_spaces(), second.refresh_spaces());
    assert_eq!((first.expect("asks").len(), other.expect("asks").len()), (1, 1));
    assert_eq!(token_requests(&desk), 1, "a refused one too");
}

#[rstest]
#[case::measured(ErrorDialect::Measured)]
#[case::documented(ErrorDialect::Documented)]
#[tokio::test]
async fn f22_crash_after_rotation(#[case] dialect: ErrorDialect) {
    let desk = synced(dialect).await;
    let secrets = desk.config().data_dir.join("secrets.json");
    let before = std::fs::read(&secrets).expect("reads");
    desk.control().advance(HOUR);
    desk.app.refresh_spaces().await.expect("asks");
    assert_ne!(std::fs::read(&secrets).expect("reads"), before, "the new pair is on disk");

    // The process died before it could keep the pair that the server has given out.
    std::fs::write(&secrets, &before).expect("writes");
    desk.control().advance(Duration::from_mins(9));
    let survivor = desk.second_app().await;
    assert_complete(&run(&survivor).await.expect("the spent token still works"), 2);

    std::fs::write(&secrets, &before).expect("writes");
    desk.control().advance(Duration::from_mins(2));
    let late = desk.second_app().await;
    let failed = run(&late).await.expect("a summary");
    assert_eq!(failed.status, RunStatus::Failed);
    assert!(failed.hint.expect("a hint").contains("onnect"));
    assert_eq!(desk.connection().await, "reconnect_needed");
    assert_eq!(run(&late).await.expect_err("is not tried again").code(), "reconnect_needed");
    assert_eq!(desk.found().await.len(), 2, "pages stay");
    assert!(desk.app.spaces().await.expect("lists")[0].selected, "and so does the selection");

    desk.sign_in().await;
    desk.control().clear_log();
    let again = desk.sync().await;
    assert_complete(&again, 2);
    assert_eq!((again.tally.unchanged, desk.fetched().len()), (2, 0));
}

#[rstest]
#[case::measured(ErrorDialect::Measured)]
#[case::documented(ErrorDialect::Documented)]
#[tokio::test]
async fn f22_dead_grant(#[case] dialect: ErrorDialect) {
    let desk = synced(dialect).await;
    desk.control().revoke_grants();
    desk.control().advance(HOUR);
    let failed = desk.sync().await;
    assert_eq!(failed.status, RunStatus::Failed);
    assert_eq!(token_requests(&desk), 1);
    assert_eq!(desk.connection().await, "reconnect_needed");
    assert_eq!(desk.app.status().await.expect("tells").next_run_at, None, "the schedule rests");
    assert_eq!(desk.found().await.len(), 2);
}

#[rstest]
#[case::outage(status(503, &[], r#"{"error":"invalid_grant"}"#))]
#[case::gateway(FaultEffect::Html { code: 502 })]
#[case::proxy(FaultEffect::Html { code: 200 })]
#[case::cut(FaultEffect::DropConnection)]
#[case::throttled(status(429, &[], ""))]
#[tokio::test]
async fn f22_trouble_at_the_token_endpoint_is_no_dead_grant(#[case] effect: FaultEffect) {
    let desk = synced(ErrorDialect::Measured).await;
    desk.spoil("/oauth/token", effect);
    desk.control().advance(HOUR);
    assert_eq!(desk.sync().await.status, RunStatus::Failed);
    assert!(token_requests(&desk) <= 5, "{} token requests", token_requests(&desk));
    assert_eq!(desk.connection().await, "connected");
    assert_eq!(desk.found().await.len(), 2);
    desk.control().clear_faults();
    assert_complete(&desk.sync().await, 2);
}

#[tokio::test]
async fn f23_wrong_secret() {
    let desk = synced(ErrorDialect::Measured).await;
    let wrong = desk.app_with(|config| config.oauth_app.client_secret = Some("wrong".into())).await;
    desk.control().advance(HOUR);
    assert_eq!(wrong.refresh_spaces().await.expect_err("refused").code(), "wrong_client_secret");
    let failed = run(&wrong).await.expect("a summary");
    assert_eq!(failed.status, RunStatus::Failed);
    assert!(failed.message.expect("a reason").contains("secret"));
    assert_eq!(token_requests(&desk), 2, "one for each attempt of a person");
    assert_eq!(desk.connection().await, "connected", "nobody has to sign in again for this");
    assert_complete(&desk.sync().await, 2);
}

#[tokio::test]
async fn f23_missing_scope() {
    let sim = Simulator::builder().space(space("A", &["a1"]));
    let desk = Desk::with(sim, |config| config.oauth_app.scopes.retain(|scope| !scope.contains("read:page"))).await;
    desk.sign_in().await;
    desk.select(&["A"]).await;
    desk.control().clear_log();
    let failed = desk.sync().await;
    assert_eq!(failed.status, RunStatus::Failed);
    assert!(failed.message.expect("a reason").contains("scope"));
    assert!(failed.hint.expect("a hint").contains("permission"));
    assert_eq!((token_requests(&desk), desk.requests()), (0, 1), "neither refreshed nor asked again");
    assert_eq!(desk.connection().await, "connected");
}

#[tokio::test]
async fn f23_a_server_that_refuses_every_token() {
    let desk = synced(ErrorDialect::Measured).await;
    desk.spoil(LISTS, status(401, &[], r#"{"code":401,"message":"Unauthorized"}"#));
    let failed = desk.sync().await;
    assert_eq!(failed.status, RunStatus::Failed);
    assert_eq!((token_requests(&desk), desk.requests()), (1, 2), "one fresh token, one more try");
    assert_eq!(desk.found().await.len(), 2);
    desk.control().clear_faults();
    assert_complete(&desk.sync().await, 2);
}

#[tokio::test]
async fn x_redirect_port_mismatch() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("binds").local_addr().expect("an address").port();
    let sim = Simulator::builder().space(space("A", &["a1"]));
    let desk = Desk::with(sim, |config| config.redirect_port = port).await;
    let mut attempt = desk.app.begin_sign_in(SignInVia::Loopback).await.expect("begins");
    let redirect = attempt.authorize_url().query_pairs().find(|(name, _)| name == "redirect_uri").expect("named").1;
    assert_eq!(redirect, format!("http://127.0.0.1:{port}/callback"), "exactly what has to be registered");
    let page = browser::open(attempt.authorize_url()).await;
    assert!(page.contains("redirect_uri_mismatch"), "the person is told on the page: {page}");
    let error = attempt.wait(Duration::from_millis(1)).await.expect_err("nobody comes back");
    assert_eq!(error.code(), "sign_in_timed_out");
    assert_eq!(desk.connection().await, "disconnected");

    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("binds");
    let port = taken.local_addr().expect("an address").port();
    let other = desk.app_with(|config| config.redirect_port = port).await;
    let begun = tokio::time::timeout(PATIENCE, other.begin_sign_in(SignInVia::Loopback)).await.expect("does not wait");
    let Err(error) = begun else { panic!("the port is taken") };
    assert_eq!(error.code(), "sign_in_port_taken");
    assert!(error.to_string().contains(&port.to_string()));
}

#[tokio::test]
async fn x_an_api_token_that_ends() {
    let desk = Desk::new(Simulator::builder().space(space("A", &["a1", "a2"]))).await;
    let connect = |token: &'static str| desk.app.connect_with_token(desk.sim.url(), ACCOUNT_EMAIL, token.into());
    assert_eq!(connect("wrong").await.expect_err("refused").code(), "unauthorized");
    assert_eq!(desk.connection().await, "disconnected");
    connect(DEFAULT_API_TOKEN).await.expect("connects");
    desk.select(&["A"]).await;
    assert_complete(&desk.sync().await, 2);
    assert_eq!(token_requests(&desk), 0);

    desk.spoil(LISTS, status(401, &[], "{}"));
    desk.control().clear_log();
    let failed = desk.sync().await;
    assert_eq!((failed.status, desk.requests()), (RunStatus::Failed, 1));
    assert!(failed.hint.expect("a hint").contains("API token"));
    assert_eq!(desk.found().await.len(), 2);
}
