//! Blocks to sections: the text under each heading, with its path and anchor.

use super::anchors::Anchors;
use super::blocks::{Block, Heading};
use super::ledger::Ledger;
use super::render::{Parts, unbox};
use super::{Converted, Options, Section, WordCount, words};

/// Puts blocks under their headings and closes the books.
pub(crate) fn convert(blocks: Vec<Block>, ledger: Ledger, visible: usize, options: &Options<'_>) -> Converted {
    let mut outline = Outline::new(options);
    blocks.into_iter().for_each(|block| outline.push(block));
    let sections = outline.finish();
    let kept = sections.iter().map(words_of).sum();
    let (losses, edges) = ledger.into_parts();
    Converted { sections, losses, edges, words: WordCount { visible, kept } }
}

fn words_of(section: &Section) -> usize {
    let heading = section.heading_path.last().map_or(0, |heading| words::count(heading));
    heading + section.parts.iter().map(|part| words::count(&part.text)).sum::<usize>()
}

struct Outline<'o> {
    options: &'o Options<'o>,
    anchors: Anchors,
    path: Vec<(u8, String)>,
    anchor: Option<String>,
    parts: Parts,
    sections: Vec<Section>,
}

impl<'o> Outline<'o> {
    fn new(options: &'o Options<'o>) -> Self {
        let (anchors, parts) = (Anchors::default(), Parts::default());
        Self { options, anchors, path: Vec::new(), anchor: None, parts, sections: Vec::new() }
    }

    /// Adds a block; headings inside of boxes count like any other.
    fn push(&mut self, block: Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            boxed @ (Block::Panel(_) | Block::Expand { .. } | Block::Quote(_)) => {
                unbox(boxed).into_iter().for_each(|block| self.push(block));
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
        let heading_path = self.path.iter().map(|(_, text)| text.clone()).collect();
        self.sections.push(Section { heading_path, anchor: self.anchor.take(), level, parts });
    }

    fn finish(mut self) -> Vec<Section> {
        self.end_section();
        self.sections
    }
}
