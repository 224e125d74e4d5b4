//! Folders above pages. No list of pages has them, so each is asked for by its id. They are a part of breadcrumbs and no
//! more: whatever goes wrong with them, the pages below are synced.

use std::collections::BTreeSet;

use confluence::{Client, Error as Wire, Folder, FolderId};
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};

use super::{RemotePage, SyncControl, SyncOp, SyncPlan, document::Breadcrumbs};
use crate::Error;

/// Requests under way at once.
const AHEAD: usize = 3;

/// Fills the gaps above the pages that `plan` stores or places. Ends early where folders cannot be asked for at all.
pub(super) async fn fill(
    client: &Client,
    plan: &SyncPlan,
    breadcrumbs: &mut Breadcrumbs<'_>,
    control: &SyncControl,
) -> Result<(), Error> {
    let pages: Vec<&RemotePage> = plan.ops.iter().filter_map(placed).collect();
    let mut asked = BTreeSet::new();
    loop {
        let gaps = pages.iter().filter_map(|page| breadcrumbs.gap_above(page)).map(str::to_owned);
        let gaps: BTreeSet<String> = gaps.filter(|id| !asked.contains(id)).collect();
        if gaps.is_empty() {
            return Ok(());
        }
        asked.extend(gaps.iter().cloned());
        let mut folders = fetched(client.clone(), gaps);
        while let Some(folder) = folders.next().await {
            match folder {
                Ok(Some(folder)) => breadcrumbs.put_folder(folder),
                // A page that the person may not see, a whiteboard, or gone.
                Ok(None) | Err(Wire::Gone { .. } | Wire::NotPermitted { .. }) => {}
                Err(error) => {
                    tracing::debug!(%error, "breadcrumbs go without folders");
                    return Ok(());
                }
            }
            control.checkpoint().await?;
        }
    }
}

fn fetched(client: Client, ids: BTreeSet<String>) -> BoxStream<'static, Result<Option<Folder>, Wire>> {
    let fetch = move |id: String| {
        let client = client.clone();
        async move { client.folder(&FolderId::new(id)).await }
    };
    stream::iter(ids).map(fetch).buffered(AHEAD).boxed()
}

fn placed(op: &SyncOp) -> Option<&RemotePage> {
    match op {
        SyncOp::Add(page) | SyncOp::Update(page) | SyncOp::Move(page) | SyncOp::Restore(page) => Some(page),
        SyncOp::Remove { .. } => None,
    }
}
