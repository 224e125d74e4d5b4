//! The course of a run, from the lock to the ledger.

use std::{collections::BTreeMap, time::Instant};

use knowledge::{EmbedProgress, KnowledgeBase};
use tokio::sync::Notify;

use super::{
    Listing, LocalPage, LocalState, OverLimitPage, RemotePage, RunStatus, RunSummary, SyncControl, SyncFailure,
    SyncPhase, SyncPlan, Tally,
    document::{self, Breadcrumbs},
    execute::Executor,
    list,
    lock::SyncLock,
    plan,
};
use crate::{
    App, Error,
    connection::Session,
    events::AppEvent,
    store::{ConnectionStatus, SpaceRecord},
};

/// What kind of run.
#[derive(Debug, Clone, Copy, Default)]
pub struct SyncOptions {
    /// Fetch every page again, whatever its version.
    pub full: bool,
}

/// What a run has found and done so far.
#[derive(Default)]
struct Work {
    tally: Tally,
    failures: Vec<SyncFailure>,
    over_limit: Vec<OverLimitPage>,
}

impl App {
    /// A control for a run that is about to start.
    pub fn sync_control(&self) -> SyncControl {
        SyncControl::new(self.events.clone())
    }

    /// Runs one sync to its end. Errors are what kept it from starting; what went wrong later is in the summary.
    pub async fn sync(&self, options: SyncOptions, control: &SyncControl) -> Result<RunSummary, Error> {
        let session = self.session().await?;
        let spaces = self.selected_spaces(&session.site.id).await?;
        let _lock = SyncLock::acquire(&self.config.file("sync.lock"))?;
        let started_at = self.clock.now();
        let id = self.store.start_run(&session.site.id, started_at).await?;
        control.update(|progress| progress.run_id = id);
        let mut work = Work::default();
        let result = self.work(&session, &spaces, options, control, &mut work).await;
        let usage = session.client.usage();
        work.tally.requests = usage.requests as i64;
        work.tally.points = usage.points as i64;
        if let Err(error) = &result {
            self.note_dead_sign_in(error).await?;
        }
        let summary = summary(id, started_at.unix_timestamp(), work, result.as_ref().err());
        let now = self.clock.now();
        self.store.finish_run(&summary, now).await?;
        self.events.send(AppEvent::Sync);
        self.events.send(AppEvent::Pages);
        Ok(RunSummary { ended_at: Some(now.unix_timestamp()), ..summary })
    }

    /// What a run would do now, without doing it.
    pub async fn plan_sync(&self, options: SyncOptions) -> Result<SyncPlan, Error> {
        let session = self.session().await?;
        let spaces = self.selected_spaces(&session.site.id).await?;
        let listings = list::list(&session.client, &spaces, &self.sync_control()).await?;
        self.plan_from(&session.site.id, &listings.listings, options).await
    }

    async fn selected_spaces(&self, site_id: &str) -> Result<Vec<SpaceRecord>, Error> {
        let mut spaces = self.store.spaces(site_id).await?;
        spaces.retain(|space| space.selected);
        if spaces.is_empty() { Err(Error::NothingSelected) } else { Ok(spaces) }
    }

    async fn plan_from(&self, site_id: &str, listings: &[Listing], options: SyncOptions) -> Result<SyncPlan, Error> {
        let selected: Vec<LocalPage> = self.local_pages(site_id).await?;
        let limit = match self.store.plan().await?.page_limit() {
            Some(limit) => Some(limit.saturating_sub(self.pages_of_other_sites(site_id).await?)),
            None => None,
        };
        Ok(plan::plan(&selected, listings, limit, options.full))
    }

    async fn local_pages(&self, site_id: &str) -> Result<Vec<LocalPage>, Error> {
        let spaces = self.store.spaces(site_id).await?;
        let keys: Vec<_> = spaces.iter().map(|space| document::collection_key(site_id, &space.id)).collect();
        Ok(self.knowledge.heads(Some(&keys)).await?.iter().filter_map(document::local_page).collect())
    }

    async fn work(
        &self,
        session: &Session,
        spaces: &[SpaceRecord],
        options: SyncOptions,
        control: &SyncControl,
        work: &mut Work,
    ) -> Result<(), Error> {
        let site_id = session.site.id.as_str();
        control.enter(SyncPhase::Listing, None);
        let listings = list::list(&session.client, spaces, control).await?;
        work.failures.extend(listings.failures);
        let listings = listings.listings;
        for listing in &listings {
            if let Some(pages) = &listing.pages {
                self.store.set_space_pages(site_id, &listing.space_id, pages.len()).await?;
            }
        }
        let plan = self.plan_from(site_id, &listings, options).await?;
        work.tally.unchanged = plan.unchanged as i64;
        work.tally.expected = plan.expected as i64;
        work.over_limit = over_limit(&plan.over_limit, spaces);

        let committed = Notify::new();
        let mut executor = Executor {
            client: &session.client,
            knowledge: &self.knowledge,
            control,
            clock: &self.clock,
            site_id,
            spaces,
            breadcrumbs: Breadcrumbs::new(listings.iter().filter_map(|listing| listing.pages.as_ref()).flatten()),
            tally: work.tally,
            failures: Vec::new(),
            committed: &committed,
        };
        let executed = {
            let embedding = embed_alongside(&self.knowledge, control, &committed);
            tokio::pin!(embedding);
            let execution = executor.execute(plan, &listings);
            tokio::pin!(execution);
            tokio::select! {
                biased;
                executed = &mut execution => executed,
                Err(error) = &mut embedding => Err(error),
            }
        };
        work.tally = executor.tally;
        work.failures.append(&mut executor.failures);
        work.tally.stored = self.count_stored(site_id, &listings).await?;
        executed?;
        self.embed_rest(control).await?;
        self.stamp_spaces(site_id, &listings).await
    }

    /// Pages that the site shows and the store has in the version shown: counted in the store, not added up on the way.
    async fn count_stored(&self, site_id: &str, listings: &[Listing]) -> Result<i64, Error> {
        let local = self.local_pages(site_id).await?;
        let available: BTreeMap<&str, i64> = local
            .iter()
            .filter(|page| page.state == LocalState::Available)
            .map(|page| (page.id.as_str(), page.version))
            .collect();
        let shown: BTreeMap<&str, &RemotePage> = listings
            .iter()
            .filter_map(|listing| listing.pages.as_ref())
            .flatten()
            .map(|page| (page.id.as_str(), page))
            .collect();
        let stored =
            shown.values().filter(|page| available.get(page.id.as_str()).is_some_and(|at| *at >= page.version));
        Ok(stored.count() as i64)
    }

    async fn embed_rest(&self, control: &SyncControl) -> Result<(), Error> {
        if !self.has_model {
            return Ok(());
        }
        let pages = self.knowledge.counts(None).await?.pending as usize;
        control.enter(SyncPhase::Embedding, Some(pages));
        let started = Instant::now();
        loop {
            control.checkpoint().await?;
            let report = self
                .knowledge
                .embed_pending(&control.stop(), |at| {
                    control.update(|progress| {
                        progress.done = share(pages, at);
                        progress.phase_seconds = started.elapsed().as_secs_f64();
                    });
                })
                .await?;
            if !report.stopped {
                return Ok(());
            }
        }
    }

    async fn stamp_spaces(&self, site_id: &str, listings: &[Listing]) -> Result<(), Error> {
        let now = self.clock.now();
        for listing in listings.iter().filter(|listing| listing.pages.is_some()) {
            self.store.set_space_synced(site_id, &listing.space_id, now).await?;
        }
        Ok(())
    }

    /// Keeps pages and selection and remembers that the sign-in is dead.
    pub(crate) async fn note_dead_sign_in(&self, error: &Error) -> Result<(), Error> {
        if error.code() == "reconnect_needed" {
            self.store.set_connection_status(ConnectionStatus::ReconnectNeeded).await?;
            self.events.send(AppEvent::Connection);
        }
        Ok(())
    }
}

/// Embeds what is committed while pages are still being fetched. Ends only with an error.
async fn embed_alongside(knowledge: &KnowledgeBase, control: &SyncControl, committed: &Notify) -> Result<(), Error> {
    loop {
        committed.notified().await;
        control.checkpoint().await?;
        if knowledge.has_embedder() {
            knowledge.embed_pending(&control.stop(), |_| {}).await?;
        }
    }
}

/// Pages done, told from the chunks done.
fn share(pages: usize, at: EmbedProgress) -> usize {
    (pages as u64 * at.done).checked_div(at.total).map_or(pages, |done| done as usize)
}

fn over_limit(pages: &[RemotePage], spaces: &[SpaceRecord]) -> Vec<OverLimitPage> {
    let key = |id: &str| spaces.iter().find(|space| space.id == id).map(|space| space.key.clone()).unwrap_or_default();
    pages
        .iter()
        .map(|page| OverLimitPage {
            page_id: page.id.clone(),
            title: page.title.clone(),
            space_key: key(&page.space_id),
        })
        .collect()
}

fn summary(id: i64, started_at: i64, work: Work, error: Option<&Error>) -> RunSummary {
    let accounted = work.tally.stored + work.failures.len() as i64 + work.over_limit.len() as i64;
    let status = match error {
        Some(Error::Cancelled) => RunStatus::Cancelled,
        Some(_) if work.tally.stored > 0 => RunStatus::Partial,
        Some(_) => RunStatus::Failed,
        None if work.failures.is_empty() && accounted >= work.tally.expected => RunStatus::Complete,
        None => RunStatus::Partial,
    };
    let message = match (error, status) {
        (Some(error), _) => Some(error.to_string()),
        (None, RunStatus::Partial) if work.failures.is_empty() => {
            let missing = work.tally.expected - accounted;
            Some(format!("{missing} pages changed while they were being synced; the next sync fetches them"))
        }
        (None, RunStatus::Partial) => Some(format!("{} pages or spaces could not be synced", work.failures.len())),
        _ => None,
    };
    let hint = error.and_then(|error| error.hints().into_iter().next());
    RunSummary {
        id,
        status,
        started_at,
        ended_at: None,
        tally: work.tally,
        failed: work.failures,
        over_limit: work.over_limit,
        message,
        hint,
    }
}
