//! Spaces, pages and folders as the site keeps them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// The account that owns everything on a simulated site, and who signs in.
pub const ACCOUNT_ID: &str = "712020:5f0c7a52-9d7e-4d52-8a3e-0b6d5e6f7a81";
/// The display name of [`ACCOUNT_ID`].
pub const ACCOUNT_NAME: &str = "Robin Hale";
/// The address of the only account: the user name of Basic authentication on the direct site.
pub const ACCOUNT_EMAIL: &str = "robin@example.com";

/// What `type` of a space may say, in the order of the OpenAPI document.
pub(crate) const SPACE_TYPES: [&str; 7] =
    ["global", "collaboration", "knowledge_base", "personal", "system", "onboarding", "xflow_sample_space"];

/// A space.
#[derive(Debug, Clone)]
pub(crate) struct Space {
    pub(crate) id: u64,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) description: String,
    /// One of [`SPACE_TYPES`].
    pub(crate) kind: &'static str,
    pub(crate) archived: bool,
    /// Hidden from the user by the space's permissions: absent from lists, 404 by id, and so are its pages.
    pub(crate) restricted: bool,
    pub(crate) homepage: Option<u64>,
    pub(crate) created_at: OffsetDateTime,
}

/// What a node of the content tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeKind {
    Page,
    Folder,
}

impl NodeKind {
    /// The name in `type` and `parentType`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Folder => "folder",
        }
    }
}

/// The status of content, as far as a reader meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Published.
    Current,
    /// Put away by its owner; lists show it unless they ask for `status=current`.
    Archived,
    /// In the trash of its space.
    Trashed,
}

impl Status {
    /// The name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Archived => "archived",
            Self::Trashed => "trashed",
        }
    }
}

/// One version of a page.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub(crate) number: u32,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) message: String,
    pub(crate) minor: bool,
}

/// What an older version of a page said.
#[derive(Debug, Clone)]
pub(crate) struct OldVersion {
    pub(crate) version: Version,
    pub(crate) title: String,
    pub(crate) storage: Arc<str>,
}

/// A page or a folder.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) id: u64,
    pub(crate) kind: NodeKind,
    pub(crate) space_id: u64,
    pub(crate) parent: Option<u64>,
    pub(crate) position: i32,
    pub(crate) title: String,
    pub(crate) status: Status,
    /// Hidden from the user by a page restriction: absent from lists, 404 by id.
    pub(crate) restricted: bool,
    /// A trashed page that answers 404 by id instead of 200 with `status: trashed`; both were seen on live sites.
    pub(crate) trashed_is_404: bool,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) version: Version,
    /// A live doc (`subtype: live`).
    pub(crate) live: bool,
    pub(crate) storage: Arc<str>,
    /// The page as ADF where it was stored so; otherwise it is made from `storage`.
    pub(crate) adf: Option<serde_json::Value>,
    pub(crate) labels: Vec<String>,
    pub(crate) history: Vec<OldVersion>,
    /// Path of the file it came from, empty for content added later.
    pub(crate) path: String,
}
