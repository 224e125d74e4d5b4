//! Where answers come from, and which addresses may be asked.

use std::{net::Ipv6Addr, time::Duration};

use secrecy::SecretString;
use url::{Host, Url};

use crate::ChatError;

/// An OpenAI-compatible chat endpoint. Debug shows no key.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Base address, as a rule ending in `/v1`.
    pub url: Url,
    /// The model's name there.
    pub model: String,
    /// Sent as a bearer token, where there is one.
    pub key: Option<SecretString>,
}

/// How long an endpoint may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until there is a connection.
    pub connect: Duration,
    /// Without a byte, before the first one and between them.
    pub silence: Duration,
}

impl Default for Patience {
    /// Five seconds for a connection; a minute without a byte, since a local model may have to be loaded first.
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), silence: Duration::from_mins(1) }
    }
}

impl Endpoint {
    /// Whether the address may be asked: https anywhere, http on this machine and in private networks.
    pub(crate) fn check(&self) -> Result<(), ChatError> {
        if !self.url.username().is_empty() || self.url.password().is_some() {
            return Err(ChatError::UnusableUrl { reason: "it holds a user name or a password" });
        }
        match self.url.scheme() {
            "https" if self.url.has_host() => Ok(()),
            "http" if self.is_near() => Ok(()),
            "http" => Err(ChatError::InsecureUrl { origin: self.url.origin().ascii_serialization() }),
            _ => Err(ChatError::UnusableUrl { reason: "it begins with neither https:// nor http://" }),
        }
    }

    /// This machine, or an address of a private network (RFC 1918, RFC 4193). Names other than `localhost` are not, since
    /// who answers to them is not known before.
    pub(crate) fn is_near(&self) -> bool {
        match self.url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback() || address.is_private(),
            Some(Host::Ipv6(address)) => is_near(address),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }

    /// The address of one of the endpoint's parts. A query, as Azure's `api-version`, is kept.
    pub(crate) fn part(&self, path: &[&str]) -> Url {
        let mut url = self.url.clone();
        url.set_fragment(None);
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }
}

fn is_near(address: Ipv6Addr) -> bool {
    let mapped = address.to_ipv4_mapped().is_some_and(|address| address.is_loopback() || address.is_private());
    mapped || address.is_loopback() || address.is_unique_local()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn endpoint(url: &str) -> Endpoint {
        Endpoint { url: url.parse().unwrap(), model: "m".to_owned(), key: Some("sk-canary".into()) }
    }

    #[rstest]
    #[case::hosted("https://api.openai.com/v1", None)]
    #[case::this_machine("http://127.0.0.1:11434/v1", None)]
    #[case::all_of_loopback("http://127.9.9.9/v1", None)]
    #[case::by_name("http://localhost:1234/v1", None)]
    #[case::six("http://[::1]/v1", None)]
    #[case::ten("http://10.1.2.3/v1", None)]
    #[case::first_of_twelve("http://172.16.0.1/v1", None)]
    #[case::last_of_twelve("http://172.31.255.254/v1", None)]
    #[case::home("http://192.168.1.20:8000/v1", None)]
    #[case::unique_local("http://[fd00::1]/v1", None)]
    #[case::unique_local_too("http://[fc00::1]/v1", None)]
    #[case::mapped("http://[::ffff:10.0.0.1]/v1", None)]
    #[case::in_the_clear("http://api.openai.com/v1", Some("insecure_url"))]
    #[case::past_twelve("http://172.32.0.1/v1", Some("insecure_url"))]
    #[case::link_local("http://169.254.169.254/v1", Some("insecure_url"))]
    #[case::link_local_six("http://[fe80::1]/v1", Some("insecure_url"))]
    #[case::public_six("http://[2001:db8::1]/v1", Some("insecure_url"))]
    #[case::mapped_public("http://[::ffff:8.8.8.8]/v1", Some("insecure_url"))]
    #[case::everywhere("http://0.0.0.0/v1", Some("insecure_url"))]
    #[case::looks_like_it("http://127.0.0.1.example/v1", Some("insecure_url"))]
    #[case::a_name_of_the_network("http://ollama.lan/v1", Some("insecure_url"))]
    #[case::other_scheme("ftp://127.0.0.1/v1", Some("unusable_url"))]
    #[case::no_host("mailto:someone", Some("unusable_url"))]
    #[case::password("https://me:secret@api.openai.com/v1", Some("unusable_url"))]
    fn http_stays_near(#[case] url: &str, #[case] code: Option<&str>) {
        assert_eq!(endpoint(url).check().err().map(|error| error.code()), code);
    }

    #[rstest]
    #[case("http://localhost/v1", "http://localhost/v1/chat/completions")]
    #[case("http://localhost/v1/", "http://localhost/v1/chat/completions")]
    #[case("http://localhost", "http://localhost/chat/completions")]
    #[case("http://localhost/v1?api-version=1#top", "http://localhost/v1/chat/completions?api-version=1")]
    fn parts_are_below_the_base(#[case] url: &str, #[case] part: &str) {
        assert_eq!(endpoint(url).part(&["chat", "completions"]).as_str(), part);
    }

    #[test]
    fn debug_shows_no_key() {
        assert!(!format!("{:?}", endpoint("http://localhost")).contains("canary"));
    }
}
