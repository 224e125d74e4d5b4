//! The element tree of a body, bounded in depth and size, with mismatched tags repaired.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::events::attributes::Attributes;

use super::tokens::{Token, Tokens, tag_name};
use super::{entities, names};

/// Elements deeper than this keep their text but are themselves left out, so that reading the tree may recurse.
const MAX_DEPTH: usize = 100;
/// Nodes beyond this number are left out in the same way.
const MAX_NODES: usize = 1_000_000;

/// A body's elements and text.
pub(super) struct Tree<'a> {
    nodes: Vec<Data<'a>>,
    flattened: bool,
    scanned: usize,
}

struct Data<'a> {
    content: Content<'a>,
    parent: u32,
    first: u32,
    last: u32,
    next: u32,
}

enum Content<'a> {
    /// What stands between `<` and `>`.
    Element(&'a str),
    Text(Cow<'a, str>),
    Cdata(Cow<'a, str>),
}

/// Where there is no node: the root is nobody's child or sibling.
const NONE: u32 = 0;

impl<'a> Tree<'a> {
    pub(super) fn parse(source: &'a str) -> Self {
        let mut tokens = Tokens::new(source.trim_start_matches('\u{feff}'));
        let mut builder = Builder::new();
        for token in &mut tokens {
            builder.push(token);
        }
        builder.tree.scanned = tokens.scanned();
        builder.tree
    }

    pub(super) fn root(&self) -> Node<'_> {
        Node { tree: self, id: NONE }
    }

    /// Whether elements were left out because of depth or number.
    pub(super) fn is_flattened(&self) -> bool {
        self.flattened
    }

    /// Bytes that were read to build it, those read twice counted twice.
    #[cfg(test)]
    pub(super) fn scanned(&self) -> usize {
        self.scanned
    }

    /// All nodes in the order of the source.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.nodes.len()).map(|id| Node { tree: self, id: id as u32 })
    }

    fn append(&mut self, parent: u32, content: Content<'a>) -> u32 {
        let id = self.nodes.len() as u32;
        self.nodes.push(Data { content, parent, first: NONE, last: NONE, next: NONE });
        let Some(above) = self.nodes.get_mut(parent as usize) else { return id };
        let before = std::mem::replace(&mut above.last, id);
        if before == NONE {
            above.first = id;
        } else if let Some(before) = self.nodes.get_mut(before as usize) {
            before.next = id;
        }
        id
    }

    /// The node's last child, if it is the last node altogether and so can still grow.
    fn growing(&mut self, parent: u32) -> Option<&mut Content<'a>> {
        let last = self.nodes.get(parent as usize)?.last;
        let at_end = last != NONE && last as usize + 1 == self.nodes.len();
        self.nodes.get_mut(last as usize).filter(|_| at_end).map(|data| &mut data.content)
    }
}

struct Builder<'a> {
    tree: Tree<'a>,
    stack: Vec<Open<'a>>,
    open: HashMap<&'a str, usize>,
    hidden: usize,
}

/// An element that has begun: its node, or the node that its content goes to because it was left out.
struct Open<'a> {
    name: &'a str,
    node: u32,
    flattened: bool,
}

impl<'a> Builder<'a> {
    fn new() -> Self {
        let root = Data { content: Content::Element(""), parent: NONE, first: NONE, last: NONE, next: NONE };
        let tree = Tree { nodes: vec![root], flattened: false, scanned: 0 };
        Self { tree, stack: Vec::new(), open: HashMap::new(), hidden: 0 }
    }

    fn push(&mut self, token: Token<'a>) {
        match token {
            Token::Open { tag, empty } => self.open(tag, empty),
            Token::Close(name) => self.close(name),
            Token::Text(text) => self.text(Cow::Borrowed(text)),
            Token::Reference(reference) => self.text(entities::resolve(reference)),
            Token::Cdata(text) => self.cdata(text),
            Token::Nothing => {}
        }
    }

    fn parent(&self) -> u32 {
        self.stack.last().map_or(NONE, |open| open.node)
    }

    fn open(&mut self, tag: &'a str, empty: bool) {
        let name = tag_name(tag);
        if let Some(hidden) = self.stack.last().map(|open| open.name).filter(|open| names::cannot_hold(open, name)) {
            self.close(hidden);
        }
        let flattened = self.stack.len() >= MAX_DEPTH || self.tree.nodes.len() >= MAX_NODES;
        if flattened {
            self.flatten(name);
        }
        let node = if flattened { self.parent() } else { self.tree.append(self.parent(), Content::Element(tag)) };
        if !empty {
            *self.open.entry(name).or_default() += 1;
            self.hidden += usize::from(flattened && names::is_hidden(name));
            self.stack.push(Open { name, node, flattened });
        }
    }

    /// A left out element still keeps the words on its two sides apart.
    fn flatten(&mut self, name: &str) {
        self.tree.flattened = true;
        if names::is_block(name) {
            self.text(Cow::Borrowed(" "));
        }
    }

    /// Closes the innermost element of this name and all that began inside it; an end without a beginning is ignored.
    fn close(&mut self, name: &str) {
        if self.open.get(name).is_none_or(|&count| count == 0) {
            return;
        }
        while let Some(open) = self.stack.pop() {
            if let Some(count) = self.open.get_mut(open.name) {
                *count -= 1;
            }
            if open.flattened {
                self.hidden -= usize::from(names::is_hidden(open.name));
                self.flatten(open.name);
            }
            if open.name == name {
                return;
            }
        }
    }

    fn text(&mut self, text: Cow<'a, str>) {
        if self.hidden > 0 || text.is_empty() {
            return;
        }
        let parent = self.parent();
        match self.tree.growing(parent) {
            Some(Content::Text(before)) => before.to_mut().push_str(&text),
            _ => {
                self.tree.append(parent, Content::Text(text));
            }
        }
    }

    fn cdata(&mut self, text: &'a str) {
        if self.hidden > 0 {
            return;
        }
        let parent = self.parent();
        match self.tree.growing(parent) {
            Some(Content::Cdata(before)) => before.to_mut().push_str(text),
            _ => {
                self.tree.append(parent, Content::Cdata(Cow::Borrowed(text)));
            }
        }
    }
}

/// A place in a tree.
#[derive(Clone, Copy)]
pub(super) struct Node<'t> {
    tree: &'t Tree<'t>,
    id: u32,
}

/// What a node is.
#[derive(Clone, Copy)]
pub(super) enum Kind<'t> {
    /// An element, by name; the root has none.
    Element(&'t str),
    /// Text, references resolved.
    Text(&'t str),
    /// The content of CDATA sections, split ones joined.
    Cdata(&'t str),
}

impl<'t> Node<'t> {
    fn data(self) -> Option<&'t Data<'t>> {
        self.tree.nodes.get(self.id as usize)
    }

    fn at(self, id: u32) -> Option<Self> {
        (id != NONE).then_some(Self { id, ..self })
    }

    pub(super) fn kind(self) -> Kind<'t> {
        match self.data().map(|data| &data.content) {
            Some(Content::Element(tag)) => Kind::Element(tag_name(tag)),
            Some(Content::Text(text)) => Kind::Text(text),
            Some(Content::Cdata(text)) => Kind::Cdata(text),
            None => Kind::Text(""),
        }
    }

    /// The element's name; empty for text.
    pub(super) fn name(self) -> &'t str {
        match self.kind() {
            Kind::Element(name) => name,
            Kind::Text(_) | Kind::Cdata(_) => "",
        }
    }

    /// Place in the order of the source.
    pub(super) fn index(self) -> usize {
        self.id as usize
    }

    /// Place of the parent; the root is its own.
    pub(super) fn parent_index(self) -> usize {
        self.data().map_or(0, |data| data.parent as usize)
    }

    /// The parent's name; empty for the root.
    pub(super) fn parent_name(self) -> &'t str {
        Self { id: self.parent_index() as u32, ..self }.name()
    }

    /// What stands behind the element's name, as it is written.
    pub(super) fn attributes(self) -> &'t str {
        match self.data().map(|data| &data.content) {
            Some(Content::Element(tag)) => tag.get(tag_name(tag).len()..).unwrap_or_default(),
            _ => "",
        }
    }

    /// An attribute's value; attributes are read anew each time, for few elements need any.
    pub(super) fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        let Some(Content::Element(tag)) = self.data().map(|data| &data.content) else { return None };
        let mut attributes = Attributes::html(tag, tag_name(tag).len());
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.as_ref() == name)?;
        Some(match found.value {
            Cow::Borrowed(value) => entities::unescape(value),
            Cow::Owned(value) => Cow::Owned(entities::unescape(&value).into_owned()),
        })
    }

    pub(super) fn children(self) -> impl Iterator<Item = Self> + use<'t> {
        let first = self.data().and_then(|data| self.at(data.first));
        std::iter::successors(first, |node| node.data().and_then(|data| node.at(data.next)))
    }

    /// The first few children of the parent that stand before this node.
    pub(super) fn before(self) -> impl Iterator<Item = Self> + use<'t> {
        let parent = Self { id: self.parent_index() as u32, ..self };
        parent.children().take(8).take_while(move |node| node.id != self.id)
    }

    /// Whether there is text below that is not configuration.
    pub(super) fn has_text(self) -> bool {
        match self.kind() {
            Kind::Element(name) => !names::is_hidden(name) && self.children().any(Self::has_text),
            Kind::Text(text) | Kind::Cdata(text) => !text.trim().is_empty(),
        }
    }

    /// The first child of this name.
    pub(super) fn child(self, name: &str) -> Option<Self> {
        self.children().find(|node| node.name() == name)
    }

    /// The first element of this name anywhere below.
    pub(super) fn descendant(self, name: &str) -> Option<Self> {
        self.children().find_map(|node| if node.name() == name { Some(node) } else { node.descendant(name) })
    }

    /// All text below, as it is written.
    pub(super) fn text(self) -> String {
        let mut text = String::new();
        self.collect_text(&mut text);
        text
    }

    fn collect_text(self, text: &mut String) {
        match self.kind() {
            Kind::Element(_) => self.children().for_each(|node| node.collect_text(text)),
            Kind::Text(piece) | Kind::Cdata(piece) => text.push_str(piece),
        }
    }
}
