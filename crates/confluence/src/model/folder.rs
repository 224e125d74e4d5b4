//! Folders of a space's page tree.

use super::ids::{FolderId, PageId};

/// A folder: a title in the page tree, without a text of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Stable id.
    pub id: FolderId,
    /// Title.
    pub title: String,
    /// What it hangs below.
    pub parent_id: Option<PageId>,
    /// What `parent_id` is.
    pub parent_type: Option<String>,
}
