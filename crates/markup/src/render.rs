//! Blocks to parts: the plain text of lists, tables, code and boxes.

use crate::{Block, Code, Item, Mark, Panel, Part, PartKind, Table};

/// Lists deeper than this are indented no further.
const MAX_INDENT: usize = 8;

/// The parts of one section in the making.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    parts: Vec<Part>,
    list_open: bool,
}

impl Parts {
    pub(crate) fn finish(self) -> Vec<Part> {
        self.parts
    }

    /// Adds a block that is neither a heading nor a box.
    pub(crate) fn push(&mut self, block: Block) {
        self.list_open = false;
        match block {
            Block::Paragraph(text) => self.part(PartKind::Prose, text),
            Block::List(items) => self.list(items, 0),
            Block::Code(code) => self.code(&code),
            Block::Table(table) => self.table(&table),
            Block::Heading(heading) => self.part(PartKind::Prose, heading.text),
            boxed @ (Block::Panel(_) | Block::Expand { .. } | Block::Quote(_)) => {
                for block in unbox(boxed) {
                    self.push(block);
                }
            }
            Block::Rule => {}
        }
        self.list_open = false;
    }

    fn part(&mut self, kind: PartKind, text: String) {
        self.list_open = false;
        if !text.trim().is_empty() {
            self.parts.push(Part { kind, text });
        }
    }

    fn list(&mut self, items: Vec<Item>, depth: usize) {
        for item in items {
            let mut mark = Some(item.mark.text());
            self.item(item.blocks, depth, &mut mark);
        }
    }

    /// An item's blocks: its first text behind its mark, further text below it, code and tables as parts of their own.
    fn item(&mut self, blocks: Vec<Block>, depth: usize, mark: &mut Option<String>) {
        for block in blocks {
            match block {
                Block::List(items) => self.list(items, depth + 1),
                Block::Code(code) => self.code(&code),
                Block::Table(table) => self.table(&table),
                Block::Paragraph(text) => self.lines(&text, depth, mark),
                Block::Heading(heading) => self.lines(&heading.text, depth, mark),
                boxed @ (Block::Panel(_) | Block::Expand { .. } | Block::Quote(_)) => {
                    self.item(unbox(boxed), depth, mark);
                }
                Block::Rule => {}
            }
        }
    }

    fn lines(&mut self, text: &str, depth: usize, mark: &mut Option<String>) {
        for line in text.lines() {
            let indent = "  ".repeat(depth.min(MAX_INDENT));
            let start = mark.take().unwrap_or_else(|| "  ".to_owned());
            self.line(&format!("{indent}{start}{line}"));
        }
    }

    fn line(&mut self, line: &str) {
        match self.parts.last_mut().filter(|_| self.list_open) {
            Some(list) => {
                list.text.push('\n');
                list.text.push_str(line);
            }
            None => self.parts.push(Part { kind: PartKind::List, text: line.to_owned() }),
        }
        self.list_open = true;
    }

    fn code(&mut self, code: &Code) {
        self.part(PartKind::Prose, code.title.clone());
        if !code.text.trim().is_empty() {
            self.part(PartKind::Code, fenced(code));
        }
    }

    fn table(&mut self, table: &Table) {
        let rows: Vec<String> = table.rows.iter().map(|row| row.join(" | ").trim().to_owned()).collect();
        self.part(PartKind::Table { header_rows: table.header_rows }, rows.join("\n"));
    }
}

/// The text between lines of backticks, more of them than any line of the text begins with.
fn fenced(code: &Code) -> String {
    let ticks = |line: &str| line.trim_start().bytes().take_while(|&byte| byte == b'`').count();
    let longest = code.text.lines().map(ticks).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let language = code.language.replace('`', "");
    let text = code.text.strip_suffix('\n').unwrap_or(&code.text);
    format!("{fence}{language}\n{text}\n{fence}")
}

/// The blocks of a box, its label and title before them: in the line of its first paragraph where there is only a label.
pub(crate) fn unbox(block: Block) -> Vec<Block> {
    match block {
        Block::Panel(Panel { label: Some(label), title, blocks }) if title.is_empty() => {
            led(&format!("{label}: "), blocks)
        }
        Block::Panel(Panel { label: Some(label), title, blocks }) => led(&format!("{label}: {title}\n"), blocks),
        Block::Panel(Panel { label: None, title, blocks }) | Block::Expand { title, blocks } if title.is_empty() => {
            blocks
        }
        Block::Panel(Panel { label: None, title, blocks }) => led(&format!("{title}\n"), blocks),
        Block::Expand { title, blocks } => {
            let colon = if title.ends_with(|last: char| last.is_ascii_punctuation() && last != ')') { "" } else { ":" };
            led(&format!("{title}{colon}\n"), blocks)
        }
        Block::Quote(blocks) => blocks,
        other => vec![other],
    }
}

fn led(lead: &str, mut blocks: Vec<Block>) -> Vec<Block> {
    match blocks.first_mut() {
        Some(Block::Paragraph(text)) => text.insert_str(0, lead),
        _ => blocks.insert(0, Block::Paragraph(lead.trim_end().to_owned())),
    }
    blocks
}

/// Blocks as one line, as in the cell of a table or in a heading.
pub fn one_line(blocks: Vec<Block>) -> String {
    let texts = blocks.into_iter().map(block_line).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(" ")
}

fn block_line(block: Block) -> String {
    match block {
        Block::Heading(heading) => heading.text,
        Block::Paragraph(text) => text.replace('\n', " "),
        Block::List(items) => items.into_iter().map(item_line).collect::<Vec<_>>().join("; "),
        Block::Code(code) => {
            let lines = std::iter::once(code.title.as_str()).chain(code.text.lines().map(str::trim));
            lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Block::Table(table) => {
            table.rows.iter().map(|row| row.join(" ").trim().to_owned()).collect::<Vec<_>>().join("; ")
        }
        boxed @ (Block::Panel(_) | Block::Expand { .. } | Block::Quote(_)) => one_line(unbox(boxed)),
        Block::Rule => String::new(),
    }
}

fn item_line(item: Item) -> String {
    let text = one_line(item.blocks);
    match item.mark {
        Mark::Task { .. } => format!("{}{text}", item.mark.text()),
        _ => text,
    }
}
