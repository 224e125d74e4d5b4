//! How much may be said: a bucket that fills again. Pure; the moment is an argument.

use std::time::{Duration, Instant};

/// Captions at once.
pub(crate) const BURST: u32 = 400;
/// Captions a second in the long run.
pub(crate) const PER_SECOND: u32 = 200;

/// What is left.
#[derive(Debug)]
pub(crate) struct Bucket {
    left: f64,
    seen: Instant,
}

impl Bucket {
    /// A full one.
    pub(crate) fn new(now: Instant) -> Self {
        Self { left: f64::from(BURST), seen: now }
    }

    /// Takes so many, at most a whole burst; how long to wait where they are not there, and then none is taken.
    pub(crate) fn take(&mut self, count: u32, now: Instant) -> Result<(), Duration> {
        let count = f64::from(count.min(BURST));
        let new = now.saturating_duration_since(self.seen).as_secs_f64() * f64::from(PER_SECOND);
        self.left = (self.left + new).min(f64::from(BURST));
        self.seen = now.max(self.seen);
        if self.left < count {
            return Err(Duration::from_secs_f64((count - self.left) / f64::from(PER_SECOND)));
        }
        self.left -= count;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_empties_and_fills() {
        let start = Instant::now();
        let mut bucket = Bucket::new(start);
        let mut take = |count, after_ms| bucket.take(count, start + Duration::from_millis(after_ms));
        assert_eq!(take(BURST, 0), Ok(()));
        assert_eq!(take(1, 0), Err(Duration::from_millis(5)));
        assert_eq!(take(100, 0), Err(Duration::from_millis(500)));
        assert_eq!(take(100, 500), Ok(()), "a refusal takes nothing");
        assert!(take(1, 500).is_err());
        assert!(take(1, 400).is_err(), "a clock that went back gives nothing");
        assert_eq!(take(BURST, 60_000), Ok(()));
        assert!(take(1, 60_000).is_err(), "never more than the burst");
        assert_eq!(take(u32::MAX, 120_000), Ok(()), "more than a burst is a burst");
    }
}
