//! Elements to blocks.

use markup::{Block, Code, Heading, Spans, one_line};

use super::flow::Flow;
use super::ledger::Ledger;
use super::tree::{Kind, Node};
use super::{Options, names};

/// Walks a tree once, from the start to the end, and turns it into blocks.
pub(super) struct Walker<'o> {
    pub(super) options: &'o Options<'o>,
    pub(super) ledger: Ledger,
    pub(super) spans: Spans,
}

impl<'o> Walker<'o> {
    pub(super) fn new(options: &'o Options<'o>, length: usize) -> Self {
        Self { options, ledger: Ledger::default(), spans: Spans::new(length) }
    }

    pub(super) fn into_ledger(self) -> Ledger {
        self.ledger
    }

    /// The blocks of a node's content.
    pub(super) fn blocks(&mut self, node: Node<'_>) -> Vec<Block> {
        let mut flow = Flow::default();
        self.children(node, &mut flow);
        flow.finish()
    }

    /// A node's content as one line of text.
    pub(super) fn one_line(&mut self, node: Node<'_>) -> String {
        one_line(self.blocks(node))
    }

    pub(super) fn children(&mut self, node: Node<'_>, flow: &mut Flow) {
        for child in node.children() {
            self.node(child, flow);
        }
    }

    pub(super) fn node(&mut self, node: Node<'_>, flow: &mut Flow) {
        match node.kind() {
            Kind::Text(text) | Kind::Cdata(text) => flow.text(text),
            Kind::Element(name) if names::is_hidden(name) => {}
            Kind::Element(name) => match names::heading_level(name) {
                Some(level) => self.heading(node, level, flow),
                None => self.element(node, name, flow),
            },
        }
    }

    fn element(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        match name {
            "ac:structured-macro" | "ac:macro" => self.structured_macro(node, flow),
            "ac:link" => self.link(node, flow),
            "ac:image" | "ac:figure" | "img" => self.image(node, flow),
            "ac:emoticon" => self.emoticon(node, flow),
            "ac:adf-extension" => self.adf_extension(node, flow),
            "ac:task-list" => self.task_list(node, flow),
            "ac:plain-text-body" | "pre" => flow.push(Block::Code(code(node, String::new(), String::new()))),
            "a" => self.address(node, flow),
            "br" => flow.break_line(),
            "hr" => flow.push(Block::Rule),
            "ul" | "ol" => self.list(node, flow),
            "table" => self.table(node, flow),
            "blockquote" => {
                let blocks = self.blocks(node);
                flow.push(Block::Quote(blocks));
            }
            "time" => self.time(node, flow),
            "math" => self.math(node, flow),
            "span" if is_math_picture(node) => {}
            _ if names::is_block(name) => self.block(node, flow),
            _ => self.children(node, flow),
        }
    }

    /// An element that begins and ends a line.
    pub(super) fn block(&mut self, node: Node<'_>, flow: &mut Flow) {
        flow.end_line();
        self.children(node, flow);
        flow.end_line();
    }

    fn heading(&mut self, node: Node<'_>, level: u8, flow: &mut Flow) {
        let mut inner = Flow::for_heading();
        self.children(node, &mut inner);
        let (blocks, anchor) = inner.finish_heading();
        let text = one_line(blocks);
        if !text.is_empty() {
            flow.push(Block::Heading(Heading { level, text, name: anchor }));
        }
    }

    /// A formula: its source where it is given, for the signs alone lose their places.
    fn math(&mut self, node: Node<'_>, flow: &mut Flow) {
        match node.descendant("annotation") {
            Some(source) => flow.text(&source.text()),
            None => self.children(node, flow),
        }
    }
}

/// The picture that `KaTeX` draws beside a formula's `math` element, the same signs again.
pub(super) fn is_math_picture(node: Node<'_>) -> bool {
    node.attribute("class").is_some_and(|class| class.split_whitespace().any(|name| name == "katex-html"))
}

/// Whether an element that may stand in a line stands between blocks instead, and so is a paragraph of its own.
pub(super) fn is_alone(node: Node<'_>, flow: &Flow) -> bool {
    !flow.in_line() && matches!(node.parent_name(), "" | "ac:layout-cell" | "ac:rich-text-body")
}

/// The content of an element exactly as it is written, but for line ends.
pub(super) fn code(node: Node<'_>, language: String, title: String) -> Code {
    let has_cdata = node.children().any(|child| matches!(child.kind(), Kind::Cdata(_)));
    let own = Some(node).filter(|node| !matches!(node.kind(), Kind::Element(_)));
    let mut text = String::new();
    for child in node.children().chain(own) {
        match child.kind() {
            // White space around CDATA sections is the writer's indentation of the markup.
            Kind::Text(piece) if has_cdata && piece.trim().is_empty() => {}
            Kind::Text(piece) | Kind::Cdata(piece) => text.push_str(piece),
            Kind::Element("br") => text.push('\n'),
            Kind::Element(_) => text.push_str(&child.text()),
        }
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    Code { language, title, text }
}
