//! The vectors of one collection in memory, row by row, and the segments of all of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::dot::{differing_signs, dot_codes, quantize, row_length};
use super::top::Top;
use crate::search::Only;
use crate::store::Id;

/// A quantised query.
pub(super) use super::dot::Quantized as Query;

/// Rows of one collection.
#[derive(Debug, Default)]
struct Segment {
    chunks: Vec<Id>,
    documents: Vec<Id>,
    scales: Vec<f32>,
    codes: Vec<i8>,
    signs: Vec<u64>,
}

/// A row: its segment's collection and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RowAt {
    collection: Id,
    row: usize,
}

/// A stretch of one segment's rows, for one thread.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    collection: Id,
    rows: std::ops::Range<usize>,
    /// Whether only the rows of listed documents count.
    is_picked: bool,
}

/// Which rows a search may score.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// Collections as a whole.
    collections: Vec<Id>,
    /// Collections of which only listed documents count.
    homes: Vec<Id>,
    /// Those documents.
    pub documents: HashSet<Id>,
}

impl Scope {
    /// What `only` names; a collection that passes as a whole needs no list.
    pub(super) fn new(only: &Only) -> Self {
        let homes = only.homes.iter().copied().filter(|home| !only.collections.contains(home));
        Self {
            collections: only.collections.clone(),
            homes: homes.collect(),
            documents: only.documents.iter().copied().collect(),
        }
    }
}

impl Stretch {
    /// How many rows it has.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// The vectors of all collections.
#[derive(Debug)]
pub(super) struct Segments {
    dimension: usize,
    by_collection: HashMap<Id, Segment>,
    places: HashMap<Id, RowAt>,
}

impl Segments {
    /// No rows yet, of vectors of this dimension.
    pub(super) fn new(dimension: usize) -> Self {
        Self { dimension, by_collection: HashMap::new(), places: HashMap::new() }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Adds a row or replaces the chunk's row. A vector of another dimension is no vector of this index.
    pub(super) fn put(&mut self, chunk: Id, document: Id, collection: Id, vector: &[f32]) {
        self.remove(chunk);
        if vector.len() != self.dimension {
            return;
        }
        let row = quantize(vector);
        let segment = self.by_collection.entry(collection).or_default();
        self.places.insert(chunk, RowAt { collection, row: segment.chunks.len() });
        segment.chunks.push(chunk);
        segment.documents.push(document);
        segment.scales.push(row.scale);
        segment.codes.extend_from_slice(&row.codes);
        segment.signs.extend_from_slice(&row.signs);
    }

    /// Removes the chunk's row, if it has one; the last row of its segment takes its place.
    pub(super) fn remove(&mut self, chunk: Id) {
        let Some(place) = self.places.remove(&chunk) else { return };
        let (codes, signs) = (self.codes_a_row(), self.signs_a_row());
        let Some(segment) = self.by_collection.get_mut(&place.collection) else { return };
        segment.chunks.swap_remove(place.row);
        segment.documents.swap_remove(place.row);
        segment.scales.swap_remove(place.row);
        take_last_row(&mut segment.codes, place.row, codes);
        take_last_row(&mut segment.signs, place.row, signs);
        if let Some(moved) = segment.chunks.get(place.row) {
            self.places.insert(*moved, place);
        }
    }

    /// The chunk of a row.
    pub(super) fn chunk(&self, at: RowAt) -> Option<Id> {
        self.by_collection.get(&at.collection)?.chunks.get(at.row).copied()
    }

    /// The rows in scope, all when `None`, cut into stretches of at most `length` rows.
    pub(super) fn stretches(&self, scope: Option<&Scope>, length: usize) -> Vec<Stretch> {
        let mut allowed: Vec<(Id, bool)> = match scope {
            Some(scope) => {
                let wholly = scope.collections.iter().map(|id| (*id, false));
                wholly.chain(scope.homes.iter().map(|id| (*id, true))).collect()
            }
            None => self.by_collection.keys().map(|id| (*id, false)).collect(),
        };
        allowed.sort_unstable();
        allowed.dedup();
        let rows = |collection: &Id| self.by_collection.get(collection).map_or(0, |segment| segment.chunks.len());
        let cut = |(collection, is_picked): (Id, bool)| {
            let rows = rows(&collection);
            (0..rows).step_by(length.max(1)).map(move |start| Stretch {
                collection,
                rows: start..rows.min(start + length),
                is_picked,
            })
        };
        allowed.into_iter().flat_map(cut).collect()
    }

    /// Scores a stretch by codes.
    pub(super) fn scan_codes(&self, query: &Query, on: &Stretch, documents: &HashSet<Id>, top: &mut Top<RowAt>) {
        let Some(segment) = self.by_collection.get(&on.collection) else { return };
        let width = self.codes_a_row();
        let codes = segment.codes.get(on.rows.start * width..on.rows.end * width).unwrap_or_default();
        let scales = segment.scales.get(on.rows.clone()).unwrap_or_default();
        let of = segment.documents.get(on.rows.clone()).unwrap_or_default();
        for (((row, codes), scale), document) in on.rows.clone().zip(codes.chunks_exact(width)).zip(scales).zip(of) {
            if !on.is_picked || documents.contains(document) {
                top.offer(dot_codes(&query.codes, codes) as f32 * scale, RowAt { collection: on.collection, row });
            }
        }
    }

    /// Scores a stretch by signs alone: an eighth of the memory to read.
    pub(super) fn scan_signs(&self, query: &Query, on: &Stretch, documents: &HashSet<Id>, top: &mut Top<RowAt>) {
        let Some(segment) = self.by_collection.get(&on.collection) else { return };
        let width = self.signs_a_row();
        let signs = segment.signs.get(on.rows.start * width..on.rows.end * width).unwrap_or_default();
        let of = segment.documents.get(on.rows.clone()).unwrap_or_default();
        for ((row, signs), document) in on.rows.clone().zip(signs.chunks_exact(width)).zip(of) {
            if !on.is_picked || documents.contains(document) {
                let score = -(differing_signs(&query.signs, signs) as f32);
                top.offer(score, RowAt { collection: on.collection, row });
            }
        }
    }

    /// Scores single rows by codes.
    pub(super) fn rescore(&self, query: &Query, rows: impl Iterator<Item = RowAt>, top: &mut Top<RowAt>) {
        let width = self.codes_a_row();
        for at in rows {
            let Some(segment) = self.by_collection.get(&at.collection) else { continue };
            let codes = segment.codes.get(at.row * width..(at.row + 1) * width);
            let (Some(codes), Some(scale)) = (codes, segment.scales.get(at.row)) else { continue };
            top.offer(dot_codes(&query.codes, codes) as f32 * scale, at);
        }
    }

    /// The mean score of each of these documents' rows by codes; those without a row are left out.
    pub(super) fn means(&self, query: &Query, documents: &[Id]) -> Vec<(Id, f32)> {
        let mut sums: BTreeMap<Id, (f32, u32)> = documents.iter().map(|document| (*document, (0.0, 0))).collect();
        let sorted: Vec<Id> = sums.keys().copied().collect();
        let width = self.codes_a_row();
        for segment in self.by_collection.values() {
            for (row, document) in segment.documents.iter().enumerate() {
                if sorted.binary_search(document).is_err() {
                    continue;
                }
                let codes = segment.codes.get(row * width..(row + 1) * width);
                let (Some(codes), Some(scale)) = (codes, segment.scales.get(row)) else { continue };
                if let Some((sum, rows)) = sums.get_mut(document) {
                    *sum += dot_codes(&query.codes, codes) as f32 * scale;
                    *rows += 1;
                }
            }
        }
        let found = sums.into_iter().filter(|(_, (_, rows))| *rows > 0);
        found.map(|(document, (sum, rows))| (document, sum / rows as f32)).collect()
    }

    fn codes_a_row(&self) -> usize {
        row_length(self.dimension)
    }

    fn signs_a_row(&self) -> usize {
        self.dimension.div_ceil(64)
    }
}

fn take_last_row<T: Copy>(rows: &mut Vec<T>, row: usize, width: usize) {
    let last = rows.len() - width;
    rows.copy_within(last.., row * width);
    rows.truncate(last);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone)]
    enum Step {
        Put { chunk: Id, collection: Id, value: i8 },
        Remove { chunk: Id },
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (0..12_i64, 0..3_i64, -100..100_i8).prop_map(|(chunk, collection, value)| Step::Put {
                chunk,
                collection,
                value
            }),
            (0..12_i64).prop_map(|chunk| Step::Remove { chunk }),
        ]
    }

    fn vector(value: i8) -> Vec<f32> {
        vec![f32::from(value), 1.0, -1.0]
    }

    proptest! {
        /// Whatever is put and removed, a search sees exactly what a plain map would hold.
        #[test]
        fn rows_follow_puts_and_removals(steps in proptest::collection::vec(step(), 0..60)) {
            let mut segments = Segments::new(3);
            let mut plain: HashMap<Id, (Id, i8)> = HashMap::new();
            for step in steps {
                match step {
                    Step::Put { chunk, collection, value } => {
                        segments.put(chunk, chunk * 10, collection, &vector(value));
                        plain.insert(chunk, (collection, value));
                    }
                    Step::Remove { chunk } => {
                        segments.remove(chunk);
                        plain.remove(&chunk);
                    }
                }
            }
            prop_assert_eq!(segments.len(), plain.len());
            let means = segments.means(&quantize(&[1.0, 0.0, 0.0]), &[10, 20, 20, 999]);
            let means: Vec<(Id, i8)> = means.iter().map(|(id, score)| (*id, (score / 127.0).round() as i8)).collect();
            let expected: Vec<(Id, i8)> =
                [1, 2].iter().filter_map(|chunk| Some((chunk * 10, plain.get(chunk)?.1))).collect();
            prop_assert_eq!(means, expected);
            for collection in 0..3 {
                let mut top = Top::new(100);
                for stretch in segments.stretches(Some(&Scope { collections: vec![collection], ..Scope::default() }), 2) {
                    segments.scan_codes(&quantize(&[1.0, 0.0, 0.0]), &stretch, &HashSet::new(), &mut top);
                }
                let mut found: Vec<(Id, i8)> = top
                    .into_sorted()
                    .iter()
                    .filter_map(|hit| Some((segments.chunk(hit.item)?, (hit.score / 127.0).round() as i8)))
                    .collect();
                found.sort_unstable();
                let mut expected: Vec<(Id, i8)> =
                    plain.iter().filter(|(_, row)| row.0 == collection).map(|(chunk, row)| (*chunk, row.1)).collect();
                expected.sort_unstable();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
