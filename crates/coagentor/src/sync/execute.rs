//! Carries a plan out: batches of pages, each fetched, converted and committed before the next is counted as done.

use std::collections::BTreeMap;

use confluence::{BodyFormat, Client, FetchedPages, Page, PageId};
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use knowledge::{
    Batch, DocumentFailure, KnowledgeBase, Relocation,
    model::{Collection, Document, DocumentKey},
};
use tokio::task::{JoinError, JoinSet};

use super::{
    Listing, LocalPage, RemotePage, Removal, SyncControl, SyncFailure, SyncOp, SyncPlan, Tally,
    confirm::{self, Reasons},
    document::{self, Breadcrumbs, PageFacts, TextFacts},
    list::concerns_one_space,
    people::People,
};
use crate::{
    Error,
    clock::SharedClock,
    store::{SpaceRecord, Store},
};

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
    pub store: &'a Store,
    pub spaces: &'a [SpaceRecord],
    pub breadcrumbs: Breadcrumbs<'a>,
    /// Who edited the pages and is mentioned in them.
    pub people: People,
    /// Why pages are no longer shown.
    pub reasons: Reasons,
    pub tally: &'a mut Tally,
    pub failures: &'a mut Vec<SyncFailure>,
    /// Told after each commit, so that embedding follows.
    pub committed: &'a tokio::sync::Notify,
}

/// One step that needs the page's text.
struct Wanted {
    page: RemotePage,
    is_new: bool,
}

/// What came of asking for pages in the other format, by their ids.
#[derive(Default)]
struct OtherTexts {
    pages: BTreeMap<String, Page>,
    /// Why a page did not come.
    refused: BTreeMap<String, String>,
}

/// Pages that were wanted, and what the task that fetches them came to.
type Fetched = (Vec<Wanted>, Option<Result<Result<FetchedPages, confluence::Error>, JoinError>>);

/// The wanted pages with their bodies, a batch at a time and in order, the next ones on their way meanwhile.
fn fetched(client: Client, wanted: Vec<Wanted>) -> BoxStream<'static, Fetched> {
    let mut batches: Vec<Vec<Wanted>> = Vec::new();
    for page in wanted {
        match batches.last_mut() {
            Some(batch) if batch.len() < BATCH => batch.push(page),
            _ => batches.push(vec![page]),
        }
    }
    // A task of its own, which ends when it is dropped: taking in one batch asks Confluence, too, and would wait for ever for
    // the slot of a request that nobody drives.
    let fetch = move |batch: Vec<Wanted>| {
        let client = client.clone();
        let ids: Vec<PageId> = batch.iter().map(|wanted| PageId::new(wanted.page.id.as_str())).collect();
        let mut task = JoinSet::new();
        task.spawn(async move { client.fetch_pages(&ids, BodyFormat::Storage).await });
        async move { (batch, task.join_next().await) }
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
        let fetched = self.fetch(wanted).await;
        // Each of these was confirmed by an answer of its own: texts that do not come keep none of them in retrieval.
        self.remove(leaving).await?;
        fetched
    }

    async fn put_collections(&self, listings: &[Listing]) -> Result<(), Error> {
        for listing in listings {
            let key = document::collection_key(self.site_id, &listing.space_id);
            self.knowledge.put_collection(&Collection { key, name: listing.space_name.clone() }).await?;
        }
        Ok(())
    }

    /// Moves, renames and returns: no text is fetched, no vector computed anew where the text is the same.
    async fn place(&mut self, pages: &[RemotePage]) -> Result<(), Error> {
        let mut texts = if pages.is_empty() { BTreeMap::new() } else { self.stored_texts().await? };
        for some in pages.chunks(BATCH * 4) {
            self.control.checkpoint().await?;
            let mut batch = Batch::new(self.clock.now());
            for page in some {
                let key = document::document_key(self.site_id, &page.id);
                let text = texts.remove(&key).unwrap_or_default();
                batch.available.push(key.clone());
                batch.relocations.push(Relocation {
                    key,
                    collection: document::collection_key(self.site_id, &page.space_id),
                    title: page.title.clone(),
                    url: page.url.clone(),
                    path: self.breadcrumbs.above(page),
                    version: page.version,
                    metadata: document::metadata(page, text),
                });
            }
            self.knowledge.commit(batch).await?;
            self.tally.moved += some.len() as i64;
            self.committed.notify_one();
        }
        Ok(())
    }

    /// What is known of the stored texts: a move changes the page and not its text.
    async fn stored_texts(&self) -> Result<BTreeMap<DocumentKey, TextFacts>, Error> {
        let heads = self.knowledge.heads(None).await?;
        let texts = heads.into_iter().filter_map(|head| {
            let PageFacts { kept, author, .. } = document::page_facts(&head.metadata)?;
            Some((head.key, TextFacts { kept, author }))
        });
        Ok(texts.collect())
    }

    async fn fetch(&mut self, wanted: Vec<Wanted>) -> Result<(), Error> {
        self.control.enter(super::SyncPhase::Downloading, Some(wanted.len()));
        let started = std::time::Instant::now();
        let mut batches = fetched(self.client.clone(), wanted);
        let control = self.control.clone();
        loop {
            control.checkpoint().await?;
            let Some((batch, fetched)) = batches.next().await else { return Ok(()) };
            let fetched = match fetched {
                Some(Ok(fetched)) => fetched?,
                Some(Err(error)) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                // Only a runtime that shuts down ends it from outside.
                Some(Err(_)) | None => return Err(Error::Cancelled),
            };
            self.take_in(&batch, fetched).await?;
            let space =
                batch.last().and_then(|wanted| self.space(&wanted.page.space_id)).map(|space| space.name.clone());
            control.update(|progress| {
                progress.done += batch.len();
                progress.phase_seconds = started.elapsed().as_secs_f64();
                progress.space = space;
            });
        }
    }

    async fn take_in(&mut self, wanted: &[Wanted], answer: FetchedPages) -> Result<(), Error> {
        let pages: BTreeMap<&str, &Page> = answer.pages.iter().map(|page| (page.head.id.as_str(), page)).collect();
        let empty = pages.values().filter(|page| document::is_empty(page)).map(|page| page.head.id.clone()).collect();
        let OtherTexts { pages: texts, mut refused } = self.texts_of_empty(empty).await?;
        refused.extend(answer.failed.iter().map(|(id, error)| (id.as_str().to_owned(), error.to_string())));
        self.people.meet(self.client, self.store, pages.values().copied(), self.clock.now()).await?;
        let mut batch = Batch::new(self.clock.now());
        let (mut added, mut updated, mut vanished) = (0, 0, Vec::new());
        for Wanted { page, is_new } in wanted {
            if let Some(reason) = refused.get(&page.id) {
                self.fail(&mut batch, page, reason);
                continue;
            }
            let Some(fetched) = pages.get(page.id.as_str()).copied() else {
                vanished.push(page);
                continue;
            };
            match self.convert(page, texts.get(page.id.as_str()).unwrap_or(fetched), *is_new) {
                Ok(document) => {
                    batch.upserts.push(document);
                    if *is_new { added += 1 } else { updated += 1 }
                }
                Err(reason) => self.fail(&mut batch, page, reason),
            }
        }
        self.vanish(&mut batch, &vanished).await?;
        self.knowledge.commit(batch).await?;
        self.tally.added += added;
        self.tally.updated += updated;
        self.committed.notify_one();
        Ok(())
    }

    /// The same pages in Atlassian's document format: a live doc's text may be there alone.
    async fn texts_of_empty(&self, ids: Vec<PageId>) -> Result<OtherTexts, Error> {
        if ids.is_empty() {
            return Ok(OtherTexts::default());
        }
        let named = |page: Page| (page.head.id.as_str().to_owned(), page);
        match self.client.fetch_pages(&ids, BodyFormat::AtlasDocFormat).await.map_err(Error::from) {
            Ok(answer) => Ok(OtherTexts {
                pages: answer.pages.into_iter().map(named).collect(),
                refused: answer.failed.iter().map(|(id, error)| (id.as_str().to_owned(), error.to_string())).collect(),
            }),
            // The others of the batch have their texts already.
            Err(error) if concerns_one_space(&error) => Ok(OtherTexts {
                refused: ids.iter().map(|id| (id.as_str().to_owned(), error.to_string())).collect(),
                ..OtherTexts::default()
            }),
            Err(error) => Err(error),
        }
    }

    fn convert(&self, listed: &RemotePage, page: &Page, is_new: bool) -> Result<Document, &'static str> {
        if !is_new && document::is_empty(page) && document::may_fill_again(page, self.clock.now()) {
            return Err("Confluence returned a live doc without its text; the text of before is kept");
        }
        document::document(self.site_id, listed, page, self.breadcrumbs.above(listed), &self.people)
            .ok_or("Confluence returned it without a body")
    }

    /// Pages that were listed and then not returned: gone meanwhile, or hidden. Each is named, once, and no longer expected.
    async fn vanish(&mut self, batch: &mut Batch, vanished: &[&RemotePage]) -> Result<(), Error> {
        let confirmed =
            confirm::confirm(self.client, vanished.iter().map(|page| page.id.as_str()), self.spaces).await?;
        for page in vanished {
            if !confirmed.gone.contains_key(&page.id) {
                self.fail(batch, page, "Confluence lists it but does not return its text");
                continue;
            }
            let reason = "it disappeared while it was being synced, or Confluence does not let you read it";
            batch.unavailable.push((document::document_key(self.site_id, &page.id), reason.to_owned()));
            self.failures.push(self.failure(page, reason));
        }
        let gone: Vec<String> = confirmed.gone.into_keys().collect();
        self.store.correct_remote_pages(self.site_id, &confirmed.found, &gone).await
    }

    fn fail(&mut self, batch: &mut Batch, page: &RemotePage, reason: &str) {
        batch.failures.push(DocumentFailure {
            key: document::document_key(self.site_id, &page.id),
            collection: document::collection_key(self.site_id, &page.space_id),
            title: page.title.clone(),
            url: page.url.clone(),
            reason: reason.to_owned(),
            metadata: document::metadata(page, TextFacts::default()),
        });
        self.failures.push(self.failure(page, reason));
    }

    fn failure(&self, page: &RemotePage, reason: &str) -> SyncFailure {
        SyncFailure {
            page_id: page.id.clone(),
            title: page.title.clone(),
            reason: reason.to_owned(),
            space_key: self.space(&page.space_id).map(|space| space.key.clone()).unwrap_or_default(),
        }
    }

    /// Takes pages out of retrieval; everything that is stored of them stays.
    async fn remove(&mut self, leaving: Vec<(LocalPage, Removal)>) -> Result<(), Error> {
        let mut batch = Batch::new(self.clock.now());
        for (page, reason) in leaving {
            let why = match reason {
                Removal::OverLimit => "it does not fit the plan",
                Removal::Gone => self.reasons.get(&page.id).copied().unwrap_or("Confluence does not show it any more"),
            };
            batch.unavailable.push((document::document_key(self.site_id, &page.id), why.to_owned()));
        }
        if batch.unavailable.is_empty() {
            return Ok(());
        }
        let removed = batch.unavailable.len() as i64;
        self.knowledge.commit(batch).await?;
        self.tally.removed += removed;
        Ok(())
    }

    fn space(&self, id: &str) -> Option<&SpaceRecord> {
        self.spaces.iter().find(|space| space.id == id)
    }
}
