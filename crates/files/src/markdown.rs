//! Markdown: `CommonMark` with GitHub's extensions, front matter, definition lists and wiki links.

use markup::{Block, Code, Heading, Item, Line, Losses, Mark, Table, one_line, push_paragraph};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{FileText, front_matter, html, sections};

/// Elements nested deeper than this are read as if they stood at this depth.
const MAX_DEPTH: usize = 60;

/// Reads a file.
pub(crate) fn read(text: &str) -> FileText {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, options()) {
        reader.event(event);
    }
    reader.finish()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// A container whose blocks are being read.
#[derive(Debug)]
enum Open {
    List { next: Option<u64>, items: Vec<Item> },
    Item { mark: Mark },
}

/// A container and the blocks that stand before it.
#[derive(Debug)]
struct Frame {
    open: Open,
    before: Vec<Block>,
}

/// What text is, besides a part of a line.
#[derive(Debug, Default)]
enum Verbatim {
    #[default]
    No,
    Code(Code),
    Html(String),
    FrontMatter(String),
}

#[derive(Debug, Default)]
struct Reader {
    blocks: Vec<Block>,
    frames: Vec<Frame>,
    skipped: usize,
    line: Line,
    verbatim: Verbatim,
    heading: Option<String>,
    table: Table,
    row: Vec<String>,
    title: Option<String>,
    losses: Losses,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.line.push(&text),
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::FootnoteReference(label) => self.line.push(&format!("[{label}]")),
            Event::SoftBreak => self.line.push(" "),
            Event::HardBreak => self.line.break_line(),
            Event::Rule => self.end_line(),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { id, .. } => {
                self.end_line();
                self.heading = id.map(CowStr::into_string);
            }
            Tag::CodeBlock(kind) => {
                self.end_line();
                self.verbatim = Verbatim::Code(Code { language: language(&kind), ..Code::default() });
            }
            Tag::HtmlBlock => {
                self.end_line();
                self.verbatim = Verbatim::Html(String::new());
            }
            Tag::MetadataBlock(_) => self.verbatim = Verbatim::FrontMatter(String::new()),
            Tag::List(start) => self.open(Open::List { next: start, items: Vec::new() }),
            Tag::Item => {
                let mark = self.next_mark();
                self.open(Open::Item { mark });
            }
            Tag::FootnoteDefinition(label) => {
                self.end_line();
                self.line.push(&format!("[{label}]: "));
            }
            Tag::Table(_) | Tag::BlockQuote(_) | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.end_line();
            }
            Tag::Image { .. } => self.losses.lose("image"),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.end_verbatim(),
            TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::TableCell => {
                let cell = self.line.take().replace('\n', " ");
                self.row.push(cell);
            }
            TagEnd::TableHead => {
                self.table.header_rows = 1;
                self.end_row();
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => self.end_table(),
            TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.end_line(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.verbatim {
            Verbatim::No => self.line.push(text),
            Verbatim::Code(code) => code.text.push_str(text),
            Verbatim::Html(held) | Verbatim::FrontMatter(held) => held.push_str(text),
        }
    }

    /// A tag in a line: only breaks and pictures say something of their own.
    fn inline_html(&mut self, tag: &str) {
        let name = tag.trim_start_matches('<').to_ascii_lowercase();
        if name.starts_with("br") {
            self.line.break_line();
        } else if name.starts_with("img") {
            let alternative = html::fragment(tag, &mut self.losses);
            self.line.push(&one_line(alternative));
        }
    }

    fn end_line(&mut self) {
        let text = self.line.take();
        push_paragraph(&mut self.blocks, text);
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let text = self.line.take().replace('\n', " ");
        let id = self.heading.take();
        self.blocks.push(Block::Heading(Heading { level: level as u8, text, name: id }));
    }

    fn end_verbatim(&mut self) {
        match std::mem::take(&mut self.verbatim) {
            Verbatim::No => {}
            Verbatim::Code(code) => self.blocks.push(Block::Code(code)),
            Verbatim::Html(text) => {
                let blocks = html::fragment(&text, &mut self.losses);
                self.blocks.extend(blocks);
            }
            Verbatim::FrontMatter(text) => {
                self.title = front_matter::title(&text);
                self.losses.lose_many("front matter", usize::from(front_matter::has_more(&text)));
            }
        }
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if row.iter().any(|cell| !cell.is_empty()) {
            self.table.rows.push(row);
        } else if self.table.rows.is_empty() {
            self.table.header_rows = 0;
        }
    }

    fn end_table(&mut self) {
        let table = std::mem::take(&mut self.table);
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    fn open(&mut self, open: Open) {
        self.end_line();
        if self.frames.len() >= MAX_DEPTH {
            self.skipped += 1;
            return;
        }
        self.frames.push(Frame { open, before: std::mem::take(&mut self.blocks) });
    }

    fn close(&mut self) {
        self.end_line();
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let inner = std::mem::replace(&mut self.blocks, frame.before);
        match frame.open {
            Open::List { items, .. } if items.is_empty() => {}
            Open::List { items, .. } => self.blocks.push(Block::List(items)),
            Open::Item { mark } => self.item(Item { mark, blocks: inner }),
        }
    }

    fn item(&mut self, item: Item) {
        let empty = item.blocks.is_empty();
        if let Some(Frame { open: Open::List { items, .. }, .. }) = self.frames.last_mut().filter(|_| !empty) {
            items.push(item);
        }
    }

    fn next_mark(&mut self) -> Mark {
        match self.frames.last_mut().map(|frame| &mut frame.open) {
            Some(Open::List { next: Some(number), .. }) => {
                let mark = Mark::Number(*number);
                *number = number.saturating_add(1);
                mark
            }
            _ => Mark::Bullet,
        }
    }

    fn task(&mut self, done: bool) {
        if let Some(Frame { open: Open::Item { mark }, .. }) = self.frames.last_mut() {
            *mark = Mark::Task { done };
        }
    }

    fn finish(mut self) -> FileText {
        self.end_line();
        let title = self.title.take().or_else(|| markup::first_heading(&self.blocks));
        FileText { title, sections: sections::anchored(self.blocks), losses: self.losses.finish() }
    }
}

fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default().to_owned(),
        CodeBlockKind::Indented => String::new(),
    }
}
