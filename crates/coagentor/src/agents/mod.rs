//! Agents: who listens, what they may see, and what they watch for.

mod change;
mod view;

pub use view::{AgentContext, AgentDraft, AgentProblem, AgentView, Trigger};
pub(crate) use view::{sources, usable};
