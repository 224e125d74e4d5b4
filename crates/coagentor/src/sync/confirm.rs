//! Asks by id for stored pages that no listing shows any more. A listing can miss a page that is edited or moved meanwhile,
//! so only this answer takes a page out of retrieval.

use std::collections::{BTreeMap, BTreeSet};

use confluence::{Client, PageHead, PageId, PageStatus};

use super::{
    LocalPage, LocalState, RemotePage, SyncFailure,
    list::{concerns_one_space, remote_page},
};
use crate::{Error, store::SpaceRecord};

/// Why pages are no longer shown, by their ids, in words for a person.
pub(super) type Reasons = BTreeMap<String, &'static str>;

/// What asking came to.
#[derive(Debug, Default)]
pub(super) struct Confirmed {
    /// Pages that are shown after all, in a selected space.
    pub found: Vec<RemotePage>,
    /// Pages that are not, and why.
    pub gone: Reasons,
}

/// Stored pages of the spaces that were read which their listings lack.
pub(super) fn missing<'a>(
    local: &'a [LocalPage],
    remote: &[RemotePage],
    read: &BTreeSet<String>,
) -> Vec<&'a LocalPage> {
    let shown: BTreeSet<&str> = remote.iter().map(|page| page.id.as_str()).collect();
    let is_missing = |page: &&LocalPage| {
        page.state != LocalState::Unavailable && read.contains(&page.space_id) && !shown.contains(page.id.as_str())
    };
    local.iter().filter(is_missing).collect()
}

/// Asks for these pages, whatever their status.
pub(super) async fn confirm(
    client: &Client,
    ids: impl Iterator<Item = &str>,
    selected: &[SpaceRecord],
) -> Result<Confirmed, Error> {
    let ids: Vec<PageId> = ids.map(PageId::new).collect();
    let mut confirmed = Confirmed::default();
    if ids.is_empty() {
        return Ok(confirmed);
    }
    let heads = client.heads_by_id(&ids).await?;
    let mut heads: BTreeMap<String, PageHead> =
        heads.into_iter().map(|head| (head.id.as_str().to_owned(), head)).collect();
    for id in ids {
        let head = heads.remove(id.as_str());
        let is_selected = |head: &PageHead| selected.iter().any(|space| space.id == head.space_id.as_str());
        match head {
            Some(head) if head.status == PageStatus::Current && is_selected(&head) => {
                confirmed.found.push(remote_page(head));
            }
            head => _ = confirmed.gone.insert(id.as_str().to_owned(), why(head.as_ref().map(|head| &head.status))),
        }
    }
    Ok(confirmed)
}

/// Takes a page that moved into a space that could not be read for a page of that space: it is not gone, and no listing
/// has it.
pub(super) fn follow_moves(local: &mut [LocalPage], remote: &[RemotePage], read: &BTreeSet<String>) {
    let unread = remote.iter().filter(|page| !read.contains(&page.space_id));
    let unread: BTreeMap<&str, &str> = unread.map(|page| (page.id.as_str(), page.space_id.as_str())).collect();
    for page in local {
        if let Some(space_id) = unread.get(page.id.as_str()) {
            (*space_id).clone_into(&mut page.space_id);
        }
    }
}

fn why(status: Option<&PageStatus>) -> &'static str {
    match status {
        Some(PageStatus::Current) => "it moved to a space that is not selected",
        Some(PageStatus::Archived) => "it was archived in Confluence",
        Some(PageStatus::Trashed) => "it is in Confluence's bin",
        Some(_) | None => "it was removed from Confluence, or you may no longer see it",
    }
}

/// Keeps what could not be confirmed as it is stored, and says so. An error that concerns more than this question goes on.
pub(super) fn unconfirmed(missing: &[&LocalPage], error: Error) -> Result<(Vec<RemotePage>, SyncFailure), Error> {
    if !concerns_one_space(&error) {
        return Err(error);
    }
    let kept = missing.iter().map(|page| RemotePage {
        id: page.id.clone(),
        space_id: page.space_id.clone(),
        title: page.title.clone(),
        version: page.version,
        parent_id: page.parent_id.clone(),
        modified_at: None,
        url: String::new(),
    });
    let (id, title) = missing.first().map(|page| (page.id.clone(), page.title.clone())).unwrap_or_default();
    let reason = format!(
        "{} pages are no longer listed, and Confluence did not confirm that they are gone: {error}; they are kept",
        missing.len()
    );
    Ok((kept.collect(), SyncFailure { page_id: id, title, reason, space_key: String::new() }))
}
