//! Meetings: what is said is heard, what could be looked up in it is looked up, and what answers becomes a card.

mod judge;
mod spoken;
mod weigh;

pub use judge::Features;
pub use weigh::{CardReason, Weighed};
