//! Extensions: macros, and what apps add.

use markup::{Block, Code};

use super::node::Node;
use super::walk::Walker;
use crate::storage::extensions::macro_name;
use crate::storage::flow::Flow;
use crate::storage::macros::{page_in_words, property_lines};
use crate::storage::{Edge, names};

impl Walker<'_> {
    pub(super) fn extension(&mut self, node: Node<'_>, flow: &mut Flow) {
        let name = macro_name(node.attribute("extensionKey").unwrap_or_default());
        let inline = node.kind() == "inlineExtension";
        if !inline {
            flow.end_line();
        }
        flow.begin_extension();
        self.named_macro(node, &name, flow);
        flow.end_extension();
        if !inline {
            flow.end_line();
        }
    }

    fn named_macro(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        let parameter = |name| node.parameter(name);
        match name {
            _ if node.content().next().is_some() && name != "details" => self.foreign(node, name, flow),
            _ if names::is_navigation(name) => {}
            _ if names::is_generated(name) => self.ledger.lose(name),
            "status" => self.say_word(parameter("title").unwrap_or_default(), flow),
            "details" => self.properties(node, flow),
            "include" | "excerpt-include" if parameter("").is_some() => {
                let page = page_in_words(parameter("").unwrap_or_default());
                flow.text(&format!("[included page: {}]", page.title));
                self.ledger.edge(Edge::Includes(page));
            }
            "jira" if parameter("key").is_some() => self.say_word(parameter("key").unwrap_or_default(), flow),
            "jira" if parameter("jqlQuery").is_some() => {
                flow.text(&format!("[Jira query: {}]", parameter("jqlQuery").unwrap_or_default()));
            }
            _ => self.foreign(node, name, flow),
        }
    }

    /// Page properties: a line for each.
    fn properties(&mut self, node: Node<'_>, flow: &mut Flow) {
        for block in self.blocks(node) {
            flow.push(property_lines(block));
        }
    }

    /// A macro's content, else its verbatim body, else that it stood here.
    fn foreign(&mut self, node: Node<'_>, name: &str, flow: &mut Flow) {
        if node.content().next().is_some() {
            self.block(node, flow);
        } else if let Some(text) = node.parameter("__bodyContent") {
            self.visible.push_apart(text);
            flow.push(Block::Code(Code { language: name.to_owned(), title: String::new(), text: text.to_owned() }));
        } else {
            self.unread(name, flow);
        }
    }

    pub(super) fn unread(&mut self, name: &str, flow: &mut Flow) {
        if let Some(words) = self.ledger.lose_macro(name) {
            flow.text(&format!(" {words} "));
        }
    }
}
