//! From what is stored and what the site shows to the operations that make them agree. Pure: no I/O, no clock.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, VecDeque},
};

use time::OffsetDateTime;

/// A page as the site shows it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemotePage {
    /// Confluence's id.
    pub id: String,
    /// The space it lies in.
    pub space_id: String,
    /// Title.
    pub title: String,
    /// Version number.
    pub version: i64,
    /// The node above it.
    pub parent_id: Option<String>,
    /// When that version was made.
    pub modified_at: Option<OffsetDateTime>,
    /// Address in a browser.
    pub url: String,
}

/// A page as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPage {
    /// Confluence's id.
    pub id: String,
    /// The space it was in.
    pub space_id: String,
    /// Title.
    pub title: String,
    /// Version number of the stored text, 0 where none was ever stored.
    pub version: i64,
    /// The node above it.
    pub parent_id: Option<String>,
    /// What state its text is in.
    pub state: LocalState,
}

/// Whether a stored page takes part in retrieval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalState {
    /// Its text is the stored version's.
    Available,
    /// Kept, out of retrieval.
    Unavailable,
    /// The last attempt to fetch it failed; it is fetched again.
    Failed,
}

/// A selected space and its pages.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The space.
    pub space_id: String,
    /// Its name, which orders the round robin of the page limit.
    pub space_name: String,
    /// Every current page, or `None` where the space could not be read.
    pub pages: Option<Vec<RemotePage>>,
}

/// One step of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncOp {
    /// Fetch and store a new page.
    Add(RemotePage),
    /// Fetch and store a newer version, or one whose last fetch failed.
    Update(RemotePage),
    /// Same text in another place or under another title.
    Move(RemotePage),
    /// Bring a kept page back; its stored text is current.
    Restore(RemotePage),
    /// Take a page out of retrieval.
    Remove {
        /// The page.
        page: LocalPage,
        /// Why.
        reason: Removal,
    },
}

/// Why a page leaves retrieval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// A complete listing no longer has it, and asking for its id confirmed that.
    Gone,
    /// It no longer fits the plan.
    OverLimit,
}

/// What a run will do, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncPlan {
    /// Steps; removals last.
    pub ops: Vec<SyncOp>,
    /// Pages that are stored as the site shows them.
    pub unchanged: usize,
    /// Pages that the plan's limit leaves out.
    pub over_limit: Vec<RemotePage>,
    /// Pages that the site shows in the completely listed spaces.
    pub expected: usize,
}

/// Plans a run. `limit` is how many pages may be stored, `None` for all.
pub fn plan(local: &[LocalPage], listings: &[Listing], limit: Option<usize>) -> SyncPlan {
    let stored: BTreeMap<&str, &LocalPage> = local.iter().map(|page| (page.id.as_str(), page)).collect();
    let remote = newest_of_each(listings);
    let complete: BTreeSet<&str> =
        listings.iter().filter(|listing| listing.pages.is_some()).map(|listing| listing.space_id.as_str()).collect();
    let cut_short: BTreeSet<&str> =
        listings.iter().filter(|listing| listing.pages.is_none()).map(|listing| listing.space_id.as_str()).collect();
    // Pages of a space that could not be listed stay, and still take their place under the limit.
    let unlisted = local
        .iter()
        .filter(|page| page.state == LocalState::Available && cut_short.contains(page.space_id.as_str()))
        .filter(|page| !remote.contains_key(page.id.as_str()))
        .count();
    let fitting = fitting(&remote, listings, &stored, limit.map(|limit| limit.saturating_sub(unlisted)));

    let mut result = SyncPlan { expected: remote.len(), ..SyncPlan::default() };
    for page in in_listing_order(listings, &remote) {
        let known = stored.get(page.id.as_str()).copied();
        if fitting.contains(page.id.as_str()) {
            match step(page, known) {
                Some(op) => result.ops.push(op),
                None => result.unchanged += 1,
            }
        } else {
            result.over_limit.push(page.clone());
        }
    }
    let leaving = local.iter().filter(|page| page.state != LocalState::Unavailable).filter_map(|page| {
        let reason = if remote.contains_key(page.id.as_str()) {
            (!fitting.contains(page.id.as_str())).then_some(Removal::OverLimit)
        } else {
            complete.contains(page.space_id.as_str()).then_some(Removal::Gone)
        };
        reason.map(|reason| SyncOp::Remove { page: page.clone(), reason })
    });
    result.ops.extend(leaving);
    result
}

fn step(page: &RemotePage, known: Option<&LocalPage>) -> Option<SyncOp> {
    let Some(known) = known else { return Some(SyncOp::Add(page.clone())) };
    let same_place = known.space_id == page.space_id && known.parent_id == page.parent_id && known.title == page.title;
    match known.state {
        _ if known.version == 0 => Some(SyncOp::Add(page.clone())),
        _ if known.version != page.version || known.state == LocalState::Failed => Some(SyncOp::Update(page.clone())),
        LocalState::Unavailable => Some(SyncOp::Restore(page.clone())),
        _ if same_place => None,
        _ => Some(SyncOp::Move(page.clone())),
    }
}

/// A page that moves while spaces are listed can be seen twice: the higher version wins, then the later sighting.
fn newest_of_each(listings: &[Listing]) -> BTreeMap<&str, &RemotePage> {
    let mut newest: BTreeMap<&str, &RemotePage> = BTreeMap::new();
    for page in listings.iter().filter_map(|listing| listing.pages.as_ref()).flatten() {
        match newest.get(page.id.as_str()) {
            Some(seen) if seen.version > page.version => {}
            _ => {
                newest.insert(&page.id, page);
            }
        }
    }
    newest
}

fn by_name(listings: &[Listing]) -> Vec<&Listing> {
    let mut ordered: Vec<&Listing> = listings.iter().collect();
    ordered.sort_by(|a, b| (&a.space_name, &a.space_id).cmp(&(&b.space_name, &b.space_id)));
    ordered
}

/// Each page once: spaces by name, most recently edited first.
fn in_listing_order<'a>(listings: &'a [Listing], remote: &BTreeMap<&str, &'a RemotePage>) -> Vec<&'a RemotePage> {
    let mut of_space: BTreeMap<&str, Vec<&RemotePage>> = BTreeMap::new();
    for page in remote.values() {
        of_space.entry(&page.space_id).or_default().push(page);
    }
    let mut pages = Vec::with_capacity(remote.len());
    for listing in by_name(listings) {
        let mut next = of_space.remove(listing.space_id.as_str()).unwrap_or_default();
        next.sort_by_key(|page| (Reverse(page.modified_at), &page.id));
        pages.extend(next);
    }
    pages
}

/// The pages that the limit lets in: those that are in already, then new ones; both taken from the spaces in turn.
fn fitting<'a>(
    remote: &BTreeMap<&'a str, &'a RemotePage>,
    listings: &'a [Listing],
    stored: &BTreeMap<&str, &LocalPage>,
    limit: Option<usize>,
) -> BTreeSet<&'a str> {
    let Some(limit) = limit.filter(|limit| *limit < remote.len()) else {
        return remote.keys().copied().collect();
    };
    let is_in = |page: &RemotePage| {
        stored.get(page.id.as_str()).is_some_and(|known| known.state != LocalState::Unavailable && known.version > 0)
    };
    let ordered = in_listing_order(listings, remote);
    let (inside, outside): (Vec<_>, Vec<_>) = ordered.into_iter().partition(|page| is_in(page));
    let turns = round_robin(inside).into_iter().chain(round_robin(outside));
    turns.take(limit).map(|page| page.id.as_str()).collect()
}

fn round_robin(pages: Vec<&RemotePage>) -> Vec<&RemotePage> {
    // Pages of one space stand together, so a new space begins where the id changes.
    let mut queues: Vec<VecDeque<&RemotePage>> = Vec::new();
    for page in pages {
        match queues.last_mut() {
            Some(queue) if queue.back().is_some_and(|last| last.space_id == page.space_id) => queue.push_back(page),
            _ => queues.push(VecDeque::from([page])),
        }
    }
    let mut turns = Vec::new();
    while !queues.is_empty() {
        turns.extend(queues.iter_mut().filter_map(VecDeque::pop_front));
        queues.retain(|queue| !queue.is_empty());
    }
    turns
}

#[cfg(test)]
mod tests;
