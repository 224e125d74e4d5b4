//! The tree between markup and sections.

use super::line::Line;

/// A piece of a page that begins and ends a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Heading(Heading),
    Paragraph(String),
    List(Vec<Item>),
    Code(Code),
    Table(Table),
    Panel(Panel),
    Expand { title: String, blocks: Vec<Block> },
    Quote(Vec<Block>),
    Rule,
}

/// A heading; its anchor text differs from its text where it holds inline macros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) level: u8,
    pub(crate) text: String,
    pub(crate) anchor: String,
}

/// One item of a list, of tasks or of other lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) mark: Mark,
    pub(crate) blocks: Vec<Block>,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Bullet,
    Number(u32),
    Task { done: bool },
    Bare,
}

/// Verbatim text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) language: String,
    pub(crate) title: String,
    pub(crate) text: String,
}

/// Rows of cells, spans already repeated; the first `header_rows` are the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) header_rows: usize,
    pub(crate) rows: Vec<Vec<String>>,
}

/// A box around blocks: its kind as a word, if it has one, and its title, perhaps empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Panel {
    pub(crate) label: Option<&'static str>,
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

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

    /// The blocks, and the text for the anchor of a heading.
    pub(crate) fn finish_heading(mut self) -> (Vec<Block>, String) {
        let anchor = self.anchor.take().map(|mut line| line.take()).unwrap_or_default();
        (self.finish(), anchor)
    }
}
