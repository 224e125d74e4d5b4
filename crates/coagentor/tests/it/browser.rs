//! A browser in a few lines: opens the authorize address, answers yes, and tells where it was sent.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::{Position, Url};

/// Answers the consent page; gives the callback's address.
pub(crate) async fn allow(authorize: &Url) -> Url {
    let mut url = authorize.clone();
    url.query_pairs_mut().append_pair("auto", "allow");
    let target = &url[Position::BeforePath..Position::AfterQuery];
    let authority = &url[Position::BeforeHost..Position::AfterPort];
    let mut stream = TcpStream::connect(authority).await.expect("connects");
    let request = format!("GET {target} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sends");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("reads");
    let mut lines = answer.lines().filter_map(|line| line.split_once(": "));
    let location = lines.find(|(name, _)| name.eq_ignore_ascii_case("location")).expect("a Location header").1;
    location.trim().parse().expect("an address")
}

/// Opens the authorize address and gives the page that the person sees.
pub(crate) async fn open(address: &Url) -> String {
    let target = &address[Position::BeforePath..Position::AfterQuery];
    let authority = &address[Position::BeforeHost..Position::AfterPort];
    let mut stream = TcpStream::connect(authority).await.expect("connects");
    let request = format!("GET {target} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sends");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("reads");
    answer
}
