//! Addresses that the system hands over come from anywhere: none but the answer to the waiting sign-in does anything.

use coagentor::{
    SignInVia,
    dto::{Choice, ConnectionState},
};
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
    desk.app.cancel_sign_in().await;
    assert_eq!(desk.app.accept_deep_link(callback.as_str()).await.expect_err("is over").code(), "no_sign_in");
    assert_eq!(state(&desk).await, ConnectionState::Never);
}

/// What the secret store holds for the sign-in that waits.
fn kept(desk: &Desk) -> Option<String> {
    let file = std::fs::read_to_string(desk.config().data_dir.join("secrets.json")).ok()?;
    let map: serde_json::Value = serde_json::from_str(&file).expect("JSON");
    map.get("sign-in").and_then(|kept| kept.as_str()).map(str::to_owned)
}

#[tokio::test]
async fn an_answer_finds_the_sign_in_that_an_earlier_process_began() {
    let desk = desk().await;
    let (_, callback) = begin(&desk).await;
    let later = desk.second_app().await;
    later.wake().await.expect("wakes");
    let forged = "coagentor://oauth/callback?code=c&state=guess";
    later.accept_deep_link(forged).await.expect_err("is refused");
    assert_eq!(later.overview().await.expect("reads").confluence.state, ConnectionState::Connecting);
    later.accept_deep_link(callback.as_str()).await.expect("is taken");
    assert_eq!(later.overview().await.expect("reads").confluence.state, ConnectionState::Connected);
    assert_eq!(kept(&desk), None, "one use");
    let third = desk.second_app().await;
    assert_eq!(third.accept_deep_link(callback.as_str()).await.expect_err("is over").code(), "no_sign_in");
    assert_eq!(desk.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn a_sign_in_is_kept_in_the_secret_store_alone() {
    let desk = desk().await;
    let (known_state, _) = begin(&desk).await;
    assert!(kept(&desk).expect("kept").contains(&known_state));
    let files = walkdir(&desk.config().data_dir);
    let others = files.iter().filter(|file| !file.ends_with("secrets.json"));
    for file in others {
        let bytes = std::fs::read(file).expect("reads");
        let holds = bytes.windows(known_state.len()).any(|window| window == known_state.as_bytes());
        assert!(!holds, "{} holds the state", file.display());
    }
}

fn walkdir(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("lists").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { walkdir(&path) } else { vec![path] }).collect()
}

#[rstest]
#[case::cancelled(async |desk: &Desk| desk.app.cancel_sign_in().await)]
#[case::denied(async |desk: &Desk| {
    let state = url::Url::parse(&desk.app.overview().await.unwrap().confluence.sign_in.unwrap().authorize_url).unwrap();
    let state = state.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let address = format!("coagentor://oauth/callback?error=access_denied&state={state}");
    desk.app.accept_deep_link(&address).await.expect("is an answer");
})]
#[case::everything_deleted(async |desk: &Desk| desk.app.delete_all_data().await.unwrap())]
#[tokio::test]
async fn a_sign_in_that_is_over_is_not_kept(#[case] end: impl AsyncFn(&Desk)) {
    let desk = desk().await;
    let (_, callback) = begin(&desk).await;
    end(&desk).await;
    assert_eq!(kept(&desk), None);
    let later = desk.second_app().await;
    assert_eq!(later.accept_deep_link(callback.as_str()).await.expect_err("is over").code(), "no_sign_in");
}

#[tokio::test]
async fn a_sign_in_that_is_too_old_is_not_taken_up() {
    let desk = desk().await;
    let (_, callback) = begin(&desk).await;
    desk.control().advance(std::time::Duration::from_mins(6));
    let later = desk.second_app().await;
    assert_eq!(later.accept_deep_link(callback.as_str()).await.expect_err("is over").code(), "no_sign_in");
    assert_eq!(kept(&desk), None);
    assert_eq!(later.overview().await.expect("reads").confluence.state, ConnectionState::Never);
}

#[tokio::test]
async fn another_client_does_not_take_up_a_sign_in() {
    let desk = desk().await;
    let (_, callback) = begin(&desk).await;
    let later = desk.app_with(|config| config.oauth_app.client_id = "another".to_owned()).await;
    assert_eq!(later.accept_deep_link(callback.as_str()).await.expect_err("is over").code(), "no_sign_in");
    assert_eq!(kept(&desk), None);
}

#[tokio::test]
async fn a_browser_that_is_out_too_long_is_given_up() {
    let desk = Desk::with(Simulator::builder().space(space("A", &["a1"])), |config| {
        config.sign_in_timeout = std::time::Duration::from_millis(1);
    })
    .await;
    let mut events = desk.app.events();
    desk.app.connect(SignInVia::DeepLink).await.expect("begins");
    while state(&desk).await == ConnectionState::Connecting {
        events.recv().await.expect("an event");
    }
    let problem = desk.app.overview().await.expect("reads").confluence.problem.expect("a problem");
    assert_eq!(problem.message, "the sign-in was not finished in time");
    assert_eq!(kept(&desk), None);
}

#[tokio::test]
async fn an_answer_waits_for_the_passphrase() {
    let desk = Desk::with(Simulator::builder().space(space("A", &["a1"])), |config| config.secret_store = None).await;
    let passphrase = || secrecy::SecretString::from("correct horse");
    desk.app.choose_secret_store(Choice::Passphrase, Some(passphrase())).await.expect("chooses");
    let (_, callback) = begin(&desk).await;
    let later = desk.second_app().await;
    let refused = later.accept_deep_link(callback.as_str()).await.expect_err("is locked away");
    assert_eq!(refused.code(), "secrets_locked");
    later.unlock_secret_store("wrong horse".into()).await.expect_err("is wrong");
    later.unlock_secret_store(passphrase()).await.expect("unlocks");
    assert_eq!(later.overview().await.expect("reads").confluence.state, ConnectionState::Connected);
}
