//! From a Confluence page to a document of the knowledge base, and back to what a plan needs to know of it.

use std::collections::BTreeMap;

use confluence::{BodyFormat, Folder, Page, PageId, adf, storage};
use knowledge::{
    DocumentHead, DocumentState,
    model::{Block, BlockKind, CollectionKey, Document, DocumentKey, Loss, Section},
};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::{
    people::People,
    plan::{LocalPage, LocalState, RemotePage},
};

/// What we keep of a page beside its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PageFacts {
    pub page_id: String,
    pub space_id: String,
    pub parent_id: Option<String>,
    /// The share of its visible words that the stored text has, 0 to 1; none where no text was ever stored.
    #[serde(default)]
    pub kept: Option<f64>,
    /// Display name of who made the version; none where it is not known.
    #[serde(default)]
    pub author: Option<String>,
}

pub(crate) fn collection_key(site_id: &str, space_id: &str) -> CollectionKey {
    CollectionKey::new(format!("confluence:{site_id}:{space_id}"))
}

/// Whether a collection is a space.
pub(crate) fn is_space(collection: &CollectionKey) -> bool {
    collection.as_str().starts_with("confluence:")
}

pub(crate) fn document_key(site_id: &str, page_id: &str) -> DocumentKey {
    DocumentKey::new(format!("confluence:{site_id}:page:{page_id}"))
}

/// Confluence's id of a document's page, where the document is one.
pub(crate) fn page_of(document: &DocumentKey) -> Option<&str> {
    document.as_str().strip_prefix("confluence:")?.split_once(":page:").map(|(_, id)| id)
}

pub(crate) fn page_facts(metadata: &serde_json::Value) -> Option<PageFacts> {
    PageFacts::deserialize(metadata).ok()
}

/// What is known of a stored text, which a move does not change.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextFacts {
    /// The share of the page's words that it has.
    pub kept: Option<f64>,
    /// Who wrote it.
    pub author: Option<String>,
}

/// What is kept of a page as the site shows it, and of its stored text.
pub(crate) fn metadata(page: &RemotePage, text: TextFacts) -> serde_json::Value {
    let (kept, author) = (text.kept, text.author);
    let RemotePage { id, space_id, parent_id, .. } = page;
    serde_json::json!({ "page_id": id, "space_id": space_id, "parent_id": parent_id, "kept": kept, "author": author })
}

/// Ten thousandths, rounded down, so that a page that lacks a word never shows as whole.
fn rounded_down(share: f64) -> f64 {
    (share * 10_000.0).floor() / 10_000.0
}

pub(crate) fn local_page(head: &DocumentHead) -> Option<LocalPage> {
    let facts = page_facts(&head.metadata)?;
    Some(LocalPage {
        id: facts.page_id,
        space_id: facts.space_id,
        title: head.title.clone(),
        version: head.version,
        parent_id: facts.parent_id,
        state: match head.state {
            DocumentState::Unavailable => LocalState::Unavailable,
            DocumentState::Failed => LocalState::Failed,
            _ => LocalState::Available,
        },
    })
}

/// A tree this deep is a loop in bad data.
pub(crate) const DEEPEST: usize = 64;

/// Titles above each page of a listing, outermost first.
pub(crate) struct Breadcrumbs<'a> {
    pages: BTreeMap<&'a str, &'a RemotePage>,
    folders: BTreeMap<String, Folder>,
}

impl<'a> Breadcrumbs<'a> {
    /// Takes the pages of all listings.
    pub(crate) fn new(pages: impl Iterator<Item = &'a RemotePage>) -> Self {
        Self { pages: pages.map(|page| (page.id.as_str(), page)).collect(), folders: BTreeMap::new() }
    }

    /// Takes a folder, which no listing has.
    pub(crate) fn put_folder(&mut self, folder: Folder) {
        self.folders.insert(folder.id.as_str().to_owned(), folder);
    }

    /// Folders that were put.
    pub(crate) fn folders(&self) -> Vec<Folder> {
        self.folders.values().cloned().collect()
    }

    pub(crate) fn above(&self, page: &RemotePage) -> Vec<String> {
        let mut titles: Vec<String> = self.climb(page).0.into_iter().map(str::to_owned).collect();
        titles.reverse();
        titles
    }

    /// The nearest node above that is neither a listed page nor a known folder.
    pub(crate) fn gap_above<'b>(&'b self, page: &'b RemotePage) -> Option<&'b str> {
        self.climb(page).1
    }

    /// Titles above a page, innermost first, and where they break off before the top.
    fn climb<'b>(&'b self, page: &'b RemotePage) -> (Vec<&'b str>, Option<&'b str>) {
        let mut titles = Vec::new();
        let mut parent = page.parent_id.as_deref();
        while let Some(id) = parent {
            let Some((title, above)) = self.node(id) else { return (titles, Some(id)) };
            if titles.len() == DEEPEST {
                break;
            }
            titles.push(title);
            parent = above;
        }
        (titles, None)
    }

    /// Title of a page or folder, and what it hangs below.
    fn node(&self, id: &str) -> Option<(&str, Option<&str>)> {
        if let Some(page) = self.pages.get(id) {
            return Some((&page.title, page.parent_id.as_deref()));
        }
        let folder = self.folders.get(id)?;
        Some((&folder.title, folder.parent_id.as_ref().map(PageId::as_str)))
    }
}

/// For how long an emptied live doc is taken for one whose text has gone missing on the way.
const GRACE: Duration = Duration::days(7);

/// Whether nothing can be read on a page.
pub(crate) fn is_empty(page: &Page) -> bool {
    let Some(body) = &page.body else { return true };
    match body.format {
        BodyFormat::Storage => body.value.trim().is_empty(),
        BodyFormat::AtlasDocFormat => adf::convert(&body.value, &storage::Options::new(""))
            .sections
            .iter()
            .all(|section| section.parts.is_empty()),
    }
}

/// Whether a page without text may have one: the current body of a live doc can be empty while people see text
/// (github.com/atlassian/atlassian-mcp-server/issues/192).
pub(crate) fn may_fill_again(page: &Page, now: OffsetDateTime) -> bool {
    let is_recent = page.head.modified_at.is_none_or(|at| now - at < GRACE);
    page.head.subtype.as_deref() == Some("live") && is_recent
}

/// Converts a fetched page. The listing's head says where it lies; the fetched one which version the text is.
pub(crate) fn document(
    site_id: &str,
    listed: &RemotePage,
    page: &Page,
    path: Vec<String>,
    people: &People,
) -> Option<Document> {
    let body = page.body.as_ref()?;
    let name_of = |account: &str| people.name(account);
    let options = storage::Options { user_name: &name_of, ..storage::Options::new(&page.head.title) };
    let converted = match body.format {
        BodyFormat::Storage => storage::convert(&body.value, &options),
        BodyFormat::AtlasDocFormat => adf::convert(&body.value, &options),
    };
    let kept = rounded_down(converted.words.kept_share());
    Some(Document {
        key: document_key(site_id, &listed.id),
        collection: collection_key(site_id, &listed.space_id),
        title: page.head.title.clone(),
        version: page.head.version,
        url: listed.url.clone(),
        path,
        modified_at: page.head.modified_at,
        sections: converted.sections.into_iter().map(section).collect(),
        losses: converted.losses.into_iter().map(|loss| Loss { element: loss.element, count: loss.count }).collect(),
        metadata: metadata(
            listed,
            TextFacts { kept: Some(kept), author: page.head.modified_by.as_deref().and_then(|id| people.name(id)) },
        ),
    })
}

pub(crate) fn section(section: storage::Section) -> Section {
    Section {
        heading_path: section.heading_path,
        anchor: section.anchor,
        blocks: section.parts.into_iter().map(|part| Block { kind: kind(part.kind), text: part.text }).collect(),
    }
}

fn kind(kind: storage::PartKind) -> BlockKind {
    match kind {
        storage::PartKind::Prose => BlockKind::Prose,
        storage::PartKind::List => BlockKind::List,
        storage::PartKind::Code => BlockKind::Code,
        storage::PartKind::Table { header_rows } => BlockKind::Table { header_rows },
    }
}
