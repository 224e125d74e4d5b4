//! Macros. A parameter is configuration unless its macro says here that it is prose.

use markup::{Block, Code, Item, Mark, Panel, Table, normalize};

use super::flow::Flow;
use super::links::{attribute, page_ref};
use super::tree::{Kind, Node};
use super::walk::{self, Walker};
use super::{Edge, PageRef, names};

impl Walker<'_> {
    pub(super) fn structured_macro(&mut self, node: Node<'_>, flow: &mut Flow) {
        let name = attribute(node, "ac:name").unwrap_or_default();
        // Confluence stores a status as a node of its own, not as an extension, so a heading's anchor keeps its words.
        if name == "status" {
            flow.word(&title(node));
            return self.bodies(node, flow);
        }
        let alone = walk::is_alone(node, flow);
        flow.begin_extension();
        self.named_macro(node, &name, flow);
        flow.end_extension();
        if alone {
            flow.end_line();
        }
    }

    fn named_macro(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        match name {
            "code" => self.verbatim(node, &language(node), title(node), flow),
            "noformat" => self.verbatim(node, "", title(node), flow),
            "markdown" | "mohamicorp-markdown" => self.verbatim(node, "markdown", String::new(), flow),
            "info" => self.panel(node, Some("Info"), flow),
            "note" => self.panel(node, Some("Note"), flow),
            "warning" => self.panel(node, Some("Warning"), flow),
            "tip" => self.panel(node, Some("Tip"), flow),
            "panel" => self.panel(node, None, flow),
            "expand" | "ui-expand" => {
                let blocks = self.body(node);
                flow.push(Block::Expand { title: title(node), blocks });
            }
            "section" | "column" | "excerpt" | "multiexcerpt" => self.transparent(node, flow),
            "details" => self.properties(node, flow),
            "include" | "excerpt-include" => self.include(node, name, flow),
            "jira" | "jiraissues" => self.jira(node, name, flow),
            "profile" => self.profile(node, name, flow),
            _ if names::is_navigation(name) => self.bodies(node, flow),
            _ if names::is_generated(name) => {
                self.ledger.lose(name);
                self.bodies(node, flow);
            }
            _ => self.foreign(node, name, flow),
        }
    }

    /// The blocks of a macro's bodies.
    fn body(&mut self, node: Node<'_>) -> Vec<Block> {
        let mut flow = Flow::default();
        bodies(node).for_each(|body| self.block_or_code(body, &mut flow));
        flow.finish()
    }

    fn block_or_code(&mut self, body: Node<'_>, flow: &mut Flow) {
        if body.name() == "ac:rich-text-body" { self.block(body, flow) } else { self.node(body, flow) }
    }

    /// Bodies of a macro that should have none.
    fn bodies(&mut self, node: Node<'_>, flow: &mut Flow) {
        if bodies(node).any(has_content) {
            self.transparent(node, flow);
        }
    }

    fn panel(&mut self, node: Node<'_>, label: Option<&'static str>, flow: &mut Flow) {
        let (title, blocks) = (title(node), self.body(node));
        if !title.is_empty() || !blocks.is_empty() {
            flow.push(Block::Panel(Panel { label, title, blocks }));
        }
    }

    /// The bodies as if the macro were not there.
    fn transparent(&mut self, node: Node<'_>, flow: &mut Flow) {
        bodies(node).for_each(|body| self.transparent_body(body, flow));
    }

    /// A body as if its macro were not there; one without blocks stays in its line.
    fn transparent_body(&mut self, body: Node<'_>, flow: &mut Flow) {
        match body.name() {
            "ac:rich-text-body" if flow.in_line() && !has_block(body) => self.children(body, flow),
            _ => self.block_or_code(body, flow),
        }
    }

    /// Page properties: a line for each.
    fn properties(&mut self, node: Node<'_>, flow: &mut Flow) {
        for block in self.body(node) {
            flow.push(property_lines(block));
        }
    }

    fn include(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        let Some(page) = included(node) else { return self.foreign(node, name, flow) };
        flow.text(&format!("[included page: {}]", page.title));
        self.ledger.edge(Edge::Includes(page));
        self.bodies(node, flow);
    }

    fn jira(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        if let Some(key) = parameter(node, "key") {
            flow.word(&key);
        } else if let Some(query) = parameter(node, "jqlQuery") {
            flow.text(&format!("[Jira query: {query}]"));
        } else {
            return self.foreign(node, name, flow);
        }
        self.bodies(node, flow);
    }

    fn profile(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        let user = parameters(node, "user").find_map(|user| user.child("ri:user"));
        match user.and_then(|user| self.known_user(user)) {
            Some(user) => {
                flow.word(&user);
                self.bodies(node, flow);
            }
            None => self.foreign(node, name, flow),
        }
    }

    /// Verbatim text, its title before it. A body of paragraphs and lists is not verbatim, whatever the macro says.
    fn verbatim(&mut self, node: Node<'_>, language: &str, mut title: String, flow: &mut Flow) {
        for body in bodies(node) {
            if body.name() == "ac:plain-text-body" || !has_block(body) {
                push(walk::code(body, language.to_owned(), std::mem::take(&mut title)), flow);
            } else {
                flow.text(&std::mem::take(&mut title));
                self.block_or_code(body, flow);
            }
        }
        push(Code { language: String::new(), title, text: String::new() }, flow);
    }

    /// A macro that is not known here: its bodies, else that it stood here.
    fn foreign(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        let language = name.split_whitespace().next().unwrap_or_default();
        let mut read = false;
        for body in bodies(node) {
            let is_verbatim = body.name() == "ac:plain-text-body";
            read |= is_verbatim || has_content(body);
            if is_verbatim {
                push(walk::code(body, language.to_owned(), String::new()), flow);
            } else {
                self.transparent_body(body, flow);
            }
        }
        if !read {
            self.unread(name, flow);
        }
    }

    pub(super) fn unread(&mut self, name: &str, flow: &mut Flow) {
        if let Some(words) = self.ledger.lose_macro(name) {
            flow.text(&format!(" {words} "));
        }
    }
}

/// What a macro holds beside its parameters: bodies of rich or verbatim text, and whatever a writer put beside them.
fn bodies(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    node.children().filter(|child| match child.kind() {
        Kind::Text(text) => !text.trim().is_empty(),
        Kind::Cdata(_) => true,
        Kind::Element(name) => !names::is_hidden(name),
    })
}

fn parameters<'t>(node: Node<'t>, name: &str) -> impl Iterator<Item = Node<'t>> {
    node.children().filter(move |child| match child.name() {
        "ac:parameter" => child.attribute("ac:name").unwrap_or_default() == name,
        "ac:default-parameter" => name.is_empty(),
        _ => false,
    })
}

fn parameter(node: Node<'_>, name: &str) -> Option<String> {
    parameters(node, name).map(|parameter| normalize(&parameter.text())).find(|text| !text.is_empty())
}

fn title(node: Node<'_>) -> String {
    parameter(node, "title").unwrap_or_default()
}

fn language(node: Node<'_>) -> String {
    let language = parameter(node, "language").filter(|language| language != "none").unwrap_or_default();
    language.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The page that an include names: as a link or in words.
fn included(node: Node<'_>) -> Option<PageRef> {
    let linked = parameters(node, "").find_map(|parameter| parameter.descendant("ri:page")).and_then(page_ref);
    linked.or_else(|| parameter(node, "").map(|words| page_in_words(&words)))
}

/// A page as `SPACE:Title` or by its title alone.
pub(crate) fn page_in_words(words: &str) -> PageRef {
    match words.split_once(':') {
        Some((space, title)) if !space.contains(' ') && !title.is_empty() && !title.starts_with(' ') => {
            PageRef { space_key: Some(space.to_owned()), title: title.to_owned() }
        }
        _ => PageRef { space_key: None, title: words.to_owned() },
    }
}

fn push(code: Code, flow: &mut Flow) {
    if !code.text.trim().is_empty() || !code.title.is_empty() {
        flow.push(Block::Code(code));
    }
}

fn has_block(node: Node<'_>) -> bool {
    node.children().any(|child| match child.name() {
        "ac:structured-macro" => {
            child.child("ac:rich-text-body").is_some() || child.child("ac:plain-text-body").is_some()
        }
        name => names::is_block(name) || has_block(child),
    })
}

fn has_content(node: Node<'_>) -> bool {
    let is_blank = |text: &str| text.trim().is_empty();
    match node.kind() {
        Kind::Text(text) | Kind::Cdata(text) => !is_blank(text),
        Kind::Element(_) => node.children().any(|child| !matches!(child.kind(), Kind::Text(text) if is_blank(text))),
    }
}

/// A table of page properties as a line for each; any other block as it is, a table of several rows of values too.
pub(crate) fn property_lines(block: Block) -> Block {
    match block {
        Block::Table(table) if table.header_rows == 0 || table.rows.len() <= 2 => Block::List(pairs(&table)),
        other => other,
    }
}

/// `key: value` for each property, whether its keys stand in the first column or in the first row.
fn pairs(table: &Table) -> Vec<Item> {
    let lines: Vec<String> = match table.rows.as_slice() {
        [keys, values] if table.header_rows > 0 => {
            let width = keys.len().max(values.len());
            let at = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
            (0..width).map(|column| pair(&at(keys, column), &at(values, column))).collect()
        }
        rows => rows
            .iter()
            .map(|row| row.split_first().map_or_else(String::new, |(key, rest)| pair(key, &rest.join(" | "))))
            .collect(),
    };
    let bare = |line: String| Item { mark: Mark::Bare, blocks: vec![Block::Paragraph(line)] };
    lines.into_iter().filter(|line| !line.is_empty()).map(bare).collect()
}

fn pair(key: &str, value: &str) -> String {
    match (key.is_empty(), value.is_empty()) {
        (true, _) => value.to_owned(),
        (_, true) => key.to_owned(),
        _ => format!("{}: {value}", key.trim_end_matches(':')),
    }
}
