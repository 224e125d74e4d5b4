//! From the authorize address to tokens.

use std::time::Duration;

use confluence::auth::{Authorization, LoopbackCallback, exchange};
use confluence::{OAuthApp, TokenSet};
use confluence_sim::{ClientRegistration, FaultEffect, Simulator};
use rstest::rstest;
use secrecy::ExposeSecret;

use crate::support::scripted::{self, Scripted};
use crate::support::{World, browser, status};

const DEEP_LINK: &str = "coagentor://oauth/callback";
const PATIENCE: Duration = Duration::from_mins(1);

/// Signs in over the deep link; the error's code where it fails.
async fn sign_in(world: &World, app: &OAuthApp) -> Result<TokenSet, &'static str> {
    let redirect = DEEP_LINK.parse().expect("a URL");
    let attempt = Authorization::begin(app, &world.endpoints, &redirect).map_err(|error| error.code())?;
    let callback = browser::consent(attempt.url(), "allow").await;
    let code = attempt.accept(&callback).map_err(|error| error.code())?;
    exchange(&world.transport, app, &world.endpoints, &attempt, code).await.map_err(|error| error.code())
}

#[tokio::test]
async fn a_deep_link_brings_tokens() {
    let world = World::start(Simulator::builder()).await;
    let tokens = sign_in(&world, &world.app).await.expect("signs in");
    assert!(tokens.is_refreshable());
    assert_eq!(tokens.expires_at(), crate::support::START + Duration::from_hours(1));
    assert!(tokens.scopes().iter().any(|scope| scope == "read:page:confluence"));
}

#[tokio::test]
async fn the_loopback_callback_brings_tokens() {
    let listener = LoopbackCallback::bind(0).await.expect("binds");
    let redirect = listener.redirect().expect("an address");
    let registration = ClientRegistration::new("desktop", "secret", &[redirect.as_str()]);
    let world = World::start(Simulator::builder().client(registration)).await;

    let attempt = Authorization::begin(&world.app, &world.endpoints, &redirect).expect("begins");
    let person = async {
        let callback = browser::consent(attempt.url(), "allow").await;
        browser::get(&callback).await
    };
    let (code, page) = tokio::join!(listener.wait(&attempt, PATIENCE), person);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("You can close this tab"));
    let code = code.expect("a code");
    let tokens = exchange(&world.transport, &world.app, &world.endpoints, &attempt, code).await.expect("exchanges");
    assert!(tokens.is_refreshable());
}

#[tokio::test]
async fn a_person_who_cancels_is_told_so() {
    let world = World::start(Simulator::builder()).await;
    let redirect = DEEP_LINK.parse().expect("a URL");
    let attempt = Authorization::begin(&world.app, &world.endpoints, &redirect).expect("begins");
    let callback = browser::consent(attempt.url(), "deny").await;
    let error = attempt.accept(&callback).expect_err("denied");
    assert_eq!(error.code(), "sign_in_denied");
    assert!(error.hint().is_some());
}

#[tokio::test]
async fn a_callback_of_another_attempt_is_refused() {
    let world = World::start(Simulator::builder()).await;
    let redirect = DEEP_LINK.parse().expect("a URL");
    let begin = || Authorization::begin(&world.app, &world.endpoints, &redirect).expect("begins");
    let (mine, other) = (begin(), begin());
    let callback = browser::consent(other.url(), "allow").await;
    assert_eq!(mine.accept(&callback).expect_err("refused").code(), "sign_in_state_mismatch");
}

#[tokio::test]
async fn a_code_that_was_sent_elsewhere_is_worthless_without_the_verifier() {
    let world = World::start(Simulator::builder()).await;
    let redirect = DEEP_LINK.parse().expect("a URL");
    let begin = || Authorization::begin(&world.app, &world.endpoints, &redirect).expect("begins");
    let (mine, thief) = (begin(), begin());
    let callback = browser::consent(mine.url(), "allow").await;
    let code = mine.accept(&callback).expect("accepted");
    let error = exchange(&world.transport, &world.app, &world.endpoints, &thief, code).await.expect_err("refused");
    assert_eq!(error.code(), "sign_in_code_rejected");
}

#[tokio::test]
async fn a_code_works_once() {
    let world = World::start(Simulator::builder()).await;
    let redirect = DEEP_LINK.parse().expect("a URL");
    let attempt = Authorization::begin(&world.app, &world.endpoints, &redirect).expect("begins");
    let code = attempt.accept(&browser::consent(attempt.url(), "allow").await).expect("accepted");
    let once = || exchange(&world.transport, &world.app, &world.endpoints, &attempt, code.clone());
    once().await.expect("the first time");
    assert_eq!(once().await.expect_err("the second time").code(), "sign_in_code_rejected");
}

#[tokio::test]
async fn a_wrong_secret_is_told_from_a_person_who_cancels() {
    let world = World::start(Simulator::builder()).await;
    let app = OAuthApp { client_secret: Some("wrong".into()), ..world.app.clone() };
    assert_eq!(sign_in(&world, &app).await.expect_err("refused"), "wrong_client_secret");
    assert_eq!(world.requests("/oauth/token").len(), 1);
}

#[tokio::test]
async fn a_public_client_needs_no_secret() {
    let world = World::start(Simulator::builder().client(ClientRegistration::public("public", &[DEEP_LINK]))).await;
    assert!(world.app.client_secret.is_none());
    sign_in(&world, &world.app).await.expect("signs in");
}

#[tokio::test]
async fn without_offline_access_the_sign_in_fails_at_once_and_says_why() {
    let world = World::start(Simulator::builder()).await;
    let app = OAuthApp { scopes: vec!["read:page:confluence".to_owned()], ..world.app.clone() };
    assert_eq!(sign_in(&world, &app).await.expect_err("refused"), "no_refresh_token");
    let error = confluence::AuthError::NoRefreshToken;
    assert!(error.to_string().contains("offline_access"));
}

#[rstest]
#[case::outage(status(503, &[], r#"{"error":"invalid_grant"}"#))]
#[case::gateway(FaultEffect::Html { code: 502 })]
#[case::proxy_page(FaultEffect::Html { code: 200 })]
#[case::blocked(FaultEffect::Html { code: 403 })]
#[case::cut(FaultEffect::DropConnection)]
#[case::throttled(status(429, &[], ""))]
#[tokio::test]
async fn trouble_at_the_token_endpoint_is_not_the_persons_fault(#[case] effect: FaultEffect) {
    let world = World::start(Simulator::builder()).await;
    world.fault("/oauth/token", effect);
    assert_eq!(sign_in(&world, &world.app).await.expect_err("fails"), "sign_in_unavailable");
}

#[tokio::test]
async fn a_broker_gets_the_token_request_without_a_secret() {
    let world = World::start(Simulator::builder()).await;
    let answer = r#"{"access_token":"a","refresh_token":"r","expires_in":3600,"token_type":"Bearer","scope":"x y"}"#;
    let broker = Scripted::start(vec![scripted::ok(answer)]).await;
    let app = OAuthApp { token_broker: Some(broker.url.join("/atlassian").expect("a URL")), ..world.app.clone() };
    let tokens = sign_in(&world, &app).await.expect("signs in");
    assert_eq!(broker.requests(), ["POST /atlassian/exchange HTTP/1.1"]);
    assert_eq!(tokens.access_token().expose_secret(), "a");
    assert_eq!(tokens.scopes(), ["x", "y"]);
    assert!(world.requests("/oauth/token").is_empty());
}
