//! Lists and tasks.

use markup::{Item, Mark};

use super::flow::Flow;
use super::links::attribute;
use super::tree::{Kind, Node};
use super::walk::Walker;

impl Walker<'_> {
    /// `ul` and `ol`.
    pub(super) fn list(&mut self, node: Node<'_>, flow: &mut Flow) {
        let mut number = (node.name() == "ol").then(|| start(node));
        let mut items = Vec::new();
        for child in node.children() {
            if child.name() == "li" {
                let mark = number.map_or(Mark::Bullet, Mark::Number);
                number = number.map(|number| number.saturating_add(1));
                items.push(Item { mark, blocks: self.blocks(child) });
            } else {
                self.stray(child, &mut items);
            }
        }
        flow.push_list(items);
    }

    /// Tasks, whose lists nest inside each other without an item around.
    pub(super) fn task_list(&mut self, node: Node<'_>, flow: &mut Flow) {
        let mut items = Vec::new();
        for child in node.children() {
            if child.name() == "ac:task" {
                items.push(self.task(child));
            } else {
                self.stray(child, &mut items);
            }
        }
        flow.push_list(items);
    }

    fn task(&mut self, node: Node<'_>) -> Item {
        let status = node.child("ac:task-status").map(Node::text);
        let done = status.is_some_and(|status| status.trim() == "complete");
        Item { mark: Mark::Task { done }, blocks: self.blocks(node) }
    }

    /// Content between items belongs to the item before it.
    fn stray(&mut self, node: Node<'_>, items: &mut Vec<Item>) {
        if matches!(node.kind(), Kind::Text(text) if text.trim().is_empty()) {
            return;
        }
        let mut flow = Flow::default();
        self.node(node, &mut flow);
        let blocks = flow.finish();
        match items.last_mut() {
            Some(item) => item.blocks.extend(blocks),
            None => items.push(Item { mark: Mark::Bare, blocks }),
        }
    }
}

fn start(node: Node<'_>) -> u64 {
    attribute(node, "start").and_then(|start| start.parse().ok()).unwrap_or(1)
}
