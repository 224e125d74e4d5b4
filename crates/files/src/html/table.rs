//! Tables: rows of one-line cells.

use html2text::Handle;
use markup::{Block, Cell, Row, push_paragraph};

use super::walk::{Walker, attribute, name};

impl Walker<'_> {
    /// Adds a table, its caption before it.
    pub(super) fn table(&mut self, node: &Handle, blocks: &mut Vec<Block>) {
        let mut rows = Vec::new();
        self.rows(node, false, &mut rows, blocks);
        let table = self.spans.spread(rows);
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
    }

    fn rows(&mut self, node: &Handle, head: bool, rows: &mut Vec<Row>, blocks: &mut Vec<Block>) {
        for child in node.children.borrow().iter() {
            match name(child).as_deref() {
                Some("thead") => self.rows(child, true, rows, blocks),
                Some("tbody" | "tfoot") => self.rows(child, false, rows, blocks),
                Some("tr") => {
                    let cells = self.cells(child);
                    rows.push(Row { cells, head });
                }
                Some(_) => push_paragraph(blocks, self.one_line(child)),
                None => {}
            }
        }
    }

    fn cells(&mut self, row: &Handle) -> Vec<Cell> {
        let children = row.children.borrow();
        let cells = children.iter().filter(|child| matches!(name(child).as_deref(), Some("td" | "th")));
        cells.map(|cell| self.cell(cell)).collect()
    }

    fn cell(&mut self, node: &Handle) -> Cell {
        let span = |name| attribute(node, name).and_then(|span| span.parse::<usize>().ok()).unwrap_or(1);
        let (columns, rows) = (span("colspan"), span("rowspan"));
        Cell::new(self.one_line(node), name(node).as_deref() == Some("th"), columns, rows)
    }
}

/// Whether a table has data: tables that lay out a page hold headings or further tables.
pub(super) fn is_data(table: &Handle) -> bool {
    let mut open: Vec<Handle> = table.children.borrow().clone();
    while let Some(node) = open.pop() {
        let name = name(&node);
        if matches!(name.as_deref(), Some("table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")) {
            return false;
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    !attribute(table, "role").is_some_and(|role| role == "presentation" || role == "none")
}
