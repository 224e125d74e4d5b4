//! What the splitter must know about tokens.

use std::ops::Range;

/// Longer than any word piece: such a token is a whole unknown word, and weighs by its length.
const LONGEST_PIECE: usize = 64;
/// Bytes of an unknown word that weigh as much as a token.
const BYTES_PER_TOKEN: usize = 4;

/// Finds the tokens of a text. None lies in whitespace or spans it, and every ideograph and punctuation mark has its own.
pub trait CountTokens {
    /// Byte ranges of the tokens, in the order of the text; nothing is cut off, no special tokens are added.
    fn tokens(&self, text: &str) -> Vec<Range<usize>>;
}

/// Whether a character is a Chinese, Japanese or Korean ideograph: a token of its own to the tokenizers of BERT.
pub fn is_ideograph(char: char) -> bool {
    matches!(u32::from(char),
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2A6DF | 0x2A700..=0x2CEAF | 0x2F800..=0x2FA1F)
}

/// Whether a character separates words for a tokenizer. Other control characters than these three are read over, even
/// where Unicode calls them whitespace.
pub(super) fn is_space(char: char) -> bool {
    char.is_whitespace() && (!char.is_control() || matches!(char, '\n' | '\r' | '\t'))
}

/// A text whose tokens were found once, so that each of its parts can be sized without finding them again.
pub(super) struct Measured {
    tokens: Vec<Weighed>,
    all: usize,
}

/// A token in its text.
struct Weighed {
    range: Range<usize>,
    /// Weight of all tokens before it.
    before: usize,
}

impl Measured {
    pub(super) fn new(text: &str, counter: &impl CountTokens) -> Self {
        let mut ranges = counter.tokens(text);
        ranges.sort_by_key(|range| range.start);
        let mut all = 0;
        let weigh = |range: Range<usize>| {
            let before = all;
            all += weight(range.len());
            Weighed { range, before }
        };
        let tokens = ranges.into_iter().map(weigh).collect();
        Self { tokens, all }
    }

    /// Weight of the whole text, in tokens.
    pub(super) fn all(&self) -> usize {
        self.all
    }

    /// Weight of the tokens in `range`; none when the range cuts a token in two, since the pieces of a cut word can be
    /// more tokens than the word was.
    pub(super) fn within(&self, range: &Range<usize>) -> Option<usize> {
        let cut = !range.is_empty() && (self.is_cut(range.start) || self.is_cut(range.end));
        (!cut).then(|| self.before(range.end) - self.before(range.start))
    }

    fn is_cut(&self, offset: usize) -> bool {
        let next = self.tokens.partition_point(|token| token.range.start < offset);
        let last = next.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.is_some_and(|token| token.range.end > offset)
    }

    fn before(&self, offset: usize) -> usize {
        let index = self.tokens.partition_point(|token| token.range.start < offset);
        self.tokens.get(index).map_or(self.all, |token| token.before)
    }
}

/// Tokenizers make one "unknown" token of a word of any length; without a weight a chunk of them had no bound.
pub(super) fn weight(bytes: usize) -> usize {
    if bytes > LONGEST_PIECE { bytes / BYTES_PER_TOKEN } else { 1 }
}
