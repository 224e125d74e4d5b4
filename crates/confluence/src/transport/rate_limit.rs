//! What the headers say about rate limits, in both dialects that Atlassian sends.
//!
//! Source: developer.atlassian.com/cloud/confluence/rate-limiting/. The live `RateLimit-Reason` differs from the
//! documented values (`conf-global-based`), so it is matched loosely.

use std::time::Duration;

use reqwest::header::HeaderMap;
use time::format_description::well_known::{Rfc2822, Rfc3339};
use time::{OffsetDateTime, Time};

/// The tightest limit that the last answer spoke of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RateLimit {
    /// Name of the policy, where the server names it.
    pub policy: Option<String>,
    /// Points per window.
    pub limit: Option<u64>,
    /// Points left in this window.
    pub remaining: Option<u64>,
    /// When the window ends.
    pub reset_at: Option<OffsetDateTime>,
    /// Less than a fifth is left.
    pub near_limit: bool,
    /// Why a request was refused.
    pub reason: Option<String>,
}

/// Reads the headers of one answer; `None` where they say nothing about limits.
pub(super) fn read(headers: &HeaderMap, now: OffsetDateTime) -> Option<RateLimit> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let number = |name: &str| text(name).and_then(|value| value.parse().ok());
    let plain = RateLimit {
        policy: None,
        limit: number("x-ratelimit-limit"),
        remaining: number("x-ratelimit-remaining"),
        reset_at: text("x-ratelimit-reset").and_then(|value| OffsetDateTime::parse(value, &Rfc3339).ok()),
        near_limit: text("x-ratelimit-nearlimit").is_some_and(|value| value.eq_ignore_ascii_case("true")),
        reason: text("ratelimit-reason")
            .or_else(|| text("x-failure-category"))
            .map(|reason| reason.chars().take(80).collect()),
    };
    let joined = |names: [&str; 2]| {
        let values = names.into_iter().flat_map(|name| headers.get_all(name)).filter_map(|value| value.to_str().ok());
        values.collect::<Vec<_>>().join(",")
    };
    let policies = items(&joined(["ratelimit-policy", "beta-ratelimit-policy"]));
    let states = items(&joined(["ratelimit", "beta-ratelimit"]));
    let structured = policies.iter().map(|policy| merged(policy, &states, &plain, now));
    let tightest = structured.chain([plain.clone()]).min_by_key(|limit| limit.remaining.unwrap_or(u64::MAX));
    tightest.filter(|limit| *limit != RateLimit::default())
}

/// One member of a structured header: `"name";key=number;…`.
struct Item {
    name: String,
    parameters: Vec<(String, u64)>,
}

impl Item {
    fn number(&self, key: &str) -> Option<u64> {
        self.parameters.iter().find(|(name, _)| name == key).map(|(_, value)| *value)
    }
}

fn items(header: &str) -> Vec<Item> {
    header.split(',').filter(|member| !member.trim().is_empty()).map(item).collect()
}

fn item(member: &str) -> Item {
    let mut parts = member.split(';');
    let name = parts.next().unwrap_or_default().trim().trim_matches('"').to_owned();
    let parameters = parts
        .filter_map(|part| part.split_once('='))
        .filter_map(|(key, value)| Some((key.trim().to_owned(), value.trim().parse().ok()?)))
        .collect();
    Item { name, parameters }
}

/// `Beta-RateLimit-Policy: "global-app-quota";q=65000;w=3600` with `Beta-RateLimit: "global-app-quota";r=11000;t=600`.
fn merged(policy: &Item, states: &[Item], plain: &RateLimit, now: OffsetDateTime) -> RateLimit {
    let state = states.iter().find(|state| state.name == policy.name);
    let number = |key: &str| state.and_then(|state| state.number(key));
    let (limit, remaining) = (policy.number("q"), number("r"));
    let scarce = limit.zip(remaining).is_some_and(|(limit, left)| left.saturating_mul(5) < limit);
    RateLimit {
        policy: Some(policy.name.clone()),
        limit,
        remaining,
        reset_at: number("t")
            .and_then(|seconds| now.checked_add(time::Duration::seconds(i64::try_from(seconds).ok()?))),
        near_limit: plain.near_limit || scarce,
        reason: plain.reason.clone(),
    }
}

/// `Retry-After` in seconds or as a date; else the end of the window, where a refusal names it.
pub(super) fn retry_after(headers: &HeaderMap, now: OffsetDateTime) -> Option<Duration> {
    let text = headers.get("retry-after").and_then(|value| value.to_str().ok()).map(str::trim);
    let stated = text.and_then(|text| match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => OffsetDateTime::parse(text, &Rfc2822).ok().map(|at| until(at, now)),
    });
    let spent = || read(headers, now).filter(|limit| limit.remaining == Some(0)).and_then(|limit| limit.reset_at);
    stated.or_else(|| spent().map(|at| until(at, now)))
}

/// Where a refusal does not say how long: quotas start anew with each full UTC hour, bursts within a minute.
pub(super) fn unstated_pause(reason: Option<&str>, now: OffsetDateTime) -> Duration {
    let reason = reason.unwrap_or_default().to_ascii_lowercase();
    if ["global", "tenant", "quota"].iter().any(|word| reason.contains(word)) {
        let this_hour = Time::from_hms(now.hour(), 0, 0).unwrap_or(Time::MIDNIGHT);
        until(now.replace_time(this_hour) + time::Duration::hours(1), now)
    } else {
        Duration::from_mins(1)
    }
}

/// The moment `wait` from now; a year at most, so that a foreign number overflows nothing.
pub(super) fn moment(now: OffsetDateTime, wait: Duration) -> OffsetDateTime {
    now + wait.min(Duration::from_hours(365 * 24))
}

fn until(at: OffsetDateTime, now: OffsetDateTime) -> Duration {
    Duration::try_from(at - now).unwrap_or(Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::header::{HeaderName, HeaderValue};
    use rstest::rstest;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 10:20:00 UTC);

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header value"))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn reads_the_plain_dialect() {
        let limit = read(
            &headers(&[
                ("x-ratelimit-limit", "65000"),
                ("x-ratelimit-remaining", "12000"),
                ("x-ratelimit-reset", "2026-11-22T11:00:00Z"),
                ("x-ratelimit-nearlimit", "true"),
                ("ratelimit-reason", "conf-global-based"),
            ]),
            NOW,
        );
        let expected = RateLimit {
            policy: None,
            limit: Some(65_000),
            remaining: Some(12_000),
            reset_at: Some(datetime!(2026-11-22 11:00 UTC)),
            near_limit: true,
            reason: Some("conf-global-based".to_owned()),
        };
        assert_eq!(limit, Some(expected));
    }

    #[rstest]
    #[case("beta-ratelimit-policy", "beta-ratelimit")]
    #[case("ratelimit-policy", "ratelimit")]
    fn reads_the_structured_dialect_and_takes_the_tightest(#[case] policy: &'static str, #[case] state: &'static str) {
        let limit = read(
            &headers(&[
                (policy, r#""burst";q=100;w=1, "global-app-quota";q=65000;w=3600"#),
                (state, r#""burst";r=90;t=1, "global-app-quota";r=60;t=600"#),
            ]),
            NOW,
        );
        let expected = RateLimit {
            policy: Some("global-app-quota".to_owned()),
            limit: Some(65_000),
            remaining: Some(60),
            reset_at: Some(datetime!(2026-11-22 10:30 UTC)),
            near_limit: true,
            reason: None,
        };
        assert_eq!(limit, Some(expected));
    }

    #[test]
    fn says_nothing_where_the_headers_say_nothing() {
        assert_eq!(read(&headers(&[("server", "AtlassianEdge")]), NOW), None);
    }

    #[rstest]
    #[case::seconds(&[("retry-after", "17")], Some(17))]
    #[case::date(&[("retry-after", "Sun, 22 Nov 2026 10:21:00 GMT")], Some(60))]
    #[case::past_date(&[("retry-after", "Sun, 22 Nov 2026 10:19:00 GMT")], Some(0))]
    #[case::window(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "2026-11-22T11:00:00Z")], Some(2400))]
    #[case::window_with_room(&[("x-ratelimit-remaining", "5"), ("x-ratelimit-reset", "2026-11-22T11:00:00Z")], None)]
    #[case::nothing(&[("x-failure-category", "FAILURE CLIENT RATE LIMITED")], None)]
    #[case::nonsense(&[("retry-after", "soon")], None)]
    fn finds_how_long_to_wait(#[case] pairs: &[(&'static str, &str)], #[case] seconds: Option<u64>) {
        assert_eq!(retry_after(&headers(pairs), NOW), seconds.map(Duration::from_secs));
    }

    #[rstest]
    #[case(Some("confluence-quota-tenant-based"), 2400)]
    #[case(Some("conf-global-based"), 2400)]
    #[case(Some("confluence-burst-based"), 60)]
    #[case(None, 60)]
    fn an_unstated_pause_follows_the_reason(#[case] reason: Option<&str>, #[case] seconds: u64) {
        assert_eq!(unstated_pause(reason, NOW), Duration::from_secs(seconds));
    }

    proptest! {
        #[test]
        fn no_header_panics(text in "[ -~]{0,60}", wait in any::<u64>()) {
            let names = ["retry-after", "ratelimit", "ratelimit-policy", "x-ratelimit-reset", "x-ratelimit-remaining"];
            let map = headers(&names.map(|name| (name, text.as_str())));
            let _ = (read(&map, NOW), retry_after(&map, NOW));
            moment(NOW, Duration::from_secs(wait));
        }
    }
}
