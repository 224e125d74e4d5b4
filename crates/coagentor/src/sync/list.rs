//! Which pages the selected spaces have. A listing counts only when it came to its end.

use confluence::{Client, HeadOrder, PageHead, SpaceId};

use super::{Listing, RemotePage, SyncControl, SyncFailure};
use crate::{Error, store::SpaceRecord};

/// A cursor can expire in the middle; the listing then begins again, this often.
const RESTARTS: usize = 2;

/// Every selected space's listing, and the spaces that could not be listed.
pub(super) struct Listings {
    pub listings: Vec<Listing>,
    pub failures: Vec<SyncFailure>,
}

pub(super) async fn list(client: &Client, spaces: &[SpaceRecord], control: &SyncControl) -> Result<Listings, Error> {
    let mut result = Listings { listings: Vec::new(), failures: Vec::new() };
    for space in spaces {
        control.update(|progress| progress.space = Some(space.name.clone()));
        let pages = match space_pages(client, space, control).await {
            Ok(pages) => Some(pages),
            Err(error) if concerns_one_space(&error) => {
                result.failures.push(SyncFailure {
                    page_id: space.key.clone(),
                    title: space.name.clone(),
                    reason: format!("the space could not be listed: {error}"),
                    space_key: space.key.clone(),
                });
                None
            }
            Err(error) => return Err(error),
        };
        result.listings.push(Listing { space_id: space.id.clone(), space_name: space.name.clone(), pages });
    }
    Ok(result)
}

/// Whether other spaces may still work: not for a dead sign-in, a lost network or a spent quota.
fn concerns_one_space(error: &Error) -> bool {
    use confluence::Error as Wire;
    matches!(
        error,
        Error::Confluence(
            Wire::NotFound
                | Wire::NotPermitted { .. }
                | Wire::Server { .. }
                | Wire::UnexpectedBody { .. }
                | Wire::CursorInvalid
                | Wire::CursorRepeated
                | Wire::TooLarge { .. }
                | Wire::Gone { .. }
        )
    )
}

async fn space_pages(client: &Client, space: &SpaceRecord, control: &SyncControl) -> Result<Vec<RemotePage>, Error> {
    let mut restarts = 0;
    loop {
        match walk(client, space, control).await {
            Err(Error::Confluence(confluence::Error::CursorInvalid)) if restarts < RESTARTS => restarts += 1,
            result => return result,
        }
    }
}

async fn walk(client: &Client, space: &SpaceRecord, control: &SyncControl) -> Result<Vec<RemotePage>, Error> {
    let before = control.progress().borrow().done;
    let mut heads = client.page_heads(&SpaceId::new(space.id.as_str()), HeadOrder::Id);
    let mut pages = Vec::new();
    loop {
        control.checkpoint().await?;
        let batch = tokio::select! {
            batch = heads.next_batch() => batch?,
            () = control.until_cancelled() => return Err(Error::Cancelled),
        };
        let Some(batch) = batch else { return Ok(pages) };
        pages.extend(batch.into_iter().map(remote_page));
        control.update(|progress| progress.done = before + pages.len());
    }
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
