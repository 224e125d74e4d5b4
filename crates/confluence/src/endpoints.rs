//! Atlassian's origins.

use url::Url;

use crate::auth::OAuthApp;

/// Where Atlassian's servers are; tests point it to loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// Origin of the authorization server, which serves `/authorize` and `/oauth/token`.
    pub auth: Url,
    /// Origin of the API gateway, which serves `/oauth/token/accessible-resources` and `/ex/confluence/{cloudId}/…`.
    pub api: Url,
}

impl Endpoints {
    pub(crate) fn authorize(&self) -> Url {
        below(self.auth.clone(), &["authorize"])
    }

    pub(crate) fn accessible_resources(&self) -> Url {
        below(self.api.clone(), &["oauth", "token", "accessible-resources"])
    }
}

/// Where tokens are given out. Only an app and its endpoints make one, so that nothing can be posted elsewhere.
#[derive(Debug, Clone)]
pub(crate) struct TokenEndpoint(Url);

/// The two things that are asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenRequest {
    /// A code for the first pair.
    Exchange,
    /// A refresh token for the next pair.
    Refresh,
}

impl TokenEndpoint {
    /// Atlassian has one address for both; a broker has one each.
    pub(crate) fn of(app: &OAuthApp, endpoints: &Endpoints, request: TokenRequest) -> Self {
        let path = match request {
            TokenRequest::Exchange => "exchange",
            TokenRequest::Refresh => "refresh",
        };
        Self(match &app.token_broker {
            Some(broker) => below(broker.clone(), &[path]),
            None => below(endpoints.auth.clone(), &["oauth", "token"]),
        })
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }
}

impl Default for Endpoints {
    fn default() -> Self {
        Self { auth: constant("https://auth.atlassian.com"), api: constant("https://api.atlassian.com") }
    }
}

#[allow(clippy::expect_used, reason = "both arguments are constants of this file, and a test parses them")]
fn constant(url: &str) -> Url {
    Url::parse(url).expect("a constant URL parses")
}

/// `base` with path segments added, each percent-encoded; query and fragment dropped.
pub(crate) fn below(base: Url, segments: &[&str]) -> Url {
    let mut url = base;
    url.set_query(None);
    url.set_fragment(None);
    // Only a URL that cannot be a base (`mailto:`) has no path segments; the transport refuses such a URL.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_atlassian() {
        let endpoints = Endpoints::default();
        assert_eq!(endpoints.authorize().as_str(), "https://auth.atlassian.com/authorize");
        for request in [TokenRequest::Exchange, TokenRequest::Refresh] {
            let token = TokenEndpoint::of(&OAuthApp::default(), &endpoints, request);
            assert_eq!(token.url().as_str(), "https://auth.atlassian.com/oauth/token");
        }
        assert_eq!(
            endpoints.accessible_resources().as_str(),
            "https://api.atlassian.com/oauth/token/accessible-resources"
        );
    }

    #[test]
    fn a_broker_takes_the_token_requests_only() {
        let app = OAuthApp { token_broker: Some(constant("https://broker.example/t/")), ..OAuthApp::default() };
        let address = |request| TokenEndpoint::of(&app, &Endpoints::default(), request).url().to_string();
        assert_eq!(address(TokenRequest::Exchange), "https://broker.example/t/exchange");
        assert_eq!(address(TokenRequest::Refresh), "https://broker.example/t/refresh");
        assert_eq!(app.broker_callback().expect("has one").as_str(), "https://broker.example/t/callback");
        assert_eq!(Endpoints::default().authorize().host_str(), Some("auth.atlassian.com"));
    }

    #[test]
    fn a_segment_stays_one_segment() {
        let url = below(constant("https://x/a/?q#f"), &["b/c", "d"]);
        assert_eq!(url.as_str(), "https://x/a/b%2Fc/d");
    }
}
