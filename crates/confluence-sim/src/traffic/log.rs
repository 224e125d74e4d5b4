//! A record of every request, and counts.

use serde::{Deserialize, Serialize};

/// Marks a response whose request carried good credentials.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Authorized;

/// One request as it was answered. Requests to `/__sim` are not recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRecord {
    /// The simulator's time when it came in, `YYYY-MM-DDTHH:mm:ss.sssZ`.
    pub time: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// Path without query.
    pub path: String,
    /// Query as it was sent, not decoded; empty where there was none.
    pub query: String,
    /// Status of the answer; 0 where the connection was dropped instead.
    pub status: u16,
    /// Whether it carried a good token (or API token).
    pub authorized: bool,
    /// Bytes of the answer's body.
    pub bytes: u64,
}

/// Counts over all requests since the start or the last clearing of the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Requests.
    pub requests: u64,
    /// Bytes of all answers.
    pub bytes: u64,
    /// Requests refused with 405 because their method could change something.
    pub refused_writes: u64,
    /// Requests answered with 401.
    pub unauthorized: u64,
    /// Requests answered with 429.
    pub rate_limited: u64,
    /// Requests that met a fault.
    pub faults: u64,
}

/// The log; the newest [`RequestLog::KEPT`] records are kept.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    records: std::collections::VecDeque<RequestRecord>,
    pub(crate) counters: Counters,
}

impl RequestLog {
    const KEPT: usize = 100_000;

    pub(crate) fn push(&mut self, record: RequestRecord, fault: bool) {
        self.counters.requests += 1;
        self.counters.bytes += record.bytes;
        self.counters.refused_writes += u64::from(record.status == 405);
        self.counters.unauthorized += u64::from(record.status == 401);
        self.counters.rate_limited += u64::from(record.status == 429);
        self.counters.faults += u64::from(fault);
        if self.records.len() == Self::KEPT {
            self.records.pop_front();
        }
        self.records.push_back(record);
    }

    pub(crate) fn records(&self) -> Vec<RequestRecord> {
        self.records.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
