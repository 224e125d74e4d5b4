//! Dividing a block into atoms: the pieces that a chunk takes whole.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::count::{CountTokens, Measured, is_ideograph, is_space};
use crate::model::{Block, BlockKind};

/// A piece of a block that is not cut again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// Bytes in the block's text.
    pub(super) range: Range<usize>,
    pub(super) tokens: usize,
    /// A whole sentence of prose.
    pub(super) sentence: bool,
    /// The rest of a word that was cut: side by side with its other half it would have other tokens.
    pub(super) glued: bool,
}

/// Where a text is cut, from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// Before every line that is not indented.
    Items,
    /// The header with the first row below it, then every row.
    Rows(usize),
    Lines,
    Sentences,
    /// After whitespace, ideographs and full-width marks.
    Words,
}

/// Divides one block.
pub(super) struct Divider<'a, C> {
    text: &'a str,
    kind: BlockKind,
    counter: &'a C,
    measured: Measured,
    /// Most tokens of a block that stays whole.
    room: usize,
    /// Most tokens of an atom of a block that does not.
    part_room: usize,
}

impl<'a, C: CountTokens> Divider<'a, C> {
    pub(super) fn new(block: &'a Block, counter: &'a C, room: usize, part_room: usize) -> Self {
        let measured = Measured::new(&block.text, counter);
        Self { text: &block.text, kind: block.kind, counter, measured, room, part_room }
    }

    /// The block's atoms, in order: itself when it fits, nothing when it is blank.
    pub(super) fn atoms(&self) -> Vec<Atom> {
        let mut atoms = Vec::new();
        let whole = 0..self.text.len();
        if self.measured.all() <= self.room {
            self.push(self.trimmed(whole), false, &mut atoms);
        } else {
            self.divide(whole, self.kind.cuts().as_slice(), false, &mut atoms);
        }
        atoms
    }

    fn divide(&self, range: Range<usize>, cuts: &[Cut], sentence: bool, atoms: &mut Vec<Atom>) {
        let range = self.trimmed(range);
        if self.weight(&range) <= self.part_room {
            return self.push(range, sentence, atoms);
        }
        let Some((cut, finer)) = cuts.split_first() else { return self.break_word(range, atoms) };
        let sentences = *cut == Cut::Sentences && self.kind == BlockKind::Prose;
        for part in cut.parts(self.part(&range)) {
            self.divide(range.start + part.start..range.start + part.end, finer, sentences, atoms);
        }
    }

    fn push(&self, range: Range<usize>, sentence: bool, atoms: &mut Vec<Atom>) {
        if !range.is_empty() {
            let tokens = self.weight(&range);
            atoms.push(Atom { range, tokens, sentence, glued: false });
        }
    }

    /// Cuts a monstrous word between characters, into pieces as long as four bytes a token allow.
    fn break_word(&self, range: Range<usize>, atoms: &mut Vec<Atom>) {
        let mut start = range.start;
        while start < range.end {
            let mut end = self.boundary(start, (start + 4 * self.part_room).min(range.end));
            let mut tokens = self.measure(start..end);
            while tokens > self.part_room && self.boundary(start, usize::midpoint(start, end)) < end {
                end = self.boundary(start, usize::midpoint(start, end));
                tokens = self.measure(start..end);
            }
            atoms.push(Atom { range: start..end, tokens, sentence: false, glued: start > range.start });
            start = end;
        }
    }

    /// The last boundary between characters that is not after `end`, but at least one character after `start`.
    fn boundary(&self, start: usize, end: usize) -> usize {
        let first = self.part(&(start..self.text.len())).chars().next().map_or(1, char::len_utf8);
        self.text.floor_char_boundary(end).max(start + first)
    }

    fn weight(&self, range: &Range<usize>) -> usize {
        self.measured.within(range).unwrap_or_else(|| self.measure(range.clone()))
    }

    fn measure(&self, range: Range<usize>) -> usize {
        Measured::new(self.part(&range), self.counter).all()
    }

    fn part(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Without the whitespace around it; code keeps its first line's indentation.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.part(&range).trim_end();
        let end = range.start + text.len();
        let blank = text.len() - text.trim_start().len();
        let start = if self.kind == BlockKind::Code {
            text.get(..blank).and_then(|blank| blank.rfind('\n')).map_or(0, |newline| newline + 1)
        } else {
            blank
        };
        range.start + start..end
    }
}

impl BlockKind {
    fn cuts(self) -> Vec<Cut> {
        match self {
            Self::Prose => vec![Cut::Sentences, Cut::Words],
            Self::List => vec![Cut::Items, Cut::Lines, Cut::Sentences, Cut::Words],
            Self::Code => vec![Cut::Lines, Cut::Words],
            Self::Table { header_rows } => vec![Cut::Rows(header_rows), Cut::Lines, Cut::Words],
        }
    }
}

impl Cut {
    /// Ranges that follow each other and together are the text.
    fn parts(self, text: &str) -> Vec<Range<usize>> {
        match self {
            Self::Items => between(text, items(text)),
            Self::Rows(header) => between(text, lines(text).skip(header)),
            Self::Lines => between(text, lines(text)),
            Self::Sentences => between(text, sentences(text)),
            Self::Words => between(text, words(text)),
        }
    }
}

/// The ranges between ascending cuts.
fn between(text: &str, cuts: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut start = 0;
    let ends = cuts.filter(|cut| *cut > 0 && *cut < text.len()).chain(std::iter::once(text.len()));
    ends.map(|end| std::mem::replace(&mut start, end)..end).collect()
}

/// The start of every line but the first.
fn lines(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('\n').map(|(newline, _)| newline + 1)
}

fn items(text: &str) -> impl Iterator<Item = usize> {
    lines(text).filter(|start| text.get(*start..).is_some_and(|rest| !rest.starts_with(char::is_whitespace)))
}

/// Unicode's sentence boundaries, without those after control characters, which some tokenizers read over.
fn sentences(text: &str) -> impl Iterator<Item = usize> {
    text.split_sentence_bound_indices().map(|(start, _)| start).filter(|start| {
        let last = text.get(..*start).and_then(|before| before.chars().next_back());
        last.is_none_or(|last| !last.is_control() || is_space(last))
    })
}

fn words(text: &str) -> impl Iterator<Item = usize> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, char) = chars.next()?;
            let ends = is_ideograph(char) || is_full_width_mark(char);
            let spaces = is_space(char) && chars.peek().is_none_or(|(_, next)| !is_space(*next));
            if ends || spaces {
                return Some(start + char.len_utf8());
            }
        }
    })
}

fn is_full_width_mark(char: char) -> bool {
    matches!(char, '、' | '。' | '，' | '；' | '：' | '！' | '？' | '」' | '』' | '）')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Cut::Items, "- a\n  more\n- b\n- c", &["- a\n  more\n", "- b\n", "- c"])]
    #[case(Cut::Rows(1), "h\n1\n2\n3", &["h\n1\n", "2\n", "3"])]
    #[case(Cut::Rows(0), "1\n2", &["1\n", "2"])]
    #[case(Cut::Lines, "a\n\nb\n", &["a\n", "\n", "b\n"])]
    #[case(Cut::Sentences, "One. Two? 「三。」四。 v1.2 stays.", &["One. ", "Two? ", "「三。」", "四。 ", "v1.2 stays."])]
    #[case(Cut::Words, "a  bc 更新、d", &["a  ", "bc ", "更", "新", "、", "d"])]
    #[case(Cut::Words, "", &[""])]
    fn cuts_keep_every_byte(#[case] cut: Cut, #[case] text: &str, #[case] expected: &[&str]) {
        let parts: Vec<&str> = cut.parts(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(parts, expected);
        assert_eq!(parts.concat(), text);
    }
}
