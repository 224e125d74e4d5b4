//! Why the server does not start.

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The token can't be sent in a header, or is empty and would keep nobody out.
    #[error("the token must be of visible ASCII characters and not be empty")]
    Token,
    /// The port is taken or not allowed.
    #[error("can't listen on port {port}: {source}")]
    Bind {
        /// The port that was asked for; 0 for any.
        port: u16,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}
