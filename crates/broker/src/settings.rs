//! What the broker is told when it starts.

use std::time::Duration;

use secrecy::SecretString;
use url::{Host, Url};

use crate::{BrokerError, RateLimit};

/// What the broker is told when it starts. Debug shows no secret.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Client id of the app; requests for another one are refused.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
    /// Origin of the authorization server.
    pub auth_url: Url,
    /// Requests for each address.
    pub rate: RateLimit,
    /// Whether a reverse proxy in front tells the address that it was asked from. Without one, anybody could tell any.
    pub behind_proxy: bool,
    /// How long Atlassian may take.
    pub patience: Duration,
}

impl Settings {
    /// Settings for Atlassian's own authorization server.
    pub fn new(client_id: String, client_secret: SecretString, auth_url: Url) -> Result<Self, BrokerError> {
        if client_id.trim().is_empty() {
            return Err(BrokerError::Setting { name: "COAGENTOR_CLIENT_ID", reason: "it is empty" });
        }
        if secrecy::ExposeSecret::expose_secret(&client_secret).trim().is_empty() {
            return Err(BrokerError::Setting { name: "COAGENTOR_CLIENT_SECRET", reason: "it is empty" });
        }
        if !is_safe(&auth_url) {
            let reason = "the secret is sent over https, or to this machine";
            return Err(BrokerError::Setting { name: "COAGENTOR_AUTH_URL", reason });
        }
        let (rate, patience) = (RateLimit::default(), Duration::from_secs(15));
        Ok(Self { client_id, client_secret, auth_url, rate, behind_proxy: false, patience })
    }
}

fn is_safe(url: &Url) -> bool {
    let is_local = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(_)) | None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_local)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::atlassian("id", "secret", "https://auth.atlassian.com", true)]
    #[case::this_machine("id", "secret", "http://127.0.0.1:9", true)]
    #[case::in_the_clear("id", "secret", "http://auth.atlassian.com", false)]
    #[case::other_scheme("id", "secret", "ftp://127.0.0.1", false)]
    #[case::no_id(" ", "secret", "https://auth.atlassian.com", false)]
    #[case::no_secret("id", "", "https://auth.atlassian.com", false)]
    fn are_checked(#[case] id: &str, #[case] secret: &str, #[case] url: &str, #[case] is_fine: bool) {
        let made = Settings::new(id.to_owned(), secret.into(), url.parse().unwrap());
        assert_eq!(made.is_ok(), is_fine);
        assert!(!format!("{made:?}").contains("\"secret\""));
    }
}
