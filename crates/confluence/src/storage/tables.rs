//! Tables: rows of one-line cells, spans repeated, header rows counted.

use super::blocks::{Block, Flow, Table};
use super::links::attribute;
use super::tree::Node;
use super::walk::Walker;

/// A cell that covers more columns than this covers this many.
const MAX_COLSPAN: usize = 100;
/// Columns beyond this one are filled by no cell from a row above.
const MAX_COLUMNS: usize = 500;

/// A cell as it is written.
struct Cell {
    text: String,
    header: bool,
    columns: usize,
    rows: usize,
}

/// A row as it is written.
struct Row {
    cells: Vec<Cell>,
    head: bool,
}

/// A cell that reaches down into rows below.
#[derive(Clone)]
struct Reach {
    text: String,
    header: bool,
    rows_left: usize,
}

impl Walker<'_> {
    pub(super) fn table(&mut self, node: Node<'_>, flow: &mut Flow) {
        flow.end_line();
        let mut rows = Vec::new();
        self.rows(node, false, &mut rows, flow);
        flow.end_line();
        let table = self.spread(rows);
        if !table.rows.is_empty() {
            flow.push(Block::Table(table));
        }
    }

    /// Rows, wherever they stand; content outside of cells goes before the table.
    fn rows(&mut self, node: Node<'_>, head: bool, rows: &mut Vec<Row>, flow: &mut Flow) {
        for child in node.children() {
            match child.name() {
                "thead" => self.rows(child, true, rows, flow),
                "tbody" | "tfoot" => self.rows(child, false, rows, flow),
                "tr" => {
                    let cells = self.cells(child, flow);
                    rows.push(Row { cells, head });
                }
                _ => self.node(child, flow),
            }
        }
    }

    fn cells(&mut self, row: Node<'_>, flow: &mut Flow) -> Vec<Cell> {
        let mut cells = Vec::new();
        for child in row.children() {
            match child.name() {
                "td" | "th" => cells.push(self.cell(child)),
                _ => self.node(child, flow),
            }
        }
        cells
    }

    fn cell(&mut self, node: Node<'_>) -> Cell {
        let span = |name| attribute(node, name).and_then(|span| span.parse::<usize>().ok()).unwrap_or(1);
        let (columns, rows) = (span("colspan").clamp(1, MAX_COLSPAN), span("rowspan"));
        // Zero rows means: down to the end of the table.
        let rows = if rows == 0 { usize::MAX } else { rows };
        Cell { text: self.one_line(node), header: node.name() == "th", columns, rows }
    }

    /// Repeats every cell in each place that it covers.
    fn spread(&mut self, rows: Vec<Row>) -> Table {
        let mut reaches: Vec<Option<Reach>> = Vec::new();
        let mut table = Table { header_rows: 0, rows: Vec::new() };
        let mut in_header = true;
        for row in rows {
            let (cells, all_headers) = self.spread_row(row.cells, &mut reaches);
            if cells.iter().all(String::is_empty) {
                continue;
            }
            in_header &= row.head || all_headers;
            table.header_rows += usize::from(in_header);
            table.rows.push(cells);
        }
        if table.header_rows == table.rows.len() {
            table.header_rows = usize::from(table.rows.len() > 1);
        }
        table
    }

    fn spread_row(&mut self, cells: Vec<Cell>, reaches: &mut Vec<Option<Reach>>) -> (Vec<String>, bool) {
        let mut texts = Vec::new();
        let mut all_headers = true;
        for cell in cells {
            while let Some(header) = self.reached(&mut texts, reaches) {
                all_headers &= header;
            }
            all_headers &= cell.header;
            self.place(&cell, &mut texts, reaches);
        }
        while texts.len() < reaches.len() && self.copies_left > 0 {
            match self.reached(&mut texts, reaches) {
                Some(header) => all_headers &= header,
                None => texts.push(self.copy("")),
            }
        }
        while reaches.last().is_some_and(Option::is_none) {
            reaches.pop();
        }
        (texts, all_headers)
    }

    /// Fills the next place if a cell from above covers it; says whether that is a header.
    fn reached(&mut self, texts: &mut Vec<String>, reaches: &mut [Option<Reach>]) -> Option<bool> {
        let slot = reaches.get_mut(texts.len())?;
        let mut reach = slot.take()?;
        texts.push(self.copy(&reach.text));
        let header = reach.header;
        reach.rows_left -= 1;
        *slot = Some(reach).filter(|reach| reach.rows_left > 0);
        Some(header)
    }

    fn place(&mut self, cell: &Cell, texts: &mut Vec<String>, reaches: &mut Vec<Option<Reach>>) {
        for column in 0..cell.columns {
            let text = if column == 0 { cell.text.clone() } else { self.copy(&cell.text) };
            let at = texts.len();
            if cell.rows > 1 && at < MAX_COLUMNS {
                reaches.resize(reaches.len().max(at + 1), None);
                let reach = Reach { text: text.clone(), header: cell.header, rows_left: cell.rows - 1 };
                if let Some(slot) = reaches.get_mut(at) {
                    *slot = Some(reach);
                }
            }
            texts.push(text);
        }
    }

    /// The text again, or nothing when repetitions have grown beyond all sense.
    fn copy(&mut self, text: &str) -> String {
        let cost = text.len() + " | ".len();
        if cost > self.copies_left {
            self.copies_left = 0;
            return String::new();
        }
        self.copies_left -= cost;
        text.to_owned()
    }
}
