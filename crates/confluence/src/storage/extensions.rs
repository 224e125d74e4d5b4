//! Nodes of the new editor that storage format wraps: the content once, without the fallback that repeats it.

use markup::{Block, Item, Mark, normalize};

use super::flow::Flow;
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
            self.without_content(node, flow);
        }
        for block in blocks {
            flow.push(block);
        }
        flow.end_line();
    }

    /// The fallback, or at least the name of an extension.
    fn without_content(&mut self, node: Node<'_>, flow: &mut Flow) {
        let mut inner = Flow::default();
        for fallback in node.children().filter(|child| child.name() == "ac:adf-fallback") {
            self.block(fallback, &mut inner);
        }
        let blocks = inner.finish();
        if let Some(name) = node.children().find_map(extension_name).filter(|_| blocks.is_empty()) {
            self.unread(&name, flow);
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
        flow.push_list(decisions.filter_map(|child| self.decision(child)).collect());
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

/// The name of the macro that a node of the new editor stands for.
fn extension_name(node: Node<'_>) -> Option<String> {
    let is_extension = node.attribute("type").is_some_and(|kind| kind.ends_with("extension"));
    let mut attributes = node.children().filter(|child| is_extension && child.name() == "ac:adf-attribute");
    let key = attributes.find(|child| child.attribute("key").as_deref() == Some("extension-key"))?;
    Some(macro_name(&key.text()))
}

/// The name in an extension's key, which for an installed app is a path that ends with it.
pub(crate) fn macro_name(key: &str) -> String {
    let name = key.trim().trim_end_matches('/');
    name.rsplit('/').next().unwrap_or(name).to_owned()
}

/// The words for a decision, with its state where it is known.
pub(crate) fn decision(state: &str, text: &str) -> String {
    if state.is_empty() { format!("Decision: {text}") } else { format!("Decision ({}): {text}", state.to_lowercase()) }
}
