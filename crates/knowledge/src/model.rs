//! What is stored and found: collections, documents, sections, blocks, chunks.
//!
//! Plain data without I/O. A source (a wiki space, a folder of files) maps its own pages to these types; nothing here
//! knows where a document comes from.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps a source's own name for it.
            pub fn new(key: impl Into<String>) -> Self {
                Self(key.into())
            }

            /// The key as it is stored.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

key! {
    /// Names a collection over its whole life, for example `confluence:<site>:<space>`.
    CollectionKey
}
key! {
    /// Names a document over its whole life, whichever collection it lies in, for example `confluence:<site>:<page>`.
    DocumentKey
}

/// A group of documents that is searched or left out as a whole: a wiki space, a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// Stable key.
    pub key: CollectionKey,
    /// Name as people know it.
    pub name: String,
}

/// One document as its source delivered it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Stable key; a document that moves to another collection keeps it.
    pub key: DocumentKey,
    /// Where it lies.
    pub collection: CollectionKey,
    /// Title.
    pub title: String,
    /// The source's version number; a change of it means a change of content.
    pub version: i64,
    /// Address that opens the document, without a fragment.
    pub url: String,
    /// Titles of the documents above it, outermost first.
    pub path: Vec<String>,
    /// When the source says it was last modified.
    pub modified_at: Option<OffsetDateTime>,
    /// Its text, in reading order.
    pub sections: Vec<Section>,
    /// What could not be converted to text.
    pub losses: Vec<Loss>,
    /// The source's own facts about it (parent, status, author); opaque here.
    pub metadata: serde_json::Value,
}

/// The text below one heading, up to the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The headings above the text, outermost first; empty for text before the first heading.
    pub heading_path: Vec<String>,
    /// Fragment, percent-encoded and without `#`, that opens the document at this section.
    pub anchor: Option<String>,
    /// Paragraphs, lists, tables and code in reading order.
    pub blocks: Vec<Block>,
}

/// A piece of a section that the splitter would rather not cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is, which says where it may be cut.
    pub kind: BlockKind,
    /// Plain text; lines are items, rows or code lines as `kind` says.
    pub text: String,
}

/// Where a block may be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Running text: between sentences.
    Prose,
    /// One item a line (continuation lines are indented): between items.
    List,
    /// Verbatim: between lines.
    Code,
    /// One row a line: between rows, the first `header_rows` lines repeated on each piece.
    Table {
        /// How many leading lines are the header.
        header_rows: usize,
    },
}

/// Content that the conversion had to leave out, by the name of its element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// The element or macro.
    pub element: String,
    /// How often it was met.
    pub count: u32,
}

/// A piece of a document, small enough for the embedding model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    /// Place in the document, from 0.
    pub ordinal: u32,
    /// Index into the document's sections.
    pub section: usize,
    /// Its text, exactly as it stands in the page text at `span`.
    pub text: String,
    /// Half-open range of bytes in [`page_text`].
    pub span: std::ops::Range<usize>,
    /// What is put before `text` when it is embedded and indexed: title and heading path, and a table's header rows where
    /// the piece begins below them.
    pub prefix: String,
}

impl Section {
    /// The section's blocks as one text: a blank line between blocks.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.blocks.iter().map(|block| block.text.as_str()).collect();
        texts.join("\n\n")
    }
}

/// The whole document as plain text, the text that every [`Chunk::span`] points into: for each section its heading on a
/// line of its own, then its blocks, a blank line between all of them.
pub fn page_text(sections: &[Section]) -> String {
    let mut text = String::new();
    for part in sections.iter().flat_map(parts) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(part);
    }
    text
}

fn parts(section: &Section) -> impl Iterator<Item = &str> {
    let heading = section.heading_path.last().map(String::as_str);
    heading.into_iter().chain(section.blocks.iter().map(|block| block.text.as_str())).filter(|part| !part.is_empty())
}
