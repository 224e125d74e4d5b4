//! A part of the list of stored pages, cut out by the database.

use std::collections::BTreeMap;

use knowledge::{
    DocumentQuery, DocumentRow, DocumentState,
    model::{CollectionKey, Loss},
};

use super::dto::{PageFilter, PagePart, PageRow, PageState};
use crate::{App, Error, status::rfc3339, store::SpaceRecord, sync::page_facts};

/// Rows at most in one part.
const MOST_ROWS: u32 = 500;
/// Longest text that titles are looked through for, in characters.
const LONGEST_TEXT: usize = 200;
const NOT_SELECTED: &str = "its space is not selected";

type Spaces = BTreeMap<CollectionKey, SpaceRecord>;

impl App {
    /// Stored pages by title; at most 500 rows. Pages of a space that is not selected count as unavailable.
    pub async fn list_pages(&self, filter: &PageFilter, offset: u32, limit: u32) -> Result<PagePart, Error> {
        let spaces = self.space_index().await?;
        let query = query(filter, &spaces);
        let total = self.knowledge.count_documents(&query).await?;
        let limit = limit.clamp(1, MOST_ROWS);
        let documents = self.knowledge.documents(&DocumentQuery { limit: Some(limit), offset, ..query }).await?;
        let rows = documents.into_iter().filter_map(|document| row(document, &spaces));
        Ok(PagePart { total: total as u32, rows: rows.collect() })
    }
}

fn query(filter: &PageFilter, spaces: &Spaces) -> DocumentQuery {
    let wanted = |space: &SpaceRecord| filter.space_key.as_ref().is_none_or(|key| space.key == *key);
    let (selected, left): (Vec<_>, Vec<_>) =
        spaces.iter().filter(|(_, space)| wanted(space)).partition(|(_, space)| space.selected);
    let keys = |some: Vec<(&CollectionKey, &SpaceRecord)>| some.into_iter().map(|(key, _)| key.clone()).collect();
    DocumentQuery {
        collections: Some(keys(selected)),
        states: filter.state.map(|state| vec![stored(state)]),
        // Whatever state they were left in.
        whole: match filter.state {
            None | Some(PageState::Unavailable) => keys(left),
            Some(_) => Vec::new(),
        },
        title: filter.text.trim().chars().take(LONGEST_TEXT).collect(),
        ..DocumentQuery::default()
    }
}

fn stored(state: PageState) -> DocumentState {
    match state {
        PageState::Ready => DocumentState::Ready,
        PageState::Pending => DocumentState::Pending,
        PageState::Failed => DocumentState::Failed,
        PageState::Unavailable => DocumentState::Unavailable,
    }
}

fn row(document: DocumentRow, spaces: &Spaces) -> Option<PageRow> {
    let (facts, space) = (page_facts(&document.metadata)?, spaces.get(&document.collection)?);
    let (state, reason) = match document.state {
        _ if !space.selected => (PageState::Unavailable, Some(NOT_SELECTED.to_owned())),
        DocumentState::Ready => (PageState::Ready, None),
        DocumentState::Pending => (PageState::Pending, None),
        DocumentState::Failed => (PageState::Failed, document.failure),
        DocumentState::Unavailable => (PageState::Unavailable, document.failure),
    };
    Some(PageRow {
        page_id: facts.page_id,
        title: document.title,
        space_key: space.key.clone(),
        state,
        version: u32::try_from(document.version).unwrap_or_default(),
        synced_at: document.synced_at.and_then(|at| rfc3339(at.unix_timestamp())),
        url: Some(document.url).filter(|url| !url.is_empty()),
        reason,
        kept_share: facts.kept.unwrap_or(1.0),
        losses: document.losses.iter().map(in_words).collect(),
    })
}

fn in_words(loss: &Loss) -> String {
    if loss.count > 1 { format!("{} ({})", loss.element, loss.count) } else { loss.element.clone() }
}
