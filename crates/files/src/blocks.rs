//! What every format is read as, before it is sections.

/// A piece of a file that begins and ends a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Heading(Heading),
    Paragraph(String),
    List(Vec<Item>),
    Code(Code),
    Table(Table),
}

/// A heading of level 1 to 6 (Word has 9), with the id that its file gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) level: u8,
    pub(crate) text: String,
    pub(crate) id: Option<String>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) mark: Mark,
    pub(crate) blocks: Vec<Block>,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Bullet,
    Number(u64),
    Task { done: bool },
    Bare,
}

/// Verbatim text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Code {
    pub(crate) language: String,
    pub(crate) text: String,
}

/// Rows of cells, spans already repeated; the first `header_rows` are the header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    pub(crate) header_rows: usize,
    pub(crate) rows: Vec<Vec<String>>,
}

/// Adds a paragraph, if it has text.
pub(crate) fn push_paragraph(blocks: &mut Vec<Block>, text: String) {
    if !text.is_empty() {
        blocks.push(Block::Paragraph(text));
    }
}

/// Blocks as one line, as in the cell of a table or in a heading.
pub(crate) fn one_line(blocks: Vec<Block>) -> String {
    let texts = blocks.into_iter().map(block_line).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(" ")
}

fn block_line(block: Block) -> String {
    match block {
        Block::Heading(heading) => heading.text,
        Block::Paragraph(text) => text.replace('\n', " "),
        Block::List(items) => items.into_iter().map(item_line).collect::<Vec<_>>().join("; "),
        Block::Code(code) => {
            let lines = code.text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.collect::<Vec<_>>().join(" ")
        }
        Block::Table(table) => {
            table.rows.iter().map(|row| row.join(" ").trim().to_owned()).collect::<Vec<_>>().join("; ")
        }
    }
}

fn item_line(item: Item) -> String {
    let text = one_line(item.blocks);
    match item.mark {
        Mark::Task { .. } => format!("{}{text}", item.mark.text()),
        _ => text,
    }
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
