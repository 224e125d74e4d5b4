//! Making, changing and deleting contexts.

use super::{Colour, ContextDraft, SourceRef};
use crate::{
    App, Error,
    events::AppEvent,
    store::{ContextChange, ContextRecord},
};

/// Longest name of a context or agent, in characters.
const LONGEST_NAME: usize = 80;

/// A name without the white space around it; empty and endless ones are refused.
pub(crate) fn checked_name(name: &str) -> Result<&str, Error> {
    let name = name.trim();
    let is_fine = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    is_fine.then_some(name).ok_or_else(|| Error::Setting {
        name: "name".to_owned(),
        reason: format!("1 to {LONGEST_NAME} characters on one line are needed"),
    })
}

impl App {
    /// Makes a context; its number.
    pub async fn create_context(&self, draft: &ContextDraft) -> Result<u32, Error> {
        self.put_context(None, draft).await
    }

    /// Replaces a context.
    pub async fn update_context(&self, id: u32, draft: &ContextDraft) -> Result<(), Error> {
        self.context_record(id).await?;
        self.put_context(Some(i64::from(id)), draft).await.map(|_| ())
    }

    /// Deletes a context; its sources stay synced, and meetings keep their cards.
    pub async fn delete_context(&self, id: u32) -> Result<(), Error> {
        self.store.delete_context(i64::from(id)).await?;
        self.contexts_changed();
        Ok(())
    }

    /// Adds a source to a context, or takes it out.
    pub async fn change_source(&self, id: u32, source: &SourceRef, is_in: bool) -> Result<(), Error> {
        let mut record = self.context_record(id).await?;
        record.sources.retain(|(known, _)| known != source);
        if is_in {
            let name = self.checked_source(source).await?;
            record.sources.push((source.clone(), name));
        }
        let change = ContextChange {
            name: &record.name,
            colour: record.colour,
            for_all_agents: record.for_all_agents,
            sources: &record.sources,
            agents: None,
        };
        self.store.put_context(Some(record.id), change).await?;
        self.contexts_changed();
        Ok(())
    }

    /// An empty context of this name; its number.
    pub async fn create_empty_context(&self, name: &str, colour: Colour) -> Result<u32, Error> {
        let draft = ContextDraft {
            name: name.to_owned(),
            colour,
            for_all_agents: false,
            agent_ids: Vec::new(),
            sources: Vec::new(),
        };
        self.create_context(&draft).await
    }

    /// A context's number by its name, in either case.
    pub async fn context_named(&self, name: &str) -> Result<u32, Error> {
        let contexts = self.store.contexts().await?;
        let found = contexts.iter().find(|context| context.name.to_lowercase() == name.trim().to_lowercase());
        let names = || contexts.iter().map(|context| context.name.clone()).collect();
        found
            .map(|context| context.id as u32)
            .ok_or_else(|| Error::UnknownContext { name: name.to_owned(), known: names() })
    }

    /// A space of the connected site, or of one that was, by its key.
    pub async fn space_source(&self, key: &str) -> Result<SourceRef, Error> {
        let spaces = self.store.all_spaces().await?;
        let named = |selected: bool| spaces.iter().find(|space| space.selected == selected && space.key == key);
        let space = named(true).or_else(|| named(false));
        let unknown = || Error::UnknownSpaces { keys: vec![key.to_owned()] };
        space.map(|space| SourceRef::space(&space.site_id, &space.id)).ok_or_else(unknown)
    }

    /// A page and all below it, by Confluence's id.
    pub async fn page_source(&self, id: &str) -> Result<SourceRef, Error> {
        for (site, _) in self.store.sites().await? {
            if let Some(space) = self.store.space_of_page(&site, id).await? {
                return Ok(SourceRef::page_tree(site, space, id));
            }
        }
        Err(Error::UnknownPage { id: id.to_owned() })
    }

    /// A site by its id or name.
    pub async fn site_source(&self, wanted: &str) -> Result<SourceRef, Error> {
        let sites = self.store.sites().await?;
        let found = sites.iter().find(|(id, name)| id == wanted || name.to_lowercase() == wanted.to_lowercase());
        let unknown = || Error::UnknownSource { source_name: wanted.to_owned() };
        found.map(|(id, _)| SourceRef::site(id)).ok_or_else(unknown)
    }

    pub(crate) async fn context_record(&self, id: u32) -> Result<ContextRecord, Error> {
        let contexts = self.store.contexts().await?;
        let unknown = || Error::UnknownContext { name: id.to_string(), known: Vec::new() };
        contexts.into_iter().find(|context| context.id == i64::from(id)).ok_or_else(unknown)
    }

    async fn put_context(&self, id: Option<i64>, draft: &ContextDraft) -> Result<u32, Error> {
        let known: Vec<(SourceRef, String)> = match id {
            Some(id) => self.context_record(id as u32).await?.sources,
            None => Vec::new(),
        };
        let mut sources = Vec::new();
        for source in &draft.sources {
            // One that is gone may stay, but not come anew.
            let name = match known.iter().find(|(there, _)| there == source) {
                Some((_, name)) => self.checked_source(source).await.unwrap_or_else(|_| name.clone()),
                None => self.checked_source(source).await?,
            };
            sources.push((source.clone(), name));
        }
        let agents: Vec<i64> = draft.agent_ids.iter().copied().map(i64::from).collect();
        let change = ContextChange {
            name: checked_name(&draft.name)?,
            colour: draft.colour,
            for_all_agents: draft.for_all_agents,
            sources: &sources,
            agents: Some(&agents),
        };
        let id = self.store.put_context(id, change).await?;
        self.contexts_changed();
        Ok(id as u32)
    }

    /// The name of a source that is there.
    async fn checked_source(&self, source: &SourceRef) -> Result<String, Error> {
        let unknown = || Error::UnknownSource { source_name: source.path.clone().unwrap_or_default() };
        if !source.is_whole() {
            return Err(unknown());
        }
        let around = self.source_surroundings().await?;
        let described = self.context_source(source.clone(), "", &around).await?;
        match described.state {
            super::SourceState::Removed => Err(unknown()),
            _ => Ok(described.name),
        }
    }

    pub(crate) fn contexts_changed(&self) {
        self.events.send(AppEvent::Contexts);
        self.events.send(AppEvent::Agents);
    }
}
