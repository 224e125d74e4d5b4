//! Apps that may ask for access, as their developer registered them.

use url::Url;

use crate::error::SimError;

/// Client id of the app that is registered where the builder names none.
pub const DEFAULT_CLIENT_ID: &str = "sim-client-2f6a9d0c";
/// Client secret of the app that is registered where the builder names none.
pub const DEFAULT_CLIENT_SECRET: &str = "sim-secret-8c1e47b05d";
/// Redirect URIs of the app that is registered where the builder names none.
pub const DEFAULT_REDIRECT_URIS: [&str; 2] = ["http://127.0.0.1:53683/callback", "coagentor://oauth/callback"];

/// An app as registered in the developer console.
#[derive(Debug, Clone)]
pub struct ClientRegistration {
    /// `client_id`.
    pub id: String,
    /// `client_secret`; `None` makes it a public client, which must use PKCE and needs no secret.
    pub secret: Option<String>,
    /// Callback addresses; a request must name one of them exactly, host and port included.
    pub redirect_uris: Vec<String>,
    /// Scopes that are enabled on the app; `None` enables all. A request for another scope is refused.
    pub scopes: Option<Vec<String>>,
}

impl ClientRegistration {
    /// A confidential client with every scope enabled.
    pub fn new(id: impl Into<String>, secret: impl Into<String>, redirect_uris: &[&str]) -> Self {
        let redirect_uris = redirect_uris.iter().map(|uri| (*uri).to_owned()).collect();
        Self { id: id.into(), secret: Some(secret.into()), redirect_uris, scopes: None }
    }

    /// A public client (no secret, PKCE) with every scope enabled.
    pub fn public(id: impl Into<String>, redirect_uris: &[&str]) -> Self {
        Self { secret: None, ..Self::new(id, "", redirect_uris) }
    }

    /// Enables only these scopes.
    #[must_use]
    pub fn with_scopes(mut self, scopes: &[&str]) -> Self {
        self.scopes = Some(scopes.iter().map(|scope| (*scope).to_owned()).collect());
        self
    }

    pub(crate) fn check(&self) -> Result<(), SimError> {
        for uri in &self.redirect_uris {
            Url::parse(uri).map_err(|source| SimError::RedirectUri { uri: uri.clone(), source })?;
        }
        Ok(())
    }

    pub(crate) fn allows_scope(&self, scope: &str) -> bool {
        match &self.scopes {
            Some(enabled) => enabled.iter().any(|enabled| enabled == scope),
            None => looks_like_scope(scope),
        }
    }
}

impl Default for ClientRegistration {
    fn default() -> Self {
        Self::new(DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, &DEFAULT_REDIRECT_URIS)
    }
}

/// `offline_access`, or `verb:thing` with an optional product, such as `read:page:confluence`.
fn looks_like_scope(scope: &str) -> bool {
    let verb = scope.split(':').next().unwrap_or("");
    scope == "offline_access"
        || scope.contains(':') && ["read", "write", "delete", "manage", "search", "readonly"].contains(&verb)
}
