//! When to sync without being asked: so many hours after the last run as the person chose, once after a sleep, never twice.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::{sync::broadcast::error::RecvError, task::AbortHandle};
use tokio_cron_scheduler::{Job, JobScheduler};

use crate::{
    App, Error,
    events::AppEvent,
    secrets::StoreState,
    store::ConnectionStatus,
    sync::{RunStatus, RunSummary, SyncLock, SyncOptions},
};

/// How long a pause lasts.
const PAUSE: Duration = Duration::from_hours(1);
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

/// How often to sync, and when not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rhythm {
    /// From the start of one run to the start of the next; none where the person syncs by hand.
    pub interval: Option<Duration>,
    /// Spreads the users of one site over ten minutes, so that they do not all come at the full hour.
    pub seed: u64,
    /// Until when the person wants none.
    pub paused_until: Option<OffsetDateTime>,
}

/// When the next run is due. Pure. `None` where nothing syncs by itself, and where there was no run yet: the first one is
/// the user's to start.
pub(crate) fn next_run(last: Option<LastRun>, rhythm: Rhythm, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let (last, interval) = (last?, rhythm.interval?);
    let due = if last.started > now {
        // The clock went back; waiting for it to catch up could take years.
        now
    } else {
        due(last, interval, rhythm.seed)
    };
    // The clock may have gone back since the pause began, too.
    let pause = rhythm.paused_until.filter(|until| *until <= now + PAUSE);
    Some(pause.map_or(due, |until| due.max(until)))
}

fn due(last: LastRun, interval: Duration, seed: u64) -> OffsetDateTime {
    let spread = Duration::from_secs(seed % 600);
    let due = match last.status {
        RunStatus::Complete | RunStatus::Cancelled => last.started + interval + spread,
        // A run that was cut off is taken up at once; one that cuts itself off again and again is not.
        RunStatus::Running if last.unfinished <= 1 => last.started,
        RunStatus::Partial | RunStatus::Failed | RunStatus::Running => {
            last.started + retry_after(last.unfinished).min(interval)
        }
    };
    match last.retry_at {
        // All who share a quota wait for the same moment.
        Some(at) if at >= due => at + Duration::from_secs(seed % 60),
        _ => due,
    }
}

fn retry_after(unfinished: u32) -> Duration {
    FIRST_RETRY.saturating_mul(2_u32.saturating_pow(unfinished.saturating_sub(1))).min(LAST_RETRY)
}

/// Keeps the schedule while the app runs.
pub struct Schedule {
    scheduler: JobScheduler,
    listener: AbortHandle,
}

impl Schedule {
    /// Looks now and then once a minute whether a run is due. A minute that passed in sleep is not made up for: one look
    /// after waking finds one overdue run.
    pub async fn start(app: App) -> Result<Self, Error> {
        let scheduler = JobScheduler::new().await?;
        app.note_waiting_embeddings().await;
        app.look().await;
        let listener = tokio::spawn(follow_settings(app.clone())).abort_handle();
        let look = Job::new_async("0 * * * * *", move |_, _| {
            let app = app.clone();
            Box::pin(async move { app.look().await })
        })?;
        scheduler.add(look).await?;
        scheduler.start().await?;
        Ok(Self { scheduler, listener })
    }

    /// Ends it; a run under way goes on.
    pub async fn stop(mut self) -> Result<(), Error> {
        self.listener.abort();
        Ok(self.scheduler.shutdown().await?)
    }
}

/// A change of the settings is followed at once, not a minute later.
async fn follow_settings(app: App) {
    let mut events = app.events();
    loop {
        match events.recv().await {
            Ok(AppEvent::Settings) | Err(RecvError::Lagged(_)) => app.look().await,
            Ok(_) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

impl App {
    pub(crate) async fn next_run(&self, last: Option<&RunSummary>) -> Result<Option<OffsetDateTime>, Error> {
        self.next_run_after(last, SyncLock::is_held(&self.config.file("sync.lock"))).await
    }

    /// `works` says whether a run that is not closed is under way; if not, its process died.
    async fn next_run_after(&self, last: Option<&RunSummary>, works: bool) -> Result<Option<OffsetDateTime>, Error> {
        let Some(connection) = self.store.connection().await? else { return Ok(None) };
        let selected = self.store.spaces(&connection.site.id).await?.iter().any(|space| space.selected);
        if connection.status != ConnectionStatus::Connected || !selected {
            return Ok(None);
        }
        let unfinished = self.store.unfinished_runs(&connection.site.id).await?;
        let at = |unix: i64| OffsetDateTime::from_unix_timestamp(unix).ok();
        let ended = last.and_then(|run| {
            let (started, retry_at) = (at(run.started_at)?, run.retry_at.and_then(at));
            Some(LastRun { started, status: run.status, unfinished, retry_at })
        });
        let open = if works { None } else { self.store.open_run(&connection.site.id).await? };
        let cut_off = open.and_then(at).map(|started| LastRun {
            started,
            status: RunStatus::Running,
            unfinished,
            retry_at: None,
        });
        let last = cut_off.or(ended);
        let place = self.config.data_dir.to_string_lossy();
        let seed =
            place.bytes().chain(connection.site.id.bytes()).fold(7, |seed, byte| seed * 31 % 600 + u64::from(byte));
        let rhythm = Rhythm {
            interval: self.store.settings().await?.interval(),
            seed,
            paused_until: self.store.paused_until().await?,
        };
        Ok(next_run(last, rhythm, self.clock.now()))
    }

    /// Nothing starts by itself for an hour; a run under way waits so long.
    pub async fn pause_for_an_hour(&self) -> Result<(), Error> {
        self.store.set_paused_until(Some(self.clock.now() + PAUSE)).await?;
        self.pause_sync();
        self.events.send(AppEvent::Settings);
        self.events.send(AppEvent::Sync);
        Ok(())
    }

    /// When the pause ends, where there is one.
    pub async fn paused_until(&self) -> Result<Option<OffsetDateTime>, Error> {
        let now = self.clock.now();
        Ok(self.store.paused_until().await?.filter(|until| (now..=now + PAUSE).contains(until)))
    }

    /// Ends the pause.
    pub(crate) async fn end_pause(&self) -> Result<(), Error> {
        if self.store.paused_until().await?.is_some() {
            self.store.set_paused_until(None).await?;
            self.resume_sync();
        }
        Ok(())
    }

    async fn look(&self) {
        if let Err(error) = self.sync_if_due().await {
            tracing::warn!(code = error.code(), %error, "scheduled sync not started");
        }
        if let Err(error) = self.embed_what_waited().await {
            tracing::warn!(code = error.code(), %error, "embeddings still wait");
        }
    }

    async fn sync_if_due(&self) -> Result<(), Error> {
        if self.store.paused_until().await?.is_some() && self.paused_until().await?.is_none() {
            self.end_pause().await?;
        }
        let is_locked = self.secrets.in_use().state == StoreState::Locked;
        // What the battery is spared is what embedding costs, and the network.
        if is_locked || !self.is_due().await? || !self.may_embed().await? {
            return Ok(());
        }
        match self.start_run(SyncOptions::scheduled()).await {
            // Somebody was quicker; the schedule goes on from that run.
            Err(Error::SyncRunning { .. }) => Ok(()),
            started => started,
        }
    }

    async fn is_due(&self) -> Result<bool, Error> {
        self.is_due_while(SyncLock::is_held(&self.config.file("sync.lock"))).await
    }

    /// The same for whoever holds the lock: no other run works.
    pub(crate) async fn is_due_under_lock(&self) -> Result<bool, Error> {
        self.is_due_while(false).await
    }

    async fn is_due_while(&self, works: bool) -> Result<bool, Error> {
        let Some(connection) = self.store.connection().await? else { return Ok(false) };
        let last = self.store.last_run(&connection.site.id).await?;
        Ok(self.next_run_after(last.as_ref(), works).await?.is_some_and(|due| due <= self.clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use time::macros::datetime;

    use super::*;

    const START: OffsetDateTime = datetime!(2026-01-01 06:00 UTC);

    fn rhythm(seed: u64) -> Rhythm {
        Rhythm { interval: Some(Duration::from_hours(6)), seed, paused_until: None }
    }

    fn last(status: RunStatus, unfinished: u32, retry_at: Option<OffsetDateTime>) -> LastRun {
        LastRun { started: START, status, unfinished, retry_at }
    }

    #[rstest]
    #[case::complete(RunStatus::Complete, 0, 0, datetime!(2026-01-01 12:00 UTC))]
    #[case::spread(RunStatus::Complete, 0, 1_230, datetime!(2026-01-01 12:00:30 UTC))]
    #[case::cancelled(RunStatus::Cancelled, 0, 0, datetime!(2026-01-01 12:00 UTC))]
    #[case::cut_off(RunStatus::Running, 1, 0, datetime!(2026-01-01 06:00 UTC))]
    #[case::cut_off_again(RunStatus::Running, 2, 0, datetime!(2026-01-01 06:04 UTC))]
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
        assert_eq!(next_run(Some(last(status, unfinished, None)), rhythm(seed), START), Some(due));
    }

    #[rstest]
    #[case::longer_than_a_retry(datetime!(2026-01-01 07:00 UTC), datetime!(2026-01-01 07:00:59 UTC))]
    #[case::over_by_then(datetime!(2026-01-01 06:01 UTC), datetime!(2026-01-01 06:02 UTC))]
    fn waits_as_long_as_atlassian_asks(#[case] retry_at: OffsetDateTime, #[case] due: OffsetDateTime) {
        assert_eq!(next_run(Some(last(RunStatus::Partial, 1, Some(retry_at))), rhythm(599), START), Some(due));
    }

    #[test]
    fn does_not_wait_for_a_clock_that_went_back() {
        let now = START - time::Duration::days(400);
        assert_eq!(next_run(Some(last(RunStatus::Complete, 0, None)), rhythm(7), now), Some(now));
    }

    #[test]
    fn never_starts_the_first_run() {
        assert_eq!(next_run(None, rhythm(7), START), None);
    }

    #[rstest]
    #[case::by_hand(None, None, RunStatus::Complete, None)]
    #[case::by_hand_after_a_failure(None, None, RunStatus::Failed, None)]
    #[case::hourly(Some(1), None, RunStatus::Complete, Some(datetime!(2026-01-01 07:00 UTC)))]
    #[case::daily(Some(24), None, RunStatus::Complete, Some(datetime!(2026-01-02 06:00 UTC)))]
    #[case::a_failure_is_retried_daily_too(Some(24), None, RunStatus::Failed, Some(datetime!(2026-01-01 06:02 UTC)))]
    #[case::paused(Some(1), Some(datetime!(2026-01-01 07:30 UTC)), RunStatus::Complete, Some(datetime!(2026-01-01 07:30 UTC)))]
    #[case::paused_before(Some(2), Some(datetime!(2026-01-01 07:30 UTC)), RunStatus::Complete, Some(datetime!(2026-01-01 08:00 UTC)))]
    #[case::retry_is_paused(Some(2), Some(datetime!(2026-01-01 07:30 UTC)), RunStatus::Failed, Some(datetime!(2026-01-01 07:30 UTC)))]
    #[case::pause_of_another_clock(Some(1), Some(datetime!(2031-01-01 00:00 UTC)), RunStatus::Complete, Some(datetime!(2026-01-01 07:00 UTC)))]
    fn keeps_the_chosen_rhythm(
        #[case] hours: Option<u64>,
        #[case] paused_until: Option<OffsetDateTime>,
        #[case] status: RunStatus,
        #[case] due: Option<OffsetDateTime>,
    ) {
        let rhythm = Rhythm { interval: hours.map(Duration::from_hours), seed: 0, paused_until };
        let now = datetime!(2026-01-01 06:45 UTC);
        assert_eq!(next_run(Some(last(status, 1, None)), rhythm, now), due);
    }

    proptest::proptest! {
        #[test]
        fn is_never_due_before_the_run_began(unfinished in 0_u32..99, seed in 0_u64.., complete in proptest::bool::ANY) {
            let status = if complete { RunStatus::Complete } else { RunStatus::Failed };
            let due = next_run(Some(last(status, unfinished, None)), rhythm(seed), START).expect("there was a run");
            proptest::prop_assert!(due > START && due <= START + time::Duration::minutes(370));
        }
    }
}
