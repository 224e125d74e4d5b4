//! How long to wait before a retry.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::options::TransportOptions;
use crate::error::{Error, RetryKind};

/// A person waits for these, or no answer at all came: fewer attempts than for an overloaded server.
const IMPATIENT_RETRIES: u32 = 2;
/// Atlassian's advice.
const JITTER: RangeInclusive<f64> = 0.7..=1.3;
/// After a `Retry-After` the wait is only ever lengthened.
const LATE_JITTER: RangeInclusive<f64> = 1.0..=1.3;

/// An attempt's error, and what the transport itself may do about it. The two differ for a 429 without `Retry-After`:
/// worth a few retries here, and a longer pause for the caller afterwards.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) retry: RetryKind,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let retry = error.retry_kind();
        Self { error, retry }
    }
}

/// The wait before retry number `retries` (from 0); `None` gives up.
pub(super) fn pause(failure: &Failure, retries: u32, options: &TransportOptions) -> Option<Duration> {
    let allowed = match failure.error {
        Error::Network { .. } => options.max_retries.min(IMPATIENT_RETRIES),
        _ => options.max_retries,
    };
    if retries >= allowed {
        return None;
    }
    match failure.retry {
        RetryKind::Never | RetryKind::Reauthorize => None,
        RetryKind::After(wait) if wait > options.retry_after_cap => None,
        RetryKind::After(wait) => Some(wait.mul_f64(rand::random_range(LATE_JITTER))),
        RetryKind::Backoff => Some(doubled(retries, options).mul_f64(rand::random_range(JITTER))),
    }
}

/// The wait without jitter.
pub(super) fn doubled(retries: u32, options: &TransportOptions) -> Duration {
    options.backoff_base.saturating_mul(2_u32.saturating_pow(retries)).min(options.backoff_cap)
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;

    fn rate_limited(wait: u64) -> Failure {
        let wait = Duration::from_secs(wait);
        Error::RateLimited { until: OffsetDateTime::UNIX_EPOCH, wait, reason: None }.into()
    }

    #[test]
    fn doubles_up_to_the_cap() {
        let options = TransportOptions::default();
        let seconds: Vec<u64> = (0..6).map(|retries| doubled(retries, &options).as_secs()).collect();
        assert_eq!(seconds, [2, 4, 8, 16, 30, 30]);
        assert_eq!(doubled(u32::MAX, &options).as_secs(), 30);
    }

    #[test]
    fn gives_up_after_the_allowed_retries() {
        let options = TransportOptions::default();
        let server: Failure = Error::Server { status: 503 }.into();
        assert!(pause(&server, 3, &options).is_some());
        assert!(pause(&server, 4, &options).is_none());
        let network: Failure = Error::Network { host: String::new(), source: "down".into() }.into();
        assert!(pause(&network, 2, &options).is_none());
    }

    #[test]
    fn waits_for_a_retry_after_only_up_to_the_cap() {
        let options = TransportOptions::default();
        assert!(pause(&rate_limited(60), 0, &options).is_some_and(|wait| wait >= Duration::from_mins(1)));
        assert!(pause(&rate_limited(61), 0, &options).is_none());
    }

    #[test]
    fn never_repeats_what_cannot_change() {
        let options = TransportOptions::default();
        for error in [Error::NotFound, Error::CursorInvalid, Error::Unauthorized { message: String::new() }] {
            assert!(pause(&error.into(), 0, &options).is_none());
        }
    }

    #[test]
    fn jitter_stays_in_its_range() {
        let options = TransportOptions::default();
        let server: Failure = Error::Server { status: 503 }.into();
        for _ in 0..200 {
            let wait = pause(&server, 0, &options).expect("retries").as_secs_f64();
            assert!((1.4..=2.6).contains(&wait), "{wait}");
        }
    }
}
