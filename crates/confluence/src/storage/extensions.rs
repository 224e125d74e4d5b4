//! Nodes of the new editor that storage format wraps: the content once, without the fallback that repeats it.

use super::blocks::{Block, Flow, Item, Mark};
use super::line::normalize;
use super::tree::Node;
use super::walk::Walker;

impl Walker<'_> {
    pub(super) fn adf_extension(&mut self, node: Node<'_>, flow: &mut Flow) {
        flow.end_line();
        let mut inner = Flow::default();
        for child in node.children().filter(|child| child.name() != "ac:adf-fallback") {
            self.adf_child(child, &mut inner);
        }
        let blocks = inner.finish();
        if blocks.is_empty() {
            let fallbacks = node.children().filter(|child| child.name() == "ac:adf-fallback");
            for fallback in fallbacks {
                self.block(fallback, flow);
            }
        }
        for block in blocks {
            flow.push(block);
        }
    }

    fn adf_child(&mut self, node: Node<'_>, flow: &mut Flow) {
        if node.name() != "ac:adf-node" {
            return self.node(node, flow);
        }
        if node.attribute("type").as_deref() == Some("decision-list") {
            return self.decisions(node, flow);
        }
        flow.end_line();
        for child in node.children() {
            self.adf_child(child, flow);
        }
        flow.end_line();
    }

    fn decisions(&mut self, node: Node<'_>, flow: &mut Flow) {
        let decisions = node.children().filter(|child| child.name() == "ac:adf-node");
        let items: Vec<Item> = decisions.filter_map(|child| self.decision(child)).collect();
        if !items.is_empty() {
            flow.push(Block::List(items));
        }
    }

    fn decision(&mut self, node: Node<'_>) -> Option<Item> {
        let text = self.one_line(node);
        let mut attributes = node.children().filter(|child| child.name() == "ac:adf-attribute");
        let state = attributes.find(|child| child.attribute("key").as_deref() == Some("state"));
        let state = state.map(|state| normalize(&state.text())).unwrap_or_default();
        let words = decision(&state, &text);
        (!text.is_empty()).then(|| Item { mark: Mark::Bare, blocks: vec![Block::Paragraph(words)] })
    }
}

/// The words for a decision, with its state where it is known.
pub(crate) fn decision(state: &str, text: &str) -> String {
    if state.is_empty() { format!("Decision: {text}") } else { format!("Decision ({}): {text}", state.to_lowercase()) }
}
