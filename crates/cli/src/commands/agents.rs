//! `agents`: who listens, and what they may see.

use coagentor::{
    AgentView, ModelUse,
    dto::{AgentDraft, AgentProblem, Trigger},
};

use crate::{args::AgentsCommand, failure::Failure, output::Output};

pub(super) async fn run(command: AgentsCommand, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    match command {
        AgentsCommand::List => {}
        AgentsCommand::Create { name } => _ = app.create_plain_agent(&name).await?,
        AgentsCommand::Assign { name, context } => {
            app.assign(app.agent_named(&name).await?, app.context_named(&context).await?, true).await?;
        }
        AgentsCommand::Unassign { name, context } => {
            app.assign(app.agent_named(&name).await?, app.context_named(&context).await?, false).await?;
        }
        AgentsCommand::Set { name, instructions, sensitivity, trigger, no_triggers } => {
            let id = app.agent_named(&name).await?;
            let Some(view) = app.agents().await?.into_iter().find(|agent| agent.id == id) else { return Ok(()) };
            let assigned = view.contexts.iter().filter(|context| !context.for_all_agents);
            let mut draft = AgentDraft {
                context_ids: assigned.map(|context| context.id).collect(),
                instructions: instructions.unwrap_or(view.instructions),
                sensitivity: sensitivity.unwrap_or(view.sensitivity),
                triggers: if no_triggers { Vec::new() } else { view.triggers },
                name: view.name,
            };
            for given in trigger {
                let (label, condition) = given.split_once('=').unwrap_or((given.as_str(), given.as_str()));
                draft.triggers.retain(|known| known.label != label.trim());
                let (label, condition) = (label.trim().to_owned(), condition.trim().to_owned());
                draft.triggers.push(Trigger { label, condition, is_on: true });
            }
            app.update_agent(id, &draft).await?;
        }
        AgentsCommand::Delete { name } => app.delete_agent(app.agent_named(&name).await?).await?,
    }
    output.show_as(
        &app.agents().await?,
        |views| views.iter().map(AgentJson::from).collect::<Vec<_>>(),
        |views| in_words(views),
    )
}

#[derive(serde::Serialize)]
struct AgentJson {
    name: String,
    instructions: String,
    sensitivity: u8,
    contexts: Vec<String>,
    triggers: Vec<TriggerJson>,
    problem: Option<AgentProblem>,
}

#[derive(serde::Serialize)]
struct TriggerJson {
    label: String,
    condition: String,
    on: bool,
}

impl From<&AgentView> for AgentJson {
    fn from(view: &AgentView) -> Self {
        let trigger = |trigger: &Trigger| TriggerJson {
            label: trigger.label.clone(),
            condition: trigger.condition.clone(),
            on: trigger.is_on,
        };
        Self {
            name: view.name.clone(),
            instructions: view.instructions.clone(),
            sensitivity: view.sensitivity,
            contexts: view.contexts.iter().map(|context| context.name.clone()).collect(),
            triggers: view.triggers.iter().map(trigger).collect(),
            problem: view.problem,
        }
    }
}

fn in_words(views: &[AgentView]) -> String {
    if views.is_empty() {
        return "No agents yet: `coagentor agents create NAME`.".to_owned();
    }
    views.iter().map(agent_in_words).collect::<Vec<_>>().join("\n")
}

fn agent_in_words(view: &AgentView) -> String {
    let contexts: Vec<&str> = view.contexts.iter().map(|context| context.name.as_str()).collect();
    let contexts = if contexts.is_empty() { "no context".to_owned() } else { contexts.join(", ") };
    let problem = match view.problem {
        Some(AgentProblem::NoContext) => "  This agent has no context.",
        Some(AgentProblem::NoSources) => "  Its contexts have nothing that can be found.",
        Some(AgentProblem::StillPreparing) => "  Some pages are still being prepared.",
        None => "",
    };
    let mut lines = vec![format!("{}  ({contexts}), sensitivity {}{problem}", view.name, view.sensitivity)];
    let state = |trigger: &Trigger| if trigger.is_on { "on" } else { "off" };
    lines.extend(view.triggers.iter().map(|t| format!("  {:4} {}: {}", state(t), t.label, t.condition)));
    lines.join("\n")
}
