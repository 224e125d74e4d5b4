//! Cells to rows: every cell repeated in each place that it spans, header rows counted.

use crate::Table;

/// A cell that covers more columns than this covers this many.
const MAX_COLSPAN: usize = 100;
/// Columns beyond this one are filled by no cell from a row above.
const MAX_COLUMNS: usize = 500;
/// Bytes that repeated cells may add even to a short body.
const MIN_COPIES: usize = 64 * 1024;

/// A cell as it is written.
#[derive(Debug)]
pub struct Cell {
    text: String,
    header: bool,
    columns: usize,
    rows: usize,
}

impl Cell {
    /// A cell of so many columns and rows; zero rows means down to the end of the table.
    pub fn new(text: String, header: bool, columns: usize, rows: usize) -> Self {
        let rows = if rows == 0 { usize::MAX } else { rows };
        Self { text, header, columns: columns.clamp(1, MAX_COLSPAN), rows }
    }
}

/// A row as it is written.
#[derive(Debug)]
pub struct Row {
    /// Its cells; fewer than columns where cells from above reach into it.
    pub cells: Vec<Cell>,
    /// Whether the markup itself calls it a header.
    pub head: bool,
}

/// A cell that reaches down into rows below.
#[derive(Clone)]
struct Reach {
    text: String,
    header: bool,
    rows_left: usize,
}

/// Repeats cells, within bounds for a whole document.
#[derive(Debug)]
pub struct Spans {
    copies_left: usize,
}

impl Spans {
    /// For a body of so many bytes.
    pub fn new(length: usize) -> Self {
        Self { copies_left: length.max(MIN_COPIES) }
    }

    /// Repeats every cell in each place that it covers.
    pub fn spread(&mut self, rows: Vec<Row>) -> Table {
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
                None => texts.extend(self.copy("")),
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
        texts.push(self.copy(&reach.text)?);
        let header = reach.header;
        reach.rows_left -= 1;
        *slot = Some(reach).filter(|reach| reach.rows_left > 0);
        Some(header)
    }

    fn place(&mut self, cell: &Cell, texts: &mut Vec<String>, reaches: &mut Vec<Option<Reach>>) {
        for column in 0..cell.columns {
            let copy = if column == 0 { Some(cell.text.clone()) } else { self.copy(&cell.text) };
            let Some(text) = copy else { break };
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

    /// The text again, or none when repetitions have grown beyond all sense.
    fn copy(&mut self, text: &str) -> Option<String> {
        let cost = text.len() + " | ".len();
        self.copies_left = self.copies_left.saturating_sub(cost);
        (self.copies_left > 0).then(|| text.to_owned())
    }
}
