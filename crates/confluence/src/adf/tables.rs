//! Tables.

use markup::{Block, Cell, Row};

use super::node::Node;
use super::walk::Walker;
use crate::storage::flow::Flow;

impl Walker<'_> {
    pub(super) fn table(&mut self, node: Node<'_>, flow: &mut Flow) {
        let mut rows = Vec::new();
        for row in node.content() {
            let mut cells = Vec::new();
            for cell in row.content() {
                cells.push(self.cell(cell));
            }
            rows.push(Row { cells, head: false });
        }
        let table = self.spans.spread(rows);
        if !table.rows.is_empty() {
            flow.push(Block::Table(table));
        }
    }

    fn cell(&mut self, node: Node<'_>) -> Cell {
        let span = |name| node.number(name).map_or(1, |span| usize::try_from(span).unwrap_or(usize::MAX));
        let (columns, rows) = (span("colspan"), span("rowspan"));
        Cell::new(self.one_line(node), node.kind() == "tableHeader", columns, rows)
    }
}
