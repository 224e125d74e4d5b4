//! The list of stored pages.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How far a page has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PageState {
    /// Found by words and by meaning.
    Ready,
    /// Found by words, not yet by meaning.
    Pending,
    /// The last fetch failed.
    Failed,
    /// Kept, out of retrieval.
    Unavailable,
}

/// Which pages to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageFilter {
    /// Only pages of this space.
    pub space_key: Option<String>,
    /// Only pages in this state.
    pub state: Option<PageState>,
    /// Only pages with this in their title; all when empty.
    pub text: String,
}

/// A stored page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageRow {
    /// Confluence's id.
    pub page_id: String,
    /// Title.
    pub title: String,
    /// Key of its space.
    pub space_key: String,
    /// How far it has come.
    pub state: PageState,
    /// Version of the stored text; 0 where there is none.
    pub version: u32,
    /// When the text was stored.
    pub synced_at: Option<String>,
    /// Address in a browser.
    pub url: Option<String>,
    /// Why it failed or is unavailable.
    pub reason: Option<String>,
    /// How much of its visible words was kept, 0 to 1.
    #[specta(type = u32)]
    pub kept_share: f64,
    /// What its text lacks, such as `drawio (2)`.
    pub losses: Vec<String>,
}

/// A part of the list of pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PagePart {
    /// How many pages the whole list has.
    pub total: u32,
    /// Those that were asked for, by title.
    pub rows: Vec<PageRow>,
}
