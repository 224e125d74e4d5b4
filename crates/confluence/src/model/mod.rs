//! What Confluence's content is, as this client gives it out.

mod folder;
mod ids;
mod page;
mod space;

pub use folder::Folder;
pub use ids::{FolderId, PageId, SpaceId};
pub use page::{Body, BodyFormat, Page, PageHead, PageStatus};
pub use space::Space;
