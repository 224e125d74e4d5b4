//! What can go wrong, in words for programs (`code`) and for people (`hint`).

use std::error::Error as StdError;
use std::time::Duration;

use time::OffsetDateTime;

use crate::auth::AuthError;

/// A source error without a type of its own, kept for the chain of causes.
pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a request to Confluence did not give an answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No connection, or it broke.
    #[error("no connection to `{host}`")]
    Network {
        /// The host that was asked.
        host: String,
        /// What the network said.
        #[source]
        source: BoxError,
    },
    /// No answer in time.
    #[error("`{host}` did not answer in time")]
    Timeout {
        /// The host that was asked.
        host: String,
    },
    /// Atlassian asks to wait (429, or 503 with `Retry-After`), for longer than a request waits by itself.
    #[error("rate limited until {until}{}", reason.as_ref().map(|reason| format!(" (`{reason}`)")).unwrap_or_default())]
    RateLimited {
        /// When it is worth trying again.
        until: OffsetDateTime,
        /// How long that was from the answer on.
        wait: Duration,
        /// The `RateLimit-Reason` header.
        reason: Option<String>,
    },
    /// The access token or the API token was refused, also after one refresh.
    #[error("Confluence refused the credentials: `{message}`")]
    Unauthorized {
        /// What Confluence said.
        message: String,
    },
    /// The grant lacks a scope: `401 {"message":"Unauthorized; scope does not match"}`.
    #[error("the grant lacks a scope: `{message}`")]
    ScopeMissing {
        /// What Confluence said.
        message: String,
    },
    /// The person may not use Confluence, or not this part of it.
    #[error("not permitted: `{message}`")]
    NotPermitted {
        /// What Confluence said.
        message: String,
    },
    /// Absent, purged, restricted, or a passing error of the server: Confluence answers 404 for all of these, so one
    /// of them proves nothing.
    #[error("not found")]
    NotFound,
    /// The endpoint was removed.
    #[error("this endpoint is gone: `{message}`")]
    Gone {
        /// What Confluence said.
        message: String,
    },
    /// Confluence refused the request as malformed.
    #[error("Confluence refused the request: `{message}`")]
    BadRequest {
        /// What Confluence said.
        message: String,
    },
    /// The paging cursor has expired or was never valid: the list has to start again.
    #[error("the list's cursor is no longer valid")]
    CursorInvalid,
    /// The server sends the same cursor for ever: the list is incomplete.
    #[error("the server repeated a list's cursor")]
    CursorRepeated,
    /// The server failed.
    #[error("the server failed with status {status}")]
    Server {
        /// HTTP status, 500 and above.
        status: u16,
    },
    /// A status that no documented case has, for example a redirect.
    #[error("unexpected status {status}")]
    UnexpectedStatus {
        /// HTTP status.
        status: u16,
    },
    /// A success whose body is not what was asked for. Never to be taken as an empty answer.
    #[error("unexpected answer: {problem}")]
    UnexpectedBody {
        /// What is wrong with it.
        problem: BodyProblem,
    },
    /// The answer is larger than this client reads.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// Credentials are sent over `https`, or to this machine, and nowhere else.
    #[error("`{origin}` is neither https nor this machine")]
    InsecureUrl {
        /// Scheme and host.
        origin: String,
    },
    /// The transport could not be set up.
    #[error("the HTTP client could not be set up")]
    Setup {
        /// What failed.
        #[source]
        source: BoxError,
    },
    /// There is no usable access token.
    #[error(transparent)]
    Auth(#[from] AuthError),
}

/// What is wrong with the body of a success.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BodyProblem {
    /// Not JSON, for example the HTML page of a proxy.
    #[error("not JSON")]
    NotJson,
    /// JSON that ends too early, or an answer that broke off.
    #[error("cut short")]
    Truncated,
    /// JSON of another shape, with where it differs.
    #[error("`{0}`")]
    Shape(String),
    /// A link to the next page of the list without a cursor.
    #[error("a next link without a cursor")]
    NextLink,
}

/// What is worth doing after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryKind {
    /// The same request gives the same error.
    Never,
    /// Try again, not before this time has passed.
    After(Duration),
    /// Try again, waiting longer each time.
    Backoff,
    /// Try again with a fresh access token, once.
    Reauthorize,
}

impl Error {
    /// What is worth doing now.
    pub fn retry_kind(&self) -> RetryKind {
        match self {
            Self::Network { .. }
            | Self::Timeout { .. }
            | Self::Server { .. }
            | Self::UnexpectedBody { problem: BodyProblem::NotJson | BodyProblem::Truncated }
            | Self::Auth(AuthError::Unavailable { .. }) => RetryKind::Backoff,
            Self::RateLimited { wait, .. } => RetryKind::After(*wait),
            Self::Unauthorized { .. } => RetryKind::Reauthorize,
            _ => RetryKind::Never,
        }
    }

    /// Whether asking for less at a time may help: the server, or the line to it, gave up on a large answer.
    pub(crate) fn is_overload(&self) -> bool {
        matches!(
            self,
            Self::Timeout { .. }
                | Self::TooLarge { .. }
                | Self::Server { status: 500 | 502..=504 }
                | Self::UnexpectedBody { problem: BodyProblem::Truncated }
        )
    }

    /// Stable name in snake case, for programs and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Network { .. } => "network",
            Self::Timeout { .. } => "timeout",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unauthorized { .. } => "unauthorized",
            Self::ScopeMissing { .. } => "scope_missing",
            Self::NotPermitted { .. } => "not_permitted",
            Self::NotFound => "not_found",
            Self::Gone { .. } => "gone",
            Self::BadRequest { .. } => "bad_request",
            Self::CursorInvalid => "cursor_invalid",
            Self::CursorRepeated => "cursor_repeated",
            Self::Server { .. } => "server_error",
            Self::UnexpectedStatus { .. } => "unexpected_status",
            Self::UnexpectedBody { .. } => "unexpected_body",
            Self::TooLarge { .. } => "too_large",
            Self::InsecureUrl { .. } => "insecure_url",
            Self::Setup { .. } => "http_setup",
            Self::Auth(auth) => auth.code(),
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Network { .. } => "check the internet connection, VPN and proxy, then try again",
            Self::Timeout { .. } | Self::Server { .. } => {
                "try again in a few minutes; status.atlassian.com tells about outages"
            }
            Self::RateLimited { until, .. } => {
                return Some(format!("nothing is lost; try again after {}", clock_time(*until)));
            }
            Self::Unauthorized { .. } => "connect Confluence again, or check e-mail address and API token",
            Self::ScopeMissing { .. } => "connect Confluence again and allow every permission that is asked for",
            Self::NotPermitted { .. } => "ask a Confluence administrator for access",
            Self::NotFound => "it may have been deleted, or your account may not see it",
            Self::CursorInvalid | Self::CursorRepeated => "start the list again",
            Self::UnexpectedStatus { .. } => "check the site address",
            Self::UnexpectedBody { .. } => {
                "a proxy or a login page may be in the way; try again, or try from another network"
            }
            Self::InsecureUrl { .. } => "use an address that begins with https://",
            Self::Gone { .. } | Self::BadRequest { .. } | Self::Setup { .. } => {
                "update the app: it asks Atlassian for something that has changed"
            }
            Self::TooLarge { .. } => "the page is too large to copy",
            Self::Auth(auth) => return auth.hint(),
        };
        Some(hint.to_owned())
    }
}

fn clock_time(at: OffsetDateTime) -> String {
    format!("{:02}:{:02} UTC", at.hour(), at.minute())
}
