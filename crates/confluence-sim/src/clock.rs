//! The simulator's time: real time plus an offset that a test can advance, or a fixed start.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use time::OffsetDateTime;

/// A clock that only moves where it is told to, or that follows the machine's clock at an offset.
///
/// Token lifetimes (1 hour, 10 minutes, 90 days, 365 days), version dates and the top of the hour of the points ledger
/// are all read from here. Clones share one time.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Milliseconds since 1970 where the clock is fixed; `None` follows the machine.
    fixed: Option<i64>,
    offset_ms: Arc<AtomicI64>,
}

impl Clock {
    /// Follows the machine's clock, plus whatever [`Clock::advance`] adds.
    pub fn system() -> Self {
        Self { fixed: None, offset_ms: Arc::default() }
    }

    /// Stands still at `start` until it is advanced.
    pub fn fixed(start: OffsetDateTime) -> Self {
        Self { fixed: Some(milliseconds(start)), offset_ms: Arc::default() }
    }

    /// The time now, in UTC.
    pub fn now(&self) -> OffsetDateTime {
        let base = self.fixed.unwrap_or_else(machine_milliseconds);
        at_milliseconds(base.saturating_add(self.offset_ms.load(Ordering::SeqCst)))
    }

    /// Moves the clock forward for everybody who shares it.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.offset_ms.fetch_add(by, Ordering::SeqCst);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the one place where the simulator reads the machine's clock")]
fn machine_milliseconds() -> i64 {
    milliseconds(OffsetDateTime::now_utc())
}

/// Milliseconds since 1970; the unit of a cursor's `contentOrderValue` in date order.
pub(crate) fn milliseconds(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

fn at_milliseconds(milliseconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// A date as the API writes it: `YYYY-MM-DDTHH:mm:ss.sssZ`.
pub(crate) fn iso(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}
