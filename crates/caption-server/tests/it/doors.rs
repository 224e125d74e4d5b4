//! Who is let in.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use caption_server::{Options, Server, ServerError};
use rstest::rstest;

use crate::stage::{Stage, TOKEN};

/// Request lines and headers; `PORT` stands for the port.
#[rstest]
#[case::fine("POST /captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer TOKEN"], 200)]
#[case::by_name("POST /captions", &["Host: localhost:PORT", "Authorization: Bearer TOKEN"], 200)]
#[case::scheme_in_small("POST /captions", &["Host: localhost:PORT", "Authorization: bearer TOKEN"], 200)]
#[case::token_in_query("POST /captions?token=TOKEN", &["Host: 127.0.0.1:PORT"], 200)]
#[case::token_escaped("POST /captions?a=b&token=%74oken-canary-7f3a", &["Host: 127.0.0.1:PORT"], 200)]
#[case::local_page("POST /captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer TOKEN", "Origin: http://localhost:5173"], 200)]
#[case::whole_address("POST http://127.0.0.1:PORT/captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer TOKEN"], 200)]
#[case::rebound_name("POST /captions", &["Host: evil.example:PORT", "Authorization: Bearer TOKEN"], 421)]
#[case::other_port("POST /captions", &["Host: 127.0.0.1:1", "Authorization: Bearer TOKEN"], 421)]
#[case::no_port("POST /captions", &["Host: 127.0.0.1", "Authorization: Bearer TOKEN"], 421)]
#[case::two_hosts("POST /captions", &["Host: 127.0.0.1:PORT", "Host: evil.example", "Authorization: Bearer TOKEN"], 421)]
#[case::no_host("POST /captions", &["Authorization: Bearer TOKEN"], 421)]
#[case::other_address("POST http://evil.example/captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer TOKEN"], 421)]
#[case::foreign_page("POST /captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer TOKEN", "Origin: https://evil.example"], 403)]
#[case::sandboxed_page("POST /captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer TOKEN", "Origin: null"], 403)]
#[case::two_origins("POST /captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer TOKEN", "Origin: http://localhost", "Origin: https://evil.example"], 403)]
#[case::no_token("POST /captions", &["Host: 127.0.0.1:PORT"], 401)]
#[case::wrong_token("POST /captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer TOKEX"], 401)]
#[case::half_a_token("POST /captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer token-canary"], 401)]
#[case::more_than_a_token("POST /captions", &["Host: 127.0.0.1:PORT", "Authorization: Bearer TOKEN1"], 401)]
#[case::empty_token("POST /captions?token=", &["Host: 127.0.0.1:PORT"], 401)]
#[case::another_scheme("POST /captions", &["Host: 127.0.0.1:PORT", "Authorization: Basic TOKEN"], 401)]
#[case::the_header_counts("POST /captions?token=TOKEN", &["Host: 127.0.0.1:PORT", "Authorization: Bearer wrong"], 401)]
#[case::unknown_without_token("GET /other", &["Host: 127.0.0.1:PORT"], 401)]
#[case::unknown("GET /other?token=TOKEN", &["Host: 127.0.0.1:PORT"], 404)]
#[case::not_a_web_socket("GET /captions?token=TOKEN", &["Host: 127.0.0.1:PORT"], 400)]
#[case::other_method("DELETE /captions?token=TOKEN", &["Host: 127.0.0.1:PORT"], 405)]
#[case::asks_for_permission("OPTIONS /captions?token=TOKEN", &["Host: 127.0.0.1:PORT", "Origin: http://localhost:5173", "Access-Control-Request-Method: POST"], 405)]
#[case::foreign_web_socket("GET /captions?token=TOKEN", &["Host: 127.0.0.1:PORT", "Origin: https://evil.example", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="], 403)]
#[case::web_socket_without_token("GET /captions", &["Host: 127.0.0.1:PORT", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="], 401)]
#[tokio::test]
async fn a_request(#[case] line: &str, #[case] headers: &[&str], #[case] status: u16) {
    let mut stage = Stage::new().await;
    let body = if line.starts_with("POST") { "Hello" } else { "" };
    let port = stage.server.address().port().to_string();
    let request =
        format!("{line} HTTP/1.1\r\n{}\r\nContent-Length: {}\r\n\r\n{body}", headers.join("\r\n"), body.len());
    let request = request.replace("PORT", &port).replace("TOKEN", TOKEN).replace("TOKEX", "token-canary-7f3b");
    let (answered, head, said) = stage.send(request.as_bytes()).await;
    assert_eq!(answered, status, "{said}");
    assert!(head.contains("cache-control: no-store") && head.contains("connection: close"), "{head}");
    assert!(!head.contains("access-control-"), "{head}");
    assert!(!said.contains(TOKEN) && !head.contains(TOKEN));
    if status == 200 {
        assert_eq!(stage.next().await, "Hello");
    }
    assert!(stage.is_empty());
}

#[rstest]
#[case("")]
#[case("two words")]
#[case("tökén")]
#[case("line\nbreak")]
#[tokio::test]
async fn a_token_that_keeps_nobody_out(#[case] token: &str) {
    assert!(matches!(Server::start(Options::with_token(token)).await, Err(ServerError::Token)));
}

#[tokio::test]
async fn addresses() {
    let stage = Stage::new().await;
    let address = stage.server.address();
    assert!(address.ip().is_loopback() && address.port() > 0);
    assert_eq!(stage.server.post_url(), format!("http://127.0.0.1:{}/captions", address.port()));
    assert_eq!(stage.server.web_socket_url(), format!("ws://127.0.0.1:{}/captions", address.port()));
    let taken = Server::start(Options { port: address.port(), ..Options::with_token(TOKEN) }).await;
    assert!(matches!(taken, Err(ServerError::Bind { port, .. }) if port == address.port()));
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_token_is_nowhere() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let stage = Stage::new().await;
    let host = stage.host();
    for line in ["POST /captions", "GET /captions", "GET /elsewhere"] {
        stage
            .send(format!("{line}?token={TOKEN} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n").as_bytes())
            .await;
    }
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("answered") && !text.contains(TOKEN), "{text}");
    let debug = format!("{:?} {:?}", Options::with_token(TOKEN), stage.server);
    assert!(!debug.contains(TOKEN), "{debug}");
}
