//! A browser in thirty lines: asks, and tells what came back.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Seen {
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub(crate) fn location(&self) -> Url {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(name, _)| name.eq_ignore_ascii_case("location"));
        found.and_then(|(_, location)| location.parse().ok()).expect("a Location header")
    }
}

/// GETs an address on this machine.
pub(crate) async fn get(url: &Url) -> Seen {
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    send(authority, &format!("GET {target} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n")).await
}

/// Sends a request as it is written.
pub(crate) async fn send(authority: &str, request: &str) -> Seen {
    let mut stream = TcpStream::connect(authority).await.expect("connects");
    stream.write_all(request.as_bytes()).await.expect("sends");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("reads");
    Seen::read(&answer)
}

/// Opens the authorize address as a person would, and answers its question; gives the callback's address.
pub(crate) async fn consent(authorize: &Url, answer: &str) -> Url {
    let mut url = authorize.clone();
    url.query_pairs_mut().append_pair("auto", answer);
    get(&url).await.location()
}
