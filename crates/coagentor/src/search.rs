//! From a question to cited sections.

use knowledge::{Filter, Mode, SearchQuery, Took};
use serde::Serialize;

use crate::{
    App, Error,
    agents::{sources, usable},
    contexts::{Places, SourceRef},
    files::is_file,
    pages::state_name,
    store::ContextRecord,
    sync::page_of,
};

/// One cited section.
#[derive(Debug, Clone, Serialize)]
pub struct SearchHit {
    /// Title of the page or file.
    pub title: String,
    /// `confluence` or `files`.
    pub source: &'static str,
    /// Key of its space; empty for a file.
    pub space_key: String,
    /// Name of its space, or of the folder that was added.
    #[serde(skip)]
    pub space_name: String,
    /// Confluence's id, or the file's name over its whole life.
    pub page_id: String,
    /// Version of the text.
    pub version: i64,
    /// Headings above the text, outermost first.
    pub heading_path: Vec<String>,
    /// Address that opens the section.
    pub url: String,
    /// The words that answer, exactly as they stand in the page's text.
    pub quote: String,
    /// Ranges of bytes of `quote` that match the question.
    #[serde(skip)]
    pub marks: Vec<std::ops::Range<usize>>,
    /// The whole text that was found.
    #[serde(skip)]
    pub text: String,
    /// How well it fits, 0 to 1.
    pub score: f32,
    /// What the score is made of.
    pub scores: HitScores,
    /// State of the page.
    pub state: &'static str,
    /// When the text was stored.
    pub synced_at: Option<String>,
}

/// The parts of a score.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct HitScores {
    /// By words.
    pub keyword: f32,
    /// By meaning.
    pub semantic: f32,
}

/// What a search found.
#[derive(Debug, Clone, Serialize)]
pub struct SearchAnswer {
    /// Best first.
    pub hits: Vec<SearchHit>,
    /// Milliseconds.
    pub took_ms: TookMs,
    /// Pages that are found by words only, since their embeddings are not computed yet.
    pub pending_pages: usize,
}

/// Where the time went, in milliseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TookMs {
    /// Embedding the question.
    pub embed: f64,
    /// Finding and ranking.
    pub search: f64,
    /// Both and the citation.
    pub total: f64,
}

impl From<crate::meeting::WeighTook> for TookMs {
    fn from(took: crate::meeting::WeighTook) -> Self {
        let crate::meeting::WeighTook { embed, search, total } = took;
        Took { embed, search, total }.into()
    }
}

impl From<Took> for TookMs {
    fn from(took: Took) -> Self {
        let ms = |duration: std::time::Duration| (duration.as_secs_f64() * 100_000.0).round() / 100.0;
        Self { embed: ms(took.embed), search: ms(took.search), total: ms(took.total) }
    }
}

/// Where to search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SearchScope {
    /// Every selected space and all files.
    #[default]
    Everything,
    /// What a context has.
    Context(u32),
    /// What an agent's contexts have.
    Agent(u32),
}

/// What a scope comes to at this moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reach {
    pub places: Places,
    pub filter: Filter,
}

impl App {
    /// Searches every selected space and all files.
    pub async fn search(&self, text: &str, limit: usize, mode: Mode) -> Result<SearchAnswer, Error> {
        self.search_in(&SearchScope::Everything, text, limit, mode).await
    }

    /// Searches a part. An agent without contexts, and a scope without documents, say so instead of finding nothing.
    pub async fn search_in(
        &self,
        scope: &SearchScope,
        text: &str,
        limit: usize,
        mode: Mode,
    ) -> Result<SearchAnswer, Error> {
        let reach = self.reach(scope).await?;
        let query = SearchQuery { filter: reach.filter.clone(), limit, mode, ..SearchQuery::new(text) };
        let results = self.knowledge.search(query).await?;
        Ok(SearchAnswer {
            hits: results.hits.into_iter().filter_map(|hit| cited(hit, &reach.places)).collect(),
            took_ms: results.took.into(),
            pending_pages: results.pending_documents as usize,
        })
    }

    /// What a scope may see now.
    pub(crate) async fn reach(&self, scope: &SearchScope) -> Result<Reach, Error> {
        let places = self.searched_places().await?;
        let Some((name, sources)) = self.sources_in(scope).await? else {
            let filter = Filter::collections(places.keys().cloned());
            return Ok(Reach { places, filter });
        };
        match self.filter_of(&sources, &places).await? {
            Filter::Only { collections, documents } if collections.is_empty() && documents.is_empty() => {
                Err(Error::NothingInReach { name })
            }
            filter => Ok(Reach { places, filter }),
        }
    }

    /// Whose sources a scope has, and which; none where it is everything.
    pub(crate) async fn sources_in(&self, scope: &SearchScope) -> Result<Option<(String, Vec<SourceRef>)>, Error> {
        let (name, contexts): (String, Vec<ContextRecord>) = match scope {
            SearchScope::Everything => return Ok(None),
            SearchScope::Context(id) => {
                let record = self.context_record(*id).await?;
                (record.name.clone(), vec![record])
            }
            SearchScope::Agent(id) => {
                let agent = self.agent_record(*id).await?;
                let contexts = self.store.contexts().await?;
                let usable: Vec<ContextRecord> = usable(&agent, &contexts).into_iter().cloned().collect();
                if usable.is_empty() {
                    return Err(Error::AgentHasNoContext { name: agent.name });
                }
                (agent.name, usable)
            }
        };
        Ok(Some((name, sources(&contexts.iter().collect::<Vec<_>>()))))
    }
}

/// A hit with its place in words; none where its collection is not searched.
pub(crate) fn cited(hit: knowledge::SearchHit, places: &Places) -> Option<SearchHit> {
    let place = places.get(&hit.collection)?;
    Some(SearchHit {
        title: hit.title,
        source: if is_file(&hit.document) { "files" } else { "confluence" },
        space_key: place.key.clone(),
        space_name: place.name.clone(),
        page_id: page_of(&hit.document).unwrap_or(hit.document.as_str()).to_owned(),
        version: hit.version,
        heading_path: hit.heading_path,
        url: hit.url,
        quote: hit.quote.text,
        marks: hit.quote.marks,
        text: hit.text,
        score: hit.score,
        scores: HitScores {
            keyword: hit.scores.keyword.unwrap_or_default(),
            semantic: hit.scores.semantic.unwrap_or_default(),
        },
        state: state_name(hit.state),
        synced_at: hit.synced_at.and_then(|at| crate::status::rfc3339(at.unix_timestamp())),
    })
}
