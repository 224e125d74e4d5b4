//! Nodes to blocks.

use markup::{Block, Code, Heading, Item, Mark, Panel, Spans, one_line};
use serde_json::Value;

use super::node::Node;
use crate::storage::Options;
use crate::storage::extensions::decision;
use crate::storage::flow::Flow;
use crate::storage::ledger::Ledger;
use crate::storage::words::Words;

/// Walks a document once, from the start to the end.
pub(super) struct Walker<'o> {
    pub(super) options: &'o Options<'o>,
    pub(super) ledger: Ledger,
    pub(super) spans: Spans,
    pub(super) visible: Words,
}

impl<'o> Walker<'o> {
    pub(super) fn new(options: &'o Options<'o>, length: usize) -> Self {
        Self { options, ledger: Ledger::default(), spans: Spans::new(length), visible: Words::default() }
    }

    /// What was noted, and the words of the text.
    pub(super) fn into_parts(self) -> (Ledger, Words) {
        (self.ledger, self.visible)
    }

    pub(super) fn document(&mut self, document: &Value) -> Vec<Block> {
        self.blocks(Node(document))
    }

    /// The blocks of a node's content.
    pub(super) fn blocks(&mut self, node: Node<'_>) -> Vec<Block> {
        let mut flow = Flow::default();
        self.visible.end_word();
        self.children(node, &mut flow);
        self.visible.end_word();
        flow.finish()
    }

    /// A node's content as one line of text.
    pub(super) fn one_line(&mut self, node: Node<'_>) -> String {
        one_line(self.blocks(node))
    }

    pub(super) fn children(&mut self, node: Node<'_>, flow: &mut Flow) {
        for child in node.content() {
            self.node(child, flow);
        }
    }

    /// Content that begins and ends a line.
    pub(super) fn block(&mut self, node: Node<'_>, flow: &mut Flow) {
        self.visible.end_word();
        flow.end_line();
        self.children(node, flow);
        flow.end_line();
        self.visible.end_word();
    }

    fn node(&mut self, node: Node<'_>, flow: &mut Flow) {
        match node.kind() {
            "heading" => self.heading(node, flow),
            "bulletList" => self.list(node, |_| Mark::Bullet, flow),
            "orderedList" => {
                let first = node.number("order").unwrap_or(1);
                self.list(node, |index| Mark::Number(first.saturating_add(index)), flow);
            }
            "taskList" => self.tasks(node, flow),
            "decisionList" => self.decisions(node, flow),
            "codeBlock" => self.code(node, flow),
            "panel" => self.panel(node, flow),
            "blockquote" => {
                let blocks = self.blocks(node);
                flow.push(Block::Quote(blocks));
            }
            "expand" | "nestedExpand" => {
                let title = node.attribute("title").unwrap_or_default().to_owned();
                self.visible.push_apart(&title);
                let blocks = self.blocks(node);
                flow.push(Block::Expand { title, blocks });
            }
            "table" => self.table(node, flow),
            "rule" => flow.push(Block::Rule),
            "extension" | "bodiedExtension" | "inlineExtension" | "multiBodiedExtension" => self.extension(node, flow),
            "placeholder" => {}
            kind => self.inline(node, kind, flow),
        }
    }

    fn heading(&mut self, node: Node<'_>, flow: &mut Flow) {
        let mut inner = Flow::for_heading();
        self.block(node, &mut inner);
        let (blocks, anchor) = inner.finish_heading();
        let text = one_line(blocks);
        let level = node.number("level").unwrap_or(1).clamp(1, 6) as u8;
        if !text.is_empty() {
            flow.push(Block::Heading(Heading { level, text, name: anchor }));
        }
    }

    fn list(&mut self, node: Node<'_>, mark: impl Fn(u64) -> Mark, flow: &mut Flow) {
        let mut items = Vec::new();
        for (index, child) in (0..).zip(node.content()) {
            items.push(Item { mark: mark(index), blocks: self.blocks(child) });
        }
        flow.push_list(items);
    }

    /// Tasks; a nested list follows the task that it belongs to.
    fn tasks(&mut self, node: Node<'_>, flow: &mut Flow) {
        let mut items: Vec<Item> = Vec::new();
        for child in node.content() {
            if child.kind() == "taskList" {
                let mut inner = Flow::default();
                self.tasks(child, &mut inner);
                match items.last_mut() {
                    Some(item) => item.blocks.extend(inner.finish()),
                    None => items.push(Item { mark: Mark::Bare, blocks: inner.finish() }),
                }
            } else {
                items.push(self.task(child));
            }
        }
        flow.push_list(items);
    }

    pub(super) fn task(&mut self, node: Node<'_>) -> Item {
        Item { mark: Mark::Task { done: node.attribute("state") == Some("DONE") }, blocks: self.blocks(node) }
    }

    fn decisions(&mut self, node: Node<'_>, flow: &mut Flow) {
        let mut items = Vec::new();
        for child in node.content() {
            let text = self.one_line(child);
            if !text.is_empty() {
                let words = decision(child.attribute("state").unwrap_or_default(), &text);
                items.push(Item { mark: Mark::Bare, blocks: vec![Block::Paragraph(words)] });
            }
        }
        flow.push_list(items);
    }

    fn code(&mut self, node: Node<'_>, flow: &mut Flow) {
        let text = node.all_text();
        self.visible.push_apart(&text);
        let language = node.attribute("language").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join("-");
        flow.push(Block::Code(Code { language, title: String::new(), text }));
    }

    fn panel(&mut self, node: Node<'_>, flow: &mut Flow) {
        let label = match node.attribute("panelType").unwrap_or_default() {
            "info" => Some("Info"),
            "note" => Some("Note"),
            "warning" => Some("Warning"),
            "error" => Some("Error"),
            "success" => Some("Success"),
            "tip" => Some("Tip"),
            _ => None,
        };
        let blocks = self.blocks(node);
        if !blocks.is_empty() {
            flow.push(Block::Panel(Panel { label, title: String::new(), blocks }));
        }
    }
}
