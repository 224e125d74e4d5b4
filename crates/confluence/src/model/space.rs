//! Spaces.

use super::ids::{PageId, SpaceId};

/// A space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// Stable id.
    pub id: SpaceId,
    /// Key as in addresses; a personal space's begins with `~`.
    pub key: String,
    /// Name.
    pub name: String,
    /// `global`, `personal`, `knowledge_base` and others, also such as are not documented yet.
    pub kind: String,
    /// `current` or `archived`.
    pub status: String,
    /// The space's home page; a space can be without.
    pub homepage_id: Option<PageId>,
    /// Web address.
    pub webui: String,
}
