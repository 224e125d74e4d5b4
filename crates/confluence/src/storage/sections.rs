//! Blocks to sections, and the books closed.

use markup::{Block, Section};

use super::anchors::Anchors;
use super::ledger::Ledger;
use super::words::Words;
use super::{Converted, Options, WordCount};

/// Puts blocks under their headings and closes the books.
pub(crate) fn convert(blocks: Vec<Block>, ledger: Ledger, visible: Words, options: &Options<'_>) -> Converted {
    let mut anchors = Anchors::default();
    let sections = markup::sections(blocks, |heading| Some(anchors.next(heading, options)));
    let written = words_of(&sections);
    let count = written.count();
    let (visible, kept) = visible.among(written);
    let (losses, edges) = ledger.into_parts();
    Converted { sections, losses, edges, words: WordCount { visible, kept, written: count } }
}

fn words_of(sections: &[Section]) -> Words {
    let mut words = Words::default();
    for section in sections {
        let texts = section.heading_path.last().into_iter().chain(section.parts.iter().map(|part| &part.text));
        texts.for_each(|text| words.push_apart(text));
    }
    words
}
