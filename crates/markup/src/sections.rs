//! Blocks to sections: each block under the headings above it.

use crate::render::{Parts, unbox};
use crate::{Block, Heading, Section};

/// A heading longer than this many bytes is a paragraph that somebody wrote in large letters.
const MAX_HEADING: usize = 1_000;
/// Bytes that paths may take in one document; beyond them a section names its own heading alone.
const MAX_PATHS: usize = 16 * 1024 * 1024;

/// Puts blocks under their headings; `anchor` is asked for each heading in turn. Headings inside of boxes count like any
/// other, those in lists and cells are text.
pub fn sections(blocks: Vec<Block>, anchor: impl FnMut(&Heading) -> Option<String>) -> Vec<Section> {
    let parts = Parts::default();
    let mut outline =
        Outline { anchors: anchor, path: Vec::new(), paths_left: MAX_PATHS, anchor: None, parts, sections: Vec::new() };
    for block in blocks {
        outline.push(block);
    }
    outline.end_section();
    outline.sections
}

/// The first heading, if it is of the top level.
pub fn first_heading(blocks: &[Block]) -> Option<String> {
    blocks
        .iter()
        .find_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        })
        .filter(|heading| heading.level == 1 && heading.text.len() <= MAX_HEADING)
        .map(|heading| heading.text.clone())
}

struct Outline<A> {
    anchors: A,
    path: Vec<(u8, String)>,
    paths_left: usize,
    anchor: Option<String>,
    parts: Parts,
    sections: Vec<Section>,
}

impl<A: FnMut(&Heading) -> Option<String>> Outline<A> {
    fn push(&mut self, block: Block) {
        match block {
            Block::Heading(heading) if heading.text.is_empty() => {}
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
        self.anchor = (self.anchors)(&heading);
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
}
