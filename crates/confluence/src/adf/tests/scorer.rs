//! Scores the conversion over the shared documents, against what a second and simpler reader of them sees.

use serde_json::Value;

use crate::storage::Options;
use crate::storage::tests::scorer::{Scores, bodies};
use crate::storage::tests::visible::Visible;

/// Members of `attrs` that a reader sees, by node.
const SHOWN: &[(&str, &str)] = &[
    ("status", "text"),
    ("mention", "text"),
    ("emoji", "text"),
    ("expand", "title"),
    ("nestedExpand", "title"),
    ("inlineCard", "url"),
    ("blockCard", "url"),
    ("embedCard", "url"),
    ("media", "alt"),
    ("mediaInline", "alt"),
    // Its language is in the fence.
    ("codeBlock", "language"),
    // Its state says how a task or a decision is shown.
    ("taskItem", "state"),
    ("blockTaskItem", "state"),
    ("decisionItem", "state"),
];
const INLINE: &[&str] = &["text", "mention", "emoji", "media", "mediaInline", "inlineExtension"];

#[derive(Default)]
struct Reader {
    seen: Visible,
    in_cell: bool,
    named: Vec<String>,
}

impl Reader {
    fn say(&mut self, text: &str) {
        self.seen.text.push_str(text);
    }

    fn node(&mut self, node: &Value) {
        let kind = node.get("type").and_then(Value::as_str).unwrap_or_default();
        if kind == "placeholder" {
            return;
        }
        if !INLINE.contains(&kind) {
            self.say(" ");
        }
        let from = self.seen.text.len();
        self.lead(node, kind);
        self.say(node.get("text").and_then(Value::as_str).unwrap_or_default());
        self.attributes(node, kind);
        let was_in_cell = self.in_cell;
        self.in_cell |= kind.starts_with("table");
        let content = if node.is_array() { Some(node) } else { node.get("content") };
        content.and_then(Value::as_array).into_iter().flatten().for_each(|node| self.node(node));
        self.in_cell = was_in_cell;
        let text = self.seen.text[from..].to_owned();
        match kind {
            "codeBlock" => self.seen.code.push((text, self.in_cell)),
            "taskItem" | "blockTaskItem" => self.seen.tasks.push(text),
            _ => {}
        }
        if !INLINE.contains(&kind) {
            self.say(" ");
        }
    }

    /// The words that stand for what has no text.
    fn lead(&mut self, node: &Value, kind: &str) {
        let attribute =
            |name: &str| node.pointer(&format!("/attrs/{name}")).and_then(Value::as_str).unwrap_or_default();
        let text = match kind {
            "panel" => match attribute("panelType") {
                "custom" | "" => String::new(),
                kind => format!("{}{}: ", kind[..1].to_uppercase(), &kind[1..]),
            },
            "decisionItem" => format!("Decision ({}): ", attribute("state").to_lowercase()),
            "media" | "mediaInline" if !attribute("alt").is_empty() => " [image: ".to_owned(),
            "media" | "mediaInline" => file([attribute("url"), attribute("fileName")].concat().as_str()),
            "date" => attribute("timestamp").parse::<i64>().map_or_else(|_| String::new(), day),
            "extension" | "inlineExtension" if node.get("content").is_none() => self.unread(attribute("extensionKey")),
            _ => String::new(),
        };
        self.say(&text);
    }

    fn unread(&mut self, key: &str) -> String {
        let name = key.rsplit('/').next().unwrap_or_default().to_owned();
        let is_silent = ["toc", "children", "anchor", "jira", "include", "status"].contains(&name.as_str());
        if is_silent || self.named.contains(&name) {
            return String::new();
        }
        self.named.push(name.clone());
        format!(" [macro {name}] ")
    }

    fn attributes(&mut self, node: &Value, kind: &str) {
        for (name, value) in node.get("attrs").and_then(Value::as_object).into_iter().flatten() {
            let text = value.as_str().unwrap_or_default();
            if SHOWN.contains(&(kind, name)) {
                match kind {
                    "status" => self.seen.statuses.push(text.to_owned()),
                    "codeBlock" | "taskItem" | "blockTaskItem" | "decisionItem" => continue,
                    _ => {}
                }
                self.say(text);
            } else {
                self.hidden(value, kind);
            }
        }
    }

    fn hidden(&mut self, value: &Value, kind: &str) {
        match value {
            Value::String(text)
                if !["date", "media", "mediaInline", "extension", "inlineExtension"].contains(&kind) =>
            {
                self.seen.hidden.push(text.clone());
            }
            Value::Object(members) => {
                let shown = |name: &str| value.pointer(&format!("/macroParams/{name}/value")).and_then(Value::as_str);
                let key = shown("key").or_else(|| shown("title"));
                if let Some(key) = key {
                    self.say(key);
                    let list = if shown("key").is_some() { &mut self.seen.keys } else { &mut self.seen.statuses };
                    list.push(key.to_owned());
                }
                members.values().for_each(|value| self.parameter(value, key));
            }
            _ => {}
        }
    }

    fn parameter(&mut self, value: &Value, key: Option<&str>) {
        match value {
            Value::String(text) if Some(text.as_str()) != key => self.seen.hidden.push(text.clone()),
            Value::Object(members) => members.values().for_each(|value| self.parameter(value, key)),
            _ => {}
        }
    }
}

fn file(url: &str) -> String {
    let file = url.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    if file.is_empty() { String::new() } else { format!(" [image: {file}] ") }
}

fn day(milliseconds: i64) -> String {
    let moment = time::OffsetDateTime::from_unix_timestamp(milliseconds.div_euclid(1000)).unwrap();
    format!(" {} ", moment.date())
}

#[test]
fn shared_documents_keep_what_a_reader_sees() {
    let Some(bodies) = bodies("adf") else { return };
    let mut scores = Scores::default();
    for (name, adf) in bodies {
        let mut reader = Reader::default();
        reader.node(&serde_json::from_str(&adf).unwrap());
        scores.score(&name, &reader.seen, super::super::convert(&adf, &Options::new("Page")));
    }
    scores.print();
    assert!(scores.misses.is_empty(), "{} misses", scores.misses.len());
    assert!(scores.bodies > 50 && scores.code.total > 4 && scores.leaks.total > 30, "too little was scored");
}
