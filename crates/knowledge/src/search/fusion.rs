//! Joins the two rankings: a weighted sum of normalised scores. Pure.
//!
//! BM25 has a zero of its own, no word in common, and is divided by the best score. Cosines have none, so the worst that came
//! up is theirs. Normalising BM25 like cosines answered `SciFact` worse, and reciprocal rank fusion worse still.

use std::collections::HashMap;

use serde::Serialize;

use crate::store::Id;

/// What both rankings said of a hit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ScoreDetails {
    /// BM25; `None` when its words did not bring it up.
    pub keyword: Option<f32>,
    /// Cosine of query and text; `None` when its meaning did not bring it up.
    pub semantic: Option<f32>,
}

/// A chunk in the joint ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    pub chunk: Id,
    /// From 0 to 1.
    pub score: f32,
    /// How near it is in meaning: from 0, the farthest that came up, to 1, the nearest.
    pub near: f32,
    pub scores: ScoreDetails,
}

impl Eq for Ranked {}

/// Better first; equal scores by chunk, so that the order is the same each time.
impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.score.total_cmp(&self.score).then(self.chunk.cmp(&other.chunk))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Fuses two rankings; `semantic_weight` from 0 (words alone) to 1 (meaning alone).
pub(crate) fn fuse(keyword: &[(Id, f32)], semantic: &[(Id, f32)], semantic_weight: f32) -> Vec<Ranked> {
    let mut fused: HashMap<Id, Ranked> = HashMap::with_capacity(keyword.len() + semantic.len());
    let empty = |chunk| Ranked { chunk, score: 0.0, near: 0.0, scores: ScoreDetails::default() };
    for (&(chunk, score), part) in keyword.iter().zip(normalised(keyword, 0.0)) {
        let ranked = fused.entry(chunk).or_insert_with(|| empty(chunk));
        ranked.score += (1.0 - semantic_weight) * part;
        ranked.scores.keyword = Some(score);
    }
    for (&(chunk, score), part) in semantic.iter().zip(normalised(semantic, worst(semantic))) {
        let ranked = fused.entry(chunk).or_insert_with(|| empty(chunk));
        ranked.score += semantic_weight * part;
        ranked.near = part;
        ranked.scores.semantic = Some(score);
    }
    let mut ranked: Vec<Ranked> = fused.into_values().collect();
    ranked.sort_unstable();
    ranked
}

/// The worst score of a ranking.
pub(super) fn worst(ranking: &[(Id, f32)]) -> f32 {
    ranking.iter().fold(f32::INFINITY, |low, (_, score)| low.min(*score))
}

/// Scores from 0 (`low`) to 1 (the best). Where all are equally low, all are best.
pub(super) fn normalised(ranking: &[(Id, f32)], low: f32) -> impl Iterator<Item = f32> {
    let high = ranking.iter().fold(f32::NEG_INFINITY, |high, (_, score)| high.max(*score));
    let width = high - low;
    ranking.iter().map(move |(_, score)| if width > 0.0 { (score - low) / width } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing(&[], &[], 0.5, &[])]
    #[case::words_alone(&[(1, 8.0), (2, 4.0), (3, 2.0)], &[], 0.0, &[(1, 1.0), (2, 0.5), (3, 0.25)])]
    #[case::meaning_alone(&[], &[(1, 0.9), (2, 0.8), (3, 0.5)], 1.0, &[(1, 1.0), (2, 0.75), (3, 0.0)])]
    #[case::both_agree(&[(1, 4.0), (2, 1.0)], &[(1, 0.7), (2, 0.1)], 0.5, &[(1, 1.0), (2, 0.125)])]
    #[case::in_both_beats_best_of_one(
        &[(1, 10.0), (2, 8.0), (9, 0.0)], &[(3, 1.0), (2, 0.9), (8, 0.0)], 0.5,
        &[(2, 0.85), (1, 0.5), (3, 0.5), (8, 0.0), (9, 0.0)]
    )]
    #[case::meaning_weighs_more(&[(1, 2.0), (2, 1.0)], &[(2, 0.9), (1, 0.8)], 0.7, &[(2, 0.85), (1, 0.3)])]
    #[case::single_hits(&[(1, 5.0)], &[(2, 0.1)], 0.5, &[(1, 0.5), (2, 0.5)])]
    #[case::negative_cosines(&[], &[(1, -0.1), (2, -0.3)], 1.0, &[(1, 1.0), (2, 0.0)])]
    fn rankings_join(
        #[case] keyword: &[(Id, f32)],
        #[case] semantic: &[(Id, f32)],
        #[case] weight: f32,
        #[case] expected: &[(Id, f32)],
    ) {
        let round = |score: f32| (score * 1000.0).round() / 1000.0;
        let fused: Vec<(Id, f32)> = fuse(keyword, semantic, weight).iter().map(|r| (r.chunk, round(r.score))).collect();
        assert_eq!(fused, expected);
    }

    #[test]
    fn raw_scores_are_kept() {
        let fused = fuse(&[(1, 3.0)], &[(1, 0.5), (2, 0.4)], 0.5);
        let details: Vec<ScoreDetails> = fused.iter().map(|ranked| ranked.scores).collect();
        assert_eq!(
            details,
            [
                ScoreDetails { keyword: Some(3.0), semantic: Some(0.5) },
                ScoreDetails { keyword: None, semantic: Some(0.4) }
            ]
        );
    }

    proptest! {
        #[test]
        fn scores_stay_between_0_and_1(
            keyword in proptest::collection::btree_map(0..50_i64, 0.0_f32..30.0, 0..20),
            semantic in proptest::collection::btree_map(0..50_i64, -1.0_f32..1.0, 0..20),
            weight in 0.0_f32..=1.0,
        ) {
            let keyword: Vec<(Id, f32)> = keyword.into_iter().collect();
            let semantic: Vec<(Id, f32)> = semantic.into_iter().collect();
            let fused = fuse(&keyword, &semantic, weight);
            prop_assert!(fused.iter().all(|ranked| (0.0..=1.0 + 1e-6).contains(&ranked.score)));
            prop_assert!(fused.windows(2).all(|pair| pair[0].score >= pair[1].score));
        }
    }
}
