//! No code, token or secret in an error, in Debug, or in the log.

use std::error::Error as StdError;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use confluence::auth::{Authorization, MemoryTokenStore, TokenStore, exchange};
use confluence::{Credentials, Error, OAuthApp};
use confluence_sim::{FaultEffect, Simulator};
use secrecy::ExposeSecret;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::scripted::{self, Scripted};
use crate::support::{SCOPES, World, browser, status};

/// Keeps what was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn told(error: &(dyn StdError + 'static)) -> String {
    let mut told = vec![format!("{error:?}")];
    let mut next = Some(error);
    while let Some(error) = next {
        told.push(error.to_string());
        next = error.source();
    }
    told.join("\n")
}

/// Every secret that the test gave out or got.
async fn secrets(store: &MemoryTokenStore, more: &[&str]) -> Vec<String> {
    let tokens = store.load().await.expect("loads").expect("tokens");
    let json = tokens.to_secret_json();
    let json: serde_json::Value = serde_json::from_str(json.expose_secret()).expect("JSON");
    let own = ["access_token", "refresh_token"].map(|name| json[name].as_str().expect("a token").to_owned());
    own.into_iter().chain(more.iter().map(|&secret| secret.to_owned())).collect()
}

#[tokio::test]
async fn nothing_secret_is_told_or_logged() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter("trace,confluence_sim=off,axum=off,tower=off")
        .with_writer(log.clone())
        .with_ansi(false)
        .finish();
    // For the whole process: other tests run beside this one, and a thread's own subscriber can miss their call sites.
    tracing::subscriber::set_global_default(subscriber).expect("the only one of this binary");

    let world = World::start(Simulator::builder().generate("GEN", 3, 1)).await;
    let mut told_so_far = Vec::new();

    let redirect = "coagentor://oauth/callback".parse().expect("a URL");
    let attempt = Authorization::begin(&world.app, &world.endpoints, &redirect).expect("begins");
    let callback = browser::consent(attempt.url(), "allow").await;
    let code_text = callback.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    let state = callback.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned();
    let code = attempt.accept(&callback).expect("accepted");
    told_so_far.push(format!("{attempt:?} {code:?} {:?}", world.app));
    let tokens =
        exchange(&world.transport, &world.app, &world.endpoints, &attempt, code.clone()).await.expect("exchanges");
    told_so_far.push(format!("{tokens:?}"));
    let again = exchange(&world.transport, &world.app, &world.endpoints, &attempt, code).await;
    told_so_far.push(told(&again.expect_err("used")));

    let store = MemoryTokenStore::holding(world.tokens(SCOPES));
    let first = secrets(&store, &[&code_text, &state, world.sim.client_secret().expect("a secret")]).await;
    let source = world.source(store.clone());
    let client = world.client_with(source.clone());
    told_so_far.push(format!("{source:?} {client:?} {store:?} {:?}", Credentials::OAuth(source.clone())));
    let basic = Credentials::ApiToken { email: "a@b".to_owned(), token: "API-TOKEN".into() };
    told_so_far.push(format!("{basic:?}"));

    client.spaces().await.expect("lists");
    for effect in [
        status(401, &[], r#"{"message":"Unauthorized"}"#),
        status(403, &[], r#"{"message":"no"}"#),
        status(500, &[], ""),
        FaultEffect::DropConnection,
        FaultEffect::InvalidJson,
    ] {
        world.fault("*/spaces", effect);
        told_so_far.push(told(&client.spaces().await.expect_err("fails")));
        world.sim.control().clear_faults();
    }
    world.advance(Duration::from_hours(1));
    world.fault("/oauth/token", FaultEffect::Html { code: 502 });
    told_so_far.push(told(&client.spaces().await.expect_err("fails")));
    world.sim.control().clear_faults();
    client.spaces().await.expect("refreshes");
    let second = secrets(&store, &["API-TOKEN"]).await;

    told_so_far.push(String::from_utf8_lossy(&log.0.lock().expect("the lock")).into_owned());
    let text = told_so_far.join("\n");
    assert!(text.contains("GET"), "the log was kept");
    for secret in first.iter().chain(&second) {
        assert!(secret.len() > 8 && !text.contains(secret.as_str()), "`{secret}` is told");
    }
}

#[tokio::test]
async fn a_token_answer_that_cannot_be_read_is_not_quoted() {
    let world = World::start(Simulator::builder()).await;
    let broker = Scripted::start(vec![scripted::ok(r#"{"access_token":"SECRET-A","token_type":7}"#)]).await;
    let app = OAuthApp { token_broker: Some(broker.url.clone()), ..world.app.clone() };
    let redirect = "coagentor://oauth/callback".parse().expect("a URL");
    let attempt = Authorization::begin(&app, &world.endpoints, &redirect).expect("begins");
    let code = attempt.accept(&browser::consent(attempt.url(), "allow").await).expect("accepted");
    let error = exchange(&world.transport, &app, &world.endpoints, &attempt, code).await.expect_err("unreadable");
    assert!(!told(&Error::from(error)).contains("SECRET-A"));
}
