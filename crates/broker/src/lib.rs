//! The token broker: adds the OAuth client secret to token requests, so that the secret is on no person's machine.
//!
//! Atlassian's apps are confidential: each token request takes a secret, which a program that everybody can download can't
//! keep. Whoever publishes the app runs this beside it. It keeps nothing: tokens and codes pass through, and are in no log.

mod callback;
mod error;
mod guard;
mod rate;
mod request;
mod routes;
mod settings;
mod upstream;

pub use error::BrokerError;
pub use rate::RateLimit;
pub use routes::serve;
pub use settings::Settings;
