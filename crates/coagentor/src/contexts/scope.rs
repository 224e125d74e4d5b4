//! From sources to the filter of a query. It is made anew for each query, so that what was deselected, removed or moved
//! a moment ago is not found any more.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use knowledge::{
    DocumentState, Filter,
    model::{CollectionKey, DocumentKey},
};

use super::{SourceKind, SourceRef};
use crate::{
    App, Error,
    files::collection_key as files_key,
    sync::{DEEPEST, collection_key, document_key, page_facts},
};

/// A collection in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Key of the space; empty for files.
    pub key: String,
    /// Name of the space, or of the folder that was added.
    pub name: String,
}

/// Every collection that retrieval may see at all.
pub(crate) type Places = BTreeMap<CollectionKey, Place>;

impl App {
    /// What retrieval may see: every selected space, of a disconnected site too, and every folder and file that was added.
    pub(crate) async fn searched_places(&self) -> Result<Places, Error> {
        let spaces = self.space_index().await?.into_iter().filter(|(_, space)| space.selected);
        let spaces = spaces.map(|(collection, space)| (collection, Place { key: space.key, name: space.name }));
        let files = self.file_collections().await?.into_iter();
        let files = files.map(|(collection, name)| (collection, Place { key: String::new(), name }));
        Ok(spaces.chain(files).collect())
    }

    /// Exactly what these sources have, as far as it is searched at all.
    pub(crate) async fn filter_of(&self, sources: &[SourceRef], places: &Places) -> Result<Filter, Error> {
        let mut collections = BTreeSet::new();
        let mut documents = BTreeSet::new();
        for source in sources.iter().filter(|source| source.is_whole()) {
            match source.kind {
                SourceKind::Site => {
                    let prefix = collection_key(part(source.site_id.as_ref()), "");
                    let of_site = |key: &&CollectionKey| key.as_str().starts_with(prefix.as_str());
                    collections.extend(places.keys().filter(of_site).cloned());
                }
                SourceKind::Space => {
                    let key = collection_key(part(source.site_id.as_ref()), part(source.space_id.as_ref()));
                    collections.extend(places.contains_key(&key).then_some(key));
                }
                SourceKind::PageTree => documents.extend(self.pages_of_tree(source).await?),
                SourceKind::Folder | SourceKind::File => {
                    let (whole, single) = self.files_of(Path::new(part(source.path.as_ref()))).await?;
                    collections.extend(whole);
                    documents.extend(single);
                }
            }
        }
        Ok(Filter::Only { collections: collections.into_iter().collect(), documents: documents.into_iter().collect() })
    }

    async fn pages_of_tree(&self, source: &SourceRef) -> Result<Vec<DocumentKey>, Error> {
        let (site, page) = (part(source.site_id.as_ref()), part(source.page_id.as_ref()));
        let pages = self.store.pages_below(site, page).await?;
        Ok(pages.into_iter().map(|id| document_key(site, &id)).collect())
    }

    /// Pages of the page trees among these sources that can't be found any more: a brief tells of them, retrieval never sees
    /// them.
    pub(crate) async fn removed_from_trees(&self, sources: &[SourceRef]) -> Result<Vec<DocumentKey>, Error> {
        let mut removed = Vec::new();
        for source in sources.iter().filter(|source| source.is_whole() && source.kind == SourceKind::PageTree) {
            let (site, page) = (part(source.site_id.as_ref()), part(source.page_id.as_ref()));
            let spaces = self.store.spaces(site).await?;
            let spaces: Vec<CollectionKey> = spaces.iter().map(|space| collection_key(site, &space.id)).collect();
            let mut heads = self.knowledge.heads(Some(&spaces)).await?;
            heads.retain(|head| head.state == DocumentState::Unavailable);
            let gone: BTreeMap<String, Option<String>> = heads
                .iter()
                .filter_map(|head| page_facts(&head.metadata))
                .map(|facts| (facts.page_id, facts.parent_id))
                .collect();
            let standing = self.store.nodes_below(site, page).await?;
            let below = gone.keys().filter(|id| hangs_below(&standing, &gone, id));
            removed.extend(below.map(|id| document_key(site, id)));
        }
        Ok(removed)
    }

    /// The sources that lie at a path or below it, and the single files where the path lies inside of a source.
    pub(super) async fn files_of(&self, path: &Path) -> Result<(Vec<CollectionKey>, Vec<DocumentKey>), Error> {
        let mut whole = Vec::new();
        let mut single = Vec::new();
        for added in self.store.file_sources().await? {
            let root = Path::new(&added.path);
            if root.starts_with(path) {
                whole.push(files_key(added.id));
            } else if let Ok(below) = path.strip_prefix(root) {
                let below: Vec<String> =
                    below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
                let found = self.knowledge.documents_below(&files_key(added.id), "path", &below.join("/")).await?;
                single.extend(found);
            }
        }
        Ok((whole, single))
    }
}

/// Whether a page that is gone hung below what still stands, or below another that is gone and did.
fn hangs_below(standing: &BTreeSet<String>, gone: &BTreeMap<String, Option<String>>, id: &str) -> bool {
    let parent = |id: &&String| gone.get(*id).and_then(Option::as_ref);
    let start = gone.get_key_value(id).map(|(id, _)| id);
    std::iter::successors(start, parent).take(DEEPEST).any(|id| standing.contains(id))
}

fn part(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}
