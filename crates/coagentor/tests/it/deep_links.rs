//! Addresses that the system hands over come from anywhere: none but the answer to the waiting sign-in does anything.

use coagentor::{SignInVia, dto::ConnectionState};
use confluence_sim::Simulator;
use rstest::rstest;
use url::Url;

use crate::{
    browser,
    desk::{Desk, space},
};

async fn desk() -> Desk {
    Desk::new(Simulator::builder().space(space("A", &["a1"]))).await
}

async fn state(desk: &Desk) -> ConnectionState {
    desk.app.overview().await.expect("reads").confluence.state
}

/// The state of the sign-in that waits, and the answer that the browser would bring.
async fn begin(desk: &Desk) -> (String, Url) {
    let sign_in = desk.app.connect(SignInVia::DeepLink).await.expect("begins");
    let authorize = Url::parse(&sign_in.authorize_url).expect("an address");
    let callback = browser::allow(&authorize).await;
    let state = callback.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned();
    (state, callback)
}

#[rstest]
#[case::other_scheme("https://oauth/callback?code=c&state=STATE")]
#[case::other_host("coagentor://evil/callback?code=c&state=STATE")]
#[case::no_host("coagentor:callback?code=c&state=STATE")]
#[case::other_path("coagentor://oauth/callback/more?code=c&state=STATE")]
#[case::above("coagentor://oauth/callback/../x?code=c&state=STATE")]
#[case::port("coagentor://oauth:1/callback?code=c&state=STATE")]
#[case::user("coagentor://me@oauth/callback?code=c&state=STATE")]
#[case::guessed_state("coagentor://oauth/callback?code=c&state=guess")]
#[case::no_state("coagentor://oauth/callback?code=c")]
#[case::two_states("coagentor://oauth/callback?code=c&state=guess&state=STATE")]
#[case::two_codes("coagentor://oauth/callback?code=c&code=d&state=STATE")]
#[case::no_code("coagentor://oauth/callback?state=STATE")]
#[case::empty_code("coagentor://oauth/callback?code=&state=STATE")]
#[case::in_the_fragment("coagentor://oauth/callback#code=c&state=STATE")]
#[case::line_break("coagentor://oauth/callback?code=c\n&state=STATE")]
#[case::not_an_address("coagentor")]
#[case::nothing("")]
#[case::another_command("coagentor://settings/delete-all-data")]
#[tokio::test]
async fn a_stray_address_changes_nothing(#[case] template: &str) {
    let desk = desk().await;
    let (known_state, callback) = begin(&desk).await;
    desk.control().clear_log();
    let refused = desk.app.accept_deep_link(&template.replace("STATE", &known_state)).await;
    refused.expect_err("is refused");
    assert_eq!(state(&desk).await, ConnectionState::Connecting, "the sign-in still waits");
    assert_eq!(desk.control().log().len(), 0, "nothing was asked");
    desk.app.accept_deep_link(callback.as_str()).await.expect("the real one is taken");
    assert_eq!(state(&desk).await, ConnectionState::Connected);
}

#[tokio::test]
async fn a_long_address_is_not_even_looked_at() {
    let desk = desk().await;
    let (known_state, _) = begin(&desk).await;
    let long = format!("coagentor://oauth/callback?state={known_state}&code={}", "c".repeat(9_000));
    assert_eq!(desk.app.accept_deep_link(&long).await.expect_err("is refused").code(), "no_sign_in");
    assert_eq!(state(&desk).await, ConnectionState::Connecting);
}

#[tokio::test]
async fn an_answer_is_taken_once() {
    let desk = desk().await;
    let (_, callback) = begin(&desk).await;
    let address = callback.as_str();
    let (one, other) = tokio::join!(desk.app.accept_deep_link(address), desk.app.accept_deep_link(address));
    assert_eq!([one.is_ok(), other.is_ok()].into_iter().filter(|taken| *taken).count(), 1);
    assert_eq!(state(&desk).await, ConnectionState::Connected);
    assert_eq!(desk.asked("/oauth/token").len(), 1);
    assert_eq!(desk.app.accept_deep_link(address).await.expect_err("is over").code(), "no_sign_in");
    assert_eq!(state(&desk).await, ConnectionState::Connected);
}

#[tokio::test]
async fn without_a_sign_in_nothing_is_an_answer() {
    let desk = desk().await;
    let address = "coagentor://oauth/callback?code=c&state=s";
    assert_eq!(desk.app.accept_deep_link(address).await.expect_err("is refused").code(), "no_sign_in");
    let (_, callback) = begin(&desk).await;
    desk.app.cancel_sign_in();
    assert_eq!(desk.app.accept_deep_link(callback.as_str()).await.expect_err("is over").code(), "no_sign_in");
    assert_eq!(state(&desk).await, ConnectionState::Never);
}
