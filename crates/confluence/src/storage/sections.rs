//! Blocks to sections: the text under each heading, with its path and anchor.

use super::anchors::Anchors;
use super::blocks::{Block, Heading};
use super::ledger::Ledger;
use super::render::{Parts, unbox};
use super::words::Words;
use super::{Converted, Options, Section, WordCount};

/// Puts blocks under their headings and closes the books.
pub(crate) fn convert(blocks: Vec<Block>, ledger: Ledger, visible: Words, options: &Options<'_>) -> Converted {
    let mut outline = Outline::new(options);
    for block in blocks {
        outline.push(block);
    }
    let sections = outline.finish();
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

/// A heading longer than this many bytes is a paragraph that somebody wrote in large letters.
const MAX_HEADING: usize = 1_000;
/// Bytes that paths may take on one page; beyond them a section names its own heading alone.
const MAX_PATHS: usize = 16 * 1024 * 1024;

struct Outline<'o> {
    options: &'o Options<'o>,
    anchors: Anchors,
    path: Vec<(u8, String)>,
    paths_left: usize,
    anchor: Option<String>,
    parts: Parts,
    sections: Vec<Section>,
}

impl<'o> Outline<'o> {
    fn new(options: &'o Options<'o>) -> Self {
        let (anchors, parts) = (Anchors::default(), Parts::default());
        Self { options, anchors, path: Vec::new(), paths_left: MAX_PATHS, anchor: None, parts, sections: Vec::new() }
    }

    /// Adds a block; headings inside of boxes count like any other.
    fn push(&mut self, block: Block) {
        match block {
            Block::Heading(heading) if heading.text.len() <= MAX_HEADING => self.heading(heading),
            boxed @ (Block::Panel(_) | Block::Expand { .. } | Block::Quote(_)) => {
                for block in unbox(boxed) {
                    self.push(block);
                }
            }
            other => self.parts.push(other),
        }
    }

    fn heading(&mut self, heading: Heading) {
        self.end_section();
        self.anchor = Some(self.anchors.next(&heading, self.options));
        while self.path.last().is_some_and(|&(level, _)| level >= heading.level) {
            self.path.pop();
        }
        self.path.push((heading.level, heading.text));
    }

    fn end_section(&mut self) {
        let parts = std::mem::take(&mut self.parts).finish();
        if self.path.is_empty() && parts.is_empty() {
            return;
        }
        let level = self.path.last().map_or(0, |&(level, _)| level);
        let heading_path = self.heading_path();
        self.sections.push(Section { heading_path, anchor: self.anchor.take(), level, parts });
    }

    fn heading_path(&mut self) -> Vec<String> {
        let above = self.path.len().saturating_sub(1);
        let cost = self.path.iter().take(above).map(|(_, text)| text.len()).sum();
        let left = self.paths_left.checked_sub(cost);
        self.paths_left = left.unwrap_or(0);
        let skipped = if left.is_some() { 0 } else { above };
        self.path.iter().skip(skipped).map(|(_, text)| text.clone()).collect()
    }

    fn finish(mut self) -> Vec<Section> {
        self.end_section();
        self.sections
    }
}
