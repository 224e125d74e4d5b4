//! Rate limits: what is waited out, what parks a run, and that nothing is lost meanwhile.

use std::time::Duration;

use coagentor::sync::{RunStatus, SyncOptions};
use confluence_sim::{Fault, FaultEffect, FaultWhen, HeaderDialect, PointsLimit, Simulator};
use rstest::rstest;
use time::{OffsetDateTime, macros::datetime};
use tokio::time::timeout;

use super::{BY_ID, LISTS, PATIENCE, assert_accounted, assert_complete, status};
use crate::desk::{Desk, START, many};

fn parked(seconds: &str) -> FaultEffect {
    status(429, &[("Retry-After", seconds)], "")
}

#[tokio::test]
async fn f08_429_in_the_middle_of_a_listing() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    desk.control().trash(&desk.page("A", "a1")).expect("trashes");
    desk.control().purge(&desk.page("B", "b1")).expect("purges");
    desk.control().add_fault(Fault::on(LISTS, parked("3600")).when(FaultWhen::From(2)));
    let run = desk.sweep().await;
    assert_eq!((run.status, run.tally.removed), (RunStatus::Partial, 0), "{run:#?}");
    assert_eq!(run.failed.iter().map(|space| space.page_id.as_str()).collect::<Vec<_>>(), ["B"], "what was not read");
    assert_eq!(desk.titles("unavailable").await, "", "nothing is taken away by half a listing");
    assert_eq!(desk.found().await.len(), 7);
    desk.control().clear_faults();
    let run = desk.sweep().await;
    assert_complete(&run, 5);
    assert_eq!(run.tally.removed, 2);
}

#[tokio::test]
async fn f08_429_in_the_middle_of_the_texts() {
    let desk = Desk::selected(Simulator::builder().space(many("A", 120)), &["A"]).await;
    // 120 texts are asked for as 50, 50 and 20.
    desk.control().add_fault(Fault::on(BY_ID, parked("3600")).with_query("limit=20"));
    let run = desk.sync().await;
    assert_accounted(&run);
    assert_eq!((run.status, run.tally.expected, run.tally.stored), (RunStatus::Partial, 120, 100));
    assert_eq!((run.failed.len(), run.tally.removed), (20, 0));
    assert_eq!(run.retry_at, Some((START + Duration::from_hours(1)).unix_timestamp()));
    assert_eq!(desk.found().await.len(), 100);
    desk.control().clear_faults();
    desk.control().clear_log();
    assert_complete(&desk.sync().await, 120);
    assert_eq!(desk.fetched().len(), 20, "what is stored is not fetched again");
}

#[rstest]
#[case::hourly(&[("RateLimit-Reason", "conf-global-based")], datetime!(2026-11-22 11:00 UTC))]
#[case::tenant(&[("RateLimit-Reason", "confluence-quota-tenant-based")], datetime!(2026-11-22 11:00 UTC))]
#[case::gateway(&[("X-Failure-Category", "FAILURE CLIENT RATE LIMITED")], START + Duration::from_mins(1))]
#[tokio::test]
async fn f09_429_without_retry_after(#[case] headers: &[(&str, &str)], #[case] until: OffsetDateTime) {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    desk.spoil(LISTS, status(429, headers, ""));
    desk.control().clear_log();
    let run = desk.sweep().await;
    assert_eq!((run.status, run.retry_at), (RunStatus::Failed, Some(until.unix_timestamp())), "{run:#?}");
    assert_eq!(desk.requests(), 5, "four retries");
    assert_eq!(desk.found().await.len(), 7);
    let due = desk.app.status().await.expect("tells").next_run_at.expect("is due");
    let due = OffsetDateTime::parse(&due, &time::format_description::well_known::Rfc3339).expect("a date");
    assert!(due >= until, "{due}");
}

#[tokio::test]
async fn f09_a_short_429_is_waited_out() {
    let desk = Desk::two_spaces().await;
    desk.control().add_fault(Fault::on(LISTS, status(429, &[], "")).when(FaultWhen::Next(3)));
    assert_complete(&desk.sync().await, 7);
}

#[tokio::test]
async fn f10_retry_after_of_an_hour_parks() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    desk.spoil("*/wiki/api/v2/*", parked("3600"));
    desk.control().clear_log();
    let run = timeout(PATIENCE, desk.poll()).await.expect("parks at once");
    let until = datetime!(2026-11-22 11:20 UTC);
    assert_eq!((run.status, run.retry_at), (RunStatus::Failed, Some(until.unix_timestamp())));
    assert_eq!(desk.requests(), 1, "asked once, then left alone");
    let message = run.message.expect("a reason");
    assert!(message.contains("limit") && message.contains("11:20 UTC"), "{message}");
    assert!(run.hint.is_some());
    let status = desk.app.status().await.expect("the app answers");
    assert!(status.next_run_at.expect("is due").starts_with("2026-11-22T11:20:"));
    assert_eq!(status.last_run.expect("a run").message, Some(message));
    assert_eq!(desk.found().await.len(), 7);
}

#[tokio::test]
async fn f10_cancel_works_while_it_waits() {
    let desk = Desk::two_spaces().await;
    desk.spoil(LISTS, parked("60"));
    let (app, reins) = (desk.app.clone(), desk.reins());
    let run = {
        let reins = reins.clone();
        tokio::spawn(async move { app.sync(SyncOptions::asked_for(false), &reins).await })
    };
    while desk.control().counters().rate_limited == 0 {
        tokio::task::yield_now().await;
    }
    reins.cancel();
    let run = timeout(PATIENCE, run).await.expect("ends at once").expect("does not panic").expect("a summary");
    assert_eq!(run.status, RunStatus::Cancelled);
}

#[rstest]
#[case::classic(HeaderDialect::Classic)]
#[case::structured(HeaderDialect::Structured)]
#[case::both(HeaderDialect::Both)]
#[tokio::test]
async fn f10_a_spent_quota_is_not_asked_again(#[case] headers: HeaderDialect) {
    let desk = Desk::two_spaces().await;
    // The list of A costs 2 and 5 points, the newest of B 2: then nothing is left for the rest.
    desk.control().limit_points(Some(PointsLimit { per_hour: 9, headers, retry_after: false }));
    desk.control().clear_log();
    let run = desk.sync().await;
    assert_eq!(run.retry_at, Some(datetime!(2026-11-22 11:00 UTC).unix_timestamp()), "{run:#?}");
    assert_eq!((desk.requests(), desk.control().counters().rate_limited), (3, 0));
    desk.control().limit_points(Some(PointsLimit { per_hour: 100, headers, retry_after: false }));
    desk.control().advance(Duration::from_mins(40));
    assert_complete(&desk.sync().await, 7);
}
