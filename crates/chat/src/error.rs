//! Why there is no answer, in words for programs (`code`) and for people (`hint`).

use std::{error::Error as StdError, time::Duration};

/// Why there is no answer. No variant holds the key; what a server said is clipped to 300 letters.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChatError {
    /// Plain http to a place beyond this machine and private networks.
    #[error("`{origin}` would be asked in the clear")]
    InsecureUrl {
        /// Scheme and host.
        origin: String,
    },
    /// An address that can't be asked.
    #[error("the address can't be used: {reason}")]
    UnusableUrl {
        /// Why.
        reason: &'static str,
    },
    /// A key that no header can hold.
    #[error("the key can't be used: it has letters that no key has")]
    UnusableKey,
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up")]
    Setup {
        /// What failed.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// No connection, or none that could be trusted.
    #[error("no connection to `{host}`")]
    Network {
        /// The host that was asked.
        host: String,
        /// What the network said.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// No connection, or no further byte, in time.
    #[error("`{host}` did not answer in time")]
    Timeout {
        /// The host that was asked.
        host: String,
    },
    /// The key was refused, or there is none (401).
    #[error("the key was refused: `{message}`")]
    Unauthorized {
        /// What the server said.
        message: String,
    },
    /// The key may not use this model or place (402, 403).
    #[error("not permitted: `{message}`")]
    NotPermitted {
        /// What the server said.
        message: String,
    },
    /// No such model, or no such endpoint (404).
    #[error("not found: `{message}`")]
    NotFound {
        /// What the server said.
        message: String,
    },
    /// Too many requests, or no quota left (429).
    #[error("the endpoint asks to wait: `{message}`")]
    RateLimited {
        /// What the server said.
        message: String,
        /// The `Retry-After` header, where it names seconds.
        wait: Option<Duration>,
    },
    /// The server refused the request (400, 413, 422).
    #[error("the endpoint refused the request: `{message}`")]
    BadRequest {
        /// What the server said.
        message: String,
    },
    /// The server failed (500 and above).
    #[error("the endpoint failed with status {status}: `{message}`")]
    Server {
        /// HTTP status.
        status: u16,
        /// What the server said.
        message: String,
    },
    /// The server sent an error in place of the rest of its reply.
    #[error("the endpoint broke off: `{message}`")]
    Failed {
        /// What the server said.
        message: String,
    },
    /// A redirect, which is not followed, or a status that no documented case has.
    #[error("unexpected status {status}")]
    UnexpectedStatus {
        /// HTTP status.
        status: u16,
    },
    /// A success that is not what was asked for.
    #[error("unexpected reply: {reason}")]
    UnexpectedReply {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The reply ended before its end.
    #[error("the reply was cut short")]
    CutShort,
    /// The reply is larger than what is read.
    #[error("the reply is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

impl ChatError {
    /// Stable name in snake case, for programs and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InsecureUrl { .. } => "insecure_url",
            Self::UnusableUrl { .. } => "unusable_url",
            Self::UnusableKey => "unusable_key",
            Self::Setup { .. } => "http_setup",
            Self::Network { .. } => "network",
            Self::Timeout { .. } => "timeout",
            Self::Unauthorized { .. } => "unauthorized",
            Self::NotPermitted { .. } => "not_permitted",
            Self::NotFound { .. } => "not_found",
            Self::RateLimited { .. } => "rate_limited",
            Self::BadRequest { .. } => "bad_request",
            Self::Server { .. } => "server_error",
            Self::Failed { .. } => "reply_failed",
            Self::UnexpectedStatus { .. } => "unexpected_status",
            Self::UnexpectedReply { .. } => "unexpected_reply",
            Self::CutShort => "cut_short",
            Self::TooLarge { .. } => "too_large",
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::InsecureUrl { .. } => {
                "use an address that begins with https://, or http:// with the number of a machine in your own network, \
                 like http://192.168.1.20:11434/v1"
            }
            Self::UnusableUrl { .. } => "give the endpoint's base address, like https://api.openai.com/v1",
            Self::UnusableKey => "copy the key again, without line breaks",
            Self::Setup { .. } => "check the system's certificates, then start the app again",
            Self::Network { .. } => "check that the endpoint runs, and the connection, VPN and proxy",
            Self::Timeout { .. } | Self::CutShort | Self::Failed { .. } | Self::Server { .. } => {
                "try again; a local model may be loading, or be too large for its machine"
            }
            Self::Unauthorized { .. } => "check the key of this endpoint",
            Self::NotPermitted { .. } => "check what the key's account may use, and whether it is paid for",
            Self::NotFound { .. } => "check the model's name, and that the address ends like /v1",
            Self::RateLimited { .. } => "wait a little, and check the quota of the key's account",
            Self::BadRequest { .. } => "choose another model: this one does not take such a question",
            Self::UnexpectedStatus { .. } | Self::UnexpectedReply { .. } => {
                "check the address: what answers there is no OpenAI-compatible endpoint"
            }
            Self::TooLarge { .. } => "choose another model: this one does not come to an end",
        }
    }
}
