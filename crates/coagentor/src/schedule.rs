//! When to sync without being asked: six hours after the last run, once after a sleep, never twice.

use std::time::Duration;

use time::OffsetDateTime;
use tokio_cron_scheduler::{Job, JobScheduler};

use crate::{
    App, Error,
    store::ConnectionStatus,
    sync::{RunStatus, RunSummary},
};

/// From the start of one run to the start of the next.
const INTERVAL: Duration = Duration::from_hours(6);
/// After a run that did not come to its end.
const RETRY: Duration = Duration::from_mins(30);

/// When the next run is due. Pure. `seed` spreads the users of one site over ten minutes, so that they do not all come
/// at the full hour; `None` where there was no run yet: the first one is the user's to start.
pub(crate) fn next_run(last: Option<(OffsetDateTime, RunStatus)>, seed: u64) -> Option<OffsetDateTime> {
    let (started, status) = last?;
    let interval = match status {
        RunStatus::Complete | RunStatus::Cancelled => INTERVAL,
        RunStatus::Partial | RunStatus::Failed | RunStatus::Running => RETRY,
    };
    Some(started + interval + Duration::from_secs(seed % 600))
}

/// Keeps the schedule while the app runs.
pub struct Schedule {
    scheduler: JobScheduler,
}

impl Schedule {
    /// Looks once a minute whether a run is due. A minute that passed in sleep is not made up for: one look after waking
    /// finds one overdue run.
    pub async fn start(app: App) -> Result<Self, Error> {
        let scheduler = JobScheduler::new().await?;
        let look = Job::new_async("0 * * * * *", move |_, _| {
            let app = app.clone();
            Box::pin(async move {
                if let Err(error) = app.sync_if_due().await {
                    tracing::warn!(code = error.code(), %error, "scheduled sync not started");
                }
            })
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
        let last = last.and_then(|run| Some((OffsetDateTime::from_unix_timestamp(run.started_at).ok()?, run.status)));
        let place = self.config.data_dir.to_string_lossy();
        let seed =
            place.bytes().chain(connection.site.id.bytes()).fold(7, |seed, byte| seed * 31 % 600 + u64::from(byte));
        Ok(next_run(last, seed))
    }

    async fn sync_if_due(&self) -> Result<(), Error> {
        let Some(connection) = self.store.connection().await? else { return Ok(()) };
        let last = self.store.last_run(&connection.site.id).await?;
        match self.next_run(last.as_ref()).await? {
            Some(due) if due <= self.clock.now() => self.start_sync().await,
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use time::macros::datetime;

    use super::*;

    #[rstest]
    #[case::complete(RunStatus::Complete, 0, datetime!(2026-01-01 12:00 UTC))]
    #[case::spread(RunStatus::Complete, 1_230, datetime!(2026-01-01 12:00:30 UTC))]
    #[case::partial(RunStatus::Partial, 0, datetime!(2026-01-01 06:30 UTC))]
    #[case::cancelled(RunStatus::Cancelled, 0, datetime!(2026-01-01 12:00 UTC))]
    #[case::failed(RunStatus::Failed, 0, datetime!(2026-01-01 06:30 UTC))]
    fn is_six_hours_after_a_complete_run(#[case] status: RunStatus, #[case] seed: u64, #[case] due: OffsetDateTime) {
        assert_eq!(next_run(Some((datetime!(2026-01-01 06:00 UTC), status)), seed), Some(due));
    }

    #[test]
    fn never_starts_the_first_run() {
        assert_eq!(next_run(None, 7), None);
    }
}
