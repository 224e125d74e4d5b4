//! The only place that sends HTTP: a GET, a POST to the token endpoint, or the POST that asks for names. No method is a
//! parameter of anything here.

use std::net::IpAddr;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use super::answer::Answer;
use super::options::TransportOptions;
use super::tls;
use crate::endpoints::{TokenEndpoint, below};
use crate::error::{BodyProblem, Error};

/// Two HTTP clients: what goes to this machine goes through no proxy.
#[derive(Debug)]
pub(super) struct Wire {
    remote: reqwest::Client,
    local: reqwest::Client,
    max_body_bytes: usize,
}

/// What is sent in the `Authorization` header.
#[derive(Debug, Clone)]
pub(crate) enum Authentication {
    /// Nothing: the address is public.
    None,
    /// OAuth access token.
    Bearer(SecretString),
    /// E-mail address and API token.
    Basic(String, SecretString),
}

impl Wire {
    pub(super) fn new(options: &TransportOptions) -> Result<Self, Error> {
        let setup = |source: reqwest::Error| Error::Setup { source: source.into() };
        let tls = tls::config().map_err(|source| Error::Setup { source: source.into() })?;
        let remote = builder(options).tls_backend_preconfigured(tls.clone()).build().map_err(setup)?;
        let local = builder(options).tls_backend_preconfigured(tls).no_proxy().build().map_err(setup)?;
        Ok(Self { remote, local, max_body_bytes: options.max_body_bytes })
    }

    pub(super) async fn get(&self, url: &Url, authentication: &Authentication) -> Result<Answer, Error> {
        let request = self.client(url)?.get(url.clone()).header(ACCEPT, "application/json");
        self.send(url, authenticated(request, authentication)).await
    }

    /// A POST to where tokens are given out.
    pub(super) async fn post_token(&self, endpoint: &TokenEndpoint, json: &serde_json::Value) -> Result<Answer, Error> {
        let url = endpoint.url();
        let request = self.client(url)?.post(url.clone()).header(ACCEPT, "application/json").json(json);
        self.send(url, request).await
    }

    /// The names of accounts: a read, though it is a POST.
    pub(super) async fn post_users_bulk(
        &self,
        api: &Url,
        account_ids: &[String],
        authentication: &Authentication,
    ) -> Result<Answer, Error> {
        let url = below(api.clone(), &["users-bulk"]);
        let request = self.client(&url)?.post(url.clone()).header(ACCEPT, "application/json");
        let request = request.json(&serde_json::json!({ "accountIds": account_ids }));
        self.send(&url, authenticated(request, authentication)).await
    }

    /// The client for `url`; credentials are sent over https, or to this machine.
    fn client(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        match (url.scheme(), is_loopback(url)) {
            ("http" | "https", true) => Ok(&self.local),
            ("https", false) => Ok(&self.remote),
            _ => Err(Error::InsecureUrl { origin: url.origin().ascii_serialization() }),
        }
    }

    async fn send(&self, url: &Url, request: RequestBuilder) -> Result<Answer, Error> {
        let failed = |error| failure(url, error);
        let response = request.send().await.map_err(failed)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = self.read(url, response).await?;
        Ok(Answer { status, headers, body })
    }

    async fn read(&self, url: &Url, mut response: Response) -> Result<Vec<u8>, Error> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| cut_short(url, error))? {
            if body.len() + chunk.len() > self.max_body_bytes {
                return Err(Error::TooLarge { limit: self.max_body_bytes });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

fn builder(options: &TransportOptions) -> ClientBuilder {
    reqwest::Client::builder()
        .user_agent(&options.user_agent)
        .connect_timeout(options.connect_timeout)
        .read_timeout(options.read_timeout)
        .timeout(options.total_timeout)
        // A redirect would take the credentials to another place.
        .redirect(Policy::none())
        .referer(false)
}

fn authenticated(request: RequestBuilder, authentication: &Authentication) -> RequestBuilder {
    match authentication {
        Authentication::None => request,
        Authentication::Basic(email, token) => request.basic_auth(email, Some(token.expose_secret())),
        Authentication::Bearer(token) => match HeaderValue::from_str(&format!("Bearer {}", token.expose_secret())) {
            Ok(mut value) => {
                value.set_sensitive(true);
                request.header(AUTHORIZATION, value)
            }
            // A token that no header can hold is no token: the server answers 401.
            Err(_) => request,
        },
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The error without the URL, whose query may be long.
fn failure(url: &Url, error: reqwest::Error) -> Error {
    let host = url.host_str().unwrap_or_default().to_owned();
    if error.is_timeout() {
        Error::Timeout { host }
    } else {
        Error::Network { host, source: error.without_url().into() }
    }
}

/// An answer that began to arrive and broke off: proxies do so with large ones.
fn cut_short(url: &Url, error: reqwest::Error) -> Error {
    match failure(url, error) {
        Error::Network { .. } => Error::UnexpectedBody { problem: BodyProblem::Truncated },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://api.atlassian.com/x", true)]
    #[case("http://127.0.0.1:9/x", true)]
    #[case("http://[::1]:9/x", true)]
    #[case("http://localhost/x", true)]
    #[case("http://api.atlassian.com/x", false)]
    #[case("http://127.0.0.1.example/x", false)]
    #[case("ftp://127.0.0.1/x", false)]
    #[case("mailto:someone", false)]
    fn credentials_go_over_https_or_to_this_machine(#[case] url: &str, #[case] allowed: bool) {
        let wire = Wire::new(&TransportOptions::default()).expect("sets up");
        assert_eq!(wire.client(&Url::parse(url).expect("a URL")).is_ok(), allowed);
    }
}
