//! The course of a run, from the lock to the ledger.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::Notify;

use super::{
    Listing, LocalPage, RemotePage, RunSummary, SyncControl, SyncPhase, SyncPlan,
    confirm::{self, Reasons},
    document::{self, Breadcrumbs},
    execute::Executor,
    folders,
    ledger::Ledger,
    list::{Reader, Reading},
    lock::SyncLock,
    people::People,
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
    /// Lists all pages of every selected space, however lately that was done.
    pub full: bool,
    /// Who wants it.
    pub(crate) occasion: Occasion,
}

/// Who wants a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// A program, now.
    #[default]
    Program,
    /// A person, who waits.
    Person,
    /// The schedule: another process may have been quicker, and then it is not due any more.
    Schedule,
    /// A person who only wants to see the plan.
    Preview,
}

impl SyncOptions {
    /// A run that a person asked for.
    pub fn asked_for(full: bool) -> Self {
        Self { full, occasion: Occasion::Person }
    }

    /// A run that the schedule wants.
    pub(crate) fn scheduled() -> Self {
        Self { full: false, occasion: Occasion::Schedule }
    }

    /// Whether a person waits for it.
    pub(crate) fn is_asked_for(self) -> bool {
        matches!(self.occasion, Occasion::Person | Occasion::Preview)
    }
}

/// What the selected spaces show, and what a plan needs beside it.
struct Survey {
    listings: Vec<Listing>,
    reasons: Reasons,
    plan: SyncPlan,
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
        if options.occasion == Occasion::Schedule && !self.is_due_under_lock().await? {
            return Err(Error::NotDue);
        }
        let started_at = self.clock.now();
        let id = self.store.start_run(&session.site.id, started_at).await?;
        control.update(|progress| progress.run_id = id);
        let mut ledger = Ledger::default();
        // Whatever is under way is dropped on cancel: what was committed stays, the rest is done again.
        let result = tokio::select! {
            biased;
            () = control.until_cancelled() => Err(Error::Cancelled),
            result = self.work(&session, &spaces, options, control, &mut ledger) => result,
        };
        let usage = session.client.usage();
        ledger.tally.requests = usage.requests as i64;
        ledger.tally.points = usage.points as i64;
        let closed = self.close(id, started_at.unix_timestamp(), &session, ledger, &result).await;
        match (closed, result) {
            (Err(_), Err(error)) => Err(error),
            (closed, _) => closed,
        }
    }

    /// Counts what is stored and writes the ledger.
    async fn close(
        &self,
        id: i64,
        started_at: i64,
        session: &Session,
        mut ledger: Ledger,
        result: &Result<(), Error>,
    ) -> Result<RunSummary, Error> {
        if let Err(error) = result {
            self.note_dead_sign_in(error).await?;
        }
        if ledger.has_read() {
            let shown = self.store.remote_pages(&session.site.id).await?;
            let local = self.local_pages(&session.site.id).await?;
            ledger.count(&shown, &local, result.as_ref().err());
        }
        let summary = ledger.summary(id, started_at, result.as_ref().err());
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
        let options = SyncOptions { occasion: Occasion::Preview, ..options };
        let control = self.sync_control();
        let survey = self.survey(&session, &spaces, options, &control, &mut Ledger::default()).await?;
        Ok(survey.plan)
    }

    /// The newest runs of the connected site, newest first.
    pub async fn runs(&self, limit: u32) -> Result<Vec<RunSummary>, Error> {
        let connection = self.store.connection().await?.ok_or(Error::NotConnected)?;
        self.store.runs(&connection.site.id, limit).await
    }

    async fn selected_spaces(&self, site_id: &str) -> Result<Vec<SpaceRecord>, Error> {
        let mut spaces = self.store.spaces(site_id).await?;
        spaces.retain(|space| space.selected);
        if spaces.is_empty() { Err(Error::NothingSelected) } else { Ok(spaces) }
    }

    async fn local_pages(&self, site_id: &str) -> Result<Vec<LocalPage>, Error> {
        let spaces = self.store.spaces(site_id).await?;
        let keys: Vec<_> = spaces.iter().map(|space| document::collection_key(site_id, &space.id)).collect();
        Ok(self.knowledge.heads(Some(&keys)).await?.iter().filter_map(document::local_page).collect())
    }

    /// Reads the spaces, asks for what is missing from them, and plans.
    async fn survey(
        &self,
        session: &Session,
        spaces: &[SpaceRecord],
        options: SyncOptions,
        control: &SyncControl,
        ledger: &mut Ledger,
    ) -> Result<Survey, Error> {
        let site_id = session.site.id.as_str();
        let (client, store, now) = (&session.client, &self.store, self.clock.now());
        let mut reading = Reading::default();
        let reader = Reader { client, store, site_id, control, options, now };
        let came_to_its_end = reader.read(spaces, &mut reading).await;
        let read = ledger.take_reading(reading, spaces, came_to_its_end.as_ref().err());
        came_to_its_end?;
        let mut local = self.local_pages(site_id).await?;
        let mut remote = self.store.remote_pages(site_id).await?;
        remote.retain(|page| spaces.iter().any(|space| space.id == page.space_id));
        let missing = confirm::missing(&local, &remote, &read);
        let asked = confirm::confirm(client, missing.iter().map(|page| page.id.as_str()), spaces).await;
        let reasons = match asked {
            Ok(confirmed) => {
                self.store.correct_remote_pages(site_id, &confirmed.found, &[]).await?;
                remote.extend(confirmed.found);
                confirmed.gone
            }
            Err(error) => {
                let (kept, failure) = confirm::unconfirmed(&missing, error)?;
                remote.extend(kept);
                ledger.failures.push(failure);
                Reasons::new()
            }
        };
        confirm::follow_moves(&mut local, &remote, &read);
        let listings = listings(spaces, &read, remote);
        let limit = match self.store.plan().await?.page_limit() {
            Some(limit) => Some(limit.saturating_sub(self.pages_of_other_sites(site_id).await?)),
            None => None,
        };
        let plan = plan::plan(&local, &listings, limit);
        Ok(Survey { listings, reasons, plan })
    }

    async fn work(
        &self,
        session: &Session,
        spaces: &[SpaceRecord],
        options: SyncOptions,
        control: &SyncControl,
        ledger: &mut Ledger,
    ) -> Result<(), Error> {
        let site_id = session.site.id.as_str();
        control.enter(SyncPhase::Listing, None);
        let Survey { listings, reasons, plan } = self.survey(session, spaces, options, control, ledger).await?;
        ledger.take_plan(&plan);
        let shown = listings.iter().filter_map(|listing| listing.pages.as_ref()).flatten();
        let mut breadcrumbs = Breadcrumbs::new(shown);
        if session.reads_folders {
            folders::fill(&session.client, &plan, &mut breadcrumbs, control).await?;
            self.store.put_folders(site_id, &breadcrumbs.folders()).await?;
        }

        let committed = Notify::new();
        let mut executor = Executor {
            client: &session.client,
            knowledge: &self.knowledge,
            control,
            clock: &self.clock,
            site_id,
            store: &self.store,
            spaces,
            breadcrumbs,
            people: People::new(session.reads_names),
            reasons,
            tally: &mut ledger.tally,
            failures: &mut ledger.failures,
            committed: &committed,
        };
        let embedding = self.embed_alongside(control, &committed);
        let execution = executor.execute(plan, &listings);
        tokio::select! {
            biased;
            executed = execution => executed?,
            Err(error) = embedding => return Err(error),
        }
        self.embed_rest(control).await?;
        self.stamp_spaces(site_id, &listings).await
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

/// What each selected space shows; one that could not be read shows nothing certain.
fn listings(spaces: &[SpaceRecord], read: &BTreeSet<String>, remote: Vec<RemotePage>) -> Vec<Listing> {
    let mut of_space: BTreeMap<String, Vec<RemotePage>> = BTreeMap::new();
    for page in remote {
        of_space.entry(page.space_id.clone()).or_default().push(page);
    }
    let listing = |space: &SpaceRecord| Listing {
        space_id: space.id.clone(),
        space_name: space.name.clone(),
        pages: read.contains(&space.id).then(|| of_space.remove(&space.id).unwrap_or_default()),
    };
    spaces.iter().map(listing).collect()
}
