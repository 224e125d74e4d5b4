//! What a conversion delivers.

/// A page's body as text, with what was learnt on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Converted {
    /// The text under each heading, in reading order.
    pub sections: Vec<Section>,
    /// What could not be converted to text.
    pub losses: Vec<Loss>,
    /// Pages, people and addresses that the text points to, each once, in order of first mention.
    pub edges: Vec<Edge>,
    /// How much of the text arrived.
    pub words: WordCount,
}

/// The text below one heading, up to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The headings above the text, outermost first, the section's own last; empty before the first heading.
    pub heading_path: Vec<String>,
    /// Fragment, percent-encoded and without `#`, that opens the page at this section.
    pub anchor: Option<String>,
    /// Level of the section's own heading, 1 to 6; 0 before the first heading.
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
    /// Running text; a line break is one that the author made.
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

/// Content that the conversion had to leave out, by the name of its element or macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The element or macro.
    pub element: String,
    /// How often it was met.
    pub count: u32,
}

/// A page as another page names it: titles are unique in a space only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageRef {
    /// Key of its space; none means the space of the page that names it.
    pub space_key: Option<String>,
    /// Title.
    pub title: String,
}

/// Something that the text points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Edge {
    /// The page shows another page, or an excerpt of it, in this place.
    Includes(PageRef),
    /// A link to another page.
    Links(PageRef),
    /// A smart link: an address that Confluence shows as a card.
    Card {
        /// The address.
        url: String,
    },
    /// A person, by account id.
    Mentions {
        /// The account id.
        account_id: String,
    },
}

/// Words before and after: runs of letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordCount {
    /// Words of the body's text, without macro parameters and other configuration.
    pub visible: usize,
    /// Those of them that the sections have, too.
    pub kept: usize,
    /// Words of the sections, including the labels that stand for elements without text and repeated cells.
    pub written: usize,
}

impl WordCount {
    /// The share of the visible words that was kept, 0 to 1; 1 where there are none.
    pub fn kept_share(self) -> f64 {
        if self.visible == 0 { 1.0 } else { self.kept as f64 / self.visible as f64 }
    }
}
