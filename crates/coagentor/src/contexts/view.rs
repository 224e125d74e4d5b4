//! Contexts as they are shown: what each is made of, how far that has come, and who uses it.

use knowledge::{Filter, model::CollectionKey};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Colour, Places, SourceKind, SourceRef, SourceState};
use crate::{
    App, Error,
    dto::PageCounts,
    store::{AgentRecord, ConnectionStatus, ContextRecord, SpaceRecord},
    sync::{collection_key, document_key},
};

/// Something by its number and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Named {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
}

/// A source of a context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContextSource {
    /// Which.
    pub source: SourceRef,
    /// Its name, or the last one known.
    pub name: String,
    /// Where it lies: its site, its space, or its path.
    pub detail: Option<String>,
    /// Whether it is searched and kept up to date.
    pub state: SourceState,
    /// Its documents by state.
    pub counts: PageCounts,
}

/// A context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContextView {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Whether every agent may use it.
    pub for_all_agents: bool,
    /// The agents that use it.
    pub agents: Vec<Named>,
    /// What it is made of.
    pub sources: Vec<ContextSource>,
    /// Documents by state, each counted once.
    pub counts: PageCounts,
}

/// What a context is to become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContextDraft {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Whether every agent may use it.
    pub for_all_agents: bool,
    /// Agents that it is assigned to.
    pub agent_ids: Vec<u32>,
    /// What it is made of.
    pub sources: Vec<SourceRef>,
}

/// What describing sources needs to know.
pub(super) struct Surroundings {
    pub spaces: std::collections::BTreeMap<CollectionKey, SpaceRecord>,
    pub places: Places,
    /// Sites by id.
    pub sites: Vec<(String, String)>,
    /// The site that is connected and kept up to date.
    pub live_site: Option<String>,
    /// Added folders and files, and whether the last scan missed them.
    pub files: Vec<(String, bool)>,
}

impl App {
    /// All contexts by name.
    pub async fn contexts(&self) -> Result<Vec<ContextView>, Error> {
        let around = self.source_surroundings().await?;
        let agents = self.store.agents().await?;
        let mut views = Vec::new();
        for record in self.store.contexts().await? {
            views.push(self.context_view(record, &agents, &around).await?);
        }
        Ok(views)
    }

    async fn context_view(
        &self,
        record: ContextRecord,
        agents: &[AgentRecord],
        around: &Surroundings,
    ) -> Result<ContextView, Error> {
        let refs: Vec<SourceRef> = record.sources.iter().map(|(source, _)| source.clone()).collect();
        let counts = self.counts_of(&self.filter_of(&refs, &around.places).await?).await?;
        let mut sources = Vec::new();
        for (source, name) in record.sources {
            sources.push(self.context_source(source, &name, around).await?);
        }
        let uses = |agent: &&AgentRecord| record.for_all_agents || agent.contexts.contains(&record.id);
        Ok(ContextView {
            id: record.id as u32,
            name: record.name,
            colour: record.colour,
            for_all_agents: record.for_all_agents,
            agents: agents.iter().filter(uses).map(|a| Named { id: a.id as u32, name: a.name.clone() }).collect(),
            sources,
            counts,
        })
    }

    /// A source with its name, state and counts. `known` is the name it was last known by.
    pub(super) async fn context_source(
        &self,
        source: SourceRef,
        known: &str,
        around: &Surroundings,
    ) -> Result<ContextSource, Error> {
        let (name, detail) = self.words_of(&source, around).await?;
        let state = self.state_of(&source, name.is_some(), around).await?;
        let counts = self.counts_of(&self.filter_of(std::slice::from_ref(&source), &around.places).await?).await?;
        Ok(ContextSource { name: name.unwrap_or_else(|| known.to_owned()), source, detail, state, counts })
    }

    pub(crate) async fn counts_of(&self, filter: &Filter) -> Result<PageCounts, Error> {
        let counts = self.knowledge.count_allowed(filter).await?;
        Ok(PageCounts {
            ready: counts.ready as u32,
            pending: counts.pending as u32,
            failed: counts.failed as u32,
            unavailable: counts.unavailable as u32,
        })
    }

    pub(super) async fn source_surroundings(&self) -> Result<Surroundings, Error> {
        let connection = self.store.connection().await?;
        let live = connection.filter(|connection| connection.status == ConnectionStatus::Connected);
        let files = self.store.file_sources().await?;
        Ok(Surroundings {
            spaces: self.space_index().await?,
            places: self.searched_places().await?,
            sites: self.store.sites().await?,
            live_site: live.map(|connection| connection.site.id),
            files: files.into_iter().map(|source| (source.path, source.is_missing)).collect(),
        })
    }

    /// Name of a source, while it is there, and where it lies.
    pub(super) async fn words_of(
        &self,
        source: &SourceRef,
        around: &Surroundings,
    ) -> Result<(Option<String>, Option<String>), Error> {
        let site_id = source.site_id.as_deref().unwrap_or_default();
        let site = around.sites.iter().find(|(id, _)| id == site_id).map(|(_, name)| name.clone());
        let key = collection_key(site_id, source.space_id.as_deref().unwrap_or_default());
        let space = around.spaces.get(&key).map(|space| space.name.clone());
        Ok(match source.kind {
            SourceKind::Site => (site, None),
            SourceKind::Space => (space, site),
            SourceKind::PageTree => {
                let page = source.page_id.as_deref().unwrap_or_default();
                (self.store.node_title(site_id, page).await?, space)
            }
            SourceKind::Folder | SourceKind::File => {
                let path = source.path.clone().unwrap_or_default();
                (Some(crate::files::name(&path)), Some(path))
            }
        })
    }

    async fn state_of(&self, source: &SourceRef, is_named: bool, around: &Surroundings) -> Result<SourceState, Error> {
        let site_id = source.site_id.as_deref().unwrap_or_default();
        let of_site =
            if around.live_site.as_deref() == Some(site_id) { SourceState::Ok } else { SourceState::Disconnected };
        let space = collection_key(site_id, source.space_id.as_deref().unwrap_or_default());
        Ok(match source.kind {
            SourceKind::Site if is_named => of_site,
            SourceKind::Site => SourceState::Removed,
            SourceKind::Space | SourceKind::PageTree => match around.spaces.get(&space) {
                None => SourceState::Removed,
                Some(space) if !space.selected => SourceState::Deselected,
                Some(space) if !space.listed && space.missing_runs > 0 => SourceState::Removed,
                Some(_) if !is_named => SourceState::Removed,
                Some(_) => self.page_state(source, of_site).await?,
            },
            SourceKind::Folder | SourceKind::File => self.file_state(source, around).await?,
        })
    }

    /// A page that the site still shows, but that is unavailable here, was removed.
    async fn page_state(&self, source: &SourceRef, of_site: SourceState) -> Result<SourceState, Error> {
        let (Some(site), Some(page)) = (&source.site_id, &source.page_id) else { return Ok(of_site) };
        let filter = Filter::Only { collections: Vec::new(), documents: vec![document_key(site, page)] };
        let counts = self.knowledge.count_allowed(&filter).await?;
        Ok(if counts.unavailable > 0 { SourceState::Removed } else { of_site })
    }

    async fn file_state(&self, source: &SourceRef, around: &Surroundings) -> Result<SourceState, Error> {
        let path = std::path::Path::new(source.path.as_deref().unwrap_or_default());
        let holds =
            |added: &&(String, bool)| path.starts_with(&added.0) || std::path::Path::new(&added.0).starts_with(path);
        let Some((root, is_missing)) = around.files.iter().find(holds) else { return Ok(SourceState::Removed) };
        if *is_missing {
            return Ok(SourceState::Missing);
        }
        if std::path::Path::new(root).starts_with(path) {
            return Ok(SourceState::Ok);
        }
        let (_, documents) = self.files_of(path).await?;
        let counts = self.knowledge.count_allowed(&Filter::Only { collections: Vec::new(), documents }).await?;
        Ok(if counts.documents() > counts.unavailable { SourceState::Ok } else { SourceState::Removed })
    }
}
