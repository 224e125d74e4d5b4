//! Rows of values to a table: what the first row is, and which columns are there at all.

use markup::{Block, Losses, Table, push_paragraph};

/// Rows that are read of one sheet; more would be data, not text.
pub(crate) const MAX_ROWS: usize = 20_000;
/// Columns that are read of one sheet.
pub(crate) const MAX_COLUMNS: usize = 256;
/// Bytes that the cells of one sheet may take.
pub(crate) const MAX_BYTES: usize = 32 * 1024 * 1024;

/// Rows of one-line cells, ragged, as they are met.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    rows: Vec<Vec<String>>,
    bytes: usize,
    lost_rows: usize,
    lost_columns: usize,
}

impl Grid {
    /// Adds a row, unless it is empty or there are enough.
    pub(crate) fn push(&mut self, mut row: Vec<String>) {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
        if row.is_empty() {
            return;
        }
        self.lost_columns = self.lost_columns.max(row.len().saturating_sub(MAX_COLUMNS));
        row.truncate(MAX_COLUMNS);
        self.bytes += row.iter().map(|cell| cell.len() + " | ".len()).sum::<usize>();
        if self.rows.len() >= MAX_ROWS || self.bytes > MAX_BYTES {
            self.lost_rows += 1;
            return;
        }
        self.rows.push(row);
    }

    /// Single cells above the table as paragraphs, then the table. Columns without any text are dropped.
    pub(crate) fn finish(mut self, losses: &mut Losses) -> Vec<Block> {
        losses.lose_many("row beyond the limit", self.lost_rows);
        losses.lose_many("column beyond the limit", self.lost_columns);
        self.drop_empty_columns();
        let is_single = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count() <= 1;
        let leading = if self.rows.iter().all(|row| row.len() <= 1) {
            0
        } else {
            self.rows.iter().take_while(|row| is_single(row)).count()
        };
        let mut blocks = Vec::new();
        let rows = self.rows.split_off(leading);
        for row in self.rows {
            push_paragraph(&mut blocks, row.concat());
        }
        if !rows.is_empty() {
            blocks.push(Block::Table(Table { header_rows: usize::from(has_header(&rows)), rows }));
        }
        blocks
    }

    fn drop_empty_columns(&mut self) {
        let mut used = vec![false; self.rows.iter().map(Vec::len).max().unwrap_or(0)];
        for row in &self.rows {
            for (used, cell) in used.iter_mut().zip(row) {
                *used |= !cell.is_empty();
            }
        }
        let width = used.iter().filter(|&&used| used).count();
        for row in &mut self.rows {
            let mut columns = used.iter();
            row.retain(|_| columns.next().copied().unwrap_or(false));
            row.resize(width, String::new());
        }
    }
}

/// A first row of different words without numbers names the columns of the rows below it. One column needs no name.
fn has_header(rows: &[Vec<String>]) -> bool {
    let [first, _, ..] = rows else { return false };
    let named: Vec<&String> = first.iter().filter(|cell| !cell.is_empty()).collect();
    let distinct: std::collections::HashSet<&&String> = named.iter().collect();
    first.len() > 1
        && named.len() * 2 > first.len()
        && distinct.len() == named.len()
        && !named.iter().any(|cell| is_value(cell))
}

/// Numbers, dates, amounts: nothing that begins or ends with a digit and has no more letters than a currency or a unit.
fn is_value(cell: &str) -> bool {
    let letters = cell.chars().filter(|character| character.is_alphabetic()).count();
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    digits > 0 && letters <= 3 && digits >= letters && !is_year(cell)
}

/// Years name columns.
fn is_year(cell: &str) -> bool {
    cell.len() == 4 && cell.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}
