//! What goes over the wire, and what comes of it. The bytes are OpenAI's, from its API reference.

use std::{error::Error as _, time::Duration};

use chat::{ChatError, Client, Endpoint};
use rstest::rstest;
use serde_json::Value;

use crate::endpoint::{Fake, KEY, Then};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
const REPLY: &str = concat!(
    r#"data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1694268190,"model":"gpt-4o-mini","#,
    r#""choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}"#,
    "\n\n",
    r#"data: {"id":"chatcmpl-123","choices":[{"index":0,"delta":{"content":"Grüße"},"finish_reason":null}]}"#,
    "\n\n",
    r#"data: {"id":"chatcmpl-123","choices":[{"index":0,"delta":{"content":" [1]."},"finish_reason":null}]}"#,
    "\n\n",
    r#"data: {"id":"chatcmpl-123","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}"#,
    "\n\ndata: [DONE]\n\n",
);
const DOCUMENT: &str = r#"{"id":"chatcmpl-B9","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",
    "content":"Grüße [1].","refusal":null},"finish_reason":"stop"}]}"#;

#[tokio::test]
async fn a_reply_is_the_same_wherever_the_wire_cuts_it() {
    let whole = format!("{HEAD}{REPLY}").into_bytes();
    let cuts = 0..whole.len();
    let answers = cuts.clone().map(|cut| vec![whole[..cut].to_vec(), whole[cut..].to_vec()]).collect();
    let fake = Fake::in_turn(answers, Then::Close).await;
    for cut in cuts {
        let (text, error) = fake.complete().await;
        assert!(error.is_none() && text == "Grüße [1].", "cut at {cut}: `{text}` {error:?}");
    }
    let single = whole.iter().map(|byte| vec![*byte]).collect();
    assert_eq!(Fake::new(single, Then::Close).await.complete().await.0, "Grüße [1].");
}

#[tokio::test]
async fn done_is_the_end_though_the_connection_stays() {
    let fake = Fake::new(vec![format!("{HEAD}{REPLY}").into_bytes()], Then::Stay).await;
    let (text, error) = fake.complete().await;
    assert!(error.is_none() && text == "Grüße [1].", "`{text}` {error:?}");
}

#[tokio::test]
async fn a_server_may_ignore_that_a_stream_was_asked_for() {
    let fake = Fake::answering("200 OK", "content-type: application/json\r\n", DOCUMENT).await;
    let (text, error) = fake.complete().await;
    assert!(error.is_none() && text == "Grüße [1].", "`{text}` {error:?}");
}

#[tokio::test]
async fn a_request_is_as_documented() {
    let fake = Fake::answering("200 OK", "", REPLY).await;
    fake.complete().await;
    let asked = fake.asked();
    let (head, body) = asked[0].split_once("\r\n\r\n").expect("a body");
    assert!(head.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"), "{head}");
    assert!(head.contains(&format!("authorization: Bearer {KEY}")), "{head}");
    let body: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!((&body["model"], &body["stream"]), (&"gpt-4o-mini".into(), &true.into()));
    assert_eq!((&body["messages"][0]["role"], &body["messages"][1]["role"]), (&"system".into(), &"user".into()));
    assert!(body["messages"][1]["content"].as_str().is_some_and(|text| text.contains("Run undo.")));
}

#[rstest]
#[case::no_key("401 Unauthorized", r#"{"error":{"message":"Incorrect API key provided: sk-canary-5.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#, "unauthorized", "Incorrect API key provided: ….")]
#[case::no_model("404 Not Found", r#"{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#, "not_found", "The model `gpt-9` does not exist")]
#[case::local_model(
    "404 Not Found",
    r#"{"error":"model 'x' not found, try pulling it first"}"#,
    "not_found",
    "try pulling it first"
)]
#[case::quota("429 Too Many Requests", r#"{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#, "rate_limited", "You exceeded")]
#[case::forbidden("403 Forbidden", r#"{"error":{"message":"Country not supported"}}"#, "not_permitted", "Country")]
#[case::too_long("400 Bad Request", r#"{"error":{"message":"maximum context length"}}"#, "bad_request", "maximum")]
#[case::proxy("502 Bad Gateway", "<html>bad</html>", "server_error", "502")]
#[case::moved("307 Temporary Redirect", "", "unexpected_status", "307")]
#[case::a_page("200 OK", "<!doctype html><title>Sign in</title>", "unexpected_reply", "web page")]
#[tokio::test]
async fn a_refusal_is_an_error(#[case] status: &str, #[case] body: &str, #[case] code: &str, #[case] says: &str) {
    let fake = Fake::answering(status, "location: /elsewhere\r\nretry-after: 7\r\n", body).await;
    let (text, error) = fake.complete().await;
    let error = error.expect("an error");
    assert_eq!((text.as_str(), error.code()), ("", code));
    assert!(error.to_string().contains(says) && !error.hint().is_empty(), "{error}");
    assert!(!format!("{error:?} {error} {:?}", fake.client).contains(KEY));
    assert_eq!(fake.asked().len(), 1, "no redirect is followed, and nothing is asked twice");
    if let ChatError::RateLimited { wait, .. } = error {
        assert_eq!(wait, Some(Duration::from_secs(7)));
    }
}

#[tokio::test]
async fn a_long_error_is_clipped() {
    let body = format!("{{\"error\":{{\"message\":\"{}\"}}}}", "x".repeat(5_000));
    let error = Fake::answering("400 Bad Request", "", &body).await.complete().await.1.expect("an error");
    assert!(matches!(error, ChatError::BadRequest { message } if message.len() == 300));
}

#[rstest]
#[case::between_events(REPLY.find("\n\ndata: {\"id\":\"chatcmpl-123\",\"choices\":[{\"index\":0,\"delta\":{}").unwrap(), "Grüße [1].")]
#[case::within_an_event(REPLY.find(" [1]").unwrap(), "Grüße")]
#[case::before_any(0, "")]
#[tokio::test]
async fn a_broken_reply_is_no_whole_one(#[case] length: usize, #[case] before: &str) {
    let (text, error) = Fake::answering("200 OK", "", &REPLY[..length]).await.complete().await;
    assert_eq!((text.as_str(), error.map(|error| error.code())), (before, Some("cut_short")));
}

#[tokio::test]
async fn a_connection_that_breaks_is_told() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n";
    let start = &REPLY[..REPLY.find(" [1]").unwrap()];
    let fake = Fake::new(vec![format!("{head}{start}").into_bytes()], Then::Close).await;
    let (text, error) = fake.complete().await;
    assert_eq!((text.as_str(), error.map(|error| error.code())), ("Grüße", Some("cut_short")));
}

#[tokio::test]
async fn an_error_in_the_stream_ends_it() {
    let start = &REPLY[..REPLY.find("data: {\"id\":\"chatcmpl-123\",\"choices\":[{\"index\":0,\"delta\":{}").unwrap()];
    let body = format!("{start}data: {{\"error\":{{\"message\":\"out of memory, {KEY}\"}}}}\n\n");
    let (text, error) = Fake::answering("200 OK", "", &body).await.complete().await;
    let error = error.expect("an error");
    assert_eq!((text.as_str(), error.code()), ("Grüße [1].", "reply_failed"));
    assert_eq!(error.to_string(), "the endpoint broke off: `out of memory, …`");
}

#[rstest]
#[case::before_the_answer("", "")]
#[case::within_the_answer("HTTP/1.1 200 OK\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", "a")]
#[tokio::test]
async fn silence_is_not_waited_for(#[case] sent: &str, #[case] before: &str) {
    let fake = Fake::new(vec![sent.as_bytes().to_vec()], Then::Stay).await;
    let (text, error) = fake.complete().await;
    assert_eq!((text.as_str(), error.map(|error| error.code())), (before, Some("timeout")));
}

#[tokio::test]
async fn a_reply_without_end_is_not_read_on() {
    let event = format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{}\"}}}}]}}\n\n", "x".repeat(1000));
    let mut writes = vec![HEAD.as_bytes().to_vec()];
    writes.resize(1200, event.into_bytes());
    let (text, error) = Fake::new(writes, Then::Close).await.complete().await;
    assert_eq!(error.map(|error| error.code()), Some("too_large"));
    assert!(text.len() <= 1024 * 1024);
}

#[tokio::test]
async fn nobody_listens() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap()).parse().unwrap();
    drop(listener);
    let client = Client::new(Endpoint { url, model: "m".to_owned(), key: None }).unwrap();
    let error = client.models().await.unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), ("network", "no connection to `127.0.0.1`"));
    assert!(error.source().is_some());
}

#[rstest]
#[case::openai(r#"{"object":"list","data":[{"id":"gpt-4o-mini","object":"model","created":1,"owned_by":"o"},{"id":"a","object":"model"}]}"#, Some(&["a", "gpt-4o-mini"][..]))]
#[case::none(r#"{"object":"list","data":[]}"#, Some(&[][..]))]
#[case::odd(r#"{"data":[{"name":"x"},{"id":5},{"id":"b"},{"id":"b"}]}"#, Some(&["b"][..]))]
#[case::another_shape(r#"{"models":[]}"#, None)]
#[case::a_page("<html></html>", None)]
#[tokio::test]
async fn models_are_listed(#[case] body: &str, #[case] names: Option<&[&str]>) {
    let fake = Fake::answering("200 OK", "content-type: application/json\r\n", body).await;
    match (fake.client.models().await, names) {
        (Ok(models), Some(names)) => assert_eq!(models, names),
        (Err(error), None) => assert_eq!(error.code(), "unexpected_reply"),
        (models, _) => panic!("{models:?}"),
    }
    assert!(fake.asked()[0].starts_with("GET /v1/models HTTP/1.1\r\n"));
}
