//! The sign-in that waits for the browser, kept in the secret store: whoever quits the app meanwhile and then follows the
//! link is signed in all the same.

use std::sync::atomic::AtomicBool;

use confluence::auth::{Authorization, LoopbackCallback};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{SignInAttempt, SignInVia};
use crate::{App, Error, secrets::SIGN_IN};

/// What the secret store keeps; it holds the state and the PKCE verifier in the clear, so it is never shown.
#[derive(Serialize, Deserialize)]
struct Kept {
    via: SignInVia,
    #[serde(with = "time::serde::rfc3339")]
    expires_at: OffsetDateTime,
    /// The client that began is the one that redeems.
    client_id: String,
    authorization: String,
}

impl Kept {
    fn to_secret_json(&self) -> SecretString {
        serde_json::to_string(self).unwrap_or_default().into()
    }

    fn from_secret_json(json: &SecretString) -> Option<Self> {
        serde_json::from_str(json.expose_secret()).ok()
    }
}

impl App {
    /// Keeps an attempt until it is answered, given up or too old. Without that it still works while this process lives.
    pub(crate) async fn keep_sign_in(&self, attempt: &SignInAttempt, expires_at: OffsetDateTime) {
        let kept = Kept {
            via: if attempt.callback.is_some() { SignInVia::Loopback } else { SignInVia::DeepLink },
            expires_at,
            client_id: attempt.app.client_id.clone(),
            authorization: attempt.authorization.to_secret_json().expose_secret().to_owned(),
        };
        // The note first: what is kept must be found again to be removed.
        let noted = self.store.set_sign_in_waits(true).await;
        let kept = match noted {
            Ok(()) => self.secrets.put(SIGN_IN, kept.to_secret_json()).await,
            Err(error) => Err(error),
        };
        if let Err(error) = kept {
            tracing::warn!(code = error.code(), "the sign-in is not kept for the next start");
        }
    }

    /// Removes the attempt that is kept, if any: it was answered, given up, or is too old.
    pub(crate) async fn forget_kept_sign_in(&self) {
        let forgotten = async {
            if self.store.sign_in_waits().await? {
                self.secrets.delete(SIGN_IN).await?;
                self.store.set_sign_in_waits(false).await?;
            }
            Ok::<_, Error>(())
        };
        if let Err(error) = forgotten.await {
            tracing::warn!(code = error.code(), "the sign-in that was kept is still there");
        }
    }

    /// The attempt that a process before this one began, and when it ends. One that can't be answered any more is removed.
    pub(crate) async fn kept_sign_in(&self) -> Result<Option<(SignInAttempt, OffsetDateTime)>, Error> {
        if !self.store.sign_in_waits().await? {
            return Ok(None);
        }
        let kept = self.secrets.get(SIGN_IN).await?.as_ref().and_then(Kept::from_secret_json);
        let attempt = match kept {
            Some(kept) if kept.expires_at > self.clock.now() => self.attempt_of(kept).await?,
            _ => None,
        };
        if attempt.is_none() {
            self.forget_kept_sign_in().await;
        }
        Ok(attempt)
    }

    async fn attempt_of(&self, kept: Kept) -> Result<Option<(SignInAttempt, OffsetDateTime)>, Error> {
        let app = self.oauth_app().await?;
        let authorization = Authorization::from_secret_json(&kept.authorization.into());
        let Some(authorization) = authorization.filter(|_| app.client_id == kept.client_id) else { return Ok(None) };
        let callback = match kept.via {
            SignInVia::DeepLink => None,
            SignInVia::Loopback => match LoopbackCallback::bind(self.config.redirect_port).await {
                Ok(callback) => Some(callback),
                Err(_) => return Ok(None),
            },
        };
        Ok(Some((SignInAttempt { authorization, app, answered: AtomicBool::new(false), callback }, kept.expires_at)))
    }
}
