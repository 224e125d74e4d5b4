//! Agents as they are shown.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    App, Error,
    contexts::{Colour, SourceRef},
    dto::PageCounts,
    store::{AgentRecord, ContextRecord},
};

/// What an agent watches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Trigger {
    /// What cards of it are called.
    pub label: String,
    /// When it applies, in plain words.
    pub condition: String,
    /// Whether it applies at all.
    pub is_on: bool,
}

/// Why an agent would find nothing, or not everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AgentProblem {
    /// It is assigned no context.
    NoContext,
    /// Its contexts have no document that can be found.
    NoSources,
    /// Some documents are found by words only, so far.
    StillPreparing,
}

/// A context that an agent may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgentContext {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Whether it is for all agents, and not assigned to this one by hand.
    pub for_all_agents: bool,
}

/// An agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgentView {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// What it is told beside what is heard, where a model writes answers.
    pub instructions: String,
    /// From 0, few cards, to 100, many.
    pub sensitivity: u8,
    /// What it may see.
    pub contexts: Vec<AgentContext>,
    /// What it watches for.
    pub triggers: Vec<Trigger>,
    /// Why it would find nothing, or not everything.
    pub problem: Option<AgentProblem>,
    /// Documents that it may see.
    pub counts: PageCounts,
}

/// What an agent is to become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgentDraft {
    /// Its name.
    pub name: String,
    /// What it is told.
    pub instructions: String,
    /// From 0 to 100.
    pub sensitivity: u8,
    /// Contexts that are assigned to it.
    pub context_ids: Vec<u32>,
    /// What it watches for.
    pub triggers: Vec<Trigger>,
}

/// The contexts that an agent may use.
pub(crate) fn usable<'a>(agent: &AgentRecord, contexts: &'a [ContextRecord]) -> Vec<&'a ContextRecord> {
    contexts.iter().filter(|context| context.for_all_agents || agent.contexts.contains(&context.id)).collect()
}

/// The sources of some contexts.
pub(crate) fn sources(contexts: &[&ContextRecord]) -> Vec<SourceRef> {
    contexts.iter().flat_map(|context| context.sources.iter().map(|(source, _)| source.clone())).collect()
}

impl App {
    /// All agents by name.
    pub async fn agents(&self) -> Result<Vec<AgentView>, Error> {
        let (contexts, places) = (self.store.contexts().await?, self.searched_places().await?);
        let mut views = Vec::new();
        for agent in self.store.agents().await? {
            let usable = usable(&agent, &contexts);
            let counts = self.counts_of(&self.filter_of(&sources(&usable), &places).await?).await?;
            views.push(view(agent, &usable, counts));
        }
        Ok(views)
    }
}

fn view(agent: AgentRecord, usable: &[&ContextRecord], counts: PageCounts) -> AgentView {
    let problem = match &counts {
        _ if usable.is_empty() => Some(AgentProblem::NoContext),
        counts if counts.ready + counts.pending + counts.failed == 0 => Some(AgentProblem::NoSources),
        counts if counts.pending > 0 => Some(AgentProblem::StillPreparing),
        _ => None,
    };
    let context = |context: &&ContextRecord| AgentContext {
        id: context.id as u32,
        name: context.name.clone(),
        colour: context.colour,
        for_all_agents: context.for_all_agents && !agent.contexts.contains(&context.id),
    };
    AgentView {
        contexts: usable.iter().map(context).collect(),
        id: agent.id as u32,
        name: agent.name,
        instructions: agent.instructions,
        sensitivity: agent.sensitivity,
        triggers: agent.triggers,
        problem,
        counts,
    }
}
