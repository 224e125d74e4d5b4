//! Search by meaning: scans the segments in memory and rescores the best with exact vectors from the database.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use super::dot::{dot, quantize};
use super::segment::{Query, RowAt, Scope, Segments, Stretch};
use super::top::{Scored, Top};
use crate::Error;
use crate::search::Allowed;
use crate::store::{Id, Store, Tip, floats};

/// How many rows are rescored exactly; the scores of further ones are off by half a percent.
const RESCORED: usize = 200;
/// Above the coarse limit, how many rows survive the scan by signs.
const BY_SIGNS: usize = 4000;
/// Below this many rows a thread costs more than it saves.
const ROWS_A_THREAD: usize = 20_000;
/// A stretch fits the second-level cache with room to spare.
const STRETCH: usize = 1000;

/// The vectors of one database in memory, as of one change number.
#[derive(Debug)]
pub(crate) struct VectorIndex {
    loaded: Arc<RwLock<Loaded>>,
    following: tokio::sync::Mutex<()>,
    dimension: usize,
    coarse_above: usize,
}

#[derive(Debug)]
struct Loaded {
    segments: Segments,
    /// The change that the segments stand at; none while nothing is loaded.
    change: Option<i64>,
}

impl VectorIndex {
    /// Nothing is loaded before the first [`Self::follow`].
    pub(crate) fn new(dimension: usize, coarse_above: usize) -> Self {
        let loaded = Loaded { segments: Segments::new(dimension), change: None };
        let following = tokio::sync::Mutex::new(());
        Self { loaded: Arc::new(RwLock::new(loaded)), following, dimension, coarse_above }
    }

    /// Brings the segments up to the database's last change.
    pub(crate) async fn follow(&self, store: &Store) -> Result<(), Error> {
        let _one_at_a_time = self.following.lock().await;
        let tip = store.tip().await?;
        let change = self.loaded.read().unwrap_or_else(PoisonError::into_inner).change;
        match change {
            Some(change) if change == tip.change => Ok(()),
            Some(change) if replayable(change, &tip) => self.replay(store, change, tip.change).await,
            _ => self.load(store, tip.change).await,
        }
    }

    async fn load(&self, store: &Store, tip: i64) -> Result<(), Error> {
        let mut segments = Segments::new(self.dimension);
        let mut after = 0;
        loop {
            let page = store.all_vectors(after).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            for row in &page {
                if let Some(vector) = &row.vector {
                    segments.put(row.id, row.document, row.collection, &floats(vector));
                }
            }
        }
        tracing::debug!(rows = segments.len(), change = tip, "loaded vectors");
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = Loaded { segments, change: Some(tip) };
        Ok(())
    }

    async fn replay(&self, store: &Store, from: i64, tip: i64) -> Result<(), Error> {
        let removed = store.removed_chunks(from, tip).await?;
        let mut changed = Vec::new();
        let mut after = (from, Id::MAX);
        loop {
            let page = store.changed_vectors(after, tip).await?;
            let Some(last) = page.last() else { break };
            after = (last.change, last.id);
            changed.extend(page);
        }
        let mut loaded = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        for row in changed {
            match row.vector.filter(|_| row.available) {
                Some(vector) => loaded.segments.put(row.id, row.document, row.collection, &floats(&vector)),
                None => loaded.segments.remove(row.id),
            }
        }
        for chunk in removed {
            loaded.segments.remove(chunk);
        }
        loaded.change = Some(tip);
        Ok(())
    }

    /// The chunks nearest to the query vector that the filter allows, best first, with their cosine; and how many it allows.
    pub(crate) async fn search(
        &self,
        store: &Store,
        query: &[f32],
        allowed: &Allowed,
        limit: usize,
    ) -> Result<(Vec<(Id, f32)>, usize), Error> {
        let loaded = Arc::clone(&self.loaded);
        let scan =
            Scan { query: quantize(query), scope: allowed.0.as_ref().map(Scope::new), coarse_above: self.coarse_above };
        let wanted = limit.max(RESCORED);
        let near = tokio::task::spawn_blocking(move || {
            let loaded = loaded.read().unwrap_or_else(PoisonError::into_inner);
            scan.nearest(&loaded.segments, wanted)
        });
        let (near, rows) = near.await?;
        let (first, further) = near.split_at(near.len().min(RESCORED));
        let first: Vec<Id> = first.iter().map(|(chunk, _)| *chunk).collect();
        let mut top = Top::new(RESCORED);
        for (chunk, vector) in store.vectors(&first).await? {
            top.offer(dot(query, &vector), chunk);
        }
        let mut ranking: Vec<(Id, f32)> = top.into_sorted().into_iter().map(|hit| (hit.item, hit.score)).collect();
        let worst = ranking.last().map_or(f32::INFINITY, |(_, score)| *score);
        ranking.extend(further.iter().map(|(chunk, score)| (*chunk, score.min(worst))));
        ranking.truncate(limit);
        Ok((ranking, rows))
    }

    /// The mean cosine of the query and all chunks of each of these documents; those without vectors are left out.
    pub(crate) async fn means(&self, query: &[f32], documents: Vec<Id>) -> Result<Vec<(Id, f32)>, Error> {
        let (loaded, query) = (Arc::clone(&self.loaded), quantize(query));
        let scale = query.scale;
        let means = tokio::task::spawn_blocking(move || {
            let loaded = loaded.read().unwrap_or_else(PoisonError::into_inner);
            loaded.segments.means(&query, &documents)
        });
        Ok(means.await?.into_iter().map(|(document, score)| (document, score * scale)).collect())
    }
}

fn replayable(change: i64, tip: &Tip) -> bool {
    change < tip.change && change >= tip.replay_floor && change >= tip.embedder_change
}

/// One search over the segments.
struct Scan {
    query: Query,
    scope: Option<Scope>,
    coarse_above: usize,
}

impl Scan {
    /// Chunks and their approximate cosine, best first, and how many rows there are in scope; those of documents that are
    /// picked one by one are not counted apart from their neighbours.
    fn nearest(&self, segments: &Segments, wanted: usize) -> (Vec<(Id, f32)>, usize) {
        let stretches = segments.stretches(self.scope.as_ref(), STRETCH);
        let rows = stretches.iter().map(Stretch::len).sum();
        let near = if rows > self.coarse_above {
            let coarse = self.scan(segments, &stretches, rows, BY_SIGNS.max(wanted), Segments::scan_signs);
            let mut top = Top::new(wanted);
            segments.rescore(&self.query, coarse.into_iter().map(|hit| hit.item), &mut top);
            top.into_sorted()
        } else {
            self.scan(segments, &stretches, rows, wanted, Segments::scan_codes)
        };
        let chunk = |hit: Scored<RowAt>| Some((segments.chunk(hit.item)?, hit.score * self.query.scale));
        (near.into_iter().filter_map(chunk).collect(), rows)
    }

    fn scan(
        &self,
        segments: &Segments,
        stretches: &[Stretch],
        rows: usize,
        wanted: usize,
        score: impl Fn(&Segments, &Query, &Stretch, &HashSet<Id>, &mut Top<RowAt>) + Sync,
    ) -> Vec<Scored<RowAt>> {
        let everything = HashSet::new();
        let documents = self.scope.as_ref().map_or(&everything, |scope| &scope.documents);
        let part = |stretches: &[Stretch]| {
            let mut top = Top::new(wanted);
            for stretch in stretches {
                score(segments, &self.query, stretch, documents, &mut top);
            }
            top.into_sorted()
        };
        let threads = threads(rows);
        if threads < 2 {
            return part(stretches);
        }
        let parts = std::thread::scope(|scope| {
            let shares = stretches.chunks(stretches.len().div_ceil(threads));
            let running: Vec<_> = shares.map(|share| scope.spawn(move || part(share))).collect();
            running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect::<Vec<_>>()
        });
        let mut top = Top::new(wanted);
        for hit in parts {
            top.offer(hit.score, hit.item);
        }
        top.into_sorted()
    }
}

fn threads(rows: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    (rows / ROWS_A_THREAD).min(cores)
}
