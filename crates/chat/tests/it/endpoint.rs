//! A fake endpoint on loopback: it records what it is asked, and answers byte for byte as told.

use std::sync::{Arc, Mutex};

use chat::{ChatError, Client, Endpoint, Patience, Prompt, Source};
use futures::StreamExt;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub(crate) const KEY: &str = "sk-canary-5";

/// What comes after the bytes of an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Then {
    Close,
    Stay,
}

pub(crate) struct Fake {
    pub(crate) client: Client,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    /// Answers every request with these writes, one after the other.
    pub(crate) async fn new(writes: Vec<Vec<u8>>, then: Then) -> Self {
        Self::in_turn(vec![writes], then).await
    }

    /// Answers each request with the next of these, and all beyond with the first ones again.
    pub(crate) async fn in_turn(answers: Vec<Vec<Vec<u8>>>, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let url = format!("http://{}/v1", listener.local_addr().expect("an address")).parse().expect("a URL");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let record = asked.clone();
        tokio::spawn(async move {
            for writes in answers.iter().cycle() {
                let Ok((mut socket, _)) = listener.accept().await else { break };
                let request = request(&mut socket).await;
                record.lock().unwrap().push(request);
                for bytes in writes {
                    let _ = socket.write_all(bytes).await;
                    let _ = socket.flush().await;
                    tokio::task::yield_now().await;
                }
                if then == Then::Stay {
                    // Until the other side hangs up.
                    let _ = socket.read(&mut [0]).await;
                }
            }
        });
        let endpoint = Endpoint { url, model: "gpt-4o-mini".to_owned(), key: Some(KEY.into()) };
        let patience = Patience { silence: std::time::Duration::from_millis(300), ..Patience::default() };
        Self { client: Client::with_patience(endpoint, patience).expect("a client"), asked }
    }

    /// A status line, headers and a body without a length, which ends where the connection does.
    pub(crate) async fn answering(status: &str, headers: &str, body: &str) -> Self {
        let head = format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\n\r\n");
        Self::new(vec![head.into_bytes(), body.as_bytes().to_vec()], Then::Close).await
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// The text that came, and the error that ended it.
    pub(crate) async fn complete(&self) -> (String, Option<ChatError>) {
        let source = Source { title: "Deploys".to_owned(), heading_path: Vec::new(), text: "Run undo.".to_owned() };
        let mut pieces = self.client.complete(&Prompt::grounded("How?", "Be short.", &[source]));
        let mut text = String::new();
        while let Some(piece) = pieces.next().await {
            match piece {
                Ok(piece) => text.push_str(&piece),
                Err(error) => {
                    assert!(pieces.next().await.is_none(), "an error is the end");
                    return (text, Some(error));
                }
            }
        }
        (text, None)
    }
}

async fn request(socket: &mut TcpStream) -> String {
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let count = socket.read(&mut buffer).await.unwrap_or(0);
        seen.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&seen).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            if count == 0 {
                return text;
            }
            continue;
        };
        let length =
            head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
        if count == 0 || body.len() >= length.unwrap_or(0) {
            return text;
        }
    }
}
