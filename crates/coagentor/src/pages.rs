//! The stored pages, as lists and as text.

use std::collections::BTreeMap;

use knowledge::{
    DocumentQuery, DocumentState, StoredDocument,
    model::{CollectionKey, DocumentKey, Loss},
};
use serde::Serialize;

use crate::{
    App, Error, SearchScope,
    store::SpaceRecord,
    sync::{collection_key, document_key, page_facts},
};

/// One stored page in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PageRow {
    /// Confluence's id.
    pub page_id: String,
    /// Key of its space.
    pub space_key: String,
    /// Title.
    pub title: String,
    /// Version of the stored text.
    pub version: i64,
    /// `ready`, `pending`, `failed` or `unavailable`.
    pub state: &'static str,
    /// Address in a browser.
    pub url: String,
    /// Chunks of it.
    pub chunks: usize,
    /// What its text lacks.
    pub losses: Vec<Loss>,
    /// The share of its visible words that the text has, 0 to 1; none where no text was ever stored.
    pub kept: Option<f64>,
    /// Why it is failed or unavailable.
    pub reason: Option<String>,
}

/// One page's text as it is indexed.
#[derive(Debug, Clone, Serialize)]
pub struct PageText {
    /// Its name in the knowledge base.
    #[serde(skip)]
    pub(crate) document: DocumentKey,
    /// Confluence's id.
    pub page_id: String,
    /// Title.
    pub title: String,
    /// Version of the text.
    pub version: i64,
    /// The whole text.
    pub text: String,
    /// The text by sections.
    pub sections: Vec<PageSection>,
    /// What the text lacks.
    pub losses: Vec<Loss>,
}

/// A section of a page.
#[derive(Debug, Clone, Serialize)]
pub struct PageSection {
    /// Headings above it, outermost first.
    pub heading_path: Vec<String>,
    /// Fragment that opens it.
    pub anchor: Option<String>,
    /// Its text.
    pub text: String,
}

impl From<&knowledge::model::Section> for PageSection {
    fn from(section: &knowledge::model::Section) -> Self {
        Self { heading_path: section.heading_path.clone(), anchor: section.anchor.clone(), text: section.text() }
    }
}

fn page_text(id: &str, stored: StoredDocument) -> PageText {
    PageText {
        document: stored.row.key,
        page_id: id.to_owned(),
        title: stored.row.title,
        version: stored.row.version,
        sections: stored.sections.iter().map(PageSection::from).collect(),
        text: stored.text,
        losses: stored.row.losses,
    }
}

/// A state by its name.
pub(crate) fn state_name(state: DocumentState) -> &'static str {
    match state {
        DocumentState::Ready => "ready",
        DocumentState::Pending => "pending",
        DocumentState::Failed => "failed",
        DocumentState::Unavailable => "unavailable",
    }
}

impl App {
    /// Stored pages, by space and title; `space` is a key, `state` one of the four names.
    pub async fn pages(&self, space: Option<&str>, state: Option<&str>) -> Result<Vec<PageRow>, Error> {
        let spaces = self.space_index().await?;
        if let Some(key) = space
            && !spaces.values().any(|known| known.key == key)
        {
            return Err(Error::UnknownSpaces { keys: vec![key.to_owned()] });
        }
        let collections =
            spaces.iter().filter(|(_, known)| space.is_none_or(|key| known.key == key)).map(|(key, _)| key.clone());
        let query = DocumentQuery { collections: Some(collections.collect()), ..DocumentQuery::default() };
        let mut rows = Vec::new();
        for document in self.knowledge.documents(&query).await? {
            let Some(facts) = page_facts(&document.metadata) else { continue };
            let Some(space) = spaces.get(&document.collection) else { continue };
            let (name, reason) = if space.selected {
                (state_name(document.state), document.failure)
            } else {
                ("unavailable", Some("its space is not selected".to_owned()))
            };
            if state.is_none_or(|wanted| wanted == name) {
                rows.push(PageRow {
                    page_id: facts.page_id,
                    space_key: space.key.clone(),
                    title: document.title,
                    version: document.version,
                    state: name,
                    url: document.url,
                    chunks: document.chunks as usize,
                    losses: document.losses,
                    kept: facts.kept,
                    reason,
                });
            }
        }
        rows.sort_by(|a, b| (&a.space_key, &a.title, &a.page_id).cmp(&(&b.space_key, &b.title, &b.page_id)));
        Ok(rows)
    }

    /// One page's text, by Confluence's id. Two sites can have the same id; the connected one's page comes first.
    pub async fn page(&self, id: &str) -> Result<PageText, Error> {
        let key = DocumentKey::new(id);
        if crate::files::is_file(&key) {
            let stored = self.knowledge.document(&key).await?;
            return stored.map(|stored| page_text(id, stored)).ok_or_else(|| Error::UnknownPage { id: id.to_owned() });
        }
        let sites: std::collections::BTreeSet<String> =
            self.store.all_spaces().await?.into_iter().map(|space| space.site_id).collect();
        let connected = self.store.connection().await?.map(|connection| connection.site.id);
        for site in connected.into_iter().chain(sites) {
            let Some(stored) = self.knowledge.document(&document_key(&site, id)).await? else { continue };
            return Ok(page_text(id, stored));
        }
        Err(Error::UnknownPage { id: id.to_owned() })
    }

    /// One page's text where a scope has it; what lies outside is unknown there.
    pub async fn page_in(&self, scope: &SearchScope, id: &str) -> Result<PageText, Error> {
        let reach = self.reach(scope).await?;
        let page = self.page(id).await?;
        let is_inside = self.knowledge.allows(&reach.filter, &page.document).await?;
        if is_inside { Ok(page) } else { Err(Error::UnknownPage { id: id.to_owned() }) }
    }

    pub(crate) async fn space_index(&self) -> Result<BTreeMap<CollectionKey, SpaceRecord>, Error> {
        let spaces = self.store.all_spaces().await?;
        Ok(spaces.into_iter().map(|space| (collection_key(&space.site_id, &space.id), space)).collect())
    }

    /// The collections that retrieval may see: every selected space, of a disconnected site too.
    pub(crate) async fn searched_collections(&self) -> Result<Vec<CollectionKey>, Error> {
        Ok(self.space_index().await?.into_iter().filter(|(_, space)| space.selected).map(|(key, _)| key).collect())
    }
}
