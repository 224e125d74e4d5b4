//! What happens to content while somebody is reading it: edits, moves, trash, restrictions.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::Site;
use super::model::{Node, NodeKind, OldVersion, Space, Status, Version};
use crate::content::source::SpaceSource;
use crate::content::{ids, plant};
use crate::error::SimError;

/// A change to a site's content. Page ids are the strings that the API gives out.
///
/// As JSON (`POST /__sim/mutate`) the variant is the field `do`: `{"do": "edit", "page": "123", "storage": "<p>new</p>"}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Mutation {
    /// Publishes a new version with another title, body or both.
    Edit {
        /// Id of the page.
        page: String,
        /// New title.
        #[serde(default)]
        title: Option<String>,
        /// New body in storage format.
        #[serde(default)]
        storage: Option<String>,
        /// Version comment.
        #[serde(default)]
        message: String,
    },
    /// Moves a page or folder and everything below it.
    Move {
        /// Id of the page or folder.
        page: String,
        /// Key of the space to move to; the same space where absent.
        #[serde(default)]
        space: Option<String>,
        /// Id of the new parent; the top of the space where absent.
        #[serde(default)]
        parent: Option<String>,
        /// Whether `version.number` rises. Atlassian documents neither answer, so a client must not rely on either.
        #[serde(default)]
        raise_version: bool,
    },
    /// Puts a page into the trash; its children move up to its parent.
    Trash {
        /// Id of the page.
        page: String,
        /// Whether it answers 404 by id from now on instead of 200 with `status: trashed`; both were seen live.
        #[serde(default)]
        answer_404: bool,
    },
    /// Removes a page for good; its children move up to its parent.
    Purge {
        /// Id of the page.
        page: String,
    },
    /// Sets the status: `archived`, or `current` to restore from the archive or the trash.
    SetStatus {
        /// Id of the page.
        page: String,
        /// The new status.
        status: Status,
    },
    /// Hides a page from the user, or shows it again.
    Restrict {
        /// Id of the page.
        page: String,
        /// Whether it is hidden.
        restricted: bool,
    },
    /// Adds a page; the outcome carries its id.
    AddPage {
        /// Key of the space.
        space: String,
        /// Id of the parent; the top of the space where absent.
        #[serde(default)]
        parent: Option<String>,
        /// Title, unique in the space.
        title: String,
        /// Body in storage format.
        #[serde(default)]
        storage: String,
    },
    /// Makes a page a live doc. With `adf` it is stored so; without, its body becomes empty in a new version while the
    /// text stays in the older one, as seen on live sites.
    MakeLive {
        /// Id of the page.
        page: String,
        /// The document in ADF.
        #[serde(default)]
        adf: Option<serde_json::Value>,
    },
    /// Sets the labels of a page.
    SetLabels {
        /// Id of the page.
        page: String,
        /// Names without prefix.
        labels: Vec<String>,
    },
    /// Adds a space from files: pairs of path and content.
    AddSpace {
        /// Key of the space.
        key: String,
        /// Relative paths and contents, as [`SpaceSource::from_files`] takes them.
        files: Vec<(String, String)>,
    },
    /// Takes a space away with everything in it, as if it were deleted or the user lost access.
    RemoveSpace {
        /// Key of the space.
        key: String,
    },
    /// Hides a space and its pages from the user, or shows them again.
    RestrictSpace {
        /// Key of the space.
        key: String,
        /// Whether it is hidden.
        restricted: bool,
    },
    /// Archives a space or brings it back.
    ArchiveSpace {
        /// Key of the space.
        key: String,
        /// Whether it is archived.
        archived: bool,
    },
}

impl Site {
    /// Applies a change and returns the id of what was changed or made.
    pub(crate) fn apply(&mut self, mutation: Mutation, now: OffsetDateTime) -> Result<u64, SimError> {
        match mutation {
            Mutation::Edit { page, title, storage, message } => self.edit(&page, title, storage, message, now),
            Mutation::Move { page, space, parent, raise_version } => {
                self.relocate(&page, space.as_deref(), parent.as_deref(), raise_version.then_some(now))
            }
            Mutation::Trash { page, answer_404 } => self.trash(&page, answer_404),
            Mutation::Purge { page } => self.purge(&page),
            Mutation::SetStatus { page, status } => self.change(&page, |node| node.status = status),
            Mutation::Restrict { page, restricted } => self.change(&page, |node| node.restricted = restricted),
            Mutation::AddPage { space, parent, title, storage } => {
                self.add_page(&space, parent.as_deref(), title, &storage, now)
            }
            Mutation::MakeLive { page, adf } => self.change(&page, |node| make_live(node, adf, now)),
            Mutation::SetLabels { page, labels } => self.change(&page, |node| node.labels = labels),
            Mutation::AddSpace { key, files } => self.add_space(&SpaceSource::from_files(key, files)?),
            Mutation::RemoveSpace { key } => self.remove_space(&key),
            Mutation::RestrictSpace { key, restricted } => {
                let space = self.space_mut(&key)?;
                space.restricted = restricted;
                Ok(space.id)
            }
            Mutation::ArchiveSpace { key, archived } => {
                let space = self.space_mut(&key)?;
                space.archived = archived;
                Ok(space.id)
            }
        }
    }

    /// Puts a source's space and pages on the site.
    pub(crate) fn add_space(&mut self, source: &SpaceSource) -> Result<u64, SimError> {
        if self.space_by_key(&source.key).is_some() {
            return Err(SimError::DuplicateSpace(source.key.clone()));
        }
        let planted = plant::plant(source);
        let id = planted.space.id;
        self.spaces.insert(id, planted.space);
        self.nodes.extend(planted.nodes);
        Ok(id)
    }

    fn edit(
        &mut self,
        page: &str,
        title: Option<String>,
        storage: Option<String>,
        message: String,
        now: OffsetDateTime,
    ) -> Result<u64, SimError> {
        let node = self.node(page)?;
        if let Some(title) = &title {
            self.check_title(node.space_id, title, Some(node.id))?;
        }
        self.change(page, |node| {
            new_version(node, now, message);
            node.title = title.unwrap_or_else(|| node.title.clone());
            if let Some(storage) = storage {
                node.storage = storage.into();
                node.adf = None;
            }
        })
    }

    fn relocate(
        &mut self,
        page: &str,
        space: Option<&str>,
        parent: Option<&str>,
        raise_version: Option<OffsetDateTime>,
    ) -> Result<u64, SimError> {
        let node = self.node(page)?;
        let (id, title) = (node.id, node.title.clone());
        let parent = parent.map(|parent| self.node(parent).cloned()).transpose()?;
        let space_id = match (space, &parent) {
            (Some(key), _) => self.space_mut(key)?.id,
            (None, Some(parent)) => parent.space_id,
            (None, None) => self.node(page)?.space_id,
        };
        if parent.as_ref().is_some_and(|parent| parent.space_id != space_id) {
            return Err(SimError::Refused("the parent is in another space".to_owned()));
        }
        let branch = self.branch(id);
        if parent.as_ref().is_some_and(|parent| branch.contains(&parent.id)) {
            return Err(SimError::Refused("a page cannot move below itself".to_owned()));
        }
        self.check_title(space_id, &title, Some(id))?;
        for below in &branch {
            if let Some(node) = self.nodes.get_mut(below) {
                node.space_id = space_id;
            }
        }
        let position = self.next_position(parent.as_ref().map(|parent| parent.id), space_id);
        self.change(page, |node| {
            node.parent = parent.map(|parent| parent.id);
            node.position = position;
            if let Some(now) = raise_version {
                new_version(node, now, String::new());
            }
        })
    }

    fn trash(&mut self, page: &str, answer_404: bool) -> Result<u64, SimError> {
        let id = self.node(page)?.id;
        self.lift_children(id);
        self.change(page, |node| {
            node.status = Status::Trashed;
            node.trashed_is_404 = answer_404;
        })
    }

    fn purge(&mut self, page: &str) -> Result<u64, SimError> {
        let id = self.node(page)?.id;
        self.lift_children(id);
        self.nodes.remove(&id);
        Ok(id)
    }

    fn add_page(
        &mut self,
        space: &str,
        parent: Option<&str>,
        title: String,
        storage: &str,
        now: OffsetDateTime,
    ) -> Result<u64, SimError> {
        let space_id = self.space_mut(space)?.id;
        let parent = parent.map(|parent| self.node(parent).map(|node| node.id)).transpose()?;
        self.check_title(space_id, &title, None)?;
        let mut id = ids::stable(space, &format!("added\u{0}{title}"));
        while self.nodes.contains_key(&id) {
            id += 1;
        }
        let mut node = plant::new_node(id, space_id, parent, self.next_position(parent, space_id), "");
        node.title = title;
        node.storage = storage.into();
        node.created_at = now;
        node.version.created_at = now;
        self.nodes.insert(id, node);
        Ok(id)
    }

    fn remove_space(&mut self, key: &str) -> Result<u64, SimError> {
        let id = self.space_mut(key)?.id;
        self.spaces.remove(&id);
        self.nodes.retain(|_, node| node.space_id != id);
        Ok(id)
    }

    fn change(&mut self, page: &str, change: impl FnOnce(&mut Node)) -> Result<u64, SimError> {
        let id = self.node(page)?.id;
        if let Some(node) = self.nodes.get_mut(&id) {
            change(node);
        }
        Ok(id)
    }

    fn node(&self, id: &str) -> Result<&Node, SimError> {
        let found = id.parse().ok().and_then(|id: u64| self.nodes.get(&id));
        found.ok_or_else(|| SimError::NotFound { kind: "page", name: id.to_owned() })
    }

    fn space_mut(&mut self, key: &str) -> Result<&mut Space, SimError> {
        let found = self.spaces.values_mut().find(|space| space.key == key);
        found.ok_or_else(|| SimError::NotFound { kind: "space", name: key.to_owned() })
    }

    /// Titles of pages are unique in a space, whatever their case.
    fn check_title(&self, space_id: u64, title: &str, but: Option<u64>) -> Result<(), SimError> {
        let title = title.to_lowercase();
        let clash = self.nodes.values().any(|node| {
            node.space_id == space_id
                && node.kind == NodeKind::Page
                && node.status != Status::Trashed
                && Some(node.id) != but
                && node.title.to_lowercase() == title
        });
        if clash { Err(SimError::Refused(format!("a page `{title}` is already in the space"))) } else { Ok(()) }
    }

    /// The ids of a node and everything below it.
    fn branch(&self, root: u64) -> Vec<u64> {
        let mut found = vec![root];
        let mut at = 0;
        while let Some(parent) = found.get(at).copied() {
            found.extend(self.nodes.values().filter(|node| node.parent == Some(parent)).map(|node| node.id));
            at += 1;
        }
        found
    }

    fn lift_children(&mut self, id: u64) {
        let above = self.nodes.get(&id).and_then(|node| node.parent);
        for node in self.nodes.values_mut().filter(|node| node.parent == Some(id)) {
            node.parent = above;
        }
    }

    fn next_position(&self, parent: Option<u64>, space_id: u64) -> i32 {
        let siblings = self.nodes.values().filter(|node| node.parent == parent && node.space_id == space_id);
        siblings.map(|node| node.position).max().unwrap_or(0).saturating_add(1)
    }
}

fn make_live(node: &mut Node, adf: Option<serde_json::Value>, now: OffsetDateTime) {
    node.live = true;
    if adf.is_none() {
        new_version(node, now, String::new());
        node.storage = "".into();
    }
    node.adf = adf;
}

fn new_version(node: &mut Node, now: OffsetDateTime, message: String) {
    node.history.push(OldVersion {
        version: node.version.clone(),
        title: node.title.clone(),
        storage: node.storage.clone(),
    });
    node.version = Version { number: node.version.number + 1, created_at: now, message, minor: false };
}
