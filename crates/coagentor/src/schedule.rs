//! When to sync without being asked: six hours after the last run, once after a sleep, never twice.

use std::time::Duration;

use time::OffsetDateTime;
use tokio_cron_scheduler::{Job, JobScheduler};

use crate::{
    App, Error,
    store::ConnectionStatus,
    sync::{RunStatus, RunSummary, SyncOptions},
};

/// From the start of one run to the start of the next.
const INTERVAL: Duration = Duration::from_hours(6);
/// After a run that did not come to its end; doubles with each further one.
const FIRST_RETRY: Duration = Duration::from_mins(2);
/// Longest wait after a run that did not come to its end.
const LAST_RETRY: Duration = Duration::from_mins(30);

/// What the last run leaves to the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LastRun {
    /// When it began.
    pub started: OffsetDateTime,
    /// How it ended.
    pub status: RunStatus,
    /// How many runs in a row, this one included, did not come to their end.
    pub unfinished: u32,
    /// Before which Atlassian wants no further request.
    pub retry_at: Option<OffsetDateTime>,
}

/// When the next run is due. Pure. `seed` spreads the users of one site over ten minutes, so that they do not all come
/// at the full hour; `None` where there was no run yet: the first one is the user's to start.
pub(crate) fn next_run(last: Option<LastRun>, seed: u64, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let last = last?;
    if last.started > now {
        // The clock went back; waiting for it to catch up could take years.
        return Some(now);
    }
    let spread = Duration::from_secs(seed % 600);
    let due = match last.status {
        RunStatus::Complete | RunStatus::Cancelled => last.started + INTERVAL + spread,
        RunStatus::Partial | RunStatus::Failed | RunStatus::Running => last.started + retry_after(last.unfinished),
    };
    match last.retry_at {
        // All who share a quota wait for the same moment.
        Some(at) if at >= due => Some(at + Duration::from_secs(seed % 60)),
        _ => Some(due),
    }
}

fn retry_after(unfinished: u32) -> Duration {
    FIRST_RETRY.saturating_mul(2_u32.saturating_pow(unfinished.saturating_sub(1))).min(LAST_RETRY)
}

/// Keeps the schedule while the app runs.
pub struct Schedule {
    scheduler: JobScheduler,
}

impl Schedule {
    /// Looks now and then once a minute whether a run is due. A minute that passed in sleep is not made up for: one look
    /// after waking finds one overdue run.
    pub async fn start(app: App) -> Result<Self, Error> {
        let scheduler = JobScheduler::new().await?;
        app.look().await;
        let look = Job::new_async("0 * * * * *", move |_, _| {
            let app = app.clone();
            Box::pin(async move { app.look().await })
        })?;
        scheduler.add(look).await?;
        scheduler.start().await?;
        Ok(Self { scheduler })
    }

    /// Ends it; a run under way goes on.
    pub async fn stop(mut self) -> Result<(), Error> {
        Ok(self.scheduler.shutdown().await?)
    }
}

impl App {
    pub(crate) async fn next_run(&self, last: Option<&RunSummary>) -> Result<Option<OffsetDateTime>, Error> {
        let Some(connection) = self.store.connection().await? else { return Ok(None) };
        let selected = self.store.spaces(&connection.site.id).await?.iter().any(|space| space.selected);
        if connection.status != ConnectionStatus::Connected || !selected {
            return Ok(None);
        }
        let unfinished = self.store.unfinished_runs(&connection.site.id).await?;
        let at = |unix: i64| OffsetDateTime::from_unix_timestamp(unix).ok();
        let last = last.and_then(|run| {
            let (started, retry_at) = (at(run.started_at)?, run.retry_at.and_then(at));
            Some(LastRun { started, status: run.status, unfinished, retry_at })
        });
        let place = self.config.data_dir.to_string_lossy();
        let seed =
            place.bytes().chain(connection.site.id.bytes()).fold(7, |seed, byte| seed * 31 % 600 + u64::from(byte));
        Ok(next_run(last, seed, self.clock.now()))
    }

    async fn look(&self) {
        if let Err(error) = self.sync_if_due().await {
            tracing::warn!(code = error.code(), %error, "scheduled sync not started");
        }
    }

    async fn sync_if_due(&self) -> Result<(), Error> {
        if !self.is_due().await? {
            return Ok(());
        }
        match self.start_run(SyncOptions::scheduled()).await {
            // Somebody was quicker; the schedule goes on from that run.
            Err(Error::SyncRunning { .. }) => Ok(()),
            started => started,
        }
    }

    pub(crate) async fn is_due(&self) -> Result<bool, Error> {
        let Some(connection) = self.store.connection().await? else { return Ok(false) };
        let last = self.store.last_run(&connection.site.id).await?;
        Ok(self.next_run(last.as_ref()).await?.is_some_and(|due| due <= self.clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use time::macros::datetime;

    use super::*;

    const START: OffsetDateTime = datetime!(2026-01-01 06:00 UTC);

    fn last(status: RunStatus, unfinished: u32, retry_at: Option<OffsetDateTime>) -> LastRun {
        LastRun { started: START, status, unfinished, retry_at }
    }

    #[rstest]
    #[case::complete(RunStatus::Complete, 0, 0, datetime!(2026-01-01 12:00 UTC))]
    #[case::spread(RunStatus::Complete, 0, 1_230, datetime!(2026-01-01 12:00:30 UTC))]
    #[case::cancelled(RunStatus::Cancelled, 0, 0, datetime!(2026-01-01 12:00 UTC))]
    #[case::partial(RunStatus::Partial, 1, 0, datetime!(2026-01-01 06:02 UTC))]
    #[case::failed_again(RunStatus::Failed, 2, 0, datetime!(2026-01-01 06:04 UTC))]
    #[case::failed_four_times(RunStatus::Failed, 4, 0, datetime!(2026-01-01 06:16 UTC))]
    #[case::offline_for_long(RunStatus::Failed, 40, 0, datetime!(2026-01-01 06:30 UTC))]
    fn is_six_hours_after_a_complete_run(
        #[case] status: RunStatus,
        #[case] unfinished: u32,
        #[case] seed: u64,
        #[case] due: OffsetDateTime,
    ) {
        assert_eq!(next_run(Some(last(status, unfinished, None)), seed, START), Some(due));
    }

    #[rstest]
    #[case::longer_than_a_retry(datetime!(2026-01-01 07:00 UTC), datetime!(2026-01-01 07:00:59 UTC))]
    #[case::over_by_then(datetime!(2026-01-01 06:01 UTC), datetime!(2026-01-01 06:02 UTC))]
    fn waits_as_long_as_atlassian_asks(#[case] retry_at: OffsetDateTime, #[case] due: OffsetDateTime) {
        assert_eq!(next_run(Some(last(RunStatus::Partial, 1, Some(retry_at))), 599, START), Some(due));
    }

    #[test]
    fn does_not_wait_for_a_clock_that_went_back() {
        let now = START - time::Duration::days(400);
        assert_eq!(next_run(Some(last(RunStatus::Complete, 0, None)), 7, now), Some(now));
    }

    #[test]
    fn never_starts_the_first_run() {
        assert_eq!(next_run(None, 7, START), None);
    }

    proptest::proptest! {
        #[test]
        fn is_never_due_before_the_run_began(unfinished in 0_u32..99, seed in 0_u64.., complete in proptest::bool::ANY) {
            let status = if complete { RunStatus::Complete } else { RunStatus::Failed };
            let due = next_run(Some(last(status, unfinished, None)), seed, START).expect("there was a run");
            proptest::prop_assert!(due > START && due <= START + time::Duration::minutes(370));
        }
    }
}
