//! More than can be taken.

use futures::SinkExt;
use tokio::{io::AsyncWriteExt, net::TcpStream};
use tokio_tungstenite::{client_async, tungstenite::Message};

use crate::stage::{Stage, TOKEN, answer};

fn lines(count: usize) -> String {
    "x\n".repeat(count)
}

#[tokio::test]
async fn a_burst_and_then_later() {
    let mut stage = Stage::new().await;
    assert_eq!(stage.post(lines(400)).await.0, 200);
    let (status, head, said) = stage.post(lines(400)).await;
    assert_eq!((status, said.as_str()), (429, r#"{"error":"too many captions; nothing was taken"}"#));
    let seconds: u64 =
        head.split("retry-after: ").nth(1).and_then(|rest| rest.lines().next()).unwrap().parse().unwrap();
    assert!((1..=2).contains(&seconds), "{head}");
    for _ in 0..400 {
        assert_eq!(stage.next().await, "x");
    }
    assert!(stage.is_empty(), "nothing of what was refused");
}

#[tokio::test]
async fn more_than_a_burst_is_never_taken() {
    let mut stage = Stage::new().await;
    let (status, _, said) = stage.post(lines(401)).await;
    assert_eq!((status, said.as_str()), (413, r#"{"error":"a request has at most 400 captions"}"#));
    assert!(stage.is_empty());
    assert_eq!(stage.post(lines(400)).await.0, 200, "and it cost nothing");
}

#[tokio::test]
async fn a_slow_receiver_makes_senders_wait() {
    let mut stage = Stage::with_queue(2).await;
    let mut stream = stage.connect().await;
    let body = "a\nb\nc\nd\n";
    let head = format!(
        "POST /captions?token={TOKEN} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n{body}",
        stage.host(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    while stage.fed.len() < 2 {
        tokio::task::yield_now().await;
    }
    let url = format!("{}?token={TOKEN}", stage.server.web_socket_url());
    let (mut socket, _) = client_async(url, stage.connect().await).await.unwrap();
    socket.send(Message::text("e\nf")).await.unwrap();
    let mut all = Vec::new();
    for _ in 0..6 {
        assert!(stage.fed.len() <= 2);
        all.push(stage.next().await);
    }
    assert_eq!(answer(&mut stream).await.2, r#"{"problems":[],"taken":4}"#);
    let of = |set: &str| all.iter().filter(|text| set.contains(text.as_str())).cloned().collect::<String>();
    assert_eq!((of("abcd"), of("ef")), ("abcd".to_owned(), "ef".to_owned()), "each in its order");
}

#[tokio::test]
async fn a_flood_over_a_web_socket_is_slowed_and_not_lost() {
    let mut stage = Stage::new().await;
    let url = format!("{}?token={TOKEN}", stage.server.web_socket_url());
    let (mut socket, _) = client_async(url, stage.connect().await).await.unwrap();
    for _ in 0..5 {
        socket.send(Message::text(lines(100))).await.unwrap();
    }
    for _ in 0..500 {
        assert_eq!(stage.next().await, "x");
    }
    assert_eq!(stage.post(lines(400)).await.0, 429, "they share what may be said");
}

#[tokio::test]
async fn eight_connections_at_once() {
    let stage = Stage::new().await;
    let url = format!("{}?token={TOKEN}", stage.server.web_socket_url());
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(client_async(&url, stage.connect().await).await.expect("opens").0);
    }
    let (status, head, _) = stage.post("Hello").await;
    assert!(status == 503 && head.contains("retry-after: 1"), "{head}");
    open.pop();
    // The place is free as soon as the server saw the end.
    while stage.post("Hello").await.0 == 503 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn those_who_say_nothing_are_ended_by_a_stop() {
    let stage = Stage::new().await;
    let mut silent: Vec<TcpStream> = Vec::new();
    for _ in 0..30 {
        silent.push(stage.connect().await);
    }
    let Stage { server, mut fed } = stage;
    server.stop().await;
    assert!(fed.recv().await.is_none());
}
