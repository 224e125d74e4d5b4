//! Macros. A parameter is configuration unless its macro says here that it is prose.

use super::blocks::{Block, Code, Flow, Item, Mark, Panel, Table};
use super::line::normalize;
use super::links::{attribute, page_ref};
use super::tree::{Kind, Node};
use super::walk::{self, Walker};
use super::{Edge, PageRef, names};

impl Walker<'_> {
    pub(super) fn structured_macro(&mut self, node: Node<'_>, flow: &mut Flow) {
        let name = attribute(node, "ac:name").unwrap_or_default();
        // Confluence stores a status as a node of its own, not as an extension, so a heading's anchor keeps its words.
        if name == "status" {
            return flow.text(&title(node));
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
            "code" => push_code(node, language(node), title(node), flow),
            "noformat" => push_code(node, String::new(), title(node), flow),
            "markdown" | "mohamicorp-markdown" => push_code(node, "markdown".to_owned(), String::new(), flow),
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
            _ if names::is_navigation(name) => {}
            _ if names::is_generated(name) => self.ledger.lose(name),
            _ => self.foreign(node, name, flow),
        }
    }

    /// The blocks of a macro's rich text.
    fn body(&mut self, node: Node<'_>) -> Vec<Block> {
        let mut flow = Flow::default();
        bodies(node).for_each(|body| self.block(body, &mut flow));
        flow.finish()
    }

    fn panel(&mut self, node: Node<'_>, label: Option<&'static str>, flow: &mut Flow) {
        let (title, blocks) = (title(node), self.body(node));
        if !title.is_empty() || !blocks.is_empty() {
            flow.push(Block::Panel(Panel { label, title, blocks }));
        }
    }

    /// The body as if the macro were not there; one without blocks stays in its line.
    fn transparent(&mut self, node: Node<'_>, flow: &mut Flow) {
        for body in bodies(node) {
            if flow.in_line() && !has_block(body) {
                self.children(body, flow);
            } else {
                self.block(body, flow);
            }
        }
    }

    /// Page properties: a line for each.
    fn properties(&mut self, node: Node<'_>, flow: &mut Flow) {
        for block in self.body(node) {
            flow.push(property_lines(block));
        }
    }

    fn include(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        let Some(page) = included(node) else { return self.unread(name, flow) };
        flow.text(&format!("[included page: {}]", page.title));
        self.ledger.edge(Edge::Includes(page));
    }

    fn jira(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        if let Some(key) = parameter(node, "key") {
            flow.text(&key);
        } else if let Some(query) = parameter(node, "jqlQuery") {
            flow.text(&format!("[Jira query: {query}]"));
        } else {
            self.unread(name, flow);
        }
    }

    fn profile(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        let user = parameters(node, "user").find_map(|user| user.child("ri:user"));
        match user.and_then(|user| self.known_user(user)) {
            Some(user) => flow.text(&user),
            None => self.unread(name, flow),
        }
    }

    /// A macro that is not known here: its body, else that it stood here.
    fn foreign(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        let mut read = false;
        for body in node.children().filter(|child| child.name() == "ac:plain-text-body") {
            let language = name.split_whitespace().next().unwrap_or_default().to_owned();
            push(walk::code(body, language, String::new()), flow);
            read = true;
        }
        if bodies(node).any(has_content) {
            self.transparent(node, flow);
            read = true;
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

fn bodies(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    node.children().filter(|child| child.name() == "ac:rich-text-body")
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

fn push_code(node: Node<'_>, language: String, title: String, flow: &mut Flow) {
    let body = node.child("ac:plain-text-body").or_else(|| node.child("ac:rich-text-body"));
    if let Some(body) = body {
        push(walk::code(body, language, title), flow);
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
    node.children().any(|child| !matches!(child.kind(), Kind::Text(text) if text.trim().is_empty()))
}

/// A table of page properties as a line for each; any other block as it is.
pub(crate) fn property_lines(block: Block) -> Block {
    match block {
        Block::Table(table) => Block::List(pairs(&table)),
        other => other,
    }
}

/// `key: value` for each property, whether its keys stand in the first column or in the first row.
fn pairs(table: &Table) -> Vec<Item> {
    let lines: Vec<String> = match table.rows.split_first() {
        Some((keys, rows)) if table.header_rows > 0 => {
            rows.iter().flat_map(|row| keys.iter().zip(row).map(|(key, value)| pair(key, value))).collect()
        }
        _ => table
            .rows
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
