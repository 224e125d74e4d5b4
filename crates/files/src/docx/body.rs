//! The body of a document as blocks.

use markup::{Block, Code, Heading, Item, Losses, Mark, Spans, push_paragraph};

use super::listing::{LEVELS, Listing};
use super::notes::Notes;
use super::runs::Text;
use super::styles::{self, Role, Styles};
use crate::xml::Element;

/// Bytes that repeated cells may add to a document.
const COPIES: usize = 16 * 1024 * 1024;
/// Tables in cells and boxes in boxes nested deeper than this are left out.
const MAX_DEPTH: usize = 24;

/// Reads paragraphs and tables.
pub(super) struct Reader<'d, 'x> {
    styles: &'d Styles,
    listing: Listing,
    pub(super) notes: Notes<'x>,
    pub(super) losses: &'d mut Losses,
    pub(super) spans: Spans,
    blocks: Vec<Block>,
    title: Option<String>,
    depth: usize,
}

impl<'d, 'x> Reader<'d, 'x> {
    pub(super) fn new(styles: &'d Styles, listing: Listing, notes: Notes<'x>, losses: &'d mut Losses) -> Self {
        Self { styles, listing, notes, losses, spans: Spans::new(COPIES), blocks: Vec::new(), title: None, depth: 0 }
    }

    /// Reads the elements inside of an element.
    pub(super) fn read(&mut self, parent: &'x Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                "sdt" if is_contents(element) => self.losses.lose("table of contents"),
                "sdtPr" | "sdtEndPr" | "sectPr" | "tcPr" | "del" | "moveFrom" | "Fallback" => {}
                "altChunk" => self.losses.lose("embedded document"),
                _ => self.read(element),
            }
        }
    }

    /// The blocks inside of a cell, a box or a note.
    pub(super) fn nested(&mut self, parent: &'x Element) -> Vec<Block> {
        if self.depth >= MAX_DEPTH {
            self.losses.lose("nesting");
            return Vec::new();
        }
        self.depth += 1;
        let before = std::mem::take(&mut self.blocks);
        self.read(parent);
        self.depth -= 1;
        std::mem::replace(&mut self.blocks, before)
    }

    pub(super) fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// The title that a paragraph is styled as, and the blocks.
    pub(super) fn finish(mut self) -> (Option<String>, Vec<Block>) {
        self.tell_notes();
        (self.title, self.blocks)
    }

    fn paragraph(&mut self, paragraph: &'x Element) {
        let properties = paragraph.child("pPr");
        let style = self.styles.get(properties.and_then(|properties| properties.value("pStyle")));
        if style.role == Role::Contents {
            self.losses.lose("table of contents");
            return;
        }
        let level = properties.and_then(styles::outline_level).or(style.heading).filter(|level| *level <= 9);
        let list = properties.and_then(styles::list).or(style.list).filter(|(list, _)| list != "0");
        let mut text = Text::default();
        self.inline(paragraph, &mut text);
        let line = text.line.take();
        match (style.role, level, list) {
            (Role::Code, _, _) => self.code(text.verbatim),
            _ if line.is_empty() => {}
            (_, Some(level), _) if self.depth == 0 => self.heading(level, line.replace('\n', " ")),
            (_, None, Some((list, depth))) => self.item(&list, depth, style.indent, line),
            (Role::Title, _, _) => self.title(line),
            _ => push_paragraph(&mut self.blocks, line),
        }
        for inner in text.boxes {
            let blocks = self.nested(inner);
            self.blocks.extend(blocks);
        }
    }

    fn title(&mut self, line: String) {
        self.title.get_or_insert_with(|| line.replace('\n', " "));
        self.push(Block::Paragraph(line));
    }

    fn heading(&mut self, level: u8, text: String) {
        self.tell_notes();
        self.push(Block::Heading(Heading { level, text, name: None }));
    }

    /// Notes that the section pointed to, at its end.
    fn tell_notes(&mut self) {
        for (label, note) in self.notes.take() {
            let text = markup::one_line(self.nested(note));
            self.push(Block::Paragraph(format!("{label}: {text}")));
        }
    }

    /// Lines of code in paragraphs of their own belong together.
    fn code(&mut self, line: String) {
        match self.blocks.last_mut() {
            Some(Block::Code(code)) => {
                code.text.push('\n');
                code.text.push_str(&line);
            }
            _ => self.push(Block::Code(Code { text: line, ..Code::default() })),
        }
    }

    fn item(&mut self, list: &str, depth: usize, indent: usize, line: String) {
        let mark = self.listing.next(list, depth);
        let item = Item { mark, blocks: vec![Block::Paragraph(line)] };
        attach(&mut self.blocks, depth.max(indent).min(LEVELS - 1), item);
    }
}

/// Adds an item to the list at the end, below its last item where it is deeper.
fn attach(blocks: &mut Vec<Block>, depth: usize, item: Item) {
    if !matches!(blocks.last(), Some(Block::List(_))) {
        blocks.push(Block::List(Vec::new()));
    }
    let Some(Block::List(items)) = blocks.last_mut() else { return };
    if depth == 0 {
        items.push(item);
        return;
    }
    if items.is_empty() {
        items.push(Item { mark: Mark::Bare, blocks: Vec::new() });
    }
    if let Some(last) = items.last_mut() {
        attach(&mut last.blocks, depth - 1, item);
    }
}

/// Whether a block of content is a table of contents that Word keeps up to date.
fn is_contents(content: &Element) -> bool {
    let properties = content.child("sdtPr").and_then(|properties| properties.child("docPartObj"));
    properties.and_then(|part| part.value("docPartGallery")).is_some_and(|gallery| gallery == "Table of Contents")
}
