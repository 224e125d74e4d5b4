//! What the broker takes, and what not.

use broker::RateLimit;
use rstest::rstest;

use crate::stage::{CLIENT_ID, CLIENT_SECRET, Stage, header, send};

fn refresh(client_id: &str, token: &str) -> String {
    format!(r#"{{"grant_type":"refresh_token","client_id":"{client_id}","refresh_token":"{token}"}}"#)
}

#[rstest]
#[case::not_json("POST", "refresh", "refresh_token=x".to_owned(), 400)]
#[case::nothing("POST", "refresh", String::new(), 400)]
#[case::another_client("POST", "refresh", refresh("other", "token"), 400)]
#[case::line_break("POST", "refresh", refresh(CLIENT_ID, "a\\nb"), 400)]
#[case::too_large("POST", "exchange", refresh(CLIENT_ID, &"x".repeat(16_400)), 413)]
#[case::wrong_method("GET", "refresh", String::new(), 405)]
#[case::unknown("POST", "oauth/token", refresh(CLIENT_ID, "token"), 404)]
#[tokio::test]
async fn what_is_not_a_token_request_goes_nowhere(
    #[case] method: &str,
    #[case] path: &str,
    #[case] body: String,
    #[case] status: u16,
) {
    let stage = Stage::new().await;
    let (answered, head, body) = send(method, &format!("{}/{path}", stage.broker), &body).await;
    assert_eq!((answered, stage.token_requests()), (status, 0), "{body}");
    assert_eq!(header(&head, "cache-control").as_deref(), Some("no-store"));
    assert!(!body.contains(CLIENT_SECRET));
}

#[tokio::test]
async fn a_refusal_is_passed_on_as_it_is() {
    let stage = Stage::new().await;
    let (status, _, body) = send("POST", &format!("{}/refresh", stage.broker), &refresh(CLIENT_ID, "stolen")).await;
    assert_eq!((status, stage.token_requests()), (403, 1));
    assert!(body.contains("refresh_token is invalid") && !body.contains(CLIENT_SECRET), "{body}");
}

#[tokio::test]
async fn one_address_may_not_ask_for_ever() {
    let stage = Stage::with(CLIENT_SECRET, |settings| {
        settings.rate = RateLimit { burst: 2, per_minute: 1 };
        settings.behind_proxy = true;
    })
    .await;
    let health = format!("{}/health", stage.broker);
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(send("GET", &health, "").await);
    }
    assert_eq!(answers.iter().map(|(status, ..)| *status).collect::<Vec<_>>(), [200, 200, 429]);
    let wait: u64 = header(&answers[2].1, "retry-after").expect("says when").parse().expect("in seconds");
    assert!((1..=60).contains(&wait));
    // Of another address, as the proxy tells, it is the first request.
    let request = "GET /health HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 6.6.6.6, 1.2.3.4\r\nConnection: close\r\n\r\n";
    let mut stream =
        tokio::net::TcpStream::connect(stage.broker.trim_start_matches("http://")).await.expect("connects");
    tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes()).await.expect("sends");
    let mut answer = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut stream, &mut answer).await.expect("reads");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_not_waited_for() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("binds");
    let address = format!("http://{}", silent.local_addr().expect("has one"));
    let stage = Stage::with(CLIENT_SECRET, |settings| {
        settings.auth_url = address.parse().expect("an address");
        settings.patience = std::time::Duration::from_millis(100);
    })
    .await;
    let (status, _, body) = send("POST", &format!("{}/refresh", stage.broker), &refresh(CLIENT_ID, "token")).await;
    assert_eq!((status, body.as_str()), (504, ""));
}
