//! From a question to cited sections.

use std::collections::BTreeMap;

use knowledge::{Filter, Mode, SearchQuery, Took, model::CollectionKey};
use serde::Serialize;

use crate::{App, Error, files::is_file, pages::state_name, sync::page_of};

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
    /// Searches every selected space and all files.
    pub async fn search(&self, text: &str, limit: usize, mode: Mode) -> Result<SearchAnswer, Error> {
        let places = self.searched_places().await?;
        let query = SearchQuery {
            filter: Filter { collections: Some(places.keys().cloned().collect()), documents: None },
            limit,
            mode,
            ..SearchQuery::new(text)
        };
        let results = self.knowledge.search(query).await?;
        let hits = results.hits.into_iter().filter_map(|hit| {
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

    /// What retrieval may see: every selected space, of a disconnected site too, and every folder and file that was added.
    async fn searched_places(&self) -> Result<BTreeMap<CollectionKey, Place>, Error> {
        let spaces = self.space_index().await?.into_iter().filter(|(_, space)| space.selected);
        let spaces = spaces.map(|(collection, space)| (collection, Place { key: space.key, name: space.name }));
        let files = self.file_collections().await?.into_iter();
        let files = files.map(|(collection, name)| (collection, Place { key: String::new(), name }));
        Ok(spaces.chain(files).collect())
    }
}

/// A collection in words.
struct Place {
    key: String,
    name: String,
}
