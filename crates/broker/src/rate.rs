//! How often one address may ask: a bucket that fills again. Pure; the moment is an argument.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    time::{Duration, Instant},
};

/// Addresses that are remembered; beyond, those that have not asked for long are forgotten.
const MOST: usize = 20_000;

/// How often one address may ask.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateLimit {
    /// Requests at once.
    pub burst: u32,
    /// Requests a minute in the long run.
    pub per_minute: u32,
}

impl Default for RateLimit {
    /// A person signs in rarely and refreshes hourly; a company's people may share an address.
    fn default() -> Self {
        Self { burst: 60, per_minute: 60 }
    }
}

/// What each address has left.
#[derive(Debug)]
pub(crate) struct Buckets {
    limit: RateLimit,
    left: HashMap<IpAddr, (f64, Instant)>,
}

impl Buckets {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self { limit, left: HashMap::new() }
    }

    /// Takes a request of this address; how long to wait where it has none left.
    pub(crate) fn take(&mut self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let (burst, rate) = (f64::from(self.limit.burst), f64::from(self.limit.per_minute) / 60.0);
        if self.left.len() >= MOST {
            let full_after = Duration::from_secs_f64(burst / rate.max(f64::EPSILON).max(1e-6));
            self.left.retain(|_, (_, seen)| now.saturating_duration_since(*seen) < full_after);
            // A flood from everywhere: forgetting all is better than running out of memory.
            if self.left.len() >= MOST {
                self.left.clear();
            }
        }
        let (left, seen) = self.left.entry(network(address)).or_insert((burst, now));
        *left = (*left + now.saturating_duration_since(*seen).as_secs_f64() * rate).min(burst);
        *seen = now;
        if *left < 1.0 {
            return Err(Duration::from_secs_f64(((1.0 - *left) / rate.max(1e-6)).min(3600.0)));
        }
        *left -= 1.0;
        Ok(())
    }
}

/// One customer has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => IpAddr::V4(mapped),
            None => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        },
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: RateLimit = RateLimit { burst: 2, per_minute: 60 };

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_bucket_empties_and_fills() {
        let (mut buckets, start) = (Buckets::new(LIMIT), Instant::now());
        let mut take =
            |who: &str, after_ms: u64| buckets.take(address(who), start + Duration::from_millis(after_ms)).is_ok();
        assert!(take("1.1.1.1", 0) && take("1.1.1.1", 0));
        assert!(!take("1.1.1.1", 0));
        assert!(take("2.2.2.2", 0), "another address has its own");
        assert!(!take("1.1.1.1", 900));
        assert!(take("1.1.1.1", 1_000));
        assert!(!take("1.1.1.1", 1_000));
        assert!(take("1.1.1.1", 60_000) && take("1.1.1.1", 60_000), "but never more than the burst");
        assert!(!take("1.1.1.1", 60_000));
    }

    #[test]
    fn a_network_is_one_address() {
        let (mut buckets, now) = (Buckets::new(LIMIT), Instant::now());
        assert!(buckets.take(address("2001:db8::1"), now).is_ok() && buckets.take(address("2001:db8::2"), now).is_ok());
        assert!(buckets.take(address("2001:db8::3"), now).is_err());
        assert!(buckets.take(address("2001:db8:0:1::3"), now).is_ok());
        assert_eq!(network(address("::ffff:1.2.3.4")), address("1.2.3.4"));
    }

    #[test]
    fn a_flood_of_addresses_is_forgotten() {
        let (mut buckets, now) = (Buckets::new(LIMIT), Instant::now());
        for number in 0..(MOST as u32 + 5) {
            let _ = buckets.take(IpAddr::V4(number.into()), now);
        }
        assert!(buckets.left.len() <= MOST);
    }
}
