//! Answers that are not what they say. None of them may look like an empty list.

use std::time::Duration;

use confluence::{BodyFormat, Client, Credentials, Error, PageId, TransportOptions};
use confluence_sim::{Fault, FaultEffect, FaultWhen, Simulator};
use rstest::rstest;

use crate::support::scripted::{self, Scripted};
use crate::support::{World, quick, transport};

#[rstest]
#[case::truncated(FaultEffect::TruncateBody { bytes: 40 }, &["unexpected_body"])]
#[case::html(FaultEffect::Html { code: 200 }, &["unexpected_body"])]
#[case::not_json(FaultEffect::InvalidJson, &["unexpected_body"])]
#[case::dropped(FaultEffect::DropConnection, &["network"])]
#[case::maintenance(FaultEffect::Html { code: 503 }, &["server_error"])]
#[tokio::test]
async fn a_broken_answer_is_retried_and_then_an_error(#[case] effect: FaultEffect, #[case] codes: &[&str]) {
    let world = World::start(Simulator::builder().generate("GEN", 3, 1)).await;
    let client = world.client();
    world.sim.control().add_fault(Fault::on("*/spaces", effect.clone()).when(FaultWhen::Next(2)));
    assert_eq!(client.spaces().await.expect("the third attempt").len(), 1);

    world.fault("*/spaces", effect);
    let error = client.spaces().await.expect_err("never an empty list");
    assert!(codes.contains(&error.code()), "{error:?}");
    assert!(error.hint().is_some());
}

/// A client whose gateway answers by script.
async fn scripted(answers: &[String], options: TransportOptions) -> (Scripted, Client) {
    let world = World::start(Simulator::builder()).await;
    let server = Scripted::start(answers.to_vec()).await;
    let mut endpoints = world.endpoints.clone();
    endpoints.api = server.url.clone();
    let transport = transport(options, world.clock.clone());
    (server, Client::new(endpoints, Credentials::OAuth(world.signed_in()), world.site(), transport))
}

#[rstest]
#[case::empty_object("{}", "unexpected_body", 1)]
#[case::null_results(r#"{"results":null,"_links":{}}"#, "unexpected_body", 1)]
#[case::other_results(r#"{"results":{"a":1}}"#, "unexpected_body", 1)]
#[case::half_an_item(r#"{"results":[{"name":"no id"}],"_links":{}}"#, "unexpected_body", 1)]
#[case::empty("", "unexpected_body", 5)]
#[case::cut(r#"{"results":[{"id":"#, "unexpected_body", 10)]
#[tokio::test]
async fn a_success_without_a_list_is_an_error(#[case] body: &str, #[case] code: &str, #[case] requests: usize) {
    let (server, client) = scripted(&[scripted::ok(body)], quick()).await;
    assert_eq!(client.spaces().await.expect_err("an error").code(), code);
    assert_eq!(server.requests().len(), requests);
}

#[tokio::test]
async fn a_body_beyond_the_bound_is_not_read_to_its_end() {
    let large = format!(r#"{{"results":[],"_links":{{"base":"{}"}}}}"#, "x".repeat(5000));
    let options = TransportOptions { max_body_bytes: 4096, ..quick() };
    let (_server, client) = scripted(&[scripted::ok(&large)], options).await;
    let error = client.fetch_pages(&[PageId::new("1")], BodyFormat::Storage).await.expect_err("too large");
    assert!(matches!(error, Error::TooLarge { limit: 4096 }), "{error:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere =
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let (server, client) = scripted(&[elsewhere.to_owned()], quick()).await;
    assert!(matches!(client.spaces().await, Err(Error::UnexpectedStatus { status: 302 })));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_silent_server_times_out() {
    let world = World::start(Simulator::builder()).await;
    world.fault("*/wiki/api/v2/folders/*", FaultEffect::Delay { milliseconds: 60_000 });
    let options = TransportOptions { total_timeout: Duration::from_millis(200), max_retries: 1, ..quick() };
    let transport = transport(options, world.clock.clone());
    let client = Client::new(world.endpoints.clone(), Credentials::OAuth(world.signed_in()), world.site(), transport);
    let error = client.folder(&confluence::FolderId::new("1")).await.expect_err("times out");
    assert_eq!(error.code(), "timeout");
    assert_eq!(client.usage().requests, 2);
}

#[tokio::test]
async fn credentials_do_not_leave_over_plain_http() {
    let world = World::start(Simulator::builder()).await;
    let mut endpoints = world.endpoints.clone();
    endpoints.api = "http://api.example".parse().expect("a URL");
    let client = Client::new(endpoints, Credentials::OAuth(world.signed_in()), world.site(), world.transport.clone());
    assert_eq!(client.spaces().await.expect_err("refused").code(), "insecure_url");
}
