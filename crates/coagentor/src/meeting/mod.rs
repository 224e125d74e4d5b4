//! Meetings: what is said is heard, what could be looked up in it is looked up, and what answers becomes a card.

mod answer;
mod brief;
mod deck;
mod desk;
mod endpoint;
mod follow;
mod judge;
mod listener;
mod live;
mod minutes;
mod prototypes;
mod running;
mod session;
mod spoken;
mod trial;
mod triggers;
mod view;
mod weigh;

pub(crate) use desk::Table;
pub use judge::Features;
pub use listener::Found;
pub(crate) use prototypes::Kept;
pub use session::{Outcome, Session};
pub use view::{
    Answer, AnswerSentence, AnswerState, Brief, BriefChange, BriefItem, Card, CardTook, Endpoint, MeetingDraft,
    MeetingRow, MeetingView, Segment, Trial,
};
pub use weigh::{CardReason, WeighTook, Weighed};
