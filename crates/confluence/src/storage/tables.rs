//! Tables: rows of one-line cells.

use markup::{Block, Cell, Row};

use super::flow::Flow;
use super::links::attribute;
use super::tree::Node;
use super::walk::Walker;

impl Walker<'_> {
    pub(super) fn table(&mut self, node: Node<'_>, flow: &mut Flow) {
        flow.end_line();
        let mut rows = Vec::new();
        self.rows(node, false, &mut rows, flow);
        flow.end_line();
        let table = self.spans.spread(rows);
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
        let (columns, rows) = (span("colspan"), span("rowspan"));
        Cell::new(self.one_line(node), node.name() == "th", columns, rows)
    }
}
