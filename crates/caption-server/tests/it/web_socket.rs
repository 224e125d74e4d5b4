//! What is said over a connection that stays.

use futures::{SinkExt, StreamExt};
use rstest::rstest;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Bytes, Message, client::IntoClientRequest},
};

use crate::stage::{Stage, TOKEN};

type Socket = WebSocketStream<TcpStream>;

async fn open(stage: &Stage) -> Socket {
    let url = format!("{}?token={TOKEN}", stage.server.web_socket_url());
    client_async(url, stage.connect().await).await.expect("opens").0
}

/// The code that the server closes with.
async fn close_code(socket: &mut Socket) -> Option<u16> {
    while let Some(message) = socket.next().await {
        match message {
            Ok(Message::Close(frame)) => return frame.map(|frame| frame.code.into()),
            Ok(_) => {}
            Err(_) => return None,
        }
    }
    None
}

#[tokio::test]
async fn messages_of_lines() {
    let mut stage = Stage::new().await;
    let mut socket = open(&stage).await;
    for text in [r#"{"text":"a"}"#, "{\"text\":\"b\"}\n{\"text\":\"c\"}\n", "Ann Lee: d\ne", "{\"text\"", "f"] {
        socket.send(Message::text(text)).await.unwrap();
    }
    socket.send(Message::Ping(Bytes::from_static(b"x"))).await.unwrap();
    for expected in ["a", "b", "c", "d", "e", "! line 1: not a JSON object (EOF while parsing an object); skipped", "f"]
    {
        assert_eq!(stage.next().await, expected);
    }
    assert_eq!(socket.next().await.unwrap().unwrap(), Message::Pong(Bytes::from_static(b"x")));
    socket.close(None).await.unwrap();
    assert_eq!(stage.next().await, "(ended)");
    assert!(stage.is_empty());
}

#[tokio::test]
async fn the_token_may_be_in_a_header() {
    let mut stage = Stage::new().await;
    let mut request = stage.server.web_socket_url().into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {TOKEN}").parse().unwrap());
    let (mut socket, answer) = client_async(request, stage.connect().await).await.unwrap();
    assert!(!answer.headers().keys().any(|name| name.as_str().starts_with("access-control")));
    socket.send(Message::text("Hello")).await.unwrap();
    assert_eq!(stage.next().await, "Hello");
}

#[rstest]
#[case::binary(Message::binary(b"Hello".to_vec()), 1003, "! a message was refused: captions are text")]
#[case::long(Message::text("x".repeat(64 * 1024 + 1)), 1009, "! a message was refused: a message has at most 64 KiB")]
#[case::longer_than_is_received(Message::text("x".repeat(1024 * 1024 + 1)), 1009, "! a message was refused: a message has at most 64 KiB")]
#[tokio::test]
async fn a_message_that_ends_it(#[case] message: Message, #[case] code: u16, #[case] told: &str) {
    let mut stage = Stage::new().await;
    let mut socket = open(&stage).await;
    socket.send(Message::text("before")).await.unwrap();
    // The server may close while a long message is still on its way.
    let _ = socket.send(message).await;
    assert_eq!(close_code(&mut socket).await, Some(code));
    drop(socket);
    for expected in ["before", told, "(ended)"] {
        assert_eq!(stage.next().await, expected);
    }
    assert!(stage.is_empty());
}

#[tokio::test]
async fn a_message_of_the_longest_kind() {
    let mut stage = Stage::new().await;
    let mut socket = open(&stage).await;
    let text = format!("{}\nend", "words ".repeat((64 * 1024 - 4) / 6));
    socket.send(Message::text(text)).await.unwrap();
    assert!(stage.next().await.starts_with("! line 1: longer than 8,000 characters"));
    assert!(stage.next().await.starts_with("words words"));
    assert_eq!(stage.next().await, "end");
}

#[tokio::test]
async fn two_at_once() {
    let mut stage = Stage::new().await;
    let (mut one, mut two) = (open(&stage).await, open(&stage).await);
    one.send(Message::text("Ann: One")).await.unwrap();
    assert_eq!(stage.next().await, "One");
    two.send(Message::text("Bob: Two")).await.unwrap();
    assert_eq!(stage.next().await, "Two");
    one.close(None).await.unwrap();
    assert_eq!(stage.next().await, "(ended)");
    two.send(Message::text("Bob: Three")).await.unwrap();
    assert_eq!(stage.next().await, "Three");
    assert_eq!(stage.post("Four").await.0, 200);
    assert_eq!(stage.next().await, "Four");
}

#[tokio::test]
async fn who_is_cut_off_has_ended() {
    let mut stage = Stage::new().await;
    let mut socket = open(&stage).await;
    socket.send(Message::text("Hello")).await.unwrap();
    assert_eq!(stage.next().await, "Hello");
    drop(socket);
    assert_eq!(stage.next().await, "(ended)");
}

#[rstest]
#[case::stopped(true)]
#[case::dropped(false)]
#[tokio::test]
async fn stopping_ends_connections(#[case] is_stopped: bool) {
    let stage = Stage::new().await;
    let mut socket = open(&stage).await;
    let address = stage.server.address();
    let Stage { server, mut fed } = stage;
    socket.send(Message::text("Hello")).await.unwrap();
    assert!(fed.recv().await.is_some());
    let closing = tokio::spawn(async move { close_code(&mut socket).await });
    if is_stopped {
        server.stop().await;
        assert!(TcpStream::connect(address).await.is_err());
    } else {
        drop(server);
    }
    assert_eq!(closing.await.unwrap(), Some(1001));
    while fed.recv().await.is_some() {}
}

#[tokio::test]
async fn without_a_receiver_it_closes() {
    let mut stage = Stage::new().await;
    let mut socket = open(&stage).await;
    stage.fed.close();
    socket.send(Message::text("Hello")).await.unwrap();
    assert_eq!(close_code(&mut socket).await, Some(1001));
    assert_eq!(stage.post("Hello").await.0, 503);
}
