//! Why the broker does not start or stops.

/// Why the broker does not start or stops.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BrokerError {
    /// A setting that can't be used.
    #[error("{name}: {reason}")]
    Setting {
        /// The variable.
        name: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// The HTTP client could not be set up.
    #[error("the HTTP client can't be set up: {0}")]
    Client(#[source] reqwest::Error),
    /// TLS could not be set up.
    #[error("TLS can't be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// The address can't be listened on, or serving ended.
    #[error("can't serve: {0}")]
    Serve(#[from] std::io::Error),
}
