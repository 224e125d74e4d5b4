//! A Confluence site: its spaces, pages and folders, and what may happen to them.

pub(crate) mod links;
pub(crate) mod model;
pub(crate) mod mutate;

use std::collections::BTreeMap;

use model::{Node, NodeKind, Space, Status};

/// One site (one cloud id) with everything on it.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) cloud_id: String,
    pub(crate) name: String,
    /// Address of the site, without `/wiki`.
    pub(crate) url: String,
    /// What `_links.base` says: the address with `/wiki`.
    pub(crate) base: String,
    /// Whether Confluence is there; a site can also have Jira alone.
    pub(crate) has_confluence: bool,
    /// Whether lists of pages drop what the user may not see after the limit was applied, so that they come shorter.
    pub(crate) masks_after_limit: bool,
    pub(crate) spaces: BTreeMap<u64, Space>,
    pub(crate) nodes: BTreeMap<u64, Node>,
}

impl Site {
    /// A space that the user may see.
    pub(crate) fn space(&self, id: u64) -> Option<&Space> {
        self.spaces.get(&id).filter(|space| !space.restricted)
    }

    /// The space of this key.
    pub(crate) fn space_by_key(&self, key: &str) -> Option<&Space> {
        self.spaces.values().find(|space| space.key == key)
    }

    /// Content that the user may see in some state: not restricted, and in a space that may be seen.
    pub(crate) fn visible(&self, id: u64) -> Option<&Node> {
        self.nodes.get(&id).filter(|node| self.may_see(node))
    }

    /// Whether the user may see this content at all.
    pub(crate) fn may_see(&self, node: &Node) -> bool {
        !node.restricted && self.space(node.space_id).is_some()
    }

    /// A page that the user may see, whatever its status.
    pub(crate) fn page(&self, id: u64) -> Option<&Node> {
        self.visible(id).filter(|node| node.kind == NodeKind::Page)
    }

    /// What lies directly below `parent` in the tree, in its order.
    pub(crate) fn children(&self, parent: u64) -> Vec<&Node> {
        let mut found: Vec<&Node> = self.nodes.values().filter(|node| node.parent == Some(parent)).collect();
        found.sort_by_key(|node| (node.position, node.id));
        found
    }

    /// The nodes above `node`, highest first.
    pub(crate) fn ancestors(&self, node: &Node) -> Vec<&Node> {
        let mut found = Vec::new();
        let mut next = node.parent;
        while let Some(parent) = next.and_then(|id| self.nodes.get(&id)) {
            // A cycle cannot be made through the public doors; the bound keeps a wrong one from hanging a request.
            if found.len() > 1_000 {
                break;
            }
            found.push(parent);
            next = parent.parent;
        }
        found.reverse();
        found
    }

    /// How many current pages the site holds.
    pub(crate) fn page_count(&self) -> usize {
        self.nodes.values().filter(|node| node.kind == NodeKind::Page && node.status == Status::Current).count()
    }
}
