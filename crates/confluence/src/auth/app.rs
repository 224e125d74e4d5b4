//! The OAuth app in whose name the person signs in.

use secrecy::SecretString;
use url::Url;

use crate::endpoints::below;

/// The least that reading spaces and pages needs, the names of who edited them, and a refresh token.
const LEAST_SCOPES: [&str; 4] =
    ["read:space:confluence", "read:page:confluence", "read:user:confluence", "offline_access"];

/// An OAuth 2.0 (3LO) app as registered in Atlassian's developer console.
#[derive(Debug, Clone)]
pub struct OAuthApp {
    /// Client id.
    pub client_id: String,
    /// Client secret; none where a token broker adds it.
    pub client_secret: Option<SecretString>,
    /// What the person is asked to allow. Each has to be enabled for the app, or Atlassian refuses them all.
    pub scopes: Vec<String>,
    /// Receives the token requests in place of Atlassian's token endpoint, at `exchange` and `refresh` below this address: a
    /// broker that adds the client secret, so that the secret is on no person's machine.
    pub token_broker: Option<Url>,
}

impl OAuthApp {
    /// An app that asks for the least: `read:space:confluence read:page:confluence read:user:confluence offline_access`.
    pub fn new(client_id: impl Into<String>, client_secret: Option<SecretString>) -> Self {
        Self { client_id: client_id.into(), client_secret, ..Self::default() }
    }

    /// The broker's own callback, which sends the browser on to the app: an https address that can be registered where a
    /// custom scheme can't.
    pub fn broker_callback(&self) -> Option<Url> {
        self.token_broker.clone().map(|broker| below(broker, &["callback"]))
    }
}

/// Without a client id, which has to be filled in.
impl Default for OAuthApp {
    fn default() -> Self {
        let scopes = LEAST_SCOPES.map(str::to_owned).to_vec();
        Self { client_id: String::new(), client_secret: None, scopes, token_broker: None }
    }
}
