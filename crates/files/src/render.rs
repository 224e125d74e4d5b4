//! Blocks to parts: the plain text of lists, tables and code.

use crate::blocks::{Block, Code, Item, Table};
use crate::{Part, PartKind};

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

    /// Adds a block below the section's heading.
    pub(crate) fn push(&mut self, block: Block) {
        self.list_open = false;
        match block {
            Block::Paragraph(text) => self.part(PartKind::Prose, text),
            Block::List(items) => self.list(items, 0),
            Block::Code(code) => self.code(&code),
            Block::Table(table) => self.table(&table),
            Block::Heading(heading) => self.part(PartKind::Prose, heading.text),
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
