//! How patient the transport is.

use std::time::Duration;

/// Limits of the transport. The defaults follow Atlassian's advice for rate limits: doubling from 2 s up to 30 s, jitter
/// 0.7 to 1.3, four retries, five requests at once.
#[derive(Debug, Clone)]
pub struct TransportOptions {
    /// `User-Agent`: the product and its version.
    pub user_agent: String,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest silence while an answer arrives.
    pub read_timeout: Duration,
    /// Longest time for one attempt, waiting and reading together.
    pub total_timeout: Duration,
    /// First wait before a retry; doubles with each further one. Zero makes tests fast.
    pub backoff_base: Duration,
    /// Longest wait before a retry.
    pub backoff_cap: Duration,
    /// Retries after the first attempt.
    pub max_retries: u32,
    /// A `Retry-After` up to this is waited for; a longer one is reported at once, so that the caller can park.
    pub retry_after_cap: Duration,
    /// Requests under way at once.
    pub concurrency: usize,
    /// Largest answer that is read, in bytes, after decompression.
    pub max_body_bytes: usize,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            user_agent: concat!("confluence-client/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_mins(1),
            backoff_base: Duration::from_secs(2),
            backoff_cap: Duration::from_secs(30),
            max_retries: 4,
            retry_after_cap: Duration::from_mins(1),
            concurrency: 5,
            max_body_bytes: 64 * 1024 * 1024,
        }
    }
}
