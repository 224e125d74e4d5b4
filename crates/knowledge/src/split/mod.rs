//! Splitting: a document's sections to chunks that the embedding model reads whole.
//!
//! Pure. Each section is packed by itself from its start, so that an edit changes the chunks that it touches and no
//! other section's. A block that fits into a chunk is never cut; a longer one is cut where its kind allows: prose
//! between sentences, lists between items, code between lines, tables between rows.

mod count;
mod divide;
mod pack;
mod prefix;
#[cfg(test)]
mod stability;
#[cfg(test)]
mod tests;

pub use count::{CountTokens, is_ideograph};

use crate::model::{Block, BlockKind, Chunk, Section, page_text};
use count::Measured;
use divide::Divider;
use pack::{Lead, Packer, Piece};

/// The two special tokens that the model puts around a text.
const SPECIAL_TOKENS: usize = 2;
/// Below this many tokens a chunk could not hold its prefix and a word.
const LEAST_TOKENS: usize = 32;

/// How large chunks become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitOptions {
    /// Most tokens of prefix and text together, the model's special ones included; at least 32.
    pub max_tokens: usize,
    /// About how many tokens of whole sentences a chunk repeats from the one before it, inside long prose.
    pub overlap_tokens: usize,
}

impl Default for SplitOptions {
    fn default() -> Self {
        Self { max_tokens: 256, overlap_tokens: 30 }
    }
}

impl SplitOptions {
    /// Most tokens of text, before the prefix is taken off.
    fn room(&self) -> usize {
        self.max_tokens.max(LEAST_TOKENS) - SPECIAL_TOKENS
    }

    /// Most tokens of a heading path, and again of a table's header rows: a quarter each, so that half is left for text.
    fn prefix_room(&self) -> usize {
        self.max_tokens.max(LEAST_TOKENS) / 4
    }
}

/// What is embedded and indexed for a chunk: its prefix, and its text on the next line.
pub fn passage(chunk: &Chunk) -> String {
    if chunk.prefix.is_empty() { chunk.text.clone() } else { format!("{}\n{}", chunk.prefix, chunk.text) }
}

/// Splits a document. Sections without text make no chunk, unless there is no text at all: then the headings are one, or
/// nothing below the title, so that the document is found by its name.
pub fn split(title: &str, sections: &[Section], counter: &impl CountTokens, options: &SplitOptions) -> Vec<Chunk> {
    let page = page_text(sections);
    let starts = block_starts(sections);
    let mut chunks = Vec::new();
    for (index, (section, starts)) in sections.iter().zip(&starts).enumerate() {
        for pack in pack_section(title, section, starts, counter, options) {
            let text = page.get(pack.span.clone()).unwrap_or_default().to_owned();
            let ordinal = chunks.len() as u32;
            chunks.push(Chunk { ordinal, section: index, text, span: pack.span, prefix: pack.prefix });
        }
    }
    if chunks.is_empty() {
        chunks.extend(bare_chunk(title, sections, &page, counter, options));
    }
    chunks
}

/// The chunk of a document without text: as many of its headings as fit.
fn bare_chunk(
    title: &str,
    sections: &[Section],
    page: &str,
    counter: &impl CountTokens,
    options: &SplitOptions,
) -> Option<Chunk> {
    let prefix = prefix::path(title, &[], counter, options.prefix_room());
    let room = options.room().saturating_sub(Measured::new(&prefix, counter).all());
    let text = prefix::shortened(page, counter, room);
    let start = page.len() - page.trim_start().len();
    let is_named = !(prefix.is_empty() && text.is_empty());
    let section = sections.iter().position(|section| !section.heading_path.is_empty()).unwrap_or_default();
    let chunk = Chunk { ordinal: 0, section, span: start..start + text.len(), text, prefix };
    (is_named && !sections.is_empty()).then_some(chunk)
}

fn pack_section(
    title: &str,
    section: &Section,
    starts: &[usize],
    counter: &impl CountTokens,
    options: &SplitOptions,
) -> Vec<pack::Pack> {
    if section.blocks.iter().all(|block| block.text.trim().is_empty()) {
        return Vec::new();
    }
    let path = prefix::path(title, &section.heading_path, counter, options.prefix_room());
    let room = options.room().saturating_sub(Measured::new(&path, counter).all());
    let mut packer = Packer::new(path, room, options.overlap_tokens);
    for (number, (block, start)) in section.blocks.iter().zip(starts).enumerate() {
        add_block(&mut packer, number, block, *start, counter, options);
    }
    packer.finish()
}

fn add_block(
    packer: &mut Packer,
    number: usize,
    block: &Block,
    start: usize,
    counter: &impl CountTokens,
    options: &SplitOptions,
) {
    let header = header(block).map(|rows| (rows.len(), prefix::shortened(rows, counter, options.prefix_room())));
    let header_tokens = header.as_ref().map_or(0, |(_, text)| Measured::new(text, counter).all());
    let lead = packer.lead(header.as_ref().map(|(_, text)| (text.as_str(), header_tokens)));
    let body = header.map_or(usize::MAX, |(end, _)| end);
    for atom in Divider::new(block, counter, packer.room(), packer.room().saturating_sub(header_tokens)).atoms() {
        packer.add(Piece {
            span: start + atom.range.start..start + atom.range.end,
            tokens: atom.tokens,
            block: number,
            sentence: atom.sentence,
            glued: atom.glued,
            lead: if atom.range.start >= body { lead } else { Lead::PATH },
        });
    }
}

/// A table's header rows, when there are rows below them.
fn header(block: &Block) -> Option<&str> {
    let BlockKind::Table { header_rows } = block.kind else { return None };
    let (end, _) = block.text.match_indices('\n').nth(header_rows.checked_sub(1)?)?;
    block.text.get(..end)
}

/// Where each block of each section begins in the page text.
fn block_starts(sections: &[Section]) -> Vec<Vec<usize>> {
    let mut length = 0;
    let mut place = |part: &str| {
        let start = if part.is_empty() || length == 0 { length } else { length + 2 };
        length = start + part.len();
        start
    };
    let mut starts = Vec::with_capacity(sections.len());
    for section in sections {
        section.heading_path.last().map(|heading| place(heading));
        starts.push(section.blocks.iter().map(|block| place(&block.text)).collect());
    }
    starts
}
