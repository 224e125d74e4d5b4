//! Reads what the selected spaces show: all of a space (a sweep), or only what changed since (a poll). A listing counts only
//! when it came to its end, and is then kept, so that a run which stops later has not asked in vain.

use std::collections::BTreeSet;

use confluence::{Client, HeadOrder, PageHead, SpaceId};
use time::{Duration, OffsetDateTime};

use super::{RemotePage, SyncControl, SyncFailure, SyncOptions, run::Occasion};
use crate::{
    Error,
    store::{SpaceListing, SpaceRecord, Store, unix_ms},
};

/// A cursor can expire in the middle; the listing then begins again, this often.
const RESTARTS: usize = 2;
/// A space is swept after this at the latest: with a run every six hours, at least once a day.
const SWEEP_EVERY: Duration = Duration::hours(18);
/// A person who presses Sync sees removals at once where all selected spaces together have no more pages than this: four
/// requests and about a thousand points.
const SWEPT_ON_A_CLICK: i64 = 1_000;
/// Heads that a poll asks for to begin with; each costs a point.
const FIRST_HEADS: usize = 10;
/// Heads in one answer at most.
const ONE_ANSWER: i64 = 250;
/// Runs in a row that must have found no space before its pages are asked for one by one: a single 404 proves nothing
/// (github.com/dust-tt/dust/pull/16429).
const MISSING_RUNS: i64 = 2;

/// What came of reading the spaces.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Ids of the spaces whose pages are known as of now.
    pub read: BTreeSet<String>,
    /// The spaces that could not be read.
    pub failures: Vec<SyncFailure>,
}

pub(super) struct Reader<'a> {
    pub client: &'a Client,
    pub store: &'a Store,
    pub site_id: &'a str,
    pub control: &'a SyncControl,
    pub options: SyncOptions,
    pub now: OffsetDateTime,
}

impl Reader<'_> {
    /// Reads one space after the other. After an error, `reading` tells how far it came. A space without an answer in time may
    /// be one that is too large for the server; the second in a row, or all of them, are a site that does not answer.
    pub(super) async fn read(&self, spaces: &[SpaceRecord], reading: &mut Reading) -> Result<(), Error> {
        let known = self.store.count_remote_pages(self.site_id).await?;
        let mut unanswered: Option<Error> = None;
        for space in spaces {
            self.control.update(|progress| progress.space = Some(space.name.clone()));
            let listing = self.space(space, known).await;
            let was_unanswered = unanswered.take().is_some();
            let failure = match listing {
                Ok(listing) => {
                    self.store.put_listing(self.site_id, &space.id, &listing).await?;
                    None
                }
                Err(Error::Confluence(confluence::Error::NotFound)) => self.missing(space, reading).await?,
                Err(error) if concerns_one_space(&error) => Some(not_listed(&error)),
                Err(error) if is_timeout(&error) && !was_unanswered => {
                    let reason = not_listed(&error);
                    unanswered = Some(error);
                    Some(reason)
                }
                Err(error) => return Err(error),
            };
            match failure {
                Some(reason) => reading.failures.push(SyncFailure {
                    page_id: space.key.clone(),
                    title: space.name.clone(),
                    reason,
                    space_key: space.key.clone(),
                }),
                None => _ = reading.read.insert(space.id.clone()),
            }
        }
        match unanswered {
            Some(error) if reading.read.is_empty() => Err(error),
            _ => Ok(()),
        }
    }

    /// A space that answers 404. When it did so before, it counts as read and empty: its pages are then asked for by id.
    async fn missing(&self, space: &SpaceRecord, reading: &mut Reading) -> Result<Option<String>, Error> {
        if self.options.occasion != Occasion::Preview {
            self.store.note_missing_space(self.site_id, &space.id).await?;
        }
        if space.missing_runs + 1 < MISSING_RUNS {
            return Ok(Some(
                "Confluence does not find the space; if the next sync does not either, its pages are asked \
                for one by one"
                    .to_owned(),
            ));
        }
        self.store.forget_remote_pages(self.site_id, &space.id).await?;
        reading.read.insert(space.id.clone());
        Ok(Some(
            "Confluence does not find the space; pages of it that are gone too are kept and not searched".to_owned(),
        ))
    }

    fn is_swept(&self, space: &SpaceRecord, known: i64) -> bool {
        let age = self.now.unix_timestamp() - space.swept_at;
        // A clock that went back would put the next sweep off for as long.
        let is_due = !(0..SWEEP_EVERY.whole_seconds()).contains(&age);
        self.options.full || is_due || (self.options.is_asked_for() && known <= SWEPT_ON_A_CLICK)
    }

    async fn space(&self, space: &SpaceRecord, known: i64) -> Result<SpaceListing, Error> {
        let mut restarts = 0;
        loop {
            let listing = if self.is_swept(space, known) { self.sweep(space).await } else { self.poll(space).await };
            match listing {
                Err(Error::Confluence(confluence::Error::CursorInvalid)) if restarts < RESTARTS => restarts += 1,
                result => return result,
            }
        }
    }

    /// All of a space, by id: nothing can jump over the cursor in that order.
    async fn sweep(&self, space: &SpaceRecord) -> Result<SpaceListing, Error> {
        // What is edited during the sweep has to be newer than `newest`, so that the next poll finds it. The first answer is
        // of one moment; only where there will be more is the newest page of all asked for before.
        let asked = if (0..=ONE_ANSWER).contains(&space.pages) {
            None
        } else {
            Some(newest_of(&self.walk(space, HeadOrder::ModifiedDesc, 1, |_| true).await?.pages))
        };
        let Walked { pages, first } = self.walk(space, HeadOrder::Id, usize::MAX, |_| false).await?;
        let newest = asked.unwrap_or_else(|| newest_of(pages.get(..first).unwrap_or_default()));
        Ok(SpaceListing { pages, newest, swept_at: Some(self.now) })
    }

    /// What was edited since the last listing began, newest first.
    async fn poll(&self, space: &SpaceRecord) -> Result<SpaceListing, Error> {
        let is_known = |page: &RemotePage| page.modified_at.is_some() && unix_ms(page.modified_at) < space.newest;
        let Walked { pages, .. } = self.walk(space, HeadOrder::ModifiedDesc, FIRST_HEADS, is_known).await?;
        Ok(SpaceListing { newest: newest_of(&pages), pages, swept_at: None })
    }

    /// Heads in this order up to the one where `ends` says so, that one included; `first` of them in the first answer.
    async fn walk(
        &self,
        space: &SpaceRecord,
        order: HeadOrder,
        first: usize,
        ends: impl Fn(&RemotePage) -> bool,
    ) -> Result<Walked, Error> {
        let before = self.control.progress().borrow().done;
        let mut heads = self.client.page_heads(&SpaceId::new(space.id.as_str()), order).begin_with(first);
        let mut walked = Walked { pages: Vec::new(), first: 0 };
        loop {
            self.control.checkpoint().await?;
            let Some(batch) = heads.next_batch().await? else { return Ok(walked) };
            for page in batch.into_iter().map(remote_page) {
                let ended = ends(&page);
                walked.pages.push(page);
                if ended {
                    return Ok(walked);
                }
            }
            if walked.first == 0 {
                walked.first = walked.pages.len();
            }
            self.control.update(|progress| progress.done = before + walked.pages.len());
        }
    }
}

/// A listing as far as it was read.
struct Walked {
    pages: Vec<RemotePage>,
    /// How many of them were in the first answer.
    first: usize,
}

fn newest_of(pages: &[RemotePage]) -> i64 {
    pages.iter().map(|page| unix_ms(page.modified_at)).max().unwrap_or_default()
}

fn not_listed(error: &Error) -> String {
    format!("the space could not be listed: {error}")
}

fn is_timeout(error: &Error) -> bool {
    matches!(error, Error::Confluence(confluence::Error::Timeout { .. }))
}

/// Whether other spaces may still work: not for a dead sign-in, a lost network or a spent quota.
pub(super) fn concerns_one_space(error: &Error) -> bool {
    use confluence::Error as Wire;
    matches!(
        error,
        Error::Confluence(
            Wire::NotFound
                | Wire::NotPermitted { .. }
                | Wire::BadRequest { .. }
                | Wire::Server { .. }
                | Wire::UnexpectedBody { .. }
                | Wire::UnexpectedStatus { .. }
                | Wire::CursorInvalid
                | Wire::CursorRepeated
                | Wire::TooLarge { .. }
                | Wire::Gone { .. }
        )
    )
}

pub(super) fn remote_page(head: PageHead) -> RemotePage {
    RemotePage {
        id: head.id.as_str().to_owned(),
        space_id: head.space_id.as_str().to_owned(),
        title: head.title,
        version: head.version,
        parent_id: head.parent_id.map(|id| id.as_str().to_owned()),
        modified_at: head.modified_at,
        url: head.webui,
    }
}
