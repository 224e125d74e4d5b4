//! What time it is, as a thing that is handed in.

use std::fmt;

use time::OffsetDateTime;

/// Tells the time. Token expiry and rate limits ask it, so that tests decide when an hour has passed.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time now, in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the time; everything else takes a `Clock`")]
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}
