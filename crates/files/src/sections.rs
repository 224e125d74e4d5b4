//! Blocks to sections: each block under the headings above it.

use crate::Section;
use crate::anchors::Anchors;
use crate::blocks::{Block, Heading};
use crate::render::Parts;

/// A heading longer than this many bytes is a paragraph that somebody wrote in large letters.
const MAX_HEADING: usize = 1_000;
/// Bytes that paths may take in one file; beyond them a section names its own heading alone.
const MAX_PATHS: usize = 16 * 1024 * 1024;

/// Sections of blocks whose headings have anchors.
pub(crate) fn anchored(blocks: Vec<Block>) -> Vec<Section> {
    sections(blocks, Some(Anchors::default()))
}

/// Sections of blocks in a format that cannot be opened at a heading.
pub(crate) fn plain(blocks: Vec<Block>) -> Vec<Section> {
    sections(blocks, None)
}

/// The first heading, if it is of the top level.
pub(crate) fn first_heading(blocks: &[Block]) -> Option<String> {
    blocks
        .iter()
        .find_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        })
        .filter(|heading| heading.level == 1 && heading.text.len() <= MAX_HEADING)
        .map(|heading| heading.text.clone())
}

fn sections(blocks: Vec<Block>, anchors: Option<Anchors>) -> Vec<Section> {
    let mut outline = Outline {
        anchors,
        path: Vec::new(),
        paths_left: MAX_PATHS,
        anchor: None,
        parts: Parts::default(),
        sections: Vec::new(),
    };
    for block in blocks {
        outline.push(block);
    }
    outline.end_section();
    outline.sections
}

struct Outline {
    anchors: Option<Anchors>,
    path: Vec<(u8, String)>,
    paths_left: usize,
    anchor: Option<String>,
    parts: Parts,
    sections: Vec<Section>,
}

impl Outline {
    fn push(&mut self, block: Block) {
        match block {
            Block::Heading(heading) if heading.text.is_empty() => {}
            Block::Heading(heading) if heading.text.len() <= MAX_HEADING => self.heading(heading),
            other => self.parts.push(other),
        }
    }

    fn heading(&mut self, heading: Heading) {
        self.end_section();
        self.anchor = self.anchors.as_mut().and_then(|anchors| anchors.next(&heading.text, heading.id));
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
        let heading_path = self.heading_path();
        self.sections.push(Section { heading_path, anchor: self.anchor.take(), parts });
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
