//! What the requests have cost so far.

use std::sync::atomic::{AtomicU64, Ordering};

/// What the requests have cost since the transport was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Requests sent, retries included.
    pub requests: u64,
    /// Estimated points of Atlassian's hourly quota: one a request, and one for each object in its answer
    /// (developer.atlassian.com/cloud/confluence/rate-limiting/).
    pub points: u64,
    /// Bytes of the answers, after decompression.
    pub bytes: u64,
}

#[derive(Debug, Default)]
pub(super) struct Meter {
    requests: AtomicU64,
    objects: AtomicU64,
    bytes: AtomicU64,
}

impl Meter {
    pub(super) fn count_request(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_bytes(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn count_objects(&self, objects: usize) {
        self.objects.fetch_add(objects as u64, Ordering::Relaxed);
    }

    pub(super) fn usage(&self) -> Usage {
        let requests = self.requests.load(Ordering::Relaxed);
        let points = requests + self.objects.load(Ordering::Relaxed);
        Usage { requests, points, bytes: self.bytes.load(Ordering::Relaxed) }
    }
}
