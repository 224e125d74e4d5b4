//! Picks the hits from the ranking: not all of one document, and no passage twice. Pure.

use std::collections::HashMap;

use super::fusion::Ranked;
use crate::store::{Id, Placement};

/// A hit: the chunk that ranks best, and others whose text overlaps with it and is joined to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picked {
    pub ranked: Ranked,
    pub joined: Vec<Id>,
}

/// The first `limit` hits with at most `per_document` of one document. A chunk that overlaps with a better one of its
/// section extends that hit and counts no further. A chunk without a placement may not be shown, and is not.
pub(crate) fn pick(ranking: &[Ranked], placements: &[Placement], limit: usize, per_document: usize) -> Vec<Picked> {
    let placed: HashMap<Id, &Placement> = placements.iter().map(|placement| (placement.id, placement)).collect();
    let mut picked: Vec<(Picked, &Placement)> = Vec::new();
    let mut of_document: HashMap<Id, usize> = HashMap::new();
    for ranked in ranking {
        let Some(&place) = placed.get(&ranked.chunk) else { continue };
        if let Some((hit, _)) = picked.iter_mut().find(|(_, better)| overlap(better, place)) {
            hit.joined.push(ranked.chunk);
            continue;
        }
        let count = of_document.entry(place.document).or_default();
        if picked.len() < limit && *count < per_document {
            *count += 1;
            picked.push((Picked { ranked: *ranked, joined: Vec::new() }, place));
        }
    }
    picked.into_iter().map(|(hit, _)| hit).collect()
}

fn overlap(a: &Placement, b: &Placement) -> bool {
    a.document == b.document && a.section == b.section && a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::ScoreDetails;
    use rstest::rstest;

    fn at(id: Id, document: Id, start: i64, end: i64) -> Placement {
        Placement { id, document, section: 0, start, end }
    }

    #[rstest]
    #[case::in_order(&[at(1, 1, 0, 9), at(2, 2, 0, 9)], 10, 3, "1 2")]
    #[case::limited(&[at(1, 1, 0, 9), at(2, 2, 0, 9)], 1, 3, "1")]
    #[case::one_document_does_not_fill_the_answer(
        &[at(1, 1, 0, 9), at(2, 1, 9, 18), at(3, 1, 18, 27), at(4, 2, 0, 9)], 3, 2, "1 2 4"
    )]
    #[case::overlaps_join(&[at(1, 1, 0, 9), at(2, 1, 6, 18)], 10, 3, "1+2")]
    #[case::touching_is_not_overlapping(&[at(1, 1, 0, 9), at(2, 1, 9, 18)], 10, 3, "1 2")]
    #[case::same_place_in_other_documents(&[at(1, 1, 0, 9), at(2, 2, 0, 9)], 10, 3, "1 2")]
    #[case::without_placement(&[at(2, 2, 0, 9)], 10, 3, "2")]
    fn hits_are_spread(
        #[case] placements: &[Placement],
        #[case] limit: usize,
        #[case] per_document: usize,
        #[case] expected: &str,
    ) {
        let ranked = |chunk| Ranked { chunk, score: 1.0 / chunk as f32, scores: ScoreDetails::default() };
        let ranking: Vec<Ranked> = (1..=4).map(ranked).collect();
        let shown = |hit: &Picked| {
            let chunks: Vec<String> =
                std::iter::once(&hit.ranked.chunk).chain(&hit.joined).map(ToString::to_string).collect();
            chunks.join("+")
        };
        let picked: Vec<String> = pick(&ranking, placements, limit, per_document).iter().map(shown).collect();
        assert_eq!(picked.join(" "), expected);
    }
}
