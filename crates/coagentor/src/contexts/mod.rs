//! Contexts: sources under a name, and what retrieval may see of them.

mod change;
mod scope;
mod source;
mod tree;
mod view;

pub(crate) use change::checked_name;
pub(crate) use scope::Places;
pub use source::{Colour, SourceKind, SourceRef, SourceState, UnknownColour};
pub use tree::SourceNode;
pub use view::{ContextDraft, ContextSource, ContextView, Named};
