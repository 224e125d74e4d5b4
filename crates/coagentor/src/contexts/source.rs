//! What a context is made of.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The kind of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// Every synced space of a site.
    Site,
    /// A space.
    Space,
    /// A page, or a folder of pages, and all below it.
    PageTree,
    /// A folder of files, and all below it.
    Folder,
    /// A file.
    File,
}

impl SourceKind {
    const ALL: [Self; 5] = [Self::Site, Self::Space, Self::PageTree, Self::Folder, Self::File];

    /// As it is stored.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Space => "space",
            Self::PageTree => "page_tree",
            Self::Folder => "folder",
            Self::File => "file",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Names a source. What its kind has no use for is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SourceRef {
    /// What it is.
    pub kind: SourceKind,
    /// Cloud id of its site.
    pub site_id: Option<String>,
    /// Confluence's id of its space.
    pub space_id: Option<String>,
    /// Confluence's id of the page or folder at the top.
    pub page_id: Option<String>,
    /// Absolute path of the folder or file.
    pub path: Option<String>,
}

impl SourceRef {
    /// Every synced space of a site.
    pub fn site(site_id: impl Into<String>) -> Self {
        Self { kind: SourceKind::Site, site_id: Some(site_id.into()), space_id: None, page_id: None, path: None }
    }

    /// A space.
    pub fn space(site_id: impl Into<String>, space_id: impl Into<String>) -> Self {
        Self { kind: SourceKind::Space, space_id: Some(space_id.into()), ..Self::site(site_id) }
    }

    /// A page and all below it.
    pub fn page_tree(site_id: impl Into<String>, space_id: impl Into<String>, page_id: impl Into<String>) -> Self {
        let space = Self::space(site_id, space_id);
        Self { kind: SourceKind::PageTree, page_id: Some(page_id.into()), ..space }
    }

    /// A folder of files or a file.
    pub fn path(kind: SourceKind, path: impl Into<String>) -> Self {
        Self { kind, site_id: None, space_id: None, page_id: None, path: Some(path.into()) }
    }

    /// Whether it has the parts that its kind needs.
    pub(crate) fn is_whole(&self) -> bool {
        let has = |part: &Option<String>| part.as_ref().is_some_and(|text| !text.is_empty());
        match self.kind {
            SourceKind::Site => has(&self.site_id),
            SourceKind::Space => has(&self.site_id) && has(&self.space_id),
            SourceKind::PageTree => has(&self.site_id) && has(&self.space_id) && has(&self.page_id),
            SourceKind::Folder | SourceKind::File => has(&self.path),
        }
    }
}

/// Whether a source can be searched, and will be kept up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    /// Both.
    Ok,
    /// Its site is disconnected or needs reconnecting: searched, no longer updated.
    Disconnected,
    /// Its space is not synced any more: not searched.
    Deselected,
    /// Gone from the site or taken out of the app: not searched.
    Removed,
    /// The folder or file was not found at the last scan: what was read is searched.
    Missing,
}

/// The colour that a context is told by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "colours are called what they are")]
pub enum Colour {
    #[default]
    Blue,
    Teal,
    Green,
    Orange,
    Red,
    Purple,
    Grey,
}

/// No colour has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of blue, teal, green, orange, red, purple, grey")]
pub struct UnknownColour(String);

impl std::str::FromStr for Colour {
    type Err = UnknownColour;

    fn from_str(name: &str) -> Result<Self, UnknownColour> {
        Self::ALL.into_iter().find(|colour| colour.as_str() == name).ok_or_else(|| UnknownColour(name.to_owned()))
    }
}

impl Colour {
    const ALL: [Self; 7] = [Self::Blue, Self::Teal, Self::Green, Self::Orange, Self::Red, Self::Purple, Self::Grey];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Teal => "teal",
            Self::Green => "green",
            Self::Orange => "orange",
            Self::Red => "red",
            Self::Purple => "purple",
            Self::Grey => "grey",
        }
    }

    /// By its name; one of a later version is the usual one.
    pub(crate) fn of(name: &str) -> Self {
        name.parse().unwrap_or_default()
    }
}
