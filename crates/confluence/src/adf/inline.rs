//! Nodes that flow in a line, and whatever is not known here.

use markup::normalize;
use time::OffsetDateTime;

use super::node::Node;
use super::walk::Walker;
use crate::storage::flow::Flow;
use crate::storage::links::last_segment;
use crate::storage::{Edge, PageRef};

impl Walker<'_> {
    pub(super) fn inline(&mut self, node: Node<'_>, kind: &str, flow: &mut Flow) {
        match kind {
            "text" => self.text(node, flow),
            "hardBreak" => {
                self.visible.end_word();
                flow.break_line();
            }
            "mention" => self.mention(node, flow),
            "emoji" => {
                let text = node.attribute("text").or_else(|| node.attribute("shortName"));
                self.say(text.unwrap_or_default(), flow);
            }
            "date" => self.date(node, flow),
            "status" => self.say_word(node.attribute("text").unwrap_or_default(), flow),
            "inlineCard" => self.card(node, flow),
            "blockCard" | "embedCard" => {
                flow.end_line();
                self.card(node, flow);
                flow.end_line();
            }
            "media" | "mediaInline" => self.media(node, flow),
            "blockTaskItem" | "taskItem" => {
                let task = self.task(node);
                flow.push_list(vec![task]);
            }
            "syncBlock" => self.unread(kind, flow),
            _ => self.unknown(node, kind, flow),
        }
    }

    /// Text of the node's own, as a word of the page.
    pub(super) fn say(&mut self, text: &str, flow: &mut Flow) {
        self.visible.push(text);
        flow.text(text);
    }

    /// Text that stands by itself, such as a lozenge.
    pub(super) fn say_word(&mut self, text: &str, flow: &mut Flow) {
        self.visible.push_apart(text);
        flow.word(text);
    }

    fn date(&mut self, node: Node<'_>, flow: &mut Flow) {
        match date(node) {
            Some(date) => self.say_word(&date, flow),
            None => self.ledger.lose("date"),
        }
    }

    fn text(&mut self, node: Node<'_>, flow: &mut Flow) {
        self.say(node.text(), flow);
        for link in node.marks().filter(|mark| mark.kind() == "link") {
            let title = link.inner(&["__confluenceMetadata", "contentTitle"]);
            if let Some(title) = title {
                let space_key = link.inner(&["__confluenceMetadata", "spaceKey"]).map(str::to_owned);
                self.ledger.edge(Edge::Links(PageRef { space_key, title: title.to_owned() }));
            }
        }
    }

    fn mention(&mut self, node: Node<'_>, flow: &mut Flow) {
        let account_id = node.attribute("id");
        if let Some(account_id) = account_id {
            self.ledger.edge(Edge::Mentions { account_id: account_id.to_owned() });
        }
        let known =
            account_id.and_then(self.options.user_name).map(|name| normalize(&name)).filter(|name| !name.is_empty());
        let name = known.as_deref().or_else(|| node.attribute("text")).unwrap_or("@user");
        self.say_word(name, flow);
    }

    fn card(&mut self, node: Node<'_>, flow: &mut Flow) {
        let url = node.attribute("url").or_else(|| node.inner(&["data", "url"])).unwrap_or_default();
        if !url.is_empty() {
            self.ledger.edge(Edge::Card { url: url.to_owned() });
        }
        let title = (self.options.card_title)(url);
        let name = title.as_deref().or_else(|| node.inner(&["data", "name"])).unwrap_or(url);
        self.say_word(name, flow);
    }

    fn media(&mut self, node: Node<'_>, flow: &mut Flow) {
        let named =
            node.attribute("alt").or_else(|| node.attribute("fileName")).or_else(|| node.attribute("__fileName"));
        let name = named.map(str::to_owned).or_else(|| node.attribute("url").map(last_segment));
        match name {
            Some(name) => flow.text(&format!(" [image: {name}] ")),
            None => self.ledger.lose(node.kind()),
        }
    }

    /// A node without a rule of its own, be it a paragraph or new to us: its content, else its text, else it is lost.
    fn unknown(&mut self, node: Node<'_>, kind: &str, flow: &mut Flow) {
        let mut content = node.content().peekable();
        if content.peek().is_some() {
            self.block(node, flow);
        } else if !node.text().is_empty() {
            self.say(node.text(), flow);
        } else if let Some(text) = node.attribute("text") {
            self.say_word(text, flow);
        } else if !is_container(kind) {
            self.ledger.lose(if kind.is_empty() { "unnamed" } else { kind });
        }
    }
}

/// Nodes that may well be empty.
fn is_container(kind: &str) -> bool {
    matches!(
        kind,
        "doc"
            | "paragraph"
            | "listItem"
            | "layoutSection"
            | "layoutColumn"
            | "mediaSingle"
            | "mediaGroup"
            | "caption"
            | "tableRow"
            | "tableCell"
            | "tableHeader"
            | "extensionFrame"
            | "bodiedSyncBlock"
    )
}

/// A date as ISO 8601, from milliseconds since 1970 at midnight UTC.
fn date(node: Node<'_>) -> Option<String> {
    let written = node.attribute("timestamp").and_then(|written| written.parse::<i64>().ok());
    let number = || node.number("timestamp").and_then(|number| i64::try_from(number).ok());
    let moment = written
        .or_else(number)
        .and_then(|milliseconds| OffsetDateTime::from_unix_timestamp(milliseconds.div_euclid(1000)).ok());
    moment.map(|moment| moment.date().to_string())
}
