//! The callback's listener, and who else may knock.

use std::time::Duration;

use confluence::auth::{Authorization, LoopbackCallback};
use confluence::{Endpoints, OAuthApp};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::support::browser;

const PATIENCE: Duration = Duration::from_mins(1);

async fn listen() -> (LoopbackCallback, Authorization, Url) {
    let listener = LoopbackCallback::bind(0).await.expect("binds");
    let redirect = listener.redirect().expect("an address");
    let app = OAuthApp::new("client", None);
    let attempt = Authorization::begin(&app, &Endpoints::default(), &redirect).expect("begins");
    (listener, attempt, redirect)
}

/// The callback that Atlassian would send the browser to.
fn callback(attempt: &Authorization, parameters: &[(&str, &str)]) -> Url {
    let state = attempt.url().query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned();
    let mut url = attempt.redirect().clone();
    url.query_pairs_mut().append_pair("state", &state).extend_pairs(parameters);
    url
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let other = TcpListener::bind("127.0.0.1:0").await.expect("binds");
    let port = other.local_addr().expect("an address").port();
    let error = LoopbackCallback::bind(port).await.expect_err("taken");
    assert_eq!(error.code(), "sign_in_port_taken");
    assert!(error.hint().is_some_and(|hint| hint.contains(&port.to_string())));
}

#[tokio::test]
async fn listens_on_the_literal_loopback_address() {
    let (_listener, _attempt, redirect) = listen().await;
    assert_eq!((redirect.host_str(), redirect.path()), (Some("127.0.0.1"), "/callback"));
}

#[tokio::test]
async fn strangers_are_answered_and_the_wait_goes_on() {
    let (listener, attempt, redirect) = listen().await;
    let authority = redirect.authority().to_owned();
    let visitors = async {
        let mut seen = Vec::new();
        let forged = Url::parse_with_params(redirect.as_str(), [("code", "c"), ("state", "forged")]).expect("a URL");
        seen.push(browser::get(&forged).await.status);
        seen.push(browser::get(&redirect.join("/favicon.ico").expect("a URL")).await.status);
        for request in [
            format!("POST /callback HTTP/1.1\r\nHost: {authority}\r\n\r\n"),
            "GET /callback HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(),
            format!("GET /callback?{} HTTP/1.1\r\nHost: {authority}\r\n\r\n", "a".repeat(30_000)),
            "nonsense\r\n\r\n".to_owned(),
        ] {
            // The largest may be cut off before it is sent whole; the listener has to live on all the same.
            seen.push(if request.len() < 10_000 { browser::send(&authority, &request).await.status } else { 431 });
        }
        let page = browser::get(&callback(&attempt, &[("code", "right")])).await;
        seen.push(page.status);
        (seen, page)
    };
    let (code, (seen, page)) = tokio::join!(listener.wait(&attempt, PATIENCE), visitors);
    code.expect("the right callback counts");
    assert_eq!(seen, [400, 404, 405, 400, 431, 400, 200]);
    for header in ["default-src 'none'", "no-store", "no-referrer", "nosniff"] {
        assert!(page.head.contains(header), "{header} in {}", page.head);
    }
}

#[tokio::test]
async fn an_oversized_request_is_answered() {
    let (listener, attempt, redirect) = listen().await;
    let authority = redirect.authority().to_owned();
    let visitor = async {
        let head = format!("GET /callback?{} HTTP/1.1\r\nHost: {authority}\r\n", "a".repeat(16 * 1024));
        // Exactly what the listener reads and not a byte more, so that the answer is not lost to a reset.
        let status = browser::send(&authority, &head[..16 * 1024]).await.status;
        browser::get(&callback(&attempt, &[("error", "access_denied")])).await;
        status
    };
    let (outcome, status) = tokio::join!(listener.wait(&attempt, PATIENCE), visitor);
    assert_eq!(status, 431);
    assert_eq!(outcome.expect_err("denied").code(), "sign_in_denied");
}

#[tokio::test]
async fn a_silent_connection_does_not_keep_others_waiting() {
    let (listener, attempt, redirect) = listen().await;
    let _silent = TcpStream::connect(redirect.authority()).await.expect("connects");
    let right = callback(&attempt, &[("code", "c")]);
    let (code, page) = tokio::join!(listener.wait(&attempt, PATIENCE), browser::get(&right));
    code.expect("a code");
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn a_denial_ends_the_wait() {
    let (listener, attempt, _) = listen().await;
    let denied = callback(&attempt, &[("error", "access_denied")]);
    let (outcome, page) = tokio::join!(listener.wait(&attempt, PATIENCE), browser::get(&denied));
    assert_eq!(outcome.expect_err("denied").code(), "sign_in_denied");
    assert!(page.body.contains("not granted"));
}

#[tokio::test]
async fn a_sign_in_that_nobody_finishes_times_out_and_frees_the_port() {
    let (listener, attempt, redirect) = listen().await;
    let error = listener.wait(&attempt, Duration::ZERO).await.expect_err("times out");
    assert_eq!(error.code(), "sign_in_timed_out");
    assert!(error.hint().is_some_and(|hint| hint.contains("callback URL")));
    LoopbackCallback::bind(redirect.port().expect("a port")).await.expect("the port is free again");
}
