//! Three ways to be an OAuth client, or none: through the broker, as the person's own app, with an API token.

use std::time::Duration;

use coagentor::dto::{ClientKind, ConnectionState};
use confluence_sim::{ACCOUNT_EMAIL, DEFAULT_API_TOKEN, Fault, FaultEffect};
use rstest::rstest;

use crate::stage::{CLIENT_ID, CLIENT_SECRET, Log, Stage, header, send, sign_in};

const HOUR: Duration = Duration::from_hours(1);

async fn state(app: &coagentor::App) -> ConnectionState {
    app.overview().await.expect("reads").confluence.state
}

async fn problem(app: &coagentor::App) -> String {
    app.overview().await.expect("reads").confluence.problem.expect("is told").message
}

/// Values of the strings in the file of secrets, all of which are secret.
fn kept_secrets(stage: &Stage) -> Vec<String> {
    let text = std::fs::read_to_string(stage.data_dir().join("secrets.json")).expect("reads");
    let strings = text.split(['"', '\\', '&', '=']).filter(|text| text.len() > 20 && !text.contains(' '));
    strings.map(str::to_owned).collect()
}

#[tokio::test]
async fn through_the_broker_without_a_trace() {
    let (log, _guard) = Log::start();
    let stage = Stage::new().await;
    let app = stage.brokered().await;
    let client = app.client_use().await.expect("tells");
    assert_eq!((client.kind, client.client_id.as_deref()), (ClientKind::Broker, Some(CLIENT_ID)));
    let callback = sign_in(&app).await;
    assert_eq!(state(&app).await, ConnectionState::Connected);
    let mut secrets = kept_secrets(&stage);
    stage.advance(HOUR);
    app.refresh_spaces().await.expect("refreshes");
    assert_eq!(stage.token_requests(), 2, "an exchange and a refresh");
    secrets.extend(kept_secrets(&stage));
    assert!(secrets.len() >= 4, "two pairs: {secrets:?}");
    secrets.push(CLIENT_SECRET.to_owned());
    secrets
        .extend(callback.split(['?', '&']).filter_map(|pair| pair.split_once('=')).map(|(_, value)| value.to_owned()));
    let log = log.text();
    assert!(log.contains("path=\"/exchange\" status=200") && log.contains("path=\"/refresh\" status=200"), "{log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "`{secret}` is in the log");
    }
}

#[tokio::test]
async fn the_machine_never_has_the_secret() {
    let stage = Stage::new().await;
    let app = stage.brokered().await;
    sign_in(&app).await;
    let mut files = 0;
    for entry in std::fs::read_dir(stage.data_dir()).expect("lists").flatten().filter(|entry| entry.path().is_file()) {
        let bytes = std::fs::read(entry.path()).expect("reads");
        assert!(!String::from_utf8_lossy(&bytes).contains(CLIENT_SECRET), "{}", entry.path().display());
        files += 1;
    }
    assert!(files > 2);
}

#[tokio::test]
async fn a_broker_with_a_wrong_secret_says_so() {
    let stage = Stage::with("wrong", |_| {}).await;
    let app = stage.brokered().await;
    sign_in(&app).await;
    assert_eq!(state(&app).await, ConnectionState::Never);
    assert!(problem(&app).await.contains("client secret"));
}

#[rstest]
#[case::page(FaultEffect::Html { code: 200 })]
#[case::gateway(FaultEffect::Html { code: 502 })]
#[case::cut(FaultEffect::DropConnection)]
#[tokio::test]
async fn trouble_behind_the_broker_ends_no_sign_in(#[case] effect: FaultEffect) {
    let stage = Stage::new().await;
    let app = stage.brokered().await;
    sign_in(&app).await;
    stage.sim.control().add_fault(Fault::on("/oauth/token", effect));
    stage.advance(HOUR);
    assert_eq!(app.refresh_spaces().await.expect_err("fails").code(), "sign_in_unavailable");
    assert_eq!(state(&app).await, ConnectionState::Connected);
    stage.sim.control().clear_faults();
    app.refresh_spaces().await.expect("works again");
}

#[tokio::test]
async fn a_dead_grant_is_told_through_the_broker() {
    let stage = Stage::new().await;
    let app = stage.brokered().await;
    sign_in(&app).await;
    stage.sim.control().revoke_grants();
    stage.advance(HOUR);
    assert_eq!(app.refresh_spaces().await.expect_err("fails").code(), "reconnect_needed");
    assert_eq!(state(&app).await, ConnectionState::ReconnectNeeded);
}

#[tokio::test]
async fn as_the_persons_own_app() {
    let stage = Stage::new().await;
    let app = stage.app(|_| {}).await;
    assert_eq!(app.client_use().await.expect("tells").kind, ClientKind::None);
    let begun = app.connect(coagentor::SignInVia::DeepLink).await;
    assert_eq!(begun.expect_err("as whom?").code(), "no_client_id");

    app.set_own_client(&format!(" {CLIENT_ID} "), Some("wrong".into())).await.expect("is kept");
    sign_in(&app).await;
    assert!(problem(&app).await.contains("client secret"));

    app.set_own_client(CLIENT_ID, Some(CLIENT_SECRET.into())).await.expect("is kept");
    let client = app.client_use().await.expect("tells");
    assert_eq!((client.kind, client.client_id.as_deref()), (ClientKind::Own, Some(CLIENT_ID)));
    sign_in(&app).await;
    assert_eq!(state(&app).await, ConnectionState::Connected);
    stage.advance(HOUR);
    app.refresh_spaces().await.expect("refreshes as the same client");
    let database = std::fs::read(stage.data_dir().join("coagentor.db")).expect("reads");
    assert!(!String::from_utf8_lossy(&database).contains(CLIENT_SECRET), "it is in the secret store alone");

    app.set_own_client(CLIENT_ID, None).await.expect("the secret stays");
    assert_eq!(state(&app).await, ConnectionState::Connected);
    app.refresh_spaces().await.expect("asks");
    app.forget_own_client().await.expect("forgets");
    assert_eq!(app.client_use().await.expect("tells").kind, ClientKind::None);
    assert_eq!(state(&app).await, ConnectionState::ReconnectNeeded, "nobody else can refresh these tokens");
    assert!(!kept_secrets(&stage).iter().any(|secret| secret == CLIENT_SECRET));
}

#[tokio::test]
async fn with_an_api_token_there_is_no_client() {
    let stage = Stage::new().await;
    let app = stage.app(|_| {}).await;
    app.connect_with_token(stage.sim.url(), ACCOUNT_EMAIL, DEFAULT_API_TOKEN.into()).await.expect("connects");
    app.set_own_client("another", Some("secret".into())).await.expect("is kept");
    assert_eq!(state(&app).await, ConnectionState::Connected, "an API token has nothing to do with it");
    assert_eq!(stage.token_requests(), 0);
}

#[tokio::test]
async fn an_answer_that_was_forged_is_not_sent_on_to_anybody() {
    let stage = Stage::new().await;
    let (status, head, _) = send("GET", &format!("{}/callback?code=c&state=s", stage.broker), "").await;
    assert_eq!(
        (status, header(&head, "location").as_deref()),
        (302, Some("coagentor://oauth/callback?code=c&state=s"))
    );
    assert_eq!(header(&head, "referrer-policy").as_deref(), Some("no-referrer"));
    let (status, head, body) = send("GET", &format!("{}/callback?next=https://evil.example", stage.broker), "").await;
    assert_eq!((status, header(&head, "location")), (400, None));
    assert!(!body.contains("evil"));
    let app = stage.brokered().await;
    app.connect(coagentor::SignInVia::DeepLink).await.expect("begins");
    let forged = app.accept_deep_link("coagentor://oauth/callback?code=c&state=s").await;
    assert_eq!(forged.expect_err("is refused").code(), "sign_in_state_mismatch");
    assert_eq!(state(&app).await, ConnectionState::Connecting, "the sign-in still waits");
}
