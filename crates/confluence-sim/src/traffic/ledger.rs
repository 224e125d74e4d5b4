//! Points: one for a request and one for every object in its answer, counted by the full UTC hour.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::clock::iso;

/// How the limits are told to the client.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderDialect {
    /// `X-RateLimit-Limit`, `-Remaining`, `-Reset` (ISO 8601), `-NearLimit`, `RateLimit-Reason`.
    #[default]
    Classic,
    /// `Beta-RateLimit-Policy` and `Beta-RateLimit`.
    Structured,
    /// Both.
    Both,
    /// Neither, as at gateways that only say 429.
    Silent,
}

/// The rules of the points ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsLimit {
    /// Points in an hour; 65,000 is the shared pool of an app that Atlassian has not reviewed.
    pub per_hour: u64,
    /// How the limit is told.
    #[serde(default)]
    pub headers: HeaderDialect,
    /// Whether a refusal carries `Retry-After` (seconds to the full hour).
    #[serde(default)]
    pub retry_after: bool,
}

/// What has been spent in the current hour.
#[derive(Debug)]
pub(crate) struct PointsLedger {
    limit: PointsLimit,
    hour: i64,
    spent: u64,
}

impl PointsLedger {
    pub(crate) fn new(limit: PointsLimit) -> Self {
        Self { limit, hour: 0, spent: 0 }
    }

    /// Whether there is anything left to spend.
    pub(crate) fn may_spend(&mut self, now: OffsetDateTime) -> bool {
        let hour = now.unix_timestamp().div_euclid(3600);
        if hour != self.hour {
            (self.hour, self.spent) = (hour, 0);
        }
        self.spent < self.limit.per_hour
    }

    /// Takes the points of an answer with so many objects.
    pub(crate) fn spend(&mut self, objects: usize) {
        self.spent += 1 + objects as u64;
    }

    /// Writes the headers that tell the client where it stands.
    pub(crate) fn tell(&self, now: OffsetDateTime, refused: bool, headers: &mut HeaderMap) {
        let left = self.limit.per_hour.saturating_sub(self.spent);
        let reset = (self.hour + 1) * 3600;
        let seconds = (reset - now.unix_timestamp()).max(1);
        let mut put = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        if matches!(self.limit.headers, HeaderDialect::Classic | HeaderDialect::Both) {
            put("x-ratelimit-limit", self.limit.per_hour.to_string());
            put("x-ratelimit-remaining", left.to_string());
            put("x-ratelimit-reset", iso(OffsetDateTime::from_unix_timestamp(reset).unwrap_or(now)));
            if left * 5 < self.limit.per_hour {
                put("x-ratelimit-nearlimit", "true".to_owned());
            }
            if refused {
                put("ratelimit-reason", "confluence-quota-global-based".to_owned());
            }
        }
        if matches!(self.limit.headers, HeaderDialect::Structured | HeaderDialect::Both) {
            put("beta-ratelimit-policy", format!("\"global-app-quota\";q={};w=3600", self.limit.per_hour));
            put("beta-ratelimit", format!("\"global-app-quota\";r={left};t={seconds}"));
        }
        if refused && self.limit.retry_after {
            put("retry-after", seconds.to_string());
        }
    }
}
