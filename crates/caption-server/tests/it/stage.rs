//! A server, and a program that speaks HTTP by hand.

use caption_server::{Fed, Options, Server};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
};

pub(crate) const TOKEN: &str = "token-canary-7f3a";

pub(crate) struct Stage {
    pub server: Server,
    pub fed: mpsc::Receiver<Fed>,
}

/// An answer: status, head in lower case, body.
pub(crate) type Answer = (u16, String, String);

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::with_queue(1024).await
    }

    pub(crate) async fn with_queue(queue: usize) -> Self {
        let options = Options { queue, ..Options::with_token(TOKEN) };
        let (server, fed) = Server::start(options).await.expect("starts");
        Self { server, fed }
    }

    pub(crate) fn host(&self) -> String {
        self.server.address().to_string()
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.server.address()).await.expect("connects")
    }

    /// Sends these bytes and reads what is answered to its end.
    pub(crate) async fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect().await;
        stream.write_all(request).await.expect("sends");
        answer(&mut stream).await
    }

    pub(crate) async fn post_as(&self, content_type: &str, body: &[u8]) -> Answer {
        let (host, length) = (self.host(), body.len());
        let head = format!(
            "POST /captions HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
        );
        self.send(&[head.as_bytes(), body].concat()).await
    }

    pub(crate) async fn post(&self, body: impl AsRef<[u8]>) -> Answer {
        self.post_as("text/plain", body.as_ref()).await
    }

    /// The next text that came out, or what else did.
    pub(crate) async fn next(&mut self) -> String {
        match self.fed.recv().await {
            Some(Fed::Caption(caption)) => caption.text,
            Some(Fed::Problem(problem)) => format!("! {problem}"),
            Some(Fed::Ended) => "(ended)".to_owned(),
            None => "(closed)".to_owned(),
        }
    }

    /// Whether nothing waits to be taken.
    pub(crate) fn is_empty(&mut self) -> bool {
        self.fed.try_recv() == Err(mpsc::error::TryRecvError::Empty)
    }
}

/// Reads an answer to the end of the connection.
pub(crate) async fn answer(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.expect("answers");
    let text = String::from_utf8(bytes).expect("is text");
    let (head, body) = text.split_once("\r\n\r\n").expect("has a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("has a status");
    (status, head.to_lowercase(), body.to_owned())
}
