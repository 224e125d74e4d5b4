//! The site's spaces and which of them are selected.

use std::collections::HashMap;

use serde::Serialize;

use crate::{App, Error, events::AppEvent, store::SpaceRecord, sync::collection_key};

/// A space of the connected site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Space {
    /// Confluence's id.
    pub id: String,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether it is synced.
    pub selected: bool,
    /// Current pages at the last complete listing.
    pub pages: Option<u32>,
    /// Pages of it that are stored and in retrieval.
    pub synced_pages: u32,
    /// When a run last brought it up to date, Unix seconds.
    #[serde(serialize_with = "crate::status::as_rfc3339")]
    pub last_synced_at: Option<i64>,
}

impl App {
    /// Asks the site for its spaces and remembers them.
    pub async fn refresh_spaces(&self) -> Result<Vec<Space>, Error> {
        let session = self.session().await?;
        match session.client.spaces().await {
            Ok(spaces) => self.store.put_spaces(&session.site.id, &spaces).await?,
            Err(error) => {
                let error = Error::from(error);
                self.note_dead_sign_in(&error).await?;
                return Err(error);
            }
        }
        self.events.send(AppEvent::Spaces);
        self.spaces().await
    }

    /// The spaces as last listed, by name; one that is no longer listed shows while it is selected.
    pub async fn spaces(&self) -> Result<Vec<Space>, Error> {
        let connection = self.store.connection().await?.ok_or(Error::NotConnected)?;
        let site_id = &connection.site.id;
        let counts: HashMap<_, _> = self.knowledge.collection_counts().await?.into_iter().collect();
        let mut records = self.store.spaces(site_id).await?;
        records.retain(|space| space.listed || space.selected);
        let with_count = |space: SpaceRecord| {
            let stored = counts.get(&collection_key(site_id, &space.id));
            Space {
                synced_pages: stored.map_or(0, |counts| (counts.ready + counts.pending) as u32),
                id: space.id,
                key: space.key,
                name: space.name,
                selected: space.selected,
                pages: u32::try_from(space.pages).ok(),
                last_synced_at: Some(space.last_synced_at).filter(|at| *at > 0),
            }
        };
        Ok(records.into_iter().map(with_count).collect())
    }

    /// Replaces the selection by space keys or ids. A personal space, which no list has, is asked for by its key. An
    /// unknown one is an error and changes nothing.
    pub async fn select(&self, wanted: &[String]) -> Result<Vec<Space>, Error> {
        let connection = self.store.connection().await?.ok_or(Error::NotConnected)?;
        let records = self.store.spaces(&connection.site.id).await?;
        let is_unlisted = |key: &&String| key.starts_with('~') && records.iter().all(|space| space.key != **key);
        let unlisted: Vec<String> = wanted.iter().filter(is_unlisted).cloned().collect();
        let records = if unlisted.is_empty() { records } else { self.look_up(&unlisted).await? };
        let find = |wanted: &String| records.iter().find(|space| space.key == *wanted || space.id == *wanted);
        let unknown: Vec<String> = wanted.iter().filter(|key| find(key).is_none()).cloned().collect();
        if !unknown.is_empty() {
            return Err(Error::UnknownSpaces { keys: unknown });
        }
        let ids: Vec<String> = wanted.iter().filter_map(find).map(|space| space.id.clone()).collect();
        self.store.select_spaces(&connection.site.id, &ids).await?;
        self.events.send(AppEvent::Spaces);
        self.events.send(AppEvent::Pages);
        self.spaces().await
    }

    /// Asks for spaces by their keys and gives all that are known then.
    async fn look_up(&self, keys: &[String]) -> Result<Vec<SpaceRecord>, Error> {
        let session = self.session().await?;
        let found = session.client.spaces_by_keys(keys).await?;
        self.store.add_spaces(&session.site.id, &found).await?;
        self.store.spaces(&session.site.id).await
    }
}
