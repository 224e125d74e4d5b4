//! The tree that sources are chosen from, level by level.

use std::collections::{BTreeMap, HashMap, HashSet};

use knowledge::{DocumentState, model::DocumentKey};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{SourceKind, SourceRef, SourceState, view::Surroundings};
use crate::{
    App, Error,
    dto::PageCounts,
    files::{collection_key as files_key, path_of},
    store::TreeNode,
    sync::{collection_key, document_key},
};

/// Nodes of one level at most.
const MOST_CHILDREN: usize = 1000;

/// A source in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SourceNode {
    /// Which.
    pub source: SourceRef,
    /// Its name.
    pub name: String,
    /// Key of a space, path of a folder or file that was added.
    pub detail: Option<String>,
    /// Whether it is searched and kept up to date.
    pub state: SourceState,
    /// Documents at it and below it.
    pub counts: PageCounts,
    /// Whether there is something below it that can be chosen for itself.
    pub has_children: bool,
}

impl App {
    /// What lies directly below a source; at the top, the sites and the folders and files that were added.
    pub async fn list_sources(&self, parent: Option<&SourceRef>) -> Result<Vec<SourceNode>, Error> {
        let around = self.source_surroundings().await?;
        let mut nodes = match parent {
            None => self.top(&around).await?,
            Some(source) => match source.kind {
                SourceKind::Site => self.spaces_of(source, &around).await?,
                SourceKind::Space | SourceKind::PageTree => self.pages_at(source, &around).await?,
                SourceKind::Folder => self.files_at(source, &around).await?,
                SourceKind::File => Vec::new(),
            },
        };
        nodes.truncate(MOST_CHILDREN);
        Ok(nodes)
    }

    async fn top(&self, around: &Surroundings) -> Result<Vec<SourceNode>, Error> {
        let synced = |site: &str| {
            let prefix = collection_key(site, "");
            around.places.keys().any(|key| key.as_str().starts_with(prefix.as_str()))
        };
        let mut nodes = Vec::new();
        for (id, _) in around.sites.iter().filter(|(id, _)| synced(id)) {
            nodes.push(self.node(SourceRef::site(id), None, true, around).await?);
        }
        for (path, _) in &around.files {
            let is_file = std::path::Path::new(path).is_file();
            let kind = if is_file { SourceKind::File } else { SourceKind::Folder };
            nodes.push(self.node(SourceRef::path(kind, path), Some(path.clone()), !is_file, around).await?);
        }
        Ok(nodes)
    }

    async fn spaces_of(&self, site: &SourceRef, around: &Surroundings) -> Result<Vec<SourceNode>, Error> {
        let site_id = site.site_id.as_deref().unwrap_or_default();
        let mut spaces: Vec<_> =
            around.spaces.values().filter(|space| space.site_id == site_id && space.selected).collect();
        spaces.sort_by_key(|space| space.name.to_lowercase());
        let mut nodes = Vec::new();
        for space in spaces {
            let source = SourceRef::space(site_id, &space.id);
            nodes.push(self.node(source, Some(space.key.clone()), space.pages != 0, around).await?);
        }
        Ok(nodes)
    }

    async fn node(
        &self,
        source: SourceRef,
        detail: Option<String>,
        has_children: bool,
        around: &Surroundings,
    ) -> Result<SourceNode, Error> {
        let described = self.context_source(source, "", around).await?;
        let (source, name) = (described.source, described.name);
        Ok(SourceNode { source, name, detail, state: described.state, counts: described.counts, has_children })
    }

    async fn pages_at(&self, parent: &SourceRef, around: &Surroundings) -> Result<Vec<SourceNode>, Error> {
        let (Some(site), Some(space)) = (&parent.site_id, &parent.space_id) else { return Ok(Vec::new()) };
        let tree = PageTree::new(self.store.tree_nodes(site, space).await?);
        let states: HashMap<DocumentKey, DocumentState> =
            self.knowledge.states(&collection_key(site, space)).await?.into_iter().collect();
        let is_live = around.live_site.as_ref() == Some(site);
        let node = |node: &TreeNode| {
            let mut counts = PageCounts { ready: 0, pending: 0, failed: 0, unavailable: 0 };
            for page in tree.at_and_below(node) {
                count(&mut counts, states.get(&document_key(site, page)).copied());
            }
            SourceNode {
                source: SourceRef::page_tree(site, space, &node.id),
                name: node.title.clone(),
                detail: None,
                state: if is_live { SourceState::Ok } else { SourceState::Disconnected },
                counts,
                has_children: tree.children(&node.id).next().is_some(),
            }
        };
        Ok(match &parent.page_id {
            Some(page) => tree.children(page).take(MOST_CHILDREN).map(node).collect(),
            None => tree.tops().take(MOST_CHILDREN).map(node).collect(),
        })
    }

    async fn files_at(&self, parent: &SourceRef, around: &Surroundings) -> Result<Vec<SourceNode>, Error> {
        let path = parent.path.as_deref().unwrap_or_default();
        let mut nodes: BTreeMap<(bool, String), (String, PageCounts)> = BTreeMap::new();
        for added in self.store.file_sources().await? {
            let root = std::path::Path::new(&added.path);
            let Ok(below) = std::path::Path::new(path).strip_prefix(root) else { continue };
            for head in self.knowledge.heads(Some(&[files_key(added.id)])).await? {
                let Some(file) = path_of(&head.metadata) else { continue };
                let Ok(rest) = std::path::Path::new(&file).strip_prefix(below) else { continue };
                let mut parts = rest.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
                let Some(first) = parts.next() else { continue };
                let is_file = parts.next().is_none();
                let full = root.join(below).join(&first).display().to_string();
                let none = PageCounts { ready: 0, pending: 0, failed: 0, unavailable: 0 };
                let (_, counts) = nodes.entry((is_file, first)).or_insert((full, none));
                count(counts, Some(head.state));
            }
        }
        let is_missing = around.files.iter().any(|(root, missing)| *missing && path.starts_with(root.as_str()));
        let state = if is_missing { SourceState::Missing } else { SourceState::Ok };
        let node = |((is_file, name), (full, counts))| SourceNode {
            source: SourceRef::path(if is_file { SourceKind::File } else { SourceKind::Folder }, full),
            name,
            detail: None,
            state,
            counts,
            has_children: !is_file,
        };
        Ok(nodes.into_iter().map(node).collect())
    }
}

fn count(counts: &mut PageCounts, state: Option<DocumentState>) {
    match state {
        Some(DocumentState::Ready) => counts.ready += 1,
        Some(DocumentState::Pending) => counts.pending += 1,
        Some(DocumentState::Failed) => counts.failed += 1,
        Some(DocumentState::Unavailable) => counts.unavailable += 1,
        None => {}
    }
}

/// The pages of a space, and the folders among them.
struct PageTree {
    nodes: Vec<TreeNode>,
    below: HashMap<String, Vec<usize>>,
    /// Folders that have a page of this space somewhere below them, and all pages.
    shown: HashSet<String>,
}

impl PageTree {
    fn new(nodes: Vec<TreeNode>) -> Self {
        let parents: HashMap<&str, &str> =
            nodes.iter().map(|node| (node.id.as_str(), node.parent_id.as_str())).collect();
        let mut shown = HashSet::new();
        for page in nodes.iter().filter(|node| !node.is_folder) {
            let mut at = page.id.as_str();
            // A loop in bad data ends where it began.
            while shown.insert(at.to_owned()) {
                match parents.get(at) {
                    Some(parent) if parents.contains_key(parent) => at = parent,
                    _ => break,
                }
            }
        }
        let mut below: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, node) in nodes.iter().enumerate() {
            below.entry(node.parent_id.clone()).or_default().push(place);
        }
        Self { nodes, below, shown }
    }

    fn children(&self, id: &str) -> impl Iterator<Item = &TreeNode> {
        let places = self.below.get(id).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|place| self.nodes.get(*place)).filter(|node| self.shown.contains(&node.id))
    }

    /// What hangs below nothing that is known.
    fn tops(&self) -> impl Iterator<Item = &TreeNode> {
        let known: HashSet<&str> = self.nodes.iter().map(|node| node.id.as_str()).collect();
        let is_top = move |node: &&TreeNode| !known.contains(node.parent_id.as_str());
        self.nodes.iter().filter(is_top).filter(|node| self.shown.contains(&node.id))
    }

    /// Ids of the pages and folders at a node and below it.
    fn at_and_below<'a>(&'a self, top: &'a TreeNode) -> Vec<&'a str> {
        let mut open = vec![top];
        let mut seen = HashSet::new();
        while let Some(node) = open.pop() {
            if seen.insert(node.id.as_str()) {
                open.extend(self.children(&node.id));
            }
        }
        seen.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(nodes: &[(&str, &str, bool)]) -> PageTree {
        let node = |(id, parent, is_folder): &(&str, &str, bool)| TreeNode {
            id: (*id).to_owned(),
            title: format!("Title {id}"),
            parent_id: (*parent).to_owned(),
            is_folder: *is_folder,
        };
        PageTree::new(nodes.iter().map(node).collect())
    }

    fn below(tree: &PageTree, id: &str) -> Vec<String> {
        let top = tree.nodes.iter().find(|node| node.id == id).unwrap();
        let mut ids: Vec<String> = tree.at_and_below(top).into_iter().map(str::to_owned).collect();
        ids.sort();
        ids
    }

    #[test]
    fn a_tree_goes_through_folders_and_hides_those_of_other_spaces() {
        let tree =
            tree(&[("1", "", false), ("2", "f", false), ("f", "1", true), ("g", "1", true), ("3", "gone", false)]);
        assert_eq!(tree.tops().map(|node| node.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        assert_eq!(tree.children("1").map(|node| node.id.as_str()).collect::<Vec<_>>(), ["f"]);
        assert_eq!(below(&tree, "1"), ["1", "2", "f"]);
    }

    #[test]
    fn a_loop_in_bad_data_ends() {
        let tree = tree(&[("1", "2", false), ("2", "1", false)]);
        assert_eq!(below(&tree, "1"), ["1", "2"]);
        assert_eq!(tree.tops().count(), 0);
    }
}
