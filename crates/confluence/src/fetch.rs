//! Pages by their ids, any number of them.

use futures::{StreamExt, TryStreamExt, stream};

use crate::client::Client;
use crate::error::Error;
use crate::listing::{LARGEST_LIMIT, ListRequest};
use crate::model::{BodyFormat, Page, PageHead, PageId};
use crate::wire::{Envelope, PageBody};

/// Ids a request when bodies come with the answer: more time out on large pages.
const IDS_WITH_BODY: usize = 50;
/// Pages that fail one after the other, with none that succeeds in between, before the server counts as down.
const FAILURES_IN_A_ROW: usize = 3;

/// What came back for a set of ids. An id in neither list is absent: deleted, restricted, or not current any more.
#[derive(Debug, Default)]
pub struct FetchedPages {
    /// The pages, in no particular order.
    pub pages: Vec<Page>,
    /// Pages that the server could not deliver even alone, each with its last error.
    pub failed: Vec<(PageId, Error)>,
}

impl Client {
    /// Current pages with bodies, any number of ids, 50 a request. Where the server gives up on a request it is halved,
    /// down to single pages; a page that fails even alone is reported beside the others. An error means that nothing
    /// certain is known.
    pub async fn fetch_pages(&self, ids: &[PageId], format: BodyFormat) -> Result<FetchedPages, Error> {
        // Collected first: a stream over a borrowing closure is not `Send` for every lifetime.
        let parts: Vec<_> = ids.chunks(IDS_WITH_BODY).map(|part| self.fetch_part(part, format)).collect();
        let fetched: Vec<FetchedPages> = stream::iter(parts).buffered(self.concurrency()).try_collect().await?;
        Ok(fetched.into_iter().fold(FetchedPages::default(), |mut all, part| {
            all.pages.extend(part.pages);
            all.failed.extend(part.failed);
            all
        }))
    }

    /// As [`Self::fetch_pages`], for callers that want all or an error.
    pub async fn pages_by_id(&self, ids: &[PageId], format: BodyFormat) -> Result<Vec<Page>, Error> {
        let mut fetched = self.fetch_pages(ids, format).await?;
        match fetched.failed.pop() {
            Some((_, error)) => Err(error),
            None => Ok(fetched.pages),
        }
    }

    /// Heads of pages that are current, archived or in the bin, any number of ids. Tells a moved or trashed page from
    /// one that is gone, as far as the person may see it.
    pub async fn heads_by_id(&self, ids: &[PageId]) -> Result<Vec<PageHead>, Error> {
        let mut heads = Vec::with_capacity(ids.len());
        for part in ids.chunks(LARGEST_LIMIT) {
            let request = by_ids(part, vec![("status", "current,archived,trashed".to_owned())]);
            let mut listing = self.listing::<PageBody>(request);
            while let Some(envelope) = listing.next().await? {
                let base = self.web_base(&envelope.links);
                heads.extend(envelope.results.into_iter().map(|page| page.into_head(base)));
            }
        }
        Ok(heads)
    }

    async fn fetch_part(&self, ids: &[PageId], format: BodyFormat) -> Result<FetchedPages, Error> {
        let mut fetched = FetchedPages::default();
        let mut failures_in_a_row = 0;
        let mut parts = vec![ids];
        while let Some(part) = parts.pop() {
            match (self.fetch_at_once(part, format).await, part) {
                (Ok(pages), _) => {
                    failures_in_a_row = 0;
                    fetched.pages.extend(pages);
                }
                (Err(error), [id]) if error.is_overload() => {
                    failures_in_a_row += 1;
                    if failures_in_a_row == FAILURES_IN_A_ROW || ids.len() == 1 {
                        return Err(error);
                    }
                    fetched.failed.push((id.clone(), error));
                }
                (Err(error), _) if error.is_overload() => {
                    tracing::debug!(%error, ids = part.len(), "asking for fewer pages");
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.extend([second, first]);
                    self.rest().await;
                }
                (Err(error), _) => return Err(error),
            }
        }
        if fetched.pages.is_empty() {
            // Nothing but failures: that is about the server, not about a page.
            if let Some((_, error)) = fetched.failed.pop() {
                return Err(error);
            }
        }
        Ok(fetched)
    }

    /// One set of ids with one limit, following next links should there be any.
    async fn fetch_at_once(&self, ids: &[PageId], format: BodyFormat) -> Result<Vec<Page>, Error> {
        let parameters = vec![("status", "current".to_owned()), ("body-format", format.as_str().to_owned())];
        let request = by_ids(ids, parameters);
        let mut pages = Vec::with_capacity(ids.len());
        let mut cursor = None;
        loop {
            let reply = self.list::<PageBody>(&request, cursor.as_deref(), ids.len() > 1).await?;
            let next = crate::cursor::next(&reply.value.links, reply.link.as_deref())?;
            let Envelope { results, links } = reply.value;
            let base = self.web_base(&links);
            pages.extend(results.into_iter().map(|page| page.into_page(format, base)));
            match next {
                None => return Ok(pages),
                Some(next) if cursor.as_ref() == Some(&next) => return Err(Error::CursorRepeated),
                Some(next) => cursor = Some(next),
            }
        }
    }
}

fn by_ids(ids: &[PageId], mut parameters: Vec<(&'static str, String)>) -> ListRequest {
    let ids: Vec<&str> = ids.iter().map(PageId::as_str).collect();
    parameters.insert(0, ("id", ids.join(",")));
    ListRequest { path: vec!["pages".to_owned()], parameters, limit: ids.len().max(1) }
}
