//! How documents match by word: each as a whole, all its chunks taken as one text, and its chunks beside each other. Nothing
//! is indexed for it; the postings of the chunks are read again, for the few documents that are asked about.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::keyword::{Opened, rarity};
use crate::store::Id;

/// How fast further occurrences of a term count less; as for chunks.
const SATURATION: f32 = 1.2;
/// How much a longer text needs more occurrences; as for chunks.
const LENGTH: f32 = 0.75;

/// How well documents and their chunks match by word. What has no word of the query is left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct WordMatches {
    /// BM25 of documents, each with all its chunks taken as one text.
    pub documents: Vec<(Id, f32)>,
    /// BM25 of their chunks, beside the others of the same document: a word counts by how rare it is and by how few of these
    /// chunks have it, so that what stands in all of them, as the title does, tells nothing. Comparable within a document only.
    pub chunks: Vec<(Id, f32)>,
}

/// The query's words in a text.
#[derive(Debug, Clone, Default, PartialEq)]
struct Words {
    /// How many words the text has.
    length: u32,
    /// How often each term of the query stands in it.
    counts: Vec<u32>,
}

/// A chunk of one of the documents.
struct Row {
    chunk: Id,
    /// The place of its document in the list that is asked about.
    place: usize,
    words: Words,
}

impl Opened {
    /// How well these documents and their chunks match.
    pub(super) fn matches(&self, terms: &[String], documents: &[Id]) -> tantivy::Result<WordMatches> {
        let searcher = self.reader.searcher();
        let terms: Vec<Term> = terms.iter().map(|term| Term::from_field_text(self.text_field(), term)).collect();
        let mut rows = Vec::new();
        for segment in searcher.segment_readers() {
            rows.extend(self.rows(segment, &terms, documents)?);
        }
        let rarity = |term| Ok(rarity(searcher.doc_freq(term)?, searcher.num_docs()));
        let rarities = terms.iter().map(rarity).collect::<tantivy::Result<Vec<f32>>>()?;
        rows.sort_unstable_by_key(|row| (row.place, row.chunk));
        Ok(weigh(&rows, documents, &rarities))
    }

    /// A segment's chunks of these documents.
    fn rows(&self, segment: &SegmentReader, terms: &[Term], documents: &[Id]) -> tantivy::Result<Vec<Row>> {
        let places = self.places(segment, documents)?;
        let (norms, chunks) = (segment.get_fieldnorms_reader(self.text_field())?, segment.fast_fields().u64("chunk")?);
        let row = |(at, place): &(DocId, usize)| {
            let words = Words { length: norms.fieldnorm(*at), counts: vec![0; terms.len()] };
            let chunk = chunks.first(*at).and_then(|chunk| Id::try_from(chunk).ok()).unwrap_or_default();
            Row { chunk, place: *place, words }
        };
        let mut rows: Vec<Row> = places.iter().map(row).collect();
        for (number, term) in terms.iter().enumerate() {
            for (row, count) in rows.iter_mut().zip(counts(segment, term, &places)?) {
                if let Some(there) = row.words.counts.get_mut(number) {
                    *there = count;
                }
            }
        }
        Ok(rows)
    }

    /// Where a segment has chunks of these documents, in ascending order, each with the place of its document in the list.
    fn places(&self, segment: &SegmentReader, documents: &[Id]) -> tantivy::Result<Vec<(DocId, usize)>> {
        let index = segment.inverted_index(self.document_field())?;
        let mut places = Vec::new();
        for (place, document) in documents.iter().enumerate() {
            let term = self.document_term(*document);
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    places.push((postings.doc(), place));
                }
                postings.advance();
            }
        }
        places.sort_unstable();
        Ok(places)
    }
}

/// How often a term stands at each of these places, which ascend.
fn counts(segment: &SegmentReader, term: &Term, places: &[(DocId, usize)]) -> tantivy::Result<Vec<u32>> {
    let mut counts = vec![0; places.len()];
    let index = segment.inverted_index(term.field())?;
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? else { return Ok(counts) };
    for ((wanted, _), count) in places.iter().zip(&mut counts) {
        let at = if postings.doc() < *wanted { postings.seek(*wanted) } else { postings.doc() };
        if at == TERMINATED {
            break;
        }
        if at == *wanted {
            *count = postings.term_freq();
        }
    }
    Ok(counts)
}

/// Scores documents as wholes, and the rows of each beside each other. `rows` are in order of their documents.
fn weigh(rows: &[Row], documents: &[Id], rarities: &[f32]) -> WordMatches {
    let mut wholes = vec![Words { length: 0, counts: vec![0; rarities.len()] }; documents.len()];
    let mut chunks = Vec::new();
    for of_document in rows.chunk_by(|a, b| a.place == b.place) {
        let texts: Vec<Words> = of_document.iter().map(|row| row.words.clone()).collect();
        if let Some(whole) = of_document.first().and_then(|row| wholes.get_mut(row.place)) {
            for text in &texts {
                add(whole, text);
            }
        }
        let telling = telling(&texts, rarities);
        chunks.extend(of_document.iter().map(|row| row.chunk).zip(scores(&texts, &telling)));
    }
    let matching = |scored: &(Id, f32)| scored.1 > 0.0;
    chunks.retain(matching);
    let documents = documents.iter().copied().zip(scores(&wholes, rarities)).filter(matching).collect();
    WordMatches { documents, chunks }
}

fn add(whole: &mut Words, part: &Words) {
    whole.length += part.length;
    for (sum, count) in whole.counts.iter_mut().zip(&part.counts) {
        *sum += count;
    }
}

/// How much each term tells these texts apart: by how rare it is, and not at all where every text has it.
fn telling(texts: &[Words], rarities: &[f32]) -> Vec<f32> {
    let tells = |(term, rarity): (usize, &f32)| {
        let having = texts.iter().filter(|text| text.counts.get(term).is_some_and(|count| *count > 0)).count();
        if having == 0 { 0.0 } else { rarity * (texts.len() as f32 / having as f32).ln() }
    };
    rarities.iter().enumerate().map(tells).collect()
}

/// BM25 of these texts, by what each term weighs.
fn scores(texts: &[Words], weights: &[f32]) -> Vec<f32> {
    let all: f32 = texts.iter().map(|text| text.length as f32).sum();
    let mean = (all / texts.len().max(1) as f32).max(1.0);
    let score = |text: &Words| {
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * text.length as f32 / mean);
        let part = |(count, weight): (&u32, &f32)| weight * *count as f32 / (*count as f32 + norm);
        text.counts.iter().zip(weights).map(part).sum()
    };
    texts.iter().map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn words((length, counts): &(u32, Vec<u32>)) -> Words {
        Words { length: *length, counts: counts.clone() }
    }

    fn rounded(scores: &[f32]) -> Vec<f32> {
        scores.iter().map(|score| (score * 100.0).round() / 100.0).collect()
    }

    #[rstest]
    #[case::the_term_tells(&[(10, vec![1]), (10, vec![0])], &[2.0], &[0.91, 0.0])]
    #[case::two_terms_beat_one_twice(&[(10, vec![1, 1]), (10, vec![2, 0])], &[1.0, 1.0], &[0.91, 0.63])]
    #[case::rare_terms_tell_more(&[(10, vec![1, 0]), (10, vec![0, 1])], &[1.0, 3.0], &[0.45, 1.36])]
    #[case::a_longer_text_needs_more(&[(10, vec![1]), (30, vec![1])], &[1.0], &[0.57, 0.38])]
    #[case::no_terms(&[(10, vec![])], &[], &[0.0])]
    fn texts_are_scored(#[case] texts: &[(u32, Vec<u32>)], #[case] weights: &[f32], #[case] expected: &[f32]) {
        let texts: Vec<Words> = texts.iter().map(words).collect();
        assert_eq!(rounded(&scores(&texts, weights)), expected);
    }

    #[rstest]
    #[case::a_word_of_one_section(&[vec![1], vec![0], vec![0]], &[2.0], &[2.2])]
    #[case::a_word_of_most_sections(&[vec![1], vec![3], vec![0]], &[2.0], &[0.81])]
    #[case::a_word_of_the_title(&[vec![1], vec![1], vec![1]], &[2.0], &[0.0])]
    #[case::a_word_of_no_section(&[vec![0], vec![0], vec![0]], &[2.0], &[0.0])]
    #[case::the_only_section(&[vec![1, 2]], &[2.0, 1.0], &[0.0, 0.0])]
    fn words_tell_sections_apart(#[case] counts: &[Vec<u32>], #[case] rarities: &[f32], #[case] expected: &[f32]) {
        let texts: Vec<Words> = counts.iter().map(|counts| words(&(10, counts.clone()))).collect();
        assert_eq!(rounded(&telling(&texts, rarities)), expected);
    }

    #[test]
    fn documents_and_their_chunks_are_weighed_apart() {
        let row =
            |(chunk, place, counts): (Id, usize, [u32; 2])| Row { chunk, place, words: words(&(10, counts.to_vec())) };
        let rows = [(1, 0, [1, 0]), (2, 0, [1, 1]), (3, 1, [0, 1]), (4, 1, [0, 0])].map(row);
        let found = weigh(&rows, &[7, 8, 9], &[1.0, 1.0]);
        assert_eq!(found.documents.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [7, 8], "9 has no word");
        assert!(found.documents[0].1 > found.documents[1].1, "7 has both words");
        let round = |(id, score): &(Id, f32)| (*id, (score * 100.0).round() / 100.0);
        assert_eq!(found.chunks.iter().map(round).collect::<Vec<_>>(), [(2, 0.32), (3, 0.32)]);
    }

    proptest! {
        #[test]
        fn a_further_occurrence_never_counts_less(
            lengths in proptest::collection::vec(1_u32..500, 3),
            counts in proptest::collection::vec(0_u32..20, 3),
            weight in 0.1_f32..9.0,
        ) {
            let mut texts: Vec<Words> = lengths.iter().zip(&counts).map(|(l, c)| words(&(*l, vec![*c]))).collect();
            let before = scores(&texts, &[weight]);
            texts[0].counts[0] += 1;
            let after = scores(&texts, &[weight]);
            prop_assert!(after[0] > before[0]);
            prop_assert!(before.iter().all(|score| (0.0..=weight).contains(score)));
        }

        #[test]
        fn a_word_tells_less_the_more_sections_have_it(sections in 2_usize..30, having in 1_usize..30) {
            let having = having.min(sections - 1);
            let tells = |having: usize| {
                let texts: Vec<Words> =
                    (0..sections).map(|at| words(&(5, vec![u32::from(at < having)]))).collect();
                telling(&texts, &[1.0])[0]
            };
            prop_assert!(tells(having) > tells(having + 1) && tells(having + 1) >= 0.0);
        }
    }
}
