//! Carries a plan out: batches of pages, each fetched, converted and committed before the next is counted as done.

use std::collections::BTreeMap;

use confluence::{BodyFormat, Client, FetchedPages, Page, PageId, PageStatus};
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use knowledge::{
    Batch, DocumentFailure, KnowledgeBase, Relocation,
    model::{Collection, Document},
};
use time::OffsetDateTime;

use super::{
    Listing, LocalPage, RemotePage, Removal, SyncControl, SyncFailure, SyncOp, SyncPlan, Tally,
    document::{self, Breadcrumbs},
};
use crate::{Error, clock::SharedClock, store::SpaceRecord};

/// Bodies asked for in one request, and pages committed in one transaction.
const BATCH: usize = 50;
/// Requests for bodies under way at once.
const AHEAD: usize = 3;

pub(super) struct Executor<'a> {
    pub client: &'a Client,
    pub knowledge: &'a KnowledgeBase,
    pub control: &'a SyncControl,
    pub clock: &'a SharedClock,
    pub site_id: &'a str,
    pub spaces: &'a [SpaceRecord],
    pub breadcrumbs: Breadcrumbs<'a>,
    pub tally: Tally,
    pub failures: Vec<SyncFailure>,
    /// Told after each commit, so that embedding follows.
    pub committed: &'a tokio::sync::Notify,
}

/// One step that needs the page's text.
struct Wanted {
    page: RemotePage,
    is_new: bool,
}

type Fetched = (Vec<Wanted>, Result<FetchedPages, confluence::Error>);

/// The wanted pages with their bodies, a batch at a time and in order, the next ones on their way meanwhile.
fn fetched(client: Client, wanted: Vec<Wanted>) -> BoxStream<'static, Fetched> {
    let mut batches: Vec<Vec<Wanted>> = Vec::new();
    for page in wanted {
        match batches.last_mut() {
            Some(batch) if batch.len() < BATCH => batch.push(page),
            _ => batches.push(vec![page]),
        }
    }
    let fetch = move |batch: Vec<Wanted>| {
        let client = client.clone();
        async move {
            let ids: Vec<PageId> = batch.iter().map(|wanted| PageId::new(wanted.page.id.as_str())).collect();
            let pages = client.fetch_pages(&ids, BodyFormat::Storage).await;
            (batch, pages)
        }
    };
    stream::iter(batches).map(fetch).buffered(AHEAD).boxed()
}

impl Executor<'_> {
    pub(super) async fn execute(&mut self, plan: SyncPlan, listings: &[Listing]) -> Result<(), Error> {
        self.put_collections(listings).await?;
        let (mut wanted, mut placed, mut leaving) = (Vec::new(), Vec::new(), Vec::new());
        for op in plan.ops {
            match op {
                SyncOp::Add(page) => wanted.push(Wanted { page, is_new: true }),
                SyncOp::Update(page) => wanted.push(Wanted { page, is_new: false }),
                SyncOp::Move(page) | SyncOp::Restore(page) => placed.push(page),
                SyncOp::Remove { page, reason } => leaving.push((page, reason)),
            }
        }
        self.place(&placed).await?;
        self.fetch(wanted).await?;
        self.remove(leaving).await
    }

    async fn put_collections(&self, listings: &[Listing]) -> Result<(), Error> {
        for listing in listings {
            let key = document::collection_key(self.site_id, &listing.space_id);
            self.knowledge.put_collection(&Collection { key, name: listing.space_name.clone() }).await?;
        }
        Ok(())
    }

    fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// Moves, renames and returns: no text is fetched, no vector computed anew where the text is the same.
    async fn place(&mut self, pages: &[RemotePage]) -> Result<(), Error> {
        for some in pages.chunks(BATCH * 4) {
            self.control.checkpoint().await?;
            let mut batch = Batch::new(self.now());
            for page in some {
                let key = document::document_key(self.site_id, &page.id);
                batch.available.push(key.clone());
                batch.relocations.push(Relocation {
                    key,
                    collection: document::collection_key(self.site_id, &page.space_id),
                    title: page.title.clone(),
                    url: page.url.clone(),
                    path: self.breadcrumbs.above(page),
                    version: page.version,
                    metadata: document::metadata(page),
                });
            }
            self.knowledge.commit(batch).await?;
            self.tally.moved += some.len() as i64;
            self.committed.notify_one();
        }
        Ok(())
    }

    async fn fetch(&mut self, wanted: Vec<Wanted>) -> Result<(), Error> {
        self.control.enter(super::SyncPhase::Downloading, Some(wanted.len()));
        let started = std::time::Instant::now();
        let mut batches = fetched(self.client.clone(), wanted);
        let control = self.control.clone();
        loop {
            control.checkpoint().await?;
            let next = tokio::select! {
                next = batches.next() => next,
                () = control.until_cancelled() => return Err(Error::Cancelled),
            };
            let Some((batch, fetched)) = next else { return Ok(()) };
            self.store(&batch, fetched?).await?;
            let space =
                batch.last().and_then(|wanted| self.space(&wanted.page.space_id)).map(|space| space.name.clone());
            control.update(|progress| {
                progress.done += batch.len();
                progress.phase_seconds = started.elapsed().as_secs_f64();
                progress.space = space;
            });
        }
    }

    async fn store(&mut self, wanted: &[Wanted], answer: FetchedPages) -> Result<(), Error> {
        let fetched: BTreeMap<&str, &Page> = answer.pages.iter().map(|page| (page.head.id.as_str(), page)).collect();
        let refused: BTreeMap<&str, String> =
            answer.failed.iter().map(|(id, error)| (id.as_str(), error.to_string())).collect();
        let mut batch = Batch::new(self.now());
        let (mut added, mut updated) = (0, 0);
        for Wanted { page, is_new } in wanted {
            let converted = match refused.get(page.id.as_str()) {
                Some(reason) => Err(reason.as_str()),
                None => self.convert(page, fetched.get(page.id.as_str()).copied()),
            };
            match converted {
                Ok(document) => {
                    batch.upserts.push(document);
                    if *is_new { added += 1 } else { updated += 1 }
                }
                Err(reason) => self.fail(&mut batch, page, reason),
            }
        }
        self.knowledge.commit(batch).await?;
        self.tally.added += added;
        self.tally.updated += updated;
        self.committed.notify_one();
        Ok(())
    }

    fn convert(&self, listed: &RemotePage, fetched: Option<&Page>) -> Result<Document, &'static str> {
        let page = fetched.ok_or("Confluence lists it but does not return it; it may be restricted or a draft")?;
        document::document(self.site_id, listed, page, self.breadcrumbs.above(listed))
            .ok_or("Confluence returned it without a body")
    }

    fn fail(&mut self, batch: &mut Batch, page: &RemotePage, reason: &str) {
        batch.failures.push(DocumentFailure {
            key: document::document_key(self.site_id, &page.id),
            collection: document::collection_key(self.site_id, &page.space_id),
            title: page.title.clone(),
            url: page.url.clone(),
            reason: reason.to_owned(),
            metadata: document::metadata(page),
        });
        self.failures.push(SyncFailure {
            page_id: page.id.clone(),
            title: page.title.clone(),
            reason: reason.to_owned(),
            space_key: self.space(&page.space_id).map(|space| space.key.clone()).unwrap_or_default(),
        });
    }

    /// A page that is gone from a listing is asked for by id first: a listing can miss a page that is edited meanwhile.
    async fn remove(&mut self, leaving: Vec<(LocalPage, Removal)>) -> Result<(), Error> {
        let asked: Vec<PageId> = leaving
            .iter()
            .filter(|(_, reason)| *reason == Removal::Gone)
            .map(|(page, _)| PageId::new(page.id.as_str()))
            .collect();
        let still_there: BTreeMap<String, String> = if asked.is_empty() {
            BTreeMap::new()
        } else {
            let heads = self.client.heads_by_id(&asked).await?;
            heads
                .into_iter()
                .filter(|head| head.status == PageStatus::Current)
                .map(|head| (head.id.as_str().to_owned(), head.space_id.as_str().to_owned()))
                .collect()
        };
        let mut batch = Batch::new(self.now());
        for (page, reason) in leaving {
            let why = match (reason, still_there.get(&page.id)) {
                (Removal::OverLimit, _) => "it does not fit the plan",
                (Removal::Gone, Some(space)) if self.space(space).is_some() => continue,
                (Removal::Gone, Some(_)) => "it moved to a space that is not selected",
                (Removal::Gone, None) => "it was removed from Confluence, or you may no longer see it",
            };
            batch.unavailable.push((document::document_key(self.site_id, &page.id), why.to_owned()));
        }
        self.tally.removed += batch.unavailable.len() as i64;
        if batch.unavailable.is_empty() {
            return Ok(());
        }
        self.knowledge.commit(batch).await?;
        Ok(())
    }

    fn space(&self, id: &str) -> Option<&SpaceRecord> {
        self.spaces.iter().find(|space| space.id == id)
    }
}
