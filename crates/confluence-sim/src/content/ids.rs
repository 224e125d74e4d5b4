//! Ids and dates that depend on nothing but a space's key and a path, so that the same source gives the same site.

use sha2::{Digest, Sha256};
use time::OffsetDateTime;

/// Ids stay below 2^53, so that a client that reads them as JavaScript numbers keeps them exact.
const LARGEST: u64 = (1 << 53) - 1;

/// 2024-01-01T00:00:00Z, the earliest date that seeded content carries.
const EPOCH: i64 = 1_704_067_200;

/// A number from 1 to 2^53 - 1 for this key and path.
pub(crate) fn stable(key: &str, path: &str) -> u64 {
    (number(&[key, path]) & LARGEST).max(1)
}

/// A cloud id in the shape of a UUID.
pub(crate) fn cloud_id(site: &str) -> String {
    let high = number(&["cloud", site]);
    let low = number(&["cloud", site, "low"]);
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

/// When seeded content was made and last changed: spread over 2024 and the first half of 2025, the same on every run.
pub(crate) fn dates(id: u64) -> (OffsetDateTime, OffsetDateTime) {
    let created = EPOCH + i64::try_from(id % (400 * 86_400)).unwrap_or(0);
    let modified = created + i64::try_from((id >> 16) % (150 * 86_400)).unwrap_or(0);
    (at(created), at(modified))
}

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn number(parts: &[&str]) -> u64 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}
