//! Meetings: what is said is heard, what could be looked up in it is looked up, and what answers becomes a card.

mod deck;
mod judge;
mod prototypes;
mod spoken;
mod weigh;

pub(crate) use prototypes::Kept;
pub use judge::Features;
pub use weigh::{CardReason, Weighed};
