//! The best few of many, without sorting them all.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A score and what it belongs to. Orders by score, then by smaller item, so that equal scores come out the same each time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scored<T> {
    pub score: f32,
    pub item: T,
}

impl<T: Ord> Eq for Scored<T> {}

impl<T: Ord> Ord for Scored<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.item.cmp(&self.item))
    }
}

impl<T: Ord> PartialOrd for Scored<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Keeps the best `limit` of what is offered.
pub(super) struct Top<T> {
    limit: usize,
    /// A score below this cannot get in any more; one comparison turns nearly all rows away.
    threshold: f32,
    heap: BinaryHeap<std::cmp::Reverse<Scored<T>>>,
}

impl<T: Ord> Top<T> {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, threshold: f32::NEG_INFINITY, heap: BinaryHeap::with_capacity(limit + 1) }
    }

    #[inline]
    pub(super) fn offer(&mut self, score: f32, item: T) {
        if score >= self.threshold {
            self.admit(Scored { score, item });
        }
    }

    fn admit(&mut self, scored: Scored<T>) {
        self.heap.push(std::cmp::Reverse(scored));
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
        if self.heap.len() == self.limit {
            self.threshold = self.heap.peek().map_or(f32::INFINITY, |worst| worst.0.score);
        }
    }

    /// Best first.
    pub(super) fn into_sorted(self) -> Vec<Scored<T>> {
        let mut all: Vec<Scored<T>> = self.heap.into_iter().map(|entry| entry.0).collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_sorting(scores in proptest::collection::vec(-10_i8..10, 0..80), limit in 0_usize..20) {
            let mut top = Top::new(limit);
            for (item, score) in scores.iter().enumerate() {
                top.offer(f32::from(*score), item);
            }
            let mut sorted: Vec<(i8, usize)> = scores.iter().copied().zip(0..).collect();
            sorted.sort_by_key(|(score, item)| (-*score, *item));
            sorted.truncate(limit);
            let found: Vec<(i8, usize)> = top.into_sorted().iter().map(|s| (s.score as i8, s.item)).collect();
            prop_assert_eq!(found, sorted);
        }
    }
}
