//! The elements of a page as blocks.

use html2text::{Element, Handle};
use markup::{Block, Code, Heading, Item, Line, Losses, Mark, Spans, one_line, push_paragraph};

use super::prune::{Boxes, key};
use super::run::Runs;
use super::table::is_data;

/// Boxes nested deeper than this are read as one line of text, without their structure.
const MAX_DEPTH: usize = 100;

/// Reads boxes, and has the runs of text between them rendered.
pub(super) struct Walker<'l> {
    runs: Runs,
    boxes: Boxes,
    pub(super) spans: Spans,
    losses: &'l mut Losses,
    depth: usize,
}

impl<'l> Walker<'l> {
    pub(super) fn new(runs: Runs, boxes: Boxes, losses: &'l mut Losses, length: usize) -> Self {
        Self { runs, boxes, spans: Spans::new(length), losses, depth: 0 }
    }

    /// The blocks inside of a node.
    pub(super) fn blocks(&mut self, node: &Handle) -> Vec<Block> {
        let mut blocks = Vec::new();
        if self.depth >= MAX_DEPTH {
            self.losses.lose("nesting");
            push_paragraph(&mut blocks, flattened(node));
            return blocks;
        }
        self.depth += 1;
        let mut run = Vec::new();
        for child in node.children.borrow().iter() {
            if self.boxes.contains(&key(child)) {
                self.end_run(&mut run, &mut blocks);
                self.boxed(child, &mut blocks);
            } else {
                run.push(child.clone());
            }
        }
        self.end_run(&mut run, &mut blocks);
        self.depth -= 1;
        blocks
    }

    fn end_run(&self, run: &mut Vec<Handle>, blocks: &mut Vec<Block>) {
        if !run.is_empty() {
            push_paragraph(blocks, self.runs.text(std::mem::take(run)));
        }
    }

    fn boxed(&mut self, node: &Handle, blocks: &mut Vec<Block>) {
        let name = name(node).unwrap_or_default();
        match name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => blocks.push(self.heading(node, &name)),
            "ul" | "menu" | "dir" => self.list(node, None, blocks),
            "ol" => self.list(node, Some(start(node)), blocks),
            "pre" => blocks.push(code(node)),
            "table" if is_data(node) => self.table(node, blocks),
            _ => blocks.extend(self.blocks(node)),
        }
    }

    fn heading(&mut self, node: &Handle, name: &str) -> Block {
        let level = name.bytes().last().map_or(1, |digit| digit.saturating_sub(b'0'));
        let text = self.one_line(node);
        Block::Heading(Heading { level, text, name: id(node) })
    }

    /// The text of a node on one line.
    pub(super) fn one_line(&mut self, node: &Handle) -> String {
        one_line(self.blocks(node))
    }

    /// A list; content between items belongs to the item before it.
    fn list(&mut self, node: &Handle, mut number: Option<u64>, blocks: &mut Vec<Block>) {
        let mut items: Vec<Item> = Vec::new();
        let mut run = Vec::new();
        for child in node.children.borrow().iter() {
            if name(child).as_deref() == Some("li") {
                self.stray(&mut run, &mut items);
                let mark = number.map_or(Mark::Bullet, Mark::Number);
                number = number.map(|number| number.saturating_add(1));
                items.push(Item { mark: task(child).unwrap_or(mark), blocks: self.blocks(child) });
            } else if self.boxes.contains(&key(child)) {
                self.stray(&mut run, &mut items);
                let mut stray = Vec::new();
                self.boxed(child, &mut stray);
                attach(stray, &mut items);
            } else {
                run.push(child.clone());
            }
        }
        self.stray(&mut run, &mut items);
        items.retain(|item| !item.blocks.is_empty());
        if !items.is_empty() {
            blocks.push(Block::List(items));
        }
    }

    fn stray(&self, run: &mut Vec<Handle>, items: &mut Vec<Item>) {
        let mut blocks = Vec::new();
        self.end_run(run, &mut blocks);
        attach(blocks, items);
    }
}

fn attach(blocks: Vec<Block>, items: &mut Vec<Item>) {
    match items.last_mut() {
        _ if blocks.is_empty() => {}
        Some(item) => item.blocks.extend(blocks),
        None => items.push(Item { mark: Mark::Bare, blocks }),
    }
}

/// The state of an item's checkbox, which stands at its start.
fn task(item: &Handle) -> Option<Mark> {
    let checkbox = |node: &Handle| {
        name(node).as_deref() == Some("input") && attribute(node, "type").as_deref() == Some("checkbox")
    };
    let children = item.children.borrow();
    let first = children.iter().find(|node| name(node).is_some())?;
    let inner = first.children.borrow();
    let found =
        std::iter::once(first).chain(inner.iter().find(|node| name(node).is_some())).find(|node| checkbox(node))?;
    Some(Mark::Task { done: attribute(found, "checked").is_some() })
}

fn start(list: &Handle) -> u64 {
    attribute(list, "start").and_then(|start| start.parse().ok()).unwrap_or(1)
}

/// Verbatim text; its language is what highlighters read from the class, `language-rust`.
fn code(node: &Handle) -> Block {
    let language = |node: &Handle| {
        let class = attribute(node, "class")?;
        class
            .split_whitespace()
            .find_map(|name| name.strip_prefix("language-").or_else(|| name.strip_prefix("lang-")).map(str::to_owned))
    };
    let inner = child(node, "code").and_then(|inner| language(&inner));
    let text = raw_text(node);
    let text = text.strip_prefix('\n').unwrap_or(&text).to_owned();
    Block::Code(Code { language: inner.or_else(|| language(node)).unwrap_or_default(), text, ..Code::default() })
}

/// The page's title.
pub(super) fn title(document: &Handle) -> Option<String> {
    let html = child(document, "html")?;
    let head = child(&html, "head")?;
    child(&head, "title").map(|title| raw_text(&title))
}

/// The id that an address can name a heading by: its own, or that of an element or target inside it.
fn id(heading: &Handle) -> Option<String> {
    let own = |node: &Handle| {
        attribute(node, "id").or_else(|| attribute(node, "name").filter(|_| name(node).as_deref() == Some("a")))
    };
    let inner = || heading.children.borrow().iter().find_map(own);
    own(heading).or_else(inner).filter(|id| !id.trim().is_empty())
}

/// The name of an element.
pub(super) fn name(node: &Handle) -> Option<String> {
    node.element_name()
}

/// The value of an element's attribute.
pub(super) fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let Element { attrs, .. } = &node.data else { return None };
    attrs
        .borrow()
        .iter()
        .find(|attribute| &*attribute.name.local == wanted)
        .map(|attribute| attribute.value.to_string())
}

/// The first child element of that name.
pub(super) fn child(node: &Handle, wanted: &str) -> Option<Handle> {
    node.children.borrow().iter().find(|child| name(child).as_deref() == Some(wanted)).cloned()
}

/// The text inside of a node with its white space. The tree names its text nodes to nobody, but writes them out.
fn raw_text(node: &Handle) -> String {
    let mut text = String::new();
    let mut open = vec![node.clone()];
    while let Some(node) = open.pop() {
        match &node.data {
            Element { .. } if name(&node).as_deref() == Some("br") => text.push('\n'),
            Element { .. } => open.extend(node.children.borrow().iter().rev().cloned()),
            html2text::Document | html2text::Comment { .. } => {}
            _ => text.push_str(&written(&node)),
        }
    }
    text
}

/// The texts inside of a node on one line, a space between them. html2text draws tables with lines and gives up on some that are nested deeply.
fn flattened(node: &Handle) -> String {
    let mut line = Line::default();
    let mut open = vec![node.clone()];
    while let Some(node) = open.pop() {
        match &node.data {
            Element { .. } => open.extend(node.children.borrow().iter().rev().cloned()),
            html2text::Document | html2text::Comment { .. } => {}
            _ => line.push(&(written(&node) + " ")),
        }
    }
    line.take()
}

fn written(node: &Handle) -> String {
    let mut bytes = Vec::new();
    if node.serialize(&mut bytes).is_err() {
        return String::new();
    }
    let escaped = String::from_utf8_lossy(&bytes);
    quick_xml::escape::unescape(&escaped).map_or_else(|_| escaped.clone().into_owned(), std::borrow::Cow::into_owned)
}
