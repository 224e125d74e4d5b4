//! What is known to go wrong between a client and Confluence Cloud, each failure as it was reported by others, through the
//! real client and the real engine. The numbers are those of the list of failures that the engine was designed against.

mod bodies;
mod content;
mod course;
mod limits;
mod moves;
mod paging;
mod plans;
mod removal;
mod sign_in;
mod spaces;

use std::time::Duration;

use coagentor::sync::{RunStatus, RunSummary};
use confluence_sim::FaultEffect;

/// Lists of a space's pages.
const LISTS: &str = "*/spaces/*/pages";
/// Pages by id, with and without bodies.
const BY_ID: &str = "*/api/v2/pages";
/// How long a test waits for what should come at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer with this status.
fn status(code: u16, headers: &[(&str, &str)], body: &str) -> FaultEffect {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    FaultEffect::Status { code, headers, body: body.to_owned() }
}

/// Asserts that each page the site showed is stored, or named once with a reason, and that the status says so.
#[track_caller]
fn assert_accounted(run: &RunSummary) {
    let pages = run.failed.iter().filter(|failure| failure.page_id != failure.space_key).count() as i64;
    let over_limit = run.over_limit.len() as i64;
    assert_eq!(run.tally.expected, run.tally.stored + pages + over_limit, "{run:#?}");
    assert!(run.failed.iter().all(|failure| !failure.reason.is_empty() && !failure.title.is_empty()), "{run:#?}");
    assert_eq!(run.status == RunStatus::Complete, run.failed.is_empty() && run.message.is_none(), "{run:#?}");
}

/// Asserts that a run stored all that the site showed.
#[track_caller]
fn assert_complete(run: &RunSummary, pages: i64) {
    assert_eq!((run.status, run.tally.expected, run.tally.stored), (RunStatus::Complete, pages, pages), "{run:#?}");
    assert_accounted(run);
}

/// Titles of what a run did not store.
fn named(run: &RunSummary) -> Vec<&str> {
    run.failed.iter().map(|failure| failure.title.as_str()).collect()
}
