//! Blocks in the making, while elements are read.

use markup::{Block, Item, Line};

/// Blocks in the making, and the line that is not yet one.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    blocks: Vec<Block>,
    line: Line,
    anchor: Option<Line>,
    muted: usize,
}

impl Flow {
    /// A flow that also keeps the text that a heading's anchor is made from.
    pub(crate) fn for_heading() -> Self {
        Self { anchor: Some(Line::default()), ..Self::default() }
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.line.push(text);
        if let Some(anchor) = self.anchor.as_mut().filter(|_| self.muted == 0) {
            anchor.push(text);
        }
    }

    /// Text that stands by itself, as a lozenge or a date does: no letter beside it becomes part of it.
    pub(crate) fn word(&mut self, text: &str) {
        self.line.word(text);
        if let Some(anchor) = self.anchor.as_mut().filter(|_| self.muted == 0) {
            anchor.push(text);
        }
    }

    /// From here to [`Self::end_extension`] a heading's anchor holds Confluence's word for an inline macro, whatever the
    /// macro shows.
    pub(crate) fn begin_extension(&mut self) {
        if let Some(anchor) = self.anchor.as_mut().filter(|_| self.muted == 0) {
            anchor.push("[inlineExtension]");
        }
        self.muted += 1;
    }

    pub(crate) fn end_extension(&mut self) {
        self.muted = self.muted.saturating_sub(1);
    }

    pub(crate) fn break_line(&mut self) {
        self.line.break_line();
        if let Some(anchor) = &mut self.anchor {
            anchor.push(" ");
        }
    }

    /// Whether a line has begun.
    pub(crate) fn in_line(&self) -> bool {
        !self.line.is_empty()
    }

    /// Ends the line: what follows belongs to another paragraph.
    pub(crate) fn end_line(&mut self) {
        let text = self.line.take();
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text));
        }
    }

    pub(crate) fn push(&mut self, block: Block) {
        self.end_line();
        self.blocks.push(block);
    }

    /// Adds a list of those items that have content.
    pub(crate) fn push_list(&mut self, mut items: Vec<Item>) {
        items.retain(|item| !item.blocks.is_empty());
        if !items.is_empty() {
            self.push(Block::List(items));
        }
    }

    pub(crate) fn finish(mut self) -> Vec<Block> {
        self.end_line();
        self.blocks
    }

    /// The blocks, and the text for the anchor of a heading, which differs from its text where it holds inline macros.
    pub(crate) fn finish_heading(mut self) -> (Vec<Block>, Option<String>) {
        let anchor = self.anchor.take().map(|mut line| line.take());
        (self.finish(), anchor)
    }
}
