//! The callback on loopback: a listener that answers one browser, once.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::authorization::{Authorization, AuthorizationCode, LONGEST_CALLBACK};
use super::callback_page::{self, Language, Sentence};
use super::callback_request::{self, Refusal};
use super::error::AuthError;

/// A browser sends its request at once; a connection that does not is left.
const REQUEST_TIME: Duration = Duration::from_secs(5);
/// Connections that may be open at once. Browsers open a few in advance.
const CONNECTIONS: usize = 16;

/// A listener on `http://127.0.0.1:PORT/callback`. Bind it before the browser opens.
#[derive(Debug)]
pub struct LoopbackCallback {
    listener: TcpListener,
    port: u16,
}

impl LoopbackCallback {
    /// Opens the port; 0 takes any free one, which only a test's authorization server accepts.
    pub async fn bind(port: u16) -> Result<Self, AuthError> {
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AddrInUse => AuthError::PortTaken { port },
            _ => AuthError::Listen { port, source: Arc::new(source) },
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        Ok(Self { listener, port })
    }

    /// The callback URL, with the literal address: Atlassian tells `localhost` and `127.0.0.1` apart.
    pub fn redirect(&self) -> Result<Url, AuthError> {
        Url::parse(&format!("http://127.0.0.1:{}/callback", self.port))
            .map_err(|_| AuthError::Configuration { reason: "the callback address is not a URL" })
    }

    /// Waits for the browser. Requests that are not this sign-in's callback are answered and forgotten. Dropping the
    /// future cancels the wait and frees the port.
    pub async fn wait(self, authorization: &Authorization, timeout: Duration) -> Result<AuthorizationCode, AuthError> {
        tokio::time::timeout(timeout, self.serve(authorization)).await.unwrap_or(Err(AuthError::TimedOut))
    }

    async fn serve(&self, authorization: &Authorization) -> Result<AuthorizationCode, AuthError> {
        let mut open = FuturesUnordered::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept(), if open.len() < CONNECTIONS => match accepted {
                    Ok((stream, _)) => open.push(answer(stream, authorization, self.port)),
                    // One connection failed, or the process is short of files for a moment; the listener lives on.
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                },
                Some(outcome) = open.next(), if !open.is_empty() => if let Some(outcome) = outcome {
                    return outcome;
                },
            }
        }
    }
}

/// Answers one connection; `Some` ends the sign-in.
async fn answer(
    mut stream: TcpStream,
    authorization: &Authorization,
    port: u16,
) -> Option<Result<AuthorizationCode, AuthError>> {
    let head = tokio::time::timeout(REQUEST_TIME, read_head(&mut stream)).await.ok()?.ok()?;
    let language = Language::preferred(&head);
    let (response, outcome) = match callback_request::parse(&head, port) {
        Err(refusal) => (refusal.response(language), None),
        Ok(callback) => judge(authorization.accept(&callback), language),
    };
    // The sign-in is decided by now, whether or not the browser waits for its page.
    let _ = tokio::time::timeout(REQUEST_TIME, reply(&mut stream, &response)).await;
    outcome
}

fn judge(
    accepted: Result<AuthorizationCode, AuthError>,
    language: Language,
) -> (String, Option<Result<AuthorizationCode, AuthError>>) {
    let page = |sentence| callback_page::response("200 OK", sentence, language);
    match accepted {
        Err(AuthError::StateMismatch | AuthError::CallbackRejected { .. }) => {
            (Refusal::NotOurs.response(language), None)
        }
        Err(error) => (page(Sentence::NotGranted), Some(Err(error))),
        Ok(code) => (page(Sentence::SignedIn), Some(Ok(code))),
    }
}

/// Reads up to the blank line, or to the limit.
async fn read_head(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut limited = stream.take(2 * LONGEST_CALLBACK as u64);
    while !callback_request::is_complete(&head) && limited.read_buf(&mut head).await? > 0 {}
    Ok(head)
}

async fn reply(stream: &mut TcpStream, response: &str) -> io::Result<()> {
    stream.write_all(response.as_bytes()).await?;
    stream.shutdown().await
}
