//! The heads of a space's pages, batch by batch.

use crate::client::Client;
use crate::error::Error;
use crate::listing::{LARGEST_LIMIT, ListRequest, Listing};
use crate::model::{PageHead, SpaceId};
use crate::wire::PageBody;

/// The order of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadOrder {
    /// By id, ascending: nothing can jump over the cursor, so only this order is complete.
    Id,
    /// Newest version first: good for stopping early. A page edited meanwhile can be missed or come twice.
    ModifiedDesc,
}

impl HeadOrder {
    fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::ModifiedDesc => "-modified-date",
        }
    }
}

/// The current pages of a space, without bodies.
#[derive(Debug)]
pub struct PageHeads {
    client: Client,
    listing: Listing<PageBody>,
}

impl PageHeads {
    pub(crate) fn new(client: &Client, space: &SpaceId, order: HeadOrder) -> Self {
        // Without `status` the list has archived pages too.
        let request = ListRequest {
            path: vec!["spaces".to_owned(), space.to_string(), "pages".to_owned()],
            parameters: vec![("status", "current".to_owned()), ("sort", order.as_str().to_owned())],
            limit: LARGEST_LIMIT,
        };
        Self { client: client.clone(), listing: Listing::new(client.clone(), request) }
    }

    /// Asks for `first` heads to begin with, and only then for as many as an answer holds: each costs a point of
    /// Atlassian's quota, and a list that is read until something known comes mostly ends within the first few.
    #[must_use]
    pub fn begin_with(mut self, first: usize) -> Self {
        self.listing.begin_with(first);
        self
    }

    /// The next batch, which may be empty; `None` only when the whole list has been given. After an error the same
    /// batch can be asked for again, but for [`Error::CursorInvalid`] and [`Error::CursorRepeated`]: then the list has
    /// to start again.
    pub async fn next_batch(&mut self) -> Result<Option<Vec<PageHead>>, Error> {
        let Some(envelope) = self.listing.next().await? else { return Ok(None) };
        let base = self.client.web_base(&envelope.links);
        Ok(Some(envelope.results.into_iter().map(|page| page.into_head(base)).collect()))
    }
}
