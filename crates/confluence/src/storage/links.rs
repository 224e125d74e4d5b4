//! Links, people, pictures, dates: elements whose text stands in attributes.

use markup::{normalize, one_line};

use super::flow::Flow;
use super::tree::Node;
use super::walk::{self, Walker};
use super::{Edge, PageRef};

impl Walker<'_> {
    /// A link to something in Confluence: its own text, or the name of its target. A link to a page that is named by its id
    /// alone has neither.
    pub(super) fn link(&mut self, node: Node<'_>, flow: &mut Flow) {
        let mut inner = Flow::default();
        let name = self.link_parts(node, &mut inner);
        let text = one_line(inner.finish());
        if !text.is_empty() {
            let (before, after) = spaces(node);
            return [before, &text, after].into_iter().for_each(|piece| flow.text(piece));
        }
        match name.or_else(|| attribute(node, "ac:anchor")) {
            Some(name) => flow.word(&name),
            None if has_target(node) => self.ledger.lose("ac:link"),
            None => {}
        }
    }

    /// The text of a link, and the name of its first target. A resource may hold text where a writer left its end out.
    fn link_parts(&mut self, node: Node<'_>, text: &mut Flow) -> Option<String> {
        let mut name = None;
        for child in node.children() {
            if child.name().starts_with("ri:") {
                let target = self.target(child);
                name = name.or(target);
                let within = self.link_parts(child, text);
                name = name.or(within);
            } else {
                self.node(child, text);
            }
        }
        name
    }

    /// The name of a link's target; the target itself is noted.
    fn target(&mut self, node: Node<'_>) -> Option<String> {
        match node.name() {
            "ri:page" | "ri:blog-post" => {
                let page = page_ref(node)?;
                let title = page.title.clone();
                self.ledger.edge(Edge::Links(page));
                Some(title)
            }
            "ri:user" => Some(self.user(node)),
            "ri:attachment" => attribute(node, "ri:filename"),
            "ri:url" => attribute(node, "ri:value"),
            "ri:space" => attribute(node, "ri:space-key"),
            "ri:shortcut" => attribute(node, "ri:parameter"),
            _ => None,
        }
    }

    /// A person's name, or a word for one who is not known.
    fn user(&mut self, node: Node<'_>) -> String {
        let legacy = || attribute(node, "ri:username").map(|name| format!("@{name}"));
        self.known_user(node).or_else(legacy).unwrap_or_else(|| "@user".to_owned())
    }

    /// A person's name, where it is known; the person is noted in any case.
    pub(super) fn known_user(&mut self, node: Node<'_>) -> Option<String> {
        let account_id = attribute(node, "ri:account-id");
        if let Some(account_id) = account_id.clone() {
            self.ledger.edge(Edge::Mentions { account_id });
        }
        let key = account_id.or_else(|| attribute(node, "ri:userkey"))?;
        let name = (self.options.user_name)(&key)?;
        Some(normalize(&name)).filter(|name| !name.is_empty())
    }

    /// An address: its text; a card gets the title of its page where that is known.
    pub(super) fn address(&mut self, node: Node<'_>, flow: &mut Flow) {
        let Some(appearance) = attribute(node, "data-card-appearance") else {
            return self.children(node, flow);
        };
        let url = attribute(node, "href").unwrap_or_default();
        let shown = self.one_line(node);
        let text = if shown.is_empty() || shown == url { self.card(&url) } else { shown };
        let alone = appearance != "inline";
        if alone {
            flow.end_line();
        }
        flow.word(&text);
        if alone {
            flow.end_line();
        }
    }

    fn card(&mut self, url: &str) -> String {
        if !url.is_empty() {
            self.ledger.edge(Edge::Card { url: url.to_owned() });
        }
        (self.options.card_title)(url).unwrap_or_else(|| url.to_owned())
    }

    /// A picture: what it is said to show, or its file, then its caption.
    pub(super) fn image(&mut self, node: Node<'_>, flow: &mut Flow) {
        let name = attribute(node, "ac:alt").or_else(|| attribute(node, "alt")).or_else(|| file_name(node));
        let captions = node.children().filter(|child| is_caption(*child));
        let caption = captions.map(|caption| self.caption(caption)).collect::<Vec<_>>().join(" ");
        let alone = walk::is_alone(node, flow);
        let unseen = name.is_none() && caption.is_empty();
        if let Some(name) = name {
            flow.text(&format!(" [image: {name}] "));
        }
        if !caption.is_empty() {
            flow.text(&format!(" {caption} "));
        }
        if unseen {
            self.ledger.lose(node.name());
        }
        for child in node.children().filter(|child| !is_caption(*child)) {
            self.node(child, flow);
        }
        if alone {
            flow.end_line();
        }
    }

    /// A caption is prose even where it is stored as verbatim text.
    fn caption(&mut self, node: Node<'_>) -> String {
        match node.child("ac:plain-text-body") {
            Some(body) => normalize(&body.text()),
            None => self.one_line(node),
        }
    }

    /// An emoji: the character, else its short name.
    pub(super) fn emoticon(&mut self, node: Node<'_>, flow: &mut Flow) {
        let character = attribute(node, "ac:emoji-fallback");
        let short_name = || attribute(node, "ac:emoji-shortname");
        let name = || attribute(node, "ac:name").map(|name| format!(":{name}:"));
        if let Some(text) = character.or_else(short_name).or_else(name) {
            flow.text(&text);
        }
        self.children(node, flow);
    }

    /// A date: as ISO 8601, behind the text that shows it, if there is any.
    pub(super) fn time(&mut self, node: Node<'_>, flow: &mut Flow) {
        let shown = self.one_line(node);
        let text = match attribute(node, "datetime") {
            Some(date) if shown.is_empty() || shown == date => date,
            Some(date) => format!("{shown} ({date})"),
            None => shown,
        };
        flow.word(&text);
    }
}

/// White space at the two ends of a link's own text, which keeps apart what the link stands between.
fn spaces(node: Node<'_>) -> (&'static str, &'static str) {
    let space = |is_one: bool| if is_one { " " } else { "" };
    let mut bodies = node.children().filter(|child| child.name().ends_with("link-body")).map(Node::text);
    let Some(first) = bodies.next() else { return ("", "") };
    let begins = first.starts_with(char::is_whitespace);
    let last = bodies.last().unwrap_or(first);
    (space(begins), space(last.ends_with(char::is_whitespace)))
}

fn is_caption(node: Node<'_>) -> bool {
    matches!(node.name(), "ac:caption" | "figcaption")
}

fn has_target(node: Node<'_>) -> bool {
    node.children().any(|child| child.name().starts_with("ri:"))
}

/// An attribute's text, if there is any.
pub(super) fn attribute(node: Node<'_>, name: &str) -> Option<String> {
    node.attribute(name).map(|value| normalize(&value)).filter(|value| !value.is_empty())
}

/// The page that an `ri:page` names.
pub(super) fn page_ref(node: Node<'_>) -> Option<PageRef> {
    let title = attribute(node, "ri:content-title")?;
    Some(PageRef { space_key: attribute(node, "ri:space-key"), title })
}

fn file_name(node: Node<'_>) -> Option<String> {
    let attached = node.child("ri:attachment").and_then(|file| attribute(file, "ri:filename"));
    let remote = || node.child("ri:url").and_then(|url| attribute(url, "ri:value"));
    let source = || attribute(node, "src");
    attached.or_else(|| remote().or_else(source).as_deref().map(last_segment))
}

/// The last part of an address's path; the whole address where it has none.
pub(crate) fn last_segment(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
    let segment = path.rsplit('/').next().filter(|segment| !segment.is_empty());
    segment.unwrap_or(url).to_owned()
}
