//! Where the tokens of a text lie.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use tokenizers::Tokenizer;

use super::hashed::words;
use crate::split::CountTokens;

/// Longer pieces between spaces are rare, and not remembered.
const LONGEST_KNOWN: usize = 48;
/// So many pieces are remembered: a few megabytes, and nearly all of what a wiki repeats.
const MOST_KNOWN: usize = 20_000;

/// Counts tokens as an embedder does, over the whole text: nothing is cut off or padded.
#[derive(Debug, Clone)]
pub struct TokenCounter(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Pieces(Arc<Pieces>),
    Words,
}

impl TokenCounter {
    /// Counts the tokens of a `tokenizer.json`, whatever truncation and padding it asks for.
    pub(super) fn from_json(json: &[u8]) -> Result<Self, tokenizers::Error> {
        let mut tokenizer = Tokenizer::from_bytes(json)?;
        tokenizer.with_truncation(None)?;
        tokenizer.with_padding(None);
        Ok(Self(Kind::Pieces(Arc::new(Pieces { tokenizer, known: Mutex::default() }))))
    }

    /// Counts words and punctuation marks; Chinese and Japanese ideographs singly.
    pub fn words() -> Self {
        Self(Kind::Words)
    }
}

impl CountTokens for TokenCounter {
    fn tokens(&self, text: &str) -> Vec<Range<usize>> {
        match &self.0 {
            Kind::Pieces(pieces) => pieces.tokens(text),
            Kind::Words => words(text).collect(),
        }
    }
}

/// Word pieces. No token spans a space, so a text is looked at between its spaces, and most of it was met before.
#[derive(Debug)]
struct Pieces {
    tokenizer: Tokenizer,
    known: Mutex<HashMap<Box<str>, Tokens>>,
}

/// Byte ranges of a piece's tokens.
type Tokens = Box<[Range<usize>]>;

impl Pieces {
    fn tokens(&self, text: &str) -> Vec<Range<usize>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tokens = Vec::with_capacity(text.len() / 4);
        let mut start = 0;
        for piece in text.split([' ', '\n']) {
            let place = |range: &Range<usize>| start + range.start..start + range.end;
            if let Some(found) = known.get(piece) {
                tokens.extend(found.iter().map(place));
            } else if !piece.is_empty() {
                let found = self.find(piece);
                tokens.extend(found.iter().map(place));
                if piece.len() <= LONGEST_KNOWN {
                    if known.len() >= MOST_KNOWN {
                        known.clear();
                    }
                    known.insert(piece.into(), found.into());
                }
            }
            start += piece.len() + 1;
        }
        tokens
    }

    fn find(&self, text: &str) -> Vec<Range<usize>> {
        self.tokenizer.encode(text, false).map_or_else(
            |_| text.char_indices().map(|(start, char)| start..start + char.len_utf8()).collect(),
            |encoding| encoding.get_offsets().iter().map(|&(start, end)| start..end).collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_text_has_the_tokens_of_its_pieces(text in "(\\PC{0,12}|[a-zà-ÿ]{1,14}|[ \n\t\u{300}\u{200b}\u{a0}.,'-]{1,3}| [証明書]{1,3}){0,40}") {
            let Some(TokenCounter(Kind::Pieces(pieces))) = crate::embed::tests::installed_counter() else { return Ok(()) };
            prop_assert_eq!(pieces.tokens(&text), pieces.find(&text));
            prop_assert_eq!(pieces.tokens(&text), pieces.find(&text), "from memory");
        }
    }
}
