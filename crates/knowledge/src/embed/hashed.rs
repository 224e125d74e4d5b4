//! Vectors without a model: a bag of hashed words.

use std::ops::Range;

use crate::split::is_ideograph;

/// Makes the same vector for the same words on every machine; near vectors mean shared words, nothing more.
#[derive(Debug, Clone, Copy)]
pub struct HashedEmbedder;

impl HashedEmbedder {
    pub(super) const ID: &str = "hashed-words@1";
    pub(super) const DIMENSION: usize = 384;
    pub(super) const MAX_TOKENS: usize = 256;

    pub(super) fn embed(text: &str) -> Vec<f32> {
        let mut vector = vec![0.0_f32; Self::DIMENSION];
        for word in words(text).filter_map(|range| text.get(range)).filter(|word| word.contains(char::is_alphanumeric))
        {
            let hash = hash(word);
            let sign = if hash >> 63 == 0 { 1.0 } else { -1.0 };
            if let Some(number) = vector.get_mut((hash % Self::DIMENSION as u64) as usize) {
                *number += sign;
            }
        }
        normalized(vector)
    }
}

/// FNV-1a over the lower-case word: it never changes, which the standard library's hasher does not promise.
fn hash(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in word.chars().flat_map(char::to_lowercase).flat_map(|char| u32::from(char).to_le_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^ (hash >> 32)
}

/// Scales to length 1; a text without words points along the first axis.
fn normalized(mut vector: Vec<f32>) -> Vec<f32> {
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    if length > 0.0 {
        for number in &mut vector {
            *number /= length;
        }
    } else if let Some(first) = vector.first_mut() {
        *first = 1.0;
    }
    vector
}

/// Words, punctuation marks and ideographs of a text, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_inner = |char: char| char.is_alphanumeric() && !is_ideograph(char);
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, char)| !char.is_whitespace())?;
        let mut end = start + first.len_utf8();
        while is_inner(first)
            && let Some((at, char)) = chars.next_if(|&(_, char)| is_inner(char))
        {
            end = at + char.len_utf8();
        }
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", &[])]
    #[case("Rotate the key, now.", &["Rotate", "the", "key", ",", "now", "."])]
    #[case("  a\n\tb2 ", &["a", "b2"])]
    #[case("鍵を更新 v2", &["鍵", "を", "更", "新", "v2"])]
    fn words_are_runs_marks_and_ideographs(#[case] text: &str, #[case] expected: &[&str]) {
        let found: Vec<&str> = words(text).map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn vectors_do_not_change_from_build_to_build() {
        let vector = HashedEmbedder::embed("rotate the key");
        let set: Vec<(usize, f32)> = vector.iter().copied().enumerate().filter(|(_, number)| *number != 0.0).collect();
        insta::assert_compact_debug_snapshot!(set, @"[(60, -0.57735026), (178, 0.57735026), (315, -0.57735026)]");
    }

    #[rstest]
    #[case("rotate the signing key", "The signing KEY: rotate!", 0.99, 1.01)]
    #[case("rotate the signing key", "the cafeteria menu", 0.1, 0.5)]
    #[case("", "...", 0.99, 1.01)]
    fn shared_words_make_near_vectors(#[case] a: &str, #[case] b: &str, #[case] least: f32, #[case] most: f32) {
        let (a, b) = (HashedEmbedder::embed(a), HashedEmbedder::embed(b));
        let cosine: f32 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
        assert!((least..most).contains(&cosine), "{cosine}");
    }
}
