//! One search from query to hits.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::diversify::{Picked, pick};
use super::fusion::{Ranked, fuse};
use super::quote::quote;
use super::section::order_sections;
use super::whole::{Wholes, lift};
use super::{Allowed, Evidence, Mode, SearchHit, SearchQuery, SearchResults, Took};
use crate::Error;
use crate::embed::Embedder;
use crate::index::tokens::{query_terms, words};
use crate::index::{KeywordHits, KeywordIndex, VectorIndex, WordMatches};
use crate::store::{FoundChunk, Id, Placement, Store};

/// How many chunks each ranking brings. A chunk that only one ranking brings counts nothing in the other, so more of
/// them are taken than are ever shown.
const CANDIDATES: usize = 500;
/// How many of the fused ranking are looked at for each hit that is asked for, and how many at least. The documents of
/// further ones are not weighed, and they are read only where the first do not make up the answer.
const LOOKED_AT: usize = 10;
/// Where the crowd begins: behind one chunk in so many, but behind the first few.
const CROWD: usize = 150;
const FIRST_FEW: usize = 4;
const LEAST: usize = 100;

/// Everything that a search reads.
pub(crate) struct Retriever<'a> {
    pub store: &'a Arc<Store>,
    pub keyword: &'a Arc<KeywordIndex>,
    /// Without them, search is by word.
    pub meaning: Option<(&'a Arc<Embedder>, &'a VectorIndex)>,
    pub semantic_weight: f32,
}

impl Retriever<'_> {
    pub(crate) async fn search(&self, query: &SearchQuery) -> Result<SearchResults, Error> {
        let started = Instant::now();
        let mode = self.possible(query.mode)?;
        let allowed = self.store.allowed(&query.filter).await?;
        let evidence = Evidence::default();
        let mut results =
            SearchResults { hits: Vec::new(), took: Took::default(), pending_documents: 0, mode, evidence };
        if allowed.is_nothing() {
            return Ok(results);
        }
        let pending = self.store.pending_documents(&allowed);
        let hits = self.hits(query, mode, &allowed);
        let (pending, found) = tokio::try_join!(pending, hits)?;
        results.pending_documents = pending;
        (results.hits, results.evidence, results.took.embed) = (found.hits, found.evidence, found.embed);
        results.took.total = started.elapsed();
        results.took.search = results.took.total.saturating_sub(results.took.embed);
        Ok(results)
    }

    fn possible(&self, mode: Mode) -> Result<Mode, Error> {
        match (mode, self.meaning) {
            (Mode::Hybrid, None) => Ok(Mode::Keyword),
            (Mode::Semantic, None) => Err(Error::NoEmbedder),
            (mode, _) => Ok(mode),
        }
    }

    fn semantic_weight(&self, query: &SearchQuery) -> f32 {
        query.semantic_weight.unwrap_or(self.semantic_weight).clamp(0.0, 1.0)
    }

    async fn hits(&self, query: &SearchQuery, mode: Mode, allowed: &Allowed) -> Result<Found, Error> {
        if query.limit == 0 || query.text.trim().is_empty() {
            return Ok(Found::default());
        }
        let terms = query_terms(&query.text);
        let by_word = self.by_word(&terms, mode, allowed);
        let by_meaning = self.by_meaning(query, mode, allowed);
        let (keyword, meaning) = tokio::try_join!(by_word, by_meaning)?;
        let weight = match mode {
            Mode::Keyword => 0.0,
            Mode::Semantic => 1.0,
            Mode::Hybrid => self.semantic_weight(query),
        };
        let ranking = fuse(&keyword.chunks, &meaning.chunks, weight);
        let picked = self.pick(query, &ranking, &terms, meaning.query.as_deref(), allowed).await?;
        let evidence = evidence(&keyword, &meaning, &terms);
        let weights = weights(keyword, terms);
        Ok(Found { hits: self.read(&picked, &weights, allowed).await?, evidence, embed: meaning.took })
    }

    /// Picks from the best of the ranking, and from all of it where these do not make up the answer.
    async fn pick(
        &self,
        query: &SearchQuery,
        ranking: &[Ranked],
        terms: &[String],
        meaning: Option<&[f32]>,
        allowed: &Allowed,
    ) -> Result<Vec<Picked>, Error> {
        let per_document = query.per_document.max(1);
        let looked_at = query.limit.saturating_mul(LOOKED_AT).max(LEAST).min(ranking.len());
        let (first, further) = ranking.split_at(looked_at);
        let mut placements = self.store.placements(&chunks(first), allowed).await?;
        // By words alone nothing is won by weighing documents, and by meaning alone `SciFact` is answered worse.
        let weighed = match meaning.filter(|_| query.mode == Mode::Hybrid) {
            Some(meaning) => Some(self.weigh(terms, meaning, &placements).await?),
            None => None,
        };
        let ordered = |part: &[Ranked], weighed: Option<&Weighed>, placements: &[Placement]| match weighed {
            Some(Weighed { wholes, chunks }) => {
                order_sections(&lift(part, wholes, placements, self.semantic_weight(query)), chunks, placements)
            }
            None => part.to_vec(),
        };
        let mut best = ordered(first, weighed.as_ref(), &placements);
        let picked = pick(&best, &placements, query.limit, per_document, query.further);
        if picked.len() >= query.limit || further.is_empty() {
            return Ok(picked);
        }
        placements.extend(self.store.placements(&chunks(further), allowed).await?);
        let unweighed = weighed.map(|_| Weighed::default());
        best.extend(ordered(further, unweighed.as_ref(), &placements));
        Ok(pick(&best, &placements, query.limit, per_document, query.further))
    }

    /// How well the documents of these chunks match as a whole, and by word their chunks beside each other.
    async fn weigh(&self, terms: &[String], meaning: &[f32], placements: &[Placement]) -> Result<Weighed, Error> {
        let mut documents: Vec<Id> = placements.iter().map(|placement| placement.document).collect();
        documents.sort_unstable();
        documents.dedup();
        let (index, terms, of) = (Arc::clone(self.keyword), terms.to_vec(), documents.clone());
        let keyword = tokio::task::spawn_blocking(move || index.matches(&terms, &of));
        let semantic = match self.meaning {
            Some((_, vectors)) => vectors.means(meaning, documents).await?,
            None => Vec::new(),
        };
        let WordMatches { documents, chunks } = keyword.await??;
        Ok(Weighed { wholes: Wholes { keyword: documents, semantic }, chunks })
    }

    /// Searches by word. An index found damaged is built again, once; one that cannot be written is searched as it is.
    async fn by_word(&self, terms: &[String], mode: Mode, allowed: &Allowed) -> Result<KeywordHits, Error> {
        if mode == Mode::Semantic {
            return Ok(KeywordHits::default());
        }
        let found = match self.keyword.follow(self.store).await {
            Ok(()) => self.keyword_hits(terms, allowed).await,
            Err(error @ Error::Io { .. }) => {
                tracing::warn!(%error, "the keyword index cannot be written");
                self.keyword_hits(terms, allowed).await
            }
            Err(error) => Err(error),
        };
        match found {
            Err(error @ (Error::Index { .. } | Error::Task { .. })) => {
                tracing::warn!(%error, "the keyword index is built again");
                self.keyword.rebuild(self.store).await?;
                self.keyword_hits(terms, allowed).await
            }
            other => other,
        }
    }

    async fn keyword_hits(&self, terms: &[String], allowed: &Allowed) -> Result<KeywordHits, Error> {
        let (keyword, terms, allowed) = (Arc::clone(self.keyword), terms.to_vec(), allowed.clone());
        let search = move || keyword.search(&terms, &allowed, CANDIDATES);
        Ok(tokio::task::spawn_blocking(search).await??)
    }

    async fn by_meaning(&self, query: &SearchQuery, mode: Mode, allowed: &Allowed) -> Result<MeaningHits, Error> {
        let Some((embedder, vectors)) = self.meaning.filter(|_| mode != Mode::Keyword) else {
            return Ok(MeaningHits::default());
        };
        let started = Instant::now();
        let (embedder, text, known) = (Arc::clone(embedder), query.text.clone(), query.vector.clone());
        let embed = tokio::task::spawn_blocking(move || known.map_or_else(|| embedder.embed_query(&text), Ok));
        let follow = vectors.follow(self.store);
        let timed = async { embed.await.map(|vector| (vector, started.elapsed())).map_err(Error::from) };
        let ((query, took), ()) = tokio::try_join!(timed, follow)?;
        let query = query?;
        let (chunks, rows) = vectors.search(self.store, &query, allowed, CANDIDATES).await?;
        Ok(MeaningHits { chunks, rows, query: Some(query), took })
    }

    async fn read(
        &self,
        picked: &[Picked],
        weights: &HashMap<String, f32>,
        allowed: &Allowed,
    ) -> Result<Vec<SearchHit>, Error> {
        let ids: Vec<Id> =
            picked.iter().flat_map(|hit| std::iter::once(hit.ranked.chunk).chain(hit.joined.iter().copied())).collect();
        let found = self.store.found_chunks(&ids, allowed).await?;
        let mut found: HashMap<Id, FoundChunk> = found.into_iter().map(|chunk| (chunk.id, chunk)).collect();
        let hits = picked.iter().filter_map(|hit| {
            let mut chunk = found.remove(&hit.ranked.chunk)?;
            for other in hit.joined.iter().filter_map(|id| found.remove(id)) {
                join(&mut chunk, &other);
            }
            Some(search_hit(chunk, hit, weights))
        });
        Ok(hits.collect())
    }
}

/// Hits, and what came with them.
#[derive(Default)]
struct Found {
    hits: Vec<SearchHit>,
    evidence: Evidence,
    embed: Duration,
}

/// What a search by meaning found.
#[derive(Default)]
struct MeaningHits {
    /// Chunks with their cosine, best first.
    chunks: Vec<(Id, f32)>,
    /// How many chunks were looked at.
    rows: usize,
    /// The query's vector; none where was not searched by meaning.
    query: Option<Vec<f32>>,
    /// How long the embedding took.
    took: Duration,
}

/// The documents that came up, weighed.
#[derive(Default)]
struct Weighed {
    /// How well they match as a whole.
    wholes: Wholes,
    /// How well their chunks match by the words that tell them apart.
    chunks: Vec<(Id, f32)>,
}

fn chunks(ranking: &[Ranked]) -> Vec<Id> {
    ranking.iter().map(|ranked| ranked.chunk).collect()
}

fn evidence(keyword: &KeywordHits, meaning: &MeaningHits, terms: &[String]) -> Evidence {
    let score = |hit: Option<&(Id, f32)>| hit.map_or(0.0, |(_, score)| *score);
    let rarity =
        |term: &String| keyword.weights.iter().find(|(known, _)| known == term).map_or(0.0, |(_, weight)| *weight);
    let crowd = (meaning.rows / CROWD).max(FIRST_FEW);
    Evidence {
        terms: terms.iter().map(|term| (term.clone(), rarity(term))).collect(),
        best_keyword: score(keyword.chunks.first()),
        best_semantic: score(meaning.chunks.first()),
        typical_semantic: score(meaning.chunks.get(crowd).or(meaning.chunks.last())),
    }
}

/// The weight of each word of the query: how rare it is where the index knows, the same for all where it does not.
fn weights(keyword: KeywordHits, terms: Vec<String>) -> HashMap<String, f32> {
    let equal = terms.into_iter().map(|term| (term, 1.0));
    if keyword.weights.is_empty() { equal.collect() } else { keyword.weights.into_iter().collect() }
}

/// Extends a chunk's text by one that overlaps with it.
fn join(chunk: &mut FoundChunk, other: &FoundChunk) {
    let (end, other_end) = (chunk.start + chunk.text.len(), other.start + other.text.len());
    if other.start > end || other_end < chunk.start {
        return;
    }
    if let Some(tail) = end.checked_sub(other.start).and_then(|shared| other.text.get(shared..)) {
        chunk.text.push_str(tail);
    }
    if let Some(head) = chunk.start.checked_sub(other.start).and_then(|before| other.text.get(..before)) {
        chunk.text.insert_str(0, head);
        chunk.start = other.start;
    }
}

/// The share of the query's words, by weight, that stand in the chunk, its headings or its title.
fn coverage(chunk: &FoundChunk, weights: &HashMap<String, f32>) -> f32 {
    let all: f32 = weights.values().sum();
    let texts = [&chunk.title, &chunk.text].into_iter().chain(&chunk.heading_path);
    let there: HashSet<String> = texts.flat_map(|text| words(text)).map(|word| word.term).collect();
    let covered: f32 = weights.iter().filter(|(term, _)| there.contains(*term)).map(|(_, weight)| *weight).sum();
    if all > 0.0 { covered / all } else { 0.0 }
}

fn search_hit(chunk: FoundChunk, hit: &Picked, weights: &HashMap<String, f32>) -> SearchHit {
    let quote = quote(&chunk.text, chunk.start, &chunk.blocks, weights);
    let coverage = coverage(&chunk, weights);
    let url = match &chunk.anchor {
        Some(anchor) => format!("{}#{anchor}", chunk.url),
        None => chunk.url,
    };
    SearchHit {
        document: chunk.document,
        collection: chunk.collection,
        title: chunk.title,
        version: chunk.version,
        path: chunk.path,
        heading_path: chunk.heading_path,
        anchor: chunk.anchor,
        url,
        span: chunk.start..chunk.start + chunk.text.len(),
        text: chunk.text,
        quote,
        score: hit.ranked.score.clamp(0.0, 1.0),
        scores: hit.ranked.scores,
        coverage,
        state: chunk.state,
        synced_at: chunk.synced_at,
    }
}
