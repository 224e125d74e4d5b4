//! Why there is no usable access token.

use std::io;
use std::sync::Arc;

use super::store::StoreError;
use crate::Error;

/// Why signing in or refreshing failed. Cheap to clone, because callers that wait for one refresh share its outcome.
/// Carries no code, token or secret, nor text from the server that could repeat one.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum AuthError {
    /// The person pressed Cancel on Atlassian's page.
    #[error("access was not granted")]
    Denied,
    /// The callback belongs to another sign-in attempt, or is forged.
    #[error("the callback does not belong to this sign-in")]
    StateMismatch,
    /// The callback is not one that Atlassian sends.
    #[error("the callback is malformed: {reason}")]
    CallbackRejected {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Atlassian refused, with its error code.
    #[error("Atlassian refused the sign-in with `{code}`")]
    Refused {
        /// OAuth error code, such as `invalid_scope`.
        code: String,
    },
    /// Nobody finished the sign-in in time.
    #[error("the sign-in was not finished in time")]
    TimedOut,
    /// The program ends while it refreshes.
    #[error("the refresh was cancelled")]
    Cancelled,
    /// Another program listens on the callback's port.
    #[error("port {port} is in use by another program")]
    PortTaken {
        /// The port of the registered callback URL.
        port: u16,
    },
    /// The callback's port could not be opened for another reason.
    #[error("cannot listen on port {port}")]
    Listen {
        /// The port of the registered callback URL.
        port: u16,
        /// What the system said.
        #[source]
        source: Arc<io::Error>,
    },
    /// The one-use code had expired or was used before.
    #[error("the sign-in code was no longer valid")]
    CodeRejected,
    /// The token answer has no refresh token: the scope `offline_access` is missing.
    #[error("the grant has no refresh token: the scope `offline_access` is missing")]
    NoRefreshToken,
    /// The grant is over: revoked, 90 days unused, a year old, or the password has changed.
    #[error("the connection to Confluence has ended")]
    ReconnectNeeded,
    /// There are no tokens: nobody has signed in.
    #[error("not signed in")]
    SignedOut,
    /// The token endpoint does not accept the app's client secret.
    #[error("Atlassian does not accept the app's client secret")]
    WrongClientSecret,
    /// The token endpoint could not be asked. Says nothing about the grant.
    #[error("the token endpoint is not available")]
    Unavailable {
        /// What happened.
        #[source]
        cause: Arc<Error>,
    },
    /// The tokens could not be read or kept.
    #[error("the secret store failed")]
    Store(#[from] StoreError),
    /// The app's own settings (client id, URLs) are unusable.
    #[error("the sign-in is not set up: {reason}")]
    Configuration {
        /// What is wrong.
        reason: &'static str,
    },
}

impl AuthError {
    /// Stable name in snake case, for programs and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Denied => "sign_in_denied",
            Self::StateMismatch => "sign_in_state_mismatch",
            Self::CallbackRejected { .. } => "sign_in_callback_rejected",
            Self::Refused { .. } => "sign_in_refused",
            Self::TimedOut => "sign_in_timed_out",
            Self::Cancelled => "refresh_cancelled",
            Self::PortTaken { .. } => "sign_in_port_taken",
            Self::Listen { .. } => "sign_in_port_unavailable",
            Self::CodeRejected => "sign_in_code_rejected",
            Self::NoRefreshToken => "no_refresh_token",
            Self::ReconnectNeeded => "reconnect_needed",
            Self::SignedOut => "signed_out",
            Self::WrongClientSecret => "wrong_client_secret",
            Self::Unavailable { .. } => "sign_in_unavailable",
            Self::Store(_) => "secret_store",
            Self::Configuration { .. } => "sign_in_configuration",
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Denied => "connect again and press Accept on Atlassian's page",
            Self::StateMismatch | Self::CallbackRejected { .. } | Self::CodeRejected => {
                "start the sign-in again from the app"
            }
            Self::Refused { .. } => "every permission that the app asks for has to be enabled for it at Atlassian",
            Self::TimedOut => {
                "finish the sign-in in the browser; if Atlassian's page shows an error about the redirect or callback URL, \
                 that URL is not registered for this client id"
            }
            Self::PortTaken { port } => {
                return Some(format!(
                    "close the program that uses port {port}, or set another registered callback port"
                ));
            }
            Self::NoRefreshToken => "add the scope offline_access, then connect again",
            Self::ReconnectNeeded => "connect Confluence again; pages that are already here stay",
            Self::SignedOut => "connect Confluence first",
            Self::WrongClientSecret => "check the client secret of the OAuth app",
            Self::Unavailable { cause } => return cause.hint(),
            Self::Store(_) => "unlock the system's keychain, then try again",
            Self::Configuration { .. } => "check client id, scopes and callback address",
            Self::Cancelled | Self::Listen { .. } => return None,
        };
        Some(hint.to_owned())
    }
}
