//! The callback as an HTTP request: what is taken, and what is refused.

use url::Url;

use super::callback_page::{self, Language, Sentence};

/// Why a request is not looked at further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not an HTTP request, or another host's (DNS rebinding).
    Malformed,
    /// Larger than a callback is.
    TooLarge,
    /// A method other than GET.
    Method,
    /// Another path, for example the browser's `/favicon.ico`.
    Path,
    /// Another sign-in's callback.
    NotOurs,
}

impl Refusal {
    pub(super) fn response(self, language: Language) -> String {
        let (status, sentence) = match self {
            Self::Malformed => ("400 Bad Request", Sentence::NoCallback),
            Self::TooLarge => ("431 Request Header Fields Too Large", Sentence::NoCallback),
            Self::Method => ("405 Method Not Allowed", Sentence::NoCallback),
            Self::Path => ("404 Not Found", Sentence::NothingHere),
            Self::NotOurs => ("400 Bad Request", Sentence::AnotherSignIn),
        };
        callback_page::response(status, sentence, language)
    }
}

/// Whether the request's head has arrived.
pub(super) fn is_complete(head: &[u8]) -> bool {
    head.windows(4).any(|window| window == b"\r\n\r\n")
}

/// The callback's URL, if the request is one a browser makes for `http://127.0.0.1:PORT/callback`.
pub(super) fn parse(head: &[u8], port: u16) -> Result<Url, Refusal> {
    if !is_complete(head) {
        return Err(if head.len() > super::authorization::LONGEST_CALLBACK {
            Refusal::TooLarge
        } else {
            Refusal::Malformed
        });
    }
    let head = std::str::from_utf8(head).map_err(|_| Refusal::Malformed)?;
    let mut lines = head.split("\r\n");
    let target = target(lines.next().unwrap_or_default())?;
    let host = format!("127.0.0.1:{port}");
    if !has_one_host(lines, &host) {
        return Err(Refusal::Malformed);
    }
    let url = Url::parse(&format!("http://{host}{target}")).map_err(|_| Refusal::Malformed)?;
    if url.path() == "/callback" { Ok(url) } else { Err(Refusal::Path) }
}

fn target(request_line: &str) -> Result<&str, Refusal> {
    let mut words = request_line.split(' ');
    let (method, target, version) = (words.next(), words.next(), words.next());
    if words.next().is_some() || !version.is_some_and(|version| version.starts_with("HTTP/1.")) {
        return Err(Refusal::Malformed);
    }
    if method != Some("GET") {
        return Err(Refusal::Method);
    }
    target.filter(|target| target.starts_with('/')).ok_or(Refusal::Malformed)
}

fn has_one_host<'a>(headers: impl Iterator<Item = &'a str>, expected: &str) -> bool {
    let mut hosts = headers
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim());
    hosts.next() == Some(expected) && hosts.next().is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_browsers_request_is_a_callback() {
        let head = b"GET /callback?code=a%20b&state=s HTTP/1.1\r\nhost: 127.0.0.1:53683\r\nAccept: */*\r\n\r\n";
        let url = parse(head, 53683).expect("parses");
        assert_eq!(url.as_str(), "http://127.0.0.1:53683/callback?code=a%20b&state=s");
    }

    #[rstest]
    #[case::post("POST /callback HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n", Refusal::Method)]
    #[case::head("HEAD /callback HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n", Refusal::Method)]
    #[case::path("GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n", Refusal::Path)]
    #[case::host("GET /callback HTTP/1.1\r\nHost: evil.example\r\n\r\n", Refusal::Malformed)]
    #[case::no_host("GET /callback HTTP/1.1\r\n\r\n", Refusal::Malformed)]
    #[case::two_hosts("GET /callback HTTP/1.1\r\nHost: 127.0.0.1:9\r\nHost: x\r\n\r\n", Refusal::Malformed)]
    #[case::other_port("GET /callback HTTP/1.1\r\nHost: 127.0.0.1:8\r\n\r\n", Refusal::Malformed)]
    #[case::absolute("GET http://x/callback HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n", Refusal::Malformed)]
    #[case::authority("GET //x/callback HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n", Refusal::Path)]
    #[case::old("GET /callback\r\n\r\n", Refusal::Malformed)]
    #[case::cut("GET /callback HTTP/1.1\r\nHost: 127.0.0.1:9\r\n", Refusal::Malformed)]
    fn anything_else_is_refused(#[case] head: &str, #[case] refusal: Refusal) {
        assert_eq!(parse(head.as_bytes(), 9), Err(refusal));
    }

    #[test]
    fn an_endless_head_is_too_large() {
        assert_eq!(parse(&vec![b'a'; 20_000], 9), Err(Refusal::TooLarge));
    }

    proptest! {
        #[test]
        fn no_request_panics(head in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&[&head[..], b"\r\n\r\n"].concat(), 9);
        }
    }
}
