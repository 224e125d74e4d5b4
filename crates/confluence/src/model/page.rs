//! Pages, with and without their bodies.

use std::fmt;

use time::OffsetDateTime;

use super::ids::{PageId, SpaceId};

/// What a listing tells about a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageHead {
    /// Stable id.
    pub id: PageId,
    /// The space it lies in.
    pub space_id: SpaceId,
    /// Title, unique in its space.
    pub title: String,
    /// Where it is in its life.
    pub status: PageStatus,
    /// What it hangs below; none at the top of a space.
    pub parent_id: Option<PageId>,
    /// `page`, `folder`, `whiteboard`, `database`, `embed`: what `parent_id` is.
    pub parent_type: Option<String>,
    /// Place among its siblings.
    pub position: Option<i64>,
    /// Rises with each edit of title or body; whether with a move is not documented.
    pub version: i64,
    /// When it was created.
    pub created_at: Option<OffsetDateTime>,
    /// When the version was made; the API has no other time of change.
    pub modified_at: Option<OffsetDateTime>,
    /// Account that created it.
    pub author_id: Option<String>,
    /// Account that made the version.
    pub modified_by: Option<String>,
    /// `live` for a live doc, whose current body may be empty while people see text.
    pub subtype: Option<String>,
    /// Web address.
    pub webui: String,
}

/// A page with the body that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What a listing tells.
    pub head: PageHead,
    /// The body; none where Confluence sent none in that format.
    pub body: Option<Body>,
}

/// A page's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// How it is written.
    pub format: BodyFormat,
    /// Its text: XHTML-like markup, or JSON.
    pub value: String,
}

/// How a body is written. Lists give only these two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    /// Storage format: XHTML-like markup with macros.
    Storage,
    /// Atlassian Document Format: JSON.
    AtlasDocFormat,
}

impl BodyFormat {
    /// The value of `body-format`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::AtlasDocFormat => "atlas_doc_format",
        }
    }
}

/// Where a page is in its life. Open: Atlassian adds values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageStatus {
    /// Published.
    Current,
    /// Not published yet.
    Draft,
    /// Put aside, readable.
    Archived,
    /// An old version.
    Historical,
    /// In the bin.
    Trashed,
    /// Named in the API's description without explanation.
    Deleted,
    /// A value that this client does not know.
    Other(String),
}

impl PageStatus {
    /// The value as Confluence writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Current => "current",
            Self::Draft => "draft",
            Self::Archived => "archived",
            Self::Historical => "historical",
            Self::Trashed => "trashed",
            Self::Deleted => "deleted",
            Self::Other(value) => value,
        }
    }
}

impl From<String> for PageStatus {
    fn from(value: String) -> Self {
        match value.as_str() {
            "current" => Self::Current,
            "draft" => Self::Draft,
            "archived" => Self::Archived,
            "historical" => Self::Historical,
            "trashed" => Self::Trashed,
            "deleted" => Self::Deleted,
            _ => Self::Other(value),
        }
    }
}

impl fmt::Display for PageStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
