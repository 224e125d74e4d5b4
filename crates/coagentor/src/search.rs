//! From a question to cited sections.

use knowledge::{Filter, Mode, SearchQuery, Took};
use serde::Serialize;

use crate::{App, Error, pages::state_name, sync::page_of};

/// One cited section.
#[derive(Debug, Clone, Serialize)]
pub struct SearchHit {
    /// Title of the page.
    pub title: String,
    /// Key of its space.
    pub space_key: String,
    /// Name of its space.
    #[serde(skip)]
    pub space_name: String,
    /// Confluence's id.
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

impl From<Took> for TookMs {
    fn from(took: Took) -> Self {
        let ms = |duration: std::time::Duration| (duration.as_secs_f64() * 100_000.0).round() / 100.0;
        Self { embed: ms(took.embed), search: ms(took.search), total: ms(took.total) }
    }
}

impl App {
    /// Searches every selected space.
    pub async fn search(&self, text: &str, limit: usize, mode: Mode) -> Result<SearchAnswer, Error> {
        let spaces = self.space_index().await?;
        let collections = spaces.iter().filter(|(_, space)| space.selected).map(|(key, _)| key.clone()).collect();
        let query = SearchQuery {
            filter: Filter { collections: Some(collections), documents: None },
            limit,
            mode,
            ..SearchQuery::new(text)
        };
        let results = self.knowledge.search(query).await?;
        let hits = results.hits.into_iter().filter_map(|hit| {
            let space = spaces.get(&hit.collection)?;
            Some(SearchHit {
                title: hit.title,
                space_key: space.key.clone(),
                space_name: space.name.clone(),
                page_id: page_of(&hit.document)?.to_owned(),
                version: hit.version,
                heading_path: hit.heading_path,
                url: hit.url,
                quote: hit.quote.text,
                marks: hit.quote.marks,
                score: hit.score,
                scores: HitScores {
                    keyword: hit.scores.keyword.unwrap_or_default(),
                    semantic: hit.scores.semantic.unwrap_or_default(),
                },
                state: state_name(hit.state),
                synced_at: hit.synced_at.and_then(|at| crate::status::rfc3339(at.unix_timestamp())),
            })
        });
        Ok(SearchAnswer {
            hits: hits.collect(),
            took_ms: results.took.into(),
            pending_pages: results.pending_documents as usize,
        })
    }
}
