//! The only place of this crate that sends HTTP.

use std::{sync::Arc, time::Duration};

use futures::{Stream, StreamExt, stream};
use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    ChatError, Endpoint, Patience, Prompt,
    reply::{Fault, Reply},
    said, tls,
};

/// Most that is read of a reply, in bytes.
const MOST: usize = 1024 * 1024;
/// Most that is read of an error, in bytes.
const MOST_OF_ERROR: usize = 64 * 1024;

/// Asks one endpoint. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    http: reqwest::Client,
    endpoint: Endpoint,
    authorization: Option<HeaderValue>,
    patience: Patience,
}

/// Where a reply is.
enum Step {
    Ask(RequestBuilder),
    Read { response: Response, reply: Reply, size: usize },
    Fail(ChatError),
    End,
}

#[derive(Deserialize)]
struct Models {
    data: Vec<Value>,
}

impl Client {
    /// A client of `endpoint`. Fails where its address or its key can't be used; nothing is sent yet.
    pub fn new(endpoint: Endpoint) -> Result<Self, ChatError> {
        Self::with_patience(endpoint, Patience::default())
    }

    /// Like [`Client::new`], with other time-outs.
    pub fn with_patience(endpoint: Endpoint, patience: Patience) -> Result<Self, ChatError> {
        endpoint.check()?;
        let authorization = endpoint.key.as_ref().map(authorization).transpose()?.flatten();
        let http = http(&endpoint, patience)?;
        Ok(Self { inner: Arc::new(Inner { http, endpoint, authorization, patience }) })
    }

    /// Names of the models that the endpoint offers, sorted.
    pub async fn models(&self) -> Result<Vec<String>, ChatError> {
        let inner = &self.inner;
        let mut response = inner.send(inner.request(Method::GET, &["models"])).await?;
        let body = inner.read(&mut response, MOST).await?;
        let models: Models = serde_json::from_slice(&body)
            .map_err(|_| ChatError::UnexpectedReply { reason: "it is no list of models" })?;
        let names = models.data.iter().filter_map(|model| model.get("id").and_then(Value::as_str));
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Streams the raw text of the reply, in pieces as they come. Ends after the first error. Nothing is sent before the
    /// stream is polled; dropping it ends the request.
    pub fn complete(&self, prompt: &Prompt) -> impl Stream<Item = Result<String, ChatError>> + Send + Unpin + use<> {
        let body = json!({
            "model": self.inner.endpoint.model,
            "stream": true,
            "messages": [
                { "role": "system", "content": prompt.system() },
                { "role": "user", "content": prompt.user() },
            ],
        });
        let request = self.inner.request(Method::POST, &["chat", "completions"]).json(&body);
        let inner = self.inner.clone();
        stream::unfold(Step::Ask(request), move |step| {
            let inner = inner.clone();
            async move { inner.piece(step).await }
        })
        .boxed()
    }
}

impl Inner {
    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let request = self.http.request(method, self.endpoint.part(path));
        let request = request.header(ACCEPT, "text/event-stream, application/json");
        match &self.authorization {
            Some(value) => request.header(AUTHORIZATION, value.clone()),
            None => request,
        }
    }

    /// The next piece of text.
    async fn piece(&self, mut step: Step) -> Option<(Result<String, ChatError>, Step)> {
        loop {
            step = match step {
                Step::Ask(request) => match self.send(request).await {
                    Ok(response) => Step::Read { response, reply: Reply::default(), size: 0 },
                    Err(error) => Step::Fail(error),
                },
                Step::Read { response, reply, size } => {
                    let (text, next) = self.step(response, reply, size).await;
                    if !text.is_empty() {
                        return Some((Ok(text), next));
                    }
                    next
                }
                Step::Fail(error) => {
                    tracing::debug!(code = error.code(), "no answer");
                    return Some((Err(error), Step::End));
                }
                Step::End => return None,
            };
        }
    }

    async fn step(&self, mut response: Response, mut reply: Reply, size: usize) -> (String, Step) {
        let mut text = String::new();
        let next = match self.chunk(&mut response).await {
            Ok(Some(bytes)) if size + bytes.len() > MOST => Step::Fail(ChatError::TooLarge { limit: MOST }),
            Ok(Some(bytes)) => match reply.take(&bytes, &mut text) {
                Ok(()) if reply.is_done() => Step::End,
                Ok(()) => Step::Read { response, reply, size: size + bytes.len() },
                Err(fault) => Step::Fail(self.fault(fault)),
            },
            Ok(None) => reply.finish(&mut text).map_or_else(|fault| Step::Fail(self.fault(fault)), |()| Step::End),
            // All was said before the connection broke.
            Err(_) if reply.may_end() => Step::End,
            Err(error) => Step::Fail(error),
        };
        (text, next)
    }

    /// Sends a request; every status but a success as the error that it stands for.
    async fn send(&self, request: RequestBuilder) -> Result<Response, ChatError> {
        let sent = timeout(self.patience.silence, request.send()).await.map_err(|_| self.late())?;
        let mut response = sent.map_err(|error| self.failure(error))?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        // The status alone says enough where the body can't be read.
        let body = self.read(&mut response, MOST_OF_ERROR).await.unwrap_or_default();
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let message = self.shown(said::message(&body).unwrap_or_default());
        Err(refusal(status, message, wait.map(Duration::from_secs)))
    }

    async fn read(&self, response: &mut Response, most: usize) -> Result<Vec<u8>, ChatError> {
        let mut body = Vec::new();
        while let Some(bytes) = self.chunk(response).await? {
            if body.len() + bytes.len() > most {
                return Err(ChatError::TooLarge { limit: most });
            }
            body.extend_from_slice(&bytes);
        }
        Ok(body)
    }

    async fn chunk(&self, response: &mut Response) -> Result<Option<Vec<u8>>, ChatError> {
        let chunk = timeout(self.patience.silence, response.chunk()).await.map_err(|_| self.late())?;
        chunk
            .map(|bytes| bytes.map(Into::into))
            .map_err(|error| if error.is_timeout() { self.late() } else { ChatError::CutShort })
    }

    fn host(&self) -> String {
        self.endpoint.url.host_str().unwrap_or_default().to_owned()
    }

    fn late(&self) -> ChatError {
        ChatError::Timeout { host: self.host() }
    }

    fn failure(&self, error: reqwest::Error) -> ChatError {
        if error.is_timeout() {
            self.late()
        } else {
            ChatError::Network { host: self.host(), source: error.without_url().into() }
        }
    }

    fn fault(&self, fault: Fault) -> ChatError {
        match fault {
            Fault::Said(message) => ChatError::Failed { message: self.shown(&message) },
            Fault::Foreign(reason) => ChatError::UnexpectedReply { reason },
            Fault::CutShort => ChatError::CutShort,
        }
    }

    fn shown(&self, message: &str) -> String {
        said::shown(message, self.endpoint.key.as_ref())
    }
}

fn http(endpoint: &Endpoint, patience: Patience) -> Result<reqwest::Client, ChatError> {
    let tls = tls::config().map_err(|source| ChatError::Setup { source: source.into() })?;
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(concat!("CoAgentor/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(patience.connect)
        // A redirect would take the key and the sources to another place.
        .redirect(Policy::none())
        .referer(false);
    // What is near goes through no proxy: it would carry the key in the clear.
    let builder = if endpoint.is_near() { builder.no_proxy() } else { builder };
    builder.build().map_err(|source| ChatError::Setup { source: source.into() })
}

/// The header; none for a key that is empty, as some forms send it.
fn authorization(key: &SecretString) -> Result<Option<HeaderValue>, ChatError> {
    let key = key.expose_secret().trim();
    if key.is_empty() {
        return Ok(None);
    }
    let is_fine = key.bytes().all(|byte| byte.is_ascii_graphic());
    let value = HeaderValue::from_str(&format!("Bearer {key}")).ok().filter(|_| is_fine);
    let mut value = value.ok_or(ChatError::UnusableKey)?;
    value.set_sensitive(true);
    Ok(Some(value))
}

fn refusal(status: StatusCode, message: String, wait: Option<Duration>) -> ChatError {
    match status.as_u16() {
        400 | 413 | 422 => ChatError::BadRequest { message },
        401 => ChatError::Unauthorized { message },
        402 | 403 => ChatError::NotPermitted { message },
        404 => ChatError::NotFound { message },
        429 => ChatError::RateLimited { message, wait },
        status @ 500.. => ChatError::Server { status, message },
        status => ChatError::UnexpectedStatus { status },
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::key("sk-abc", Some(true))]
    #[case::padded(" sk-abc\n", Some(true))]
    #[case::empty(" ", Some(false))]
    #[case::line_break("sk\nabc", None)]
    #[case::two_words("sk abc", None)]
    #[case::letters("sk-ä", None)]
    fn a_key_becomes_a_header(#[case] key: &str, #[case] is_sent: Option<bool>) {
        let header = authorization(&key.into());
        assert_eq!(header.ok().map(|value| value.is_some_and(|value| value == "Bearer sk-abc")), is_sent);
    }

    #[test]
    fn http_is_refused_with_a_hint() {
        let url = "http://api.example.com/v1".parse().unwrap();
        let error = Client::new(Endpoint { url, model: "m".to_owned(), key: None }).unwrap_err();
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            ("insecure_url", "`http://api.example.com` would be asked in the clear")
        );
        assert!(error.hint().contains("https://"));
    }
}
