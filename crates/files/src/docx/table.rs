//! Tables: rows of one-line cells. A cell that covers rows below it is written in each of them.

use markup::{Block, Cell, Row, one_line};

use super::body::Reader;
use crate::xml::Element;

/// A cell as it is written.
struct Raw {
    text: String,
    columns: usize,
    merge: Merge,
}

/// How a cell is merged with those above and below it.
#[derive(PartialEq, Eq)]
enum Merge {
    No,
    Begins,
    GoesOn,
}

impl<'x> Reader<'_, 'x> {
    /// Adds a table.
    pub(super) fn table(&mut self, table: &'x Element) {
        let mut rows = Vec::new();
        self.table_rows(table, &mut rows);
        let rows = merged(rows);
        let table = self.spans.spread(rows);
        if !table.rows.is_empty() {
            self.push(Block::Table(table));
        }
    }

    fn table_rows(&mut self, parent: &'x Element, rows: &mut Vec<(bool, Vec<Raw>)>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "tr" if element.child("trPr").is_some_and(|properties| properties.is_on("del")) => {}
                "tr" => {
                    let head = element.child("trPr").is_some_and(|properties| properties.is_on("tblHeader"));
                    let mut cells = Vec::new();
                    self.row_cells(element, &mut cells);
                    rows.push((head, cells));
                }
                "sdt" | "sdtContent" | "customXml" | "ins" => self.table_rows(element, rows),
                _ => {}
            }
        }
    }

    fn row_cells(&mut self, parent: &'x Element, cells: &mut Vec<Raw>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "tc" => cells.push(self.cell(element)),
                "sdt" | "sdtContent" | "customXml" | "ins" => self.row_cells(element, cells),
                _ => {}
            }
        }
    }

    fn cell(&mut self, cell: &'x Element) -> Raw {
        let properties = cell.child("tcPr");
        let merge =
            match properties.and_then(|properties| properties.child("vMerge")).map(|merge| merge.attribute("val")) {
                None => Merge::No,
                Some(Some("restart")) => Merge::Begins,
                Some(_) => Merge::GoesOn,
            };
        let columns = properties.and_then(|properties| properties.value("gridSpan")?.parse().ok()).unwrap_or(1);
        let blocks = self.nested(cell);
        Raw { text: one_line(blocks), columns, merge }
    }
}

/// Rows with spans counted: a cell covers the cells below it that stand in its column and go on with it. The first row is
/// the header where no row says so.
fn merged(rows: Vec<(bool, Vec<Raw>)>) -> Vec<Row> {
    let told = rows.iter().any(|(head, _)| *head);
    let reaches: Vec<Vec<usize>> = (0..rows.len()).map(|index| reach(&rows, index)).collect();
    let numbered = rows.into_iter().zip(reaches).enumerate();
    let built = numbered.map(|(index, ((head, cells), reaches))| {
        let kept = cells.into_iter().zip(reaches).filter(|(cell, _)| cell.merge != Merge::GoesOn);
        let cells = kept.map(|(cell, rows)| Cell::new(cell.text, false, cell.columns, rows)).collect();
        Row { cells, head: head || (!told && index == 0) }
    });
    built.collect()
}

/// For each cell of a row, how many rows it covers.
fn reach(rows: &[(bool, Vec<Raw>)], index: usize) -> Vec<usize> {
    let Some((_, cells)) = rows.get(index) else { return Vec::new() };
    let mut column = 0;
    let mut reaches = Vec::new();
    for cell in cells {
        let below =
            rows.iter().skip(index + 1).take_while(|(_, cells)| cell.merge == Merge::Begins && goes_on(cells, column));
        reaches.push(1 + below.count());
        column += cell.columns;
    }
    reaches
}

fn goes_on(cells: &[Raw], wanted: usize) -> bool {
    let mut column = 0;
    for cell in cells {
        if column == wanted {
            return cell.merge == Merge::GoesOn;
        }
        column += cell.columns;
    }
    false
}
