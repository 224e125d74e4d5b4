//! How a client proves who it is.

use secrecy::SecretString;

use super::token_source::TokenSource;

/// How a client proves who it is.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// OAuth 2.0 (3LO): requests go through Atlassian's gateway with a bearer token.
    OAuth(TokenSource),
    /// A person's own API token: requests go to the site itself with Basic authentication.
    ApiToken {
        /// E-mail address of the Atlassian account.
        email: String,
        /// The API token.
        token: SecretString,
    },
}
