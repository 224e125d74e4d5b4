//! What a reader sees of a body, told by a second and simpler reader of markup that shares nothing with the converter.
//!
//! It walks the markup once and writes down words; it knows what configuration is and which words stand for elements
//! without text, and nothing of lists, tables or sections.

use std::collections::BTreeSet;

use quick_xml::escape::{resolve_html5_entity, unescape_with};

/// The words of a body, and the facts that must survive.
#[derive(Debug, Default)]
pub(crate) struct Visible {
    /// The text, words apart by white space.
    pub(crate) text: String,
    /// Verbatim bodies outside and inside of table cells.
    pub(crate) code: Vec<(String, bool)>,
    /// Values of parameters that are configuration.
    pub(crate) hidden: Vec<String>,
    /// Bodies of tasks.
    pub(crate) tasks: Vec<String>,
    /// Keys of Jira issues.
    pub(crate) keys: Vec<String>,
    /// Titles of status lozenges.
    pub(crate) statuses: Vec<String>,
}

/// An element that has begun.
#[derive(Debug, Default)]
struct Open {
    name: String,
    /// The macro's or parameter's name.
    called: String,
    /// Where its text began.
    from: usize,
    had_body: bool,
}

const INLINE: &[&str] = &[
    "a",
    "abbr",
    "b",
    "code",
    "del",
    "em",
    "i",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "u",
    "ac:link",
    "ac:link-body",
    "ac:plain-text-link-body",
    "ac:inline-comment-marker",
    "ac:emoticon",
    "foo",
    "unknown-tag",
    "time",
    "ac:parameter",
];
const DROPPED: &[&str] = &[
    "ac:placeholder",
    "ac:task-id",
    "ac:task-uuid",
    "ac:task-status",
    "ac:adf-attribute",
    "ac:adf-fallback",
    "colgroup",
];
const TITLED: &[&str] = &["info", "note", "tip", "warning", "panel", "expand", "code", "status", "noformat"];
/// Macros that show nothing stored: nothing stands for them.
const SILENT: &[&str] = &[
    "toc",
    "children",
    "anchor",
    "floatmenu",
    "content-tree",
    "detailssummary",
    "status",
    "jira",
    "panel",
    "expand",
    "excerpt",
];
const LABELS: &[(&str, &str)] = &[("info", "Info: "), ("note", "Note: "), ("tip", "Tip: "), ("warning", "Warning: ")];

/// Reads a body.
pub(super) fn read(storage: &str) -> Visible {
    let mut reader = Reader::default();
    let mut rest = storage;
    while let Some(at) = rest.find('<') {
        reader.chars(&decode(&rest[..at]));
        rest = &rest[at..];
        let (tag, after) = if let Some(cdata) = rest.strip_prefix("<![CDATA[") {
            let (text, after) = cdata.split_once("]]>").unwrap_or((cdata, ""));
            reader.chars(text);
            ("", after)
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            ("", comment.split_once("-->").map_or("", |(_, after)| after))
        } else {
            rest[1..].split_once('>').unwrap_or((&rest[1..], ""))
        };
        reader.tag(tag);
        rest = after;
    }
    reader.chars(&decode(rest));
    while let Some(open) = reader.stack.last() {
        let name = open.name.clone();
        reader.close(&name);
    }
    reader.visible
}

#[derive(Default)]
struct Reader {
    visible: Visible,
    stack: Vec<Open>,
    named: BTreeSet<String>,
}

impl Reader {
    fn is_inside(&self, name: &str) -> bool {
        self.stack.iter().any(|open| open.name == name)
    }

    fn is_hidden(&self) -> bool {
        self.stack
            .iter()
            .any(|open| DROPPED.contains(&open.name.as_str()) || open.name == "katex" || open.name == "math")
            && !self.is_inside("annotation")
    }

    fn calling(&self) -> &str {
        let open = self.stack.iter().rev().find(|open| open.name == "ac:structured-macro");
        open.map_or("", |open| open.called.as_str())
    }

    fn say(&mut self, text: &str) {
        self.visible.text.push_str(text);
    }

    fn chars(&mut self, text: &str) {
        if self.is_hidden() {
            return;
        }
        match self.stack.iter().rev().find(|open| open.name == "ac:parameter") {
            Some(parameter) => {
                let called = parameter.called.clone();
                self.parameter(&called, text);
            }
            None => self.visible.text.push_str(text),
        }
    }

    fn parameter(&mut self, called: &str, text: &str) {
        let text = text.trim();
        let name = self.calling().to_owned();
        match (name.as_str(), called) {
            _ if text.is_empty() => return,
            ("jira", "key") => self.visible.keys.push(text.to_owned()),
            ("status", "title") => self.visible.statuses.push(text.to_owned()),
            (name, "title") if TITLED.contains(&name) => {}
            ("jira", "jqlQuery") => return self.say(&format!("[Jira query: {text}]")),
            _ => return self.visible.hidden.push(text.to_owned()),
        }
        let apart = if name == "status" || name == "jira" { "" } else { " " };
        self.say(&format!("{text}{apart}"));
    }

    fn tag(&mut self, tag: &str) {
        if let Some(name) = tag.strip_prefix('/') {
            return self.close(name.trim());
        }
        let name = tag.split([' ', '\n', '\t', '/']).next().unwrap_or_default();
        if name.is_empty() || name.starts_with(['?', '!']) {
            return;
        }
        self.open(name, tag);
        if tag.ends_with('/') || ["br", "hr", "col"].contains(&name) {
            self.close(name);
        }
    }

    fn open(&mut self, name: &str, tag: &str) {
        let is_picture = tag.contains("katex-html");
        if !INLINE.contains(&name) && name != "ac:structured-macro" {
            self.visible.text.push(' ');
        }
        let called = attribute(tag, "ac:name").unwrap_or_default();
        if let Some(open) = self.stack.last_mut() {
            open.had_body |=
                matches!(name, "ac:rich-text-body" | "ac:plain-text-body" | "ac:link-body" | "ac:plain-text-link-body");
        }
        let from = self.visible.text.len();
        let name = if is_picture { "katex" } else { name };
        self.stack.push(Open { name: name.to_owned(), called, from, had_body: false });
        if !self.is_hidden() {
            self.attributes(name, tag);
        }
    }

    fn attributes(&mut self, name: &str, tag: &str) {
        let parent = self.stack.iter().rev().nth(1).map_or("", |open| open.name.as_str()).to_owned();
        let attribute = |name| attribute(tag, name).filter(|value| !value.is_empty());
        let text = match name {
            "ac:image" => attribute("ac:alt").map(|alt| format!(" [image: {alt}] ")),
            "ri:attachment" if parent == "ac:figure" => {
                attribute("ri:filename").map(|file| format!(" [image: {file}] "))
            }
            "ri:attachment" if parent == "ac:image" => self.unnamed_image(attribute("ri:filename")),
            "ri:url" if parent == "ac:image" => {
                let file = attribute("ri:value")
                    .map(|url| url.split('?').next().unwrap_or("").rsplit('/').next().unwrap_or("").to_owned());
                self.unnamed_image(file)
            }
            "ri:page"
                if self.is_inside("ac:parameter")
                    && self.calling().contains("include")
                    && !self.calling().contains("shared") =>
            {
                attribute("ri:content-title").map(|title| format!(" [included page: {title}] "))
            }
            "ri:page" | "ri:attachment" | "ri:url" if parent == "ac:link" => {
                let value = attribute("ri:content-title").or(attribute("ri:filename")).or(attribute("ri:value"));
                self.link_name(value)
            }
            "ri:user" if parent == "ac:link" => {
                self.link_name(Some(attribute("ri:username").map_or("@user".to_owned(), |name| format!("@{name}"))))
            }
            "ac:emoticon" => {
                let named = attribute("ac:name").map(|name| format!(":{name}:"));
                attribute("ac:emoji-fallback").or(attribute("ac:emoji-shortname")).or(named)
            }
            "time" => attribute("datetime").map(|date| format!(" {date} ")),
            _ => None,
        };
        self.visible.text.push_str(&text.unwrap_or_default());
    }

    /// A picture without a name goes by its file.
    fn unnamed_image(&self, file: Option<String>) -> Option<String> {
        let image = self.stack.iter().rev().find(|open| open.name == "ac:image")?;
        let named = self.visible.text[image.from..].contains("[image:");
        file.filter(|file| !named && !file.is_empty()).map(|file| format!(" [image: {file}] "))
    }

    /// The name of a link's target stands until its own text comes.
    fn link_name(&mut self, name: Option<String>) -> Option<String> {
        if let Some(link) = self.stack.iter_mut().rev().find(|open| open.name == "ac:link") {
            link.called = name.unwrap_or_default();
        }
        None
    }

    fn close(&mut self, name: &str) {
        let Some(at) =
            self.stack.iter().rposition(|open| open.name == name || (open.name == "katex" && name == "span"))
        else {
            return;
        };
        let Some(open) = self.stack.drain(at..).next() else { return };
        let text = self.visible.text.get(open.from..).unwrap_or_default().to_owned();
        match name {
            "ac:plain-text-body" if !self.is_inside("ac:caption") => {
                self.visible.code.push((text, self.is_inside("td") || self.is_inside("th")));
            }
            "ac:task-body" => self.visible.tasks.push(text),
            "ac:link" if text.trim().is_empty() && !self.is_inside("ac:parameter") => {
                self.visible.text.push_str(&open.called);
            }
            "ac:structured-macro" if !text.trim().is_empty() => {
                self.visible.text.insert_str(open.from, label(&open.called));
            }
            "ac:structured-macro" if !open.had_body && !SILENT.contains(&open.called.as_str()) => self.unread(&open),
            _ => {}
        }
        if !INLINE.contains(&name) && name != "ac:structured-macro" {
            self.visible.text.push(' ');
        }
    }

    fn unread(&mut self, open: &Open) {
        if label(&open.called).is_empty() && self.named.insert(open.called.clone()) {
            self.say(&format!(" [macro {}] ", open.called));
        }
    }
}

/// The word for the kind of a panel.
fn label(called: &str) -> &'static str {
    LABELS.iter().find(|(of, _)| *of == called).map_or("", |(_, label)| label)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!(" {name}=")).or_else(|| tag.find(&format!("\n{name}=")))? + name.len() + 2;
    let quote = tag[at..].chars().next()?;
    let value = tag[at + 1..].split(quote).next()?;
    Some(decode(value))
}

fn decode(text: &str) -> String {
    unescape_with(text, resolve_html5_entity).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
