//! A server that answers requests by script, for bodies that no decent server sends.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// A running script; it ends with the test.
pub(crate) struct Scripted {
    pub(crate) url: Url,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// Answers the first request with the first body, and so on; the last one is repeated. Each is a whole HTTP answer.
    pub(crate) async fn start(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let url = format!("http://{}", listener.local_addr().expect("an address")).parse().expect("a URL");
        let requests = Arc::new(Mutex::new(Vec::new()));
        tokio::spawn(serve(listener, answers, Arc::clone(&requests)));
        Self { url, requests }
    }

    /// Request lines so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("the lock").clone()
    }
}

async fn serve(listener: TcpListener, answers: Vec<String>, requests: Arc<Mutex<Vec<String>>>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let head = read_head(&mut stream).await;
        let answer = {
            let mut requests = requests.lock().expect("the lock");
            requests.push(head.lines().next().unwrap_or_default().to_owned());
            answers[(requests.len() - 1).min(answers.len() - 1)].clone()
        };
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
    }
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read_buf(&mut head).await {
            Ok(read) if read > 0 => {}
            _ => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// A whole HTTP answer of status 200.
pub(crate) fn ok(body: &str) -> String {
    with_headers(body, "Content-Type: application/json\r\n")
}

/// The same with headers of the caller's, each ending its line.
pub(crate) fn with_headers(body: &str, headers: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}
