//! Picks the hits from the ranking: the first places go to different documents, and no passage comes twice. Pure.

use std::collections::HashMap;

use super::fusion::Ranked;
use crate::store::{Id, Placement};

/// A hit: the chunk that ranks best, and others whose text overlaps with it and is joined to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picked {
    pub ranked: Ranked,
    pub joined: Vec<Id>,
}

/// The first `limit` hits, best first, with at most `per_document` of one document. A chunk that overlaps with a better one
/// of its section extends that hit and counts no further. Each further hit of a document counts `further` of the one before.
/// A chunk without a placement may not be shown, and is not.
pub(crate) fn pick(
    ranking: &[Ranked],
    placements: &[Placement],
    limit: usize,
    per_document: usize,
    further: f32,
) -> Vec<Picked> {
    let further = further.clamp(0.0, 1.0);
    let placed: HashMap<Id, &Placement> = placements.iter().map(|placement| (placement.id, placement)).collect();
    let mut of_document: HashMap<Id, Vec<(Picked, &Placement)>> = HashMap::new();
    for ranked in ranking {
        let Some(&place) = placed.get(&ranked.chunk) else { continue };
        let hits = of_document.entry(place.document).or_default();
        if let Some((hit, _)) = hits.iter_mut().find(|(_, better)| overlap(better, place)) {
            hit.joined.push(ranked.chunk);
        } else if hits.len() < per_document {
            let score = ranked.score * further.powi(i32::try_from(hits.len()).unwrap_or(i32::MAX));
            hits.push((Picked { ranked: Ranked { score, ..*ranked }, joined: Vec::new() }, place));
        }
    }
    let mut picked: Vec<Picked> = of_document.into_values().flatten().map(|(hit, _)| hit).collect();
    picked.sort_unstable_by_key(|hit| hit.ranked);
    picked.truncate(limit);
    picked
}

fn overlap(a: &Placement, b: &Placement) -> bool {
    a.section == b.section && a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::ScoreDetails;
    use proptest::prelude::*;
    use rstest::rstest;

    fn at(id: Id, document: Id, start: i64, end: i64) -> Placement {
        Placement { id, document, section: 0, start, end }
    }

    fn ranked(chunk: Id, score: f32) -> Ranked {
        Ranked { chunk, score, near: 0.0, scores: ScoreDetails::default() }
    }

    fn shown(picked: &[Picked]) -> String {
        let shown = |hit: &Picked| {
            let chunks: Vec<String> =
                std::iter::once(&hit.ranked.chunk).chain(&hit.joined).map(ToString::to_string).collect();
            chunks.join("+")
        };
        picked.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[rstest]
    #[case::in_order(&[at(1, 1, 0, 9), at(2, 2, 0, 9)], 10, 3, "1 2")]
    #[case::limited(&[at(1, 1, 0, 9), at(2, 2, 0, 9)], 1, 3, "1")]
    #[case::one_document_does_not_fill_the_answer(
        &[at(1, 1, 0, 9), at(2, 1, 9, 18), at(3, 1, 18, 27), at(4, 2, 0, 9)], 3, 2, "1 2 4"
    )]
    #[case::overlaps_join(&[at(1, 1, 0, 9), at(2, 1, 6, 18)], 10, 3, "1+2")]
    #[case::overlaps_join_beyond_the_limit(&[at(1, 1, 0, 9), at(2, 2, 0, 9), at(3, 1, 6, 18)], 1, 1, "1+3")]
    #[case::touching_is_not_overlapping(&[at(1, 1, 0, 9), at(2, 1, 9, 18)], 10, 3, "1 2")]
    #[case::same_place_in_other_documents(&[at(1, 1, 0, 9), at(2, 2, 0, 9)], 10, 3, "1 2")]
    #[case::without_placement(&[at(2, 2, 0, 9)], 10, 3, "2")]
    fn hits_are_spread(
        #[case] placements: &[Placement],
        #[case] limit: usize,
        #[case] per_document: usize,
        #[case] expected: &str,
    ) {
        let ranking: Vec<Ranked> = (1..=4).map(|chunk| ranked(chunk, 1.0 / chunk as f32)).collect();
        assert_eq!(shown(&pick(&ranking, placements, limit, per_document, 0.9)), expected);
    }

    #[rstest]
    #[case::others_nearly_as_good_come_first([1.0, 0.9, 0.88, 0.85], 0.9, "1 3 4 2")]
    #[case::a_clearly_better_second_stays([1.0, 0.98, 0.85, 0.8], 0.9, "1 2 3 4")]
    #[case::unless_it_counts_in_full([1.0, 0.9, 0.88, 0.85], 1.0, "1 2 3 4")]
    fn a_further_hit_of_a_document_counts_less(#[case] scores: [f32; 4], #[case] further: f32, #[case] expected: &str) {
        let placements = [at(1, 1, 0, 9), at(2, 1, 20, 29), at(3, 2, 0, 9), at(4, 3, 0, 9)];
        let ranking: Vec<Ranked> = (1..).zip(scores).map(|(chunk, score)| ranked(chunk, score)).collect();
        assert_eq!(shown(&pick(&ranking, &placements, 10, 3, further)), expected);
    }

    proptest! {
        #[test]
        fn hits_are_ordered_and_bounded(
            chunks in proptest::collection::vec((1..6_i64, 0..40_i64, 1..20_i64, 0.0_f32..1.0), 0..40),
            limit in 0_usize..12,
            per_document in 1_usize..4,
            further in 0.0_f32..=1.0,
        ) {
            let placements: Vec<Placement> =
                (1..).zip(&chunks).map(|(id, (document, start, length, _))| at(id, *document, *start, start + length)).collect();
            let mut ranking: Vec<Ranked> = (1..).zip(&chunks).map(|(id, chunk)| ranked(id, chunk.3)).collect();
            ranking.sort_unstable();
            let picked = pick(&ranking, &placements, limit, per_document, further);
            prop_assert!(picked.len() <= limit);
            prop_assert!(picked.windows(2).all(|pair| pair[0].ranked.score >= pair[1].ranked.score));
            for document in 1..6 {
                let of = |hit: &&Picked| placements.iter().any(|p| p.id == hit.ranked.chunk && p.document == document);
                prop_assert!(picked.iter().filter(of).count() <= per_document);
            }
            if limit > 0 && let Some(best) = ranking.first() {
                prop_assert_eq!(picked.first().map(|hit| hit.ranked.chunk), Some(best.chunk), "the best stays first");
            }
        }
    }
}
