//! What a reader delivers.

/// The text below one heading, up to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The headings above the text, outermost first, the section's own last; empty before the first heading.
    pub heading_path: Vec<String>,
    /// Fragment, percent-encoded and without `#`, that opens the document at this section.
    pub anchor: Option<String>,
    /// Level of the section's own heading, from 1; 0 before the first heading.
    pub level: u8,
    /// The text, in reading order.
    pub parts: Vec<Part>,
}

/// A piece of text that hangs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What its lines are.
    pub kind: PartKind,
    /// Plain text, not empty.
    pub text: String,
}

/// What the lines of a [`Part`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// Running text, one paragraph; a line break is one that the author made.
    Prose,
    /// One item a line: `- `, `1. `, `[x] ` or `[ ] `, two spaces deeper for each level; continuation lines are indented.
    List,
    /// Verbatim lines between a first line of backticks with the language and a last line of backticks.
    Code,
    /// One row a line, cells joined by ` | `; a spanned cell is repeated in each place that it covers.
    Table {
        /// How many leading lines are the header.
        header_rows: usize,
    },
}

/// Content that had to be left out, by the name of its element or macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The element or macro.
    pub element: String,
    /// How often it was met.
    pub count: u32,
}
