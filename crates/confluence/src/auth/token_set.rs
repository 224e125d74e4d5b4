//! The pair of tokens that one grant is worth.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// Access and refresh token of one grant. Debug shows neither.
#[derive(Clone)]
pub struct TokenSet {
    pub(super) access_token: SecretString,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) expires_at: OffsetDateTime,
    pub(super) scopes: Vec<String>,
}

/// What the secret store keeps.
#[derive(Serialize, Deserialize)]
struct Stored {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    access_token: String,
    refresh_token: Option<String>,
    #[serde(with = "time::serde::rfc3339")]
    expires_at: OffsetDateTime,
    #[serde(default)]
    scopes: Vec<String>,
}

/// What the secret store gave back is no token set. The parser's error is left out: it quotes what it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored tokens are unreadable")]
pub struct UnreadableTokens;

impl TokenSet {
    /// Puts a set together, as when it comes from another store.
    pub fn new(
        access_token: SecretString,
        refresh_token: Option<SecretString>,
        expires_at: OffsetDateTime,
        scopes: Vec<String>,
    ) -> Self {
        Self { access_token, refresh_token, expires_at, scopes }
    }

    /// The token for the API. Good until [`Self::expires_at`].
    pub fn access_token(&self) -> &SecretString {
        &self.access_token
    }

    /// Whether the grant can be refreshed.
    pub fn is_refreshable(&self) -> bool {
        self.refresh_token.is_some()
    }

    /// When the access token ends.
    pub fn expires_at(&self) -> OffsetDateTime {
        self.expires_at
    }

    /// What the person allowed.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// The set without its access token, for a store whose entries are short (one entry of the Windows Credential
    /// Manager holds about 2.5 KB). It counts as expired, so the first use refreshes it.
    #[must_use]
    pub fn without_access_token(&self) -> Self {
        Self {
            access_token: SecretString::default(),
            expires_at: OffsetDateTime::UNIX_EPOCH,
            refresh_token: self.refresh_token.clone(),
            scopes: self.scopes.clone(),
        }
    }

    /// The tokens in the clear, for the secret store and nothing else.
    pub fn to_secret_json(&self) -> SecretString {
        let stored = Stored {
            access_token: self.access_token.expose_secret().to_owned(),
            refresh_token: self.refresh_token.as_ref().map(|token| token.expose_secret().to_owned()),
            expires_at: self.expires_at,
            scopes: self.scopes.clone(),
        };
        serde_json::to_string(&stored).unwrap_or_default().into()
    }

    /// Reads what [`Self::to_secret_json`] wrote.
    pub fn from_secret_json(json: &SecretString) -> Result<Self, UnreadableTokens> {
        let stored: Stored = serde_json::from_str(json.expose_secret()).map_err(|_| UnreadableTokens)?;
        Ok(Self {
            access_token: stored.access_token.into(),
            refresh_token: stored.refresh_token.map(Into::into),
            expires_at: stored.expires_at,
            scopes: stored.scopes,
        })
    }

    /// Whether the access token is good for another `margin`.
    pub(super) fn is_fresh(&self, now: OffsetDateTime, margin: Duration) -> bool {
        !self.access_token.expose_secret().is_empty() && now + margin < self.expires_at
    }

    /// Whether both were given out together.
    pub(super) fn is_same_grant_step(&self, other: &Self) -> bool {
        let refresh = |set: &Self| set.refresh_token.as_ref().map(|token| token.expose_secret().to_owned());
        refresh(self) == refresh(other)
    }
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSet")
            .field("expires_at", &self.expires_at)
            .field("refreshable", &self.is_refreshable())
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set() -> TokenSet {
        let expires_at = OffsetDateTime::UNIX_EPOCH + Duration::hours(1);
        TokenSet::new("ACCESS".into(), Some("REFRESH".into()), expires_at, vec!["read:page:confluence".to_owned()])
    }

    #[test]
    fn survives_the_secret_store() {
        let back = TokenSet::from_secret_json(&set().to_secret_json()).expect("reads its own writing");
        assert_eq!(back.access_token().expose_secret(), "ACCESS");
        assert!(back.is_same_grant_step(&set()));
        assert_eq!((back.expires_at(), back.scopes()), (set().expires_at(), set().scopes()));
    }

    #[test]
    fn a_stranger_in_the_store_is_no_token_set() {
        assert!(TokenSet::from_secret_json(&"{}".into()).is_err());
        assert!(TokenSet::from_secret_json(&"".into()).is_err());
    }

    #[test]
    fn is_fresh_until_the_margin_before_its_end() {
        let start = OffsetDateTime::UNIX_EPOCH;
        assert!(set().is_fresh(start, Duration::minutes(2)));
        assert!(!set().is_fresh(start + Duration::minutes(58), Duration::minutes(2)));
        assert!(!set().without_access_token().is_fresh(start, Duration::ZERO));
    }

    #[test]
    fn debug_shows_no_token() {
        let shown = format!("{:?}", set());
        assert!(!shown.contains("ACCESS") && !shown.contains("REFRESH"), "{shown}");
    }
}
