//! BM25 of whole documents: all chunks of a document taken as one text. Nothing is indexed for it; the postings of the
//! chunks are added up, for the few documents that are asked about.

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::keyword::{Opened, rarity};
use crate::store::Id;

/// How fast further occurrences of a term count less; as for chunks.
const SATURATION: f32 = 1.2;
/// How much a longer text needs more occurrences; as for chunks.
const LENGTH: f32 = 0.75;

impl Opened {
    /// The scores of these documents; those that have no word of the query are left out.
    pub(super) fn wholes(&self, terms: &[String], documents: &[Id]) -> tantivy::Result<Vec<(Id, f32)>> {
        let searcher = self.reader.searcher();
        let text = self.text_field();
        let mut lengths = vec![0; documents.len()];
        let mut counts = vec![vec![0; documents.len()]; terms.len()];
        for segment in searcher.segment_readers() {
            let rows = self.rows_of(segment, documents)?;
            add_lengths(segment, text, &rows, &mut lengths)?;
            for (term, counts) in terms.iter().zip(&mut counts) {
                add_counts(segment, &Term::from_field_text(text, term), &rows, counts)?;
            }
        }
        let rarity =
            |term: &String| Ok(rarity(searcher.doc_freq(&Term::from_field_text(text, term))?, searcher.num_docs()));
        let rarities = terms.iter().map(rarity).collect::<tantivy::Result<Vec<f32>>>()?;
        let scores = scores(&lengths, &counts, &rarities);
        Ok(documents.iter().copied().zip(scores).filter(|(_, score)| *score > 0.0).collect())
    }

    /// A segment's rows of these documents in ascending order, each with the place of its document in the list.
    fn rows_of(&self, segment: &SegmentReader, documents: &[Id]) -> tantivy::Result<Vec<(DocId, usize)>> {
        let index = segment.inverted_index(self.document_field())?;
        let mut rows = Vec::new();
        for (place, document) in documents.iter().enumerate() {
            let term = self.document_term(*document);
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    rows.push((postings.doc(), place));
                }
                postings.advance();
            }
        }
        rows.sort_unstable();
        Ok(rows)
    }
}

fn add_lengths(
    segment: &SegmentReader,
    text: Field,
    rows: &[(DocId, usize)],
    lengths: &mut [u32],
) -> tantivy::Result<()> {
    let norms = segment.get_fieldnorms_reader(text)?;
    for (row, place) in rows {
        if let Some(length) = lengths.get_mut(*place) {
            *length += norms.fieldnorm(*row);
        }
    }
    Ok(())
}

fn add_counts(
    segment: &SegmentReader,
    term: &Term,
    rows: &[(DocId, usize)],
    counts: &mut [u32],
) -> tantivy::Result<()> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? else { return Ok(()) };
    for (row, place) in rows {
        let at = if postings.doc() < *row { postings.seek(*row) } else { postings.doc() };
        if at == TERMINATED {
            break;
        }
        if let Some(count) = counts.get_mut(*place).filter(|_| at == *row) {
            *count += postings.term_freq();
        }
    }
    Ok(())
}

/// BM25 of texts with these lengths. `counts` holds for each term how often each text has it.
fn scores(lengths: &[u32], counts: &[Vec<u32>], rarities: &[f32]) -> Vec<f32> {
    let all: f32 = lengths.iter().map(|length| *length as f32).sum();
    let mean = (all / lengths.len().max(1) as f32).max(1.0);
    let score = |(place, length): (usize, &u32)| {
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * *length as f32 / mean);
        let part = |(counts, rarity): (&Vec<u32>, &f32)| {
            let count = counts.get(place).copied().unwrap_or_default() as f32;
            rarity * count / (count + norm)
        };
        counts.iter().zip(rarities).map(part).sum()
    };
    lengths.iter().enumerate().map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::the_term_tells(&[10, 10], vec![vec![1, 0]], &[2.0], &[0.91, 0.0])]
    #[case::two_terms_beat_one_twice(&[10, 10], vec![vec![1, 2], vec![1, 0]], &[1.0, 1.0], &[0.91, 0.63])]
    #[case::rare_terms_tell_more(&[10, 10], vec![vec![1, 0], vec![0, 1]], &[1.0, 3.0], &[0.45, 1.36])]
    #[case::a_longer_text_needs_more(&[10, 30], vec![vec![1, 1]], &[1.0], &[0.57, 0.38])]
    #[case::no_terms(&[10], vec![], &[], &[0.0])]
    fn whole_texts_are_scored(
        #[case] lengths: &[u32],
        #[case] counts: Vec<Vec<u32>>,
        #[case] rarities: &[f32],
        #[case] expected: &[f32],
    ) {
        let scores = scores(lengths, &counts, rarities);
        let rounded: Vec<f32> = scores.iter().map(|score| (score * 100.0).round() / 100.0).collect();
        assert_eq!(rounded, expected);
    }

    proptest! {
        #[test]
        fn a_further_occurrence_never_counts_less(
            lengths in proptest::collection::vec(1_u32..500, 3),
            counts in proptest::collection::vec(0_u32..20, 3),
            rarity in 0.1_f32..9.0,
        ) {
            let before = scores(&lengths, std::slice::from_ref(&counts), &[rarity]);
            let more = vec![counts[0] + 1, counts[1], counts[2]];
            let after = scores(&lengths, &[more], &[rarity]);
            prop_assert!(after[0] > before[0]);
            prop_assert!(before.iter().all(|score| (0.0..=rarity).contains(score)));
        }
    }
}
