//! The points ledger.

use std::time::Duration;

use confluence_sim::{HeaderDialect, PointsLimit};

use crate::support::{Site, small};

fn limit(per_hour: u64, headers: HeaderDialect, retry_after: bool) -> PointsLimit {
    PointsLimit { per_hour, headers, retry_after }
}

#[tokio::test]
async fn a_request_costs_one_and_every_object_one() {
    let site = Site::start(small().points(limit(100, HeaderDialect::Classic, true))).await;
    let left = async |path: &str| site.get(path).await.header("x-ratelimit-remaining").to_owned();
    assert_eq!(left("/pages").await, "94", "1 + 5 pages");
    assert_eq!(left("/pages?limit=2").await, "91");
    assert_eq!(left("/spaces").await, "89");
    assert_eq!(left("/pages/1").await, "88", "nothing found");
    let reply = site.get("/pages?status=trashed").await;
    assert_eq!(reply.header("x-ratelimit-limit"), "100");
    assert_eq!(reply.header("x-ratelimit-reset"), "2026-03-01T13:00:00.000Z");
    assert!(!reply.headers.contains_key("x-ratelimit-nearlimit"));
}

#[tokio::test]
async fn spent_points_come_back_at_the_full_hour() {
    let site = Site::start(small().points(limit(6, HeaderDialect::Both, true))).await;
    site.sim.control().advance(Duration::from_mins(15));
    let last = site.get("/pages").await;
    assert_eq!((last.status, last.header("x-ratelimit-nearlimit")), (200, "true"));
    assert_eq!(last.header("beta-ratelimit-policy"), "\"global-app-quota\";q=6;w=3600");
    assert_eq!(last.header("beta-ratelimit"), "\"global-app-quota\";r=0;t=2700");
    let refused = site.get("/pages").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "2700"));
    assert_eq!(refused.header("ratelimit-reason"), "confluence-quota-global-based");
    assert_eq!(site.sim.control().counters().rate_limited, 1);
    site.sim.control().advance(Duration::from_mins(45));
    let token = site.sim.sign_in_tokens(crate::support::ALL_SCOPES).access_token;
    assert_eq!(site.get_as(&token, "/pages").await.status, 200);
}

#[tokio::test]
async fn a_silent_limit_only_refuses() {
    let site = Site::start(small().points(limit(1, HeaderDialect::Silent, false))).await;
    assert_eq!(site.get("/pages").await.status, 200);
    let refused = site.get("/pages").await;
    assert_eq!(refused.status, 429);
    assert!(refused.headers.keys().all(|name| !name.as_str().contains("rate") && name != "retry-after"));
    site.sim.control().limit_points(None);
    assert_eq!(site.get("/pages").await.status, 200);
}
