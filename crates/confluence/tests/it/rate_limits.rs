//! 429 in every dress, and what the headers teach.

use std::time::Duration;

use confluence::{Error, RetryKind};
use confluence_sim::{Fault, FaultWhen, HeaderDialect, PointsLimit, Simulator};
use rstest::rstest;
use time::macros::datetime;

use crate::support::{START, World, status};

async fn world() -> World {
    World::start(Simulator::builder().generate("GEN", 30, 1)).await
}

#[rstest]
#[case::with_retry_after(&[("Retry-After", "0")])]
#[case::without(&[("X-Failure-Category", "FAILURE CLIENT RATE LIMITED")])]
#[tokio::test]
async fn a_short_limit_is_waited_out(#[case] headers: &[(&str, &str)]) {
    let world = world().await;
    world.sim.control().add_fault(Fault::on("*/spaces", status(429, headers, "")).when(FaultWhen::Next(4)));
    assert_eq!(world.client().spaces().await.expect("lists").len(), 1);
    assert_eq!(world.requests("/spaces").len(), 7, "four refusals, and one list for each type of space");
}

#[rstest]
#[case::hourly_quota(&[("RateLimit-Reason", "conf-global-based")], datetime!(2026-11-22 11:00 UTC))]
#[case::burst(&[("RateLimit-Reason", "confluence-burst-based")], START + Duration::from_mins(1))]
#[case::no_word(&[], START + Duration::from_mins(1))]
#[tokio::test]
async fn a_lasting_limit_without_retry_after_is_given_up_on(
    #[case] headers: &[(&str, &str)],
    #[case] until: time::OffsetDateTime,
) {
    let world = world().await;
    world.fault("*/spaces", status(429, headers, ""));
    let error = world.client().spaces().await.expect_err("fails");
    assert!(matches!(&error, Error::RateLimited { until: at, .. } if *at == until), "{error:?}");
    assert_eq!(world.requests("/spaces").len(), 5);
}

#[rstest]
#[case::seconds("3600", START + Duration::from_hours(1))]
#[case::absurd("99999999999999999", START + Duration::from_hours(365 * 24))]
#[tokio::test]
async fn a_long_retry_after_is_reported_at_once(#[case] seconds: &str, #[case] until: time::OffsetDateTime) {
    let world = world().await;
    world.fault("*/spaces", status(429, &[("Retry-After", seconds)], ""));
    let error = world.client().spaces().await.expect_err("fails");
    assert!(matches!(&error, Error::RateLimited { until: at, .. } if *at == until), "{error:?}");
    assert!(matches!(error.retry_kind(), RetryKind::After(wait) if wait >= Duration::from_hours(1)));
    assert_eq!(error.code(), "rate_limited");
    assert!(error.hint().is_some_and(|hint| hint.contains("UTC")));
    assert_eq!(world.requests("/spaces").len(), 1);
}

#[tokio::test]
async fn a_server_that_says_when_it_is_back_is_parked_too() {
    let world = world().await;
    world.fault("*/spaces", status(503, &[("Retry-After", "600")], ""));
    assert!(matches!(world.client().spaces().await, Err(Error::RateLimited { .. })));
    assert_eq!(world.requests("/spaces").len(), 1);
}

#[rstest]
#[case::classic(HeaderDialect::Classic)]
#[case::structured(HeaderDialect::Structured)]
#[case::both(HeaderDialect::Both)]
#[tokio::test]
async fn the_headers_teach_what_is_left(#[case] headers: HeaderDialect) {
    let limit = PointsLimit { per_hour: 100, headers, retry_after: false };
    let world = World::start(Simulator::builder().generate("GEN", 30, 1).points(limit)).await;
    let client = world.client();
    assert_eq!(client.rate_limit(), None);
    let space = client.spaces().await.expect("lists").remove(0);
    client.page_heads(&space.id, confluence::HeadOrder::Id).next_batch().await.expect("lists");
    let learned = client.rate_limit().expect("learned");
    assert_eq!(learned.limit, Some(100));
    assert_eq!(learned.remaining, Some(100 - client.usage().points));
    assert_eq!(learned.reset_at, Some(datetime!(2026-11-22 11:00 UTC)));
}

#[tokio::test]
async fn a_spent_quota_parks_until_the_full_hour_and_then_works() {
    let limit = PointsLimit { per_hour: 31, headers: HeaderDialect::Both, retry_after: true };
    let world = World::start(Simulator::builder().generate("GEN", 30, 1).points(limit)).await;
    let client = world.client();
    let space = client.spaces().await.expect("lists").remove(0);
    client.page_heads(&space.id, confluence::HeadOrder::Id).next_batch().await.expect("lists");
    let error = client.spaces().await.expect_err("spent");
    assert!(
        matches!(&error, Error::RateLimited { until, .. } if *until == datetime!(2026-11-22 11:00 UTC)),
        "{error:?}"
    );
    world.advance(Duration::from_mins(40));
    client.spaces().await.expect("a new hour");
}

#[tokio::test]
async fn usage_counts_requests_points_and_bytes() {
    let world = world().await;
    let client = world.client();
    let space = client.spaces().await.expect("lists").remove(0);
    client.page_heads(&space.id, confluence::HeadOrder::Id).next_batch().await.expect("lists");
    let usage = client.usage();
    let counters = world.sim.control().counters();
    assert_eq!((usage.requests, usage.bytes), (counters.requests, counters.bytes));
    assert_eq!(usage.points, 4 + 1 + 30);
}
