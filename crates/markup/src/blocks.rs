//! What every format is read as, before it is sections.

/// A piece of a document that begins and ends a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; in a list or a cell it is text.
    Heading(Heading),
    /// Running text, normalised; not empty.
    Paragraph(String),
    /// Items that belong together.
    List(Vec<Item>),
    /// Verbatim text.
    Code(Code),
    /// Rows of cells.
    Table(Table),
    /// A box around blocks.
    Panel(Panel),
    /// Blocks that are hidden until somebody asks for them by their title, which may be empty.
    Expand {
        /// What is shown of them.
        title: String,
        /// The blocks.
        blocks: Vec<Block>,
    },
    /// Blocks that somebody else said.
    Quote(Vec<Block>),
    /// A line across the page.
    Rule,
}

/// A heading of level 1 to 6 (Word has 9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its level, from 1.
    pub level: u8,
    /// Its text, one line.
    pub text: String,
    /// What its document gives to make an anchor from, if it is not the text: an id, or the text as its editor sees it.
    pub name: Option<String>,
}

/// One item of a list, of tasks or of other lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What stands before it.
    pub mark: Mark,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `- `.
    Bullet,
    /// `1. `.
    Number(u64),
    /// `[x] ` or `[ ] `.
    Task {
        /// Whether it is done.
        done: bool,
    },
    /// Nothing.
    Bare,
}

impl Mark {
    /// The mark as it stands before an item.
    pub(crate) fn text(self) -> String {
        match self {
            Self::Bullet => "- ".to_owned(),
            Self::Number(number) => format!("{number}. "),
            Self::Task { done: true } => "[x] ".to_owned(),
            Self::Task { done: false } => "[ ] ".to_owned(),
            Self::Bare => String::new(),
        }
    }
}

/// Verbatim text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Code {
    /// Its language, perhaps empty.
    pub language: String,
    /// What stands above it, perhaps empty.
    pub title: String,
    /// The lines.
    pub text: String,
}

/// Rows of one-line cells, spans already repeated; the first `header_rows` are the header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// How many leading rows are the header.
    pub header_rows: usize,
    /// The rows, which may be ragged.
    pub rows: Vec<Vec<String>>,
}

/// A box around blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// Its kind as a word, if it has one.
    pub label: Option<&'static str>,
    /// Its title, perhaps empty.
    pub title: String,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// Adds a paragraph, if it has text.
pub fn push_paragraph(blocks: &mut Vec<Block>, text: String) {
    if !text.is_empty() {
        blocks.push(Block::Paragraph(text));
    }
}
