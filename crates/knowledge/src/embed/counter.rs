//! Where the tokens of a text lie.

use std::{ops::Range, sync::Arc};

use tokenizers::Tokenizer;

use super::hashed::words;
use crate::split::CountTokens;

/// Counts tokens as an embedder does, over the whole text: nothing is cut off or padded.
#[derive(Debug, Clone)]
pub struct TokenCounter(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Pieces(Arc<Tokenizer>),
    Words,
}

impl TokenCounter {
    /// Counts the tokens of a `tokenizer.json`, whatever truncation and padding it asks for.
    pub(super) fn from_json(json: &[u8]) -> Result<Self, tokenizers::Error> {
        let mut tokenizer = Tokenizer::from_bytes(json)?;
        tokenizer.with_truncation(None)?;
        tokenizer.with_padding(None);
        Ok(Self(Kind::Pieces(Arc::new(tokenizer))))
    }

    /// Counts words and punctuation marks; Chinese and Japanese ideographs singly.
    pub fn words() -> Self {
        Self(Kind::Words)
    }
}

impl CountTokens for TokenCounter {
    fn tokens(&self, text: &str) -> Vec<Range<usize>> {
        match &self.0 {
            Kind::Pieces(tokenizer) => tokenizer.encode(text, false).map_or_else(
                |_| text.char_indices().map(|(start, char)| start..start + char.len_utf8()).collect(),
                |encoding| encoding.get_offsets().iter().map(|&(start, end)| start..end).collect(),
            ),
            Kind::Words => words(text).collect(),
        }
    }
}
