//! Making, changing and deleting agents.

use super::{AgentDraft, Trigger};
use crate::{
    App, Error,
    contexts::checked_name,
    store::{AgentChange, AgentRecord},
};

/// Longest instructions, in characters.
const LONGEST_INSTRUCTIONS: usize = 4000;
/// Longest condition of a trigger, in characters; what an embedding model reads at once.
const LONGEST_CONDITION: usize = 400;
/// Triggers of one agent at most: each is compared with every sentence.
const MOST_TRIGGERS: usize = 50;
/// As sensitive as an agent is that nobody changed.
pub(crate) const USUAL_SENSITIVITY: u8 = 50;

impl App {
    /// Makes an agent; its number.
    pub async fn create_agent(&self, draft: &AgentDraft) -> Result<u32, Error> {
        self.put_agent(None, draft).await
    }

    /// An agent of this name with nothing else; its number.
    pub async fn create_plain_agent(&self, name: &str) -> Result<u32, Error> {
        let draft = AgentDraft {
            name: name.to_owned(),
            instructions: String::new(),
            sensitivity: USUAL_SENSITIVITY,
            context_ids: Vec::new(),
            triggers: Vec::new(),
        };
        self.create_agent(&draft).await
    }

    /// Replaces an agent. Meetings that it served keep it as it was.
    pub async fn update_agent(&self, id: u32, draft: &AgentDraft) -> Result<(), Error> {
        self.agent_record(id).await?;
        self.put_agent(Some(i64::from(id)), draft).await.map(|_| ())
    }

    /// Deletes an agent; meetings that it served stay.
    pub async fn delete_agent(&self, id: u32) -> Result<(), Error> {
        self.store.delete_agent(i64::from(id)).await?;
        self.contexts_changed();
        Ok(())
    }

    /// Assigns a context to an agent, or takes it away.
    pub async fn assign(&self, agent: u32, context: u32, is_assigned: bool) -> Result<(), Error> {
        let mut record = self.agent_record(agent).await?;
        let context = self.context_record(context).await?.id;
        record.contexts.retain(|known| *known != context);
        if is_assigned {
            record.contexts.push(context);
        }
        let change = AgentChange {
            name: &record.name,
            instructions: &record.instructions,
            sensitivity: record.sensitivity,
            triggers: &record.triggers,
            contexts: &record.contexts,
        };
        self.store.put_agent(Some(record.id), change).await?;
        self.contexts_changed();
        Ok(())
    }

    /// An agent's number by its name, in either case.
    pub async fn agent_named(&self, name: &str) -> Result<u32, Error> {
        let agents = self.store.agents().await?;
        let found = agents.iter().find(|agent| agent.name.to_lowercase() == name.trim().to_lowercase());
        let names = || agents.iter().map(|agent| agent.name.clone()).collect();
        found.map(|agent| agent.id as u32).ok_or_else(|| Error::UnknownAgent { name: name.to_owned(), known: names() })
    }

    pub(crate) async fn agent_record(&self, id: u32) -> Result<AgentRecord, Error> {
        let agents = self.store.agents().await?;
        let unknown = || Error::UnknownAgent { name: id.to_string(), known: Vec::new() };
        agents.into_iter().find(|agent| agent.id == i64::from(id)).ok_or_else(unknown)
    }

    async fn put_agent(&self, id: Option<i64>, draft: &AgentDraft) -> Result<u32, Error> {
        let refused = |name: &str, reason: String| Error::Setting { name: name.to_owned(), reason };
        if draft.instructions.chars().count() > LONGEST_INSTRUCTIONS {
            return Err(refused("instructions", format!("more than {LONGEST_INSTRUCTIONS} characters")));
        }
        if draft.sensitivity > 100 {
            return Err(refused("sensitivity", format!("`{}` is not between 0 and 100", draft.sensitivity)));
        }
        if draft.triggers.len() > MOST_TRIGGERS {
            return Err(refused("triggers", format!("more than {MOST_TRIGGERS}")));
        }
        let triggers = draft.triggers.iter().map(checked_trigger).collect::<Result<Vec<_>, _>>()?;
        let contexts: Vec<i64> = draft.context_ids.iter().copied().map(i64::from).collect();
        let change = AgentChange {
            name: checked_name(&draft.name)?,
            instructions: draft.instructions.trim(),
            sensitivity: draft.sensitivity,
            triggers: &triggers,
            contexts: &contexts,
        };
        let id = self.store.put_agent(id, change).await?;
        self.contexts_changed();
        Ok(id as u32)
    }
}

fn checked_trigger(trigger: &Trigger) -> Result<Trigger, Error> {
    let condition = trigger.condition.trim();
    if condition.is_empty() || condition.chars().count() > LONGEST_CONDITION {
        return Err(Error::Setting {
            name: "condition of a trigger".to_owned(),
            reason: format!("1 to {LONGEST_CONDITION} characters are needed"),
        });
    }
    let label = if trigger.label.trim().is_empty() { condition } else { trigger.label.trim() };
    let label = label.chars().take(80).collect();
    Ok(Trigger { label, condition: condition.to_owned(), is_on: trigger.is_on })
}
