//! Lifts chunks by what their whole document says. Pure.
//!
//! A question often has two parts that two sections of one page answer, or names the page's subject where the chunk that
//! answers names only the detail. So half of a chunk's score is how well its document as a whole matches.

use std::collections::HashMap;

use super::fusion::{Ranked, normalised, worst};
use crate::store::{Id, Placement};

/// What the document counts in the score of its chunks. `SciFact`: .730 without, .733 with .3, .736 with .5.
const SHARE: f32 = 0.5;

/// How well whole documents match.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Wholes {
    /// BM25 of all their chunks taken as one text.
    pub keyword: Vec<(Id, f32)>,
    /// Mean cosine of all their chunks.
    pub semantic: Vec<(Id, f32)>,
}

/// Ranks chunks anew by their own score and their document's. `semantic_weight` is that of the chunks. Those without a
/// placement may not be shown, and are left out.
pub(crate) fn lift(ranking: &[Ranked], wholes: &Wholes, placements: &[Placement], semantic_weight: f32) -> Vec<Ranked> {
    let document: HashMap<Id, Id> = placements.iter().map(|placement| (placement.id, placement.document)).collect();
    let by_word = shares(&wholes.keyword, 0.0, 1.0 - semantic_weight);
    let by_meaning = shares(&wholes.semantic, worst(&wholes.semantic), semantic_weight);
    let lifted = |ranked: &Ranked| {
        let document = document.get(&ranked.chunk)?;
        let share = |shares: &HashMap<Id, f32>| shares.get(document).copied().unwrap_or_default();
        let whole = share(&by_word) + share(&by_meaning);
        Some(Ranked { score: (1.0 - SHARE) * ranked.score + SHARE * whole, ..*ranked })
    };
    let mut lifted: Vec<Ranked> = ranking.iter().filter_map(lifted).collect();
    lifted.sort_unstable();
    lifted
}

fn shares(scores: &[(Id, f32)], low: f32, weight: f32) -> HashMap<Id, f32> {
    scores.iter().zip(normalised(scores, low)).map(|((document, _), part)| (*document, weight * part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::ScoreDetails;
    use proptest::prelude::*;
    use rstest::rstest;

    fn ranked(chunk: Id, score: f32) -> Ranked {
        Ranked { chunk, score, near: 0.0, scores: ScoreDetails::default() }
    }

    /// Chunks 10 and 11 are of document 1, 20 of document 2, and so on.
    fn placements(ranking: &[Ranked]) -> Vec<Placement> {
        let place = |r: &Ranked| Placement { id: r.chunk, document: r.chunk / 10, section: 0, start: 0, end: 1 };
        ranking.iter().map(place).collect()
    }

    #[rstest]
    #[case::no_word_of_the_documents(&[(10, 0.8), (20, 0.6)], &[], &[], 0.5, &[(10, 0.4), (20, 0.3)])]
    #[case::words_of_the_document(&[(10, 0.8), (20, 0.6)], &[(1, 2.0), (2, 4.0)], &[], 0.0, &[(20, 0.8), (10, 0.65)])]
    #[case::meaning_of_the_document(&[(10, 0.8), (20, 0.6)], &[], &[(1, 0.2), (2, 0.5)], 1.0, &[(20, 0.8), (10, 0.4)])]
    #[case::both(
        &[(10, 0.8), (20, 0.6)], &[(1, 2.0), (2, 4.0)], &[(1, 0.5), (2, 0.2)], 0.5, &[(10, 0.775), (20, 0.55)]
    )]
    #[case::chunks_of_one_document_keep_their_order(
        &[(20, 0.9), (10, 0.8), (11, 0.7)], &[(1, 9.0)], &[], 0.0, &[(10, 0.9), (11, 0.85), (20, 0.45)]
    )]
    fn chunks_rise_with_their_document(
        #[case] ranking: &[(Id, f32)],
        #[case] keyword: &[(Id, f32)],
        #[case] semantic: &[(Id, f32)],
        #[case] weight: f32,
        #[case] expected: &[(Id, f32)],
    ) {
        let ranking: Vec<Ranked> = ranking.iter().map(|(chunk, score)| ranked(*chunk, *score)).collect();
        let wholes = Wholes { keyword: keyword.to_vec(), semantic: semantic.to_vec() };
        let round = |score: f32| (score * 1000.0).round() / 1000.0;
        let lifted = lift(&ranking, &wholes, &placements(&ranking), weight);
        let lifted: Vec<(Id, f32)> = lifted.iter().map(|ranked| (ranked.chunk, round(ranked.score))).collect();
        assert_eq!(lifted, expected);
    }

    #[test]
    fn what_has_no_placement_is_left_out() {
        assert_eq!(lift(&[ranked(10, 1.0)], &Wholes::default(), &[], 0.5), []);
    }

    proptest! {
        #[test]
        fn scores_stay_between_0_and_1(
            ranking in proptest::collection::btree_map(10..90_i64, 0.0_f32..=1.0, 0..30),
            keyword in proptest::collection::btree_map(1..9_i64, 0.0_f32..30.0, 0..9),
            semantic in proptest::collection::btree_map(1..9_i64, -1.0_f32..1.0, 0..9),
            weight in 0.0_f32..=1.0,
        ) {
            let ranking: Vec<Ranked> = ranking.into_iter().map(|(chunk, score)| ranked(chunk, score)).collect();
            let wholes =
                Wholes { keyword: keyword.into_iter().collect(), semantic: semantic.into_iter().collect() };
            let lifted = lift(&ranking, &wholes, &placements(&ranking), weight);
            prop_assert_eq!(lifted.len(), ranking.len());
            prop_assert!(lifted.iter().all(|ranked| (0.0..=1.0 + 1e-6).contains(&ranked.score)));
            prop_assert!(lifted.windows(2).all(|pair| pair[0].score >= pair[1].score));
        }
    }
}
