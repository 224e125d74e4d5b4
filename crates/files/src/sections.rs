//! Blocks to sections, with the anchors that files have.

use markup::{Block, Section};

use crate::anchors::Anchors;

/// Sections of blocks whose headings have anchors.
pub(crate) fn anchored(blocks: Vec<Block>) -> Vec<Section> {
    let mut anchors = Anchors::default();
    markup::sections(blocks, |heading| anchors.next(&heading.text, heading.name.clone()))
}

/// Sections of blocks in a format that cannot be opened at a heading.
pub(crate) fn plain(blocks: Vec<Block>) -> Vec<Section> {
    markup::sections(blocks, |_| None)
}
