//! A node of a document, read without believing that anything is there.

use serde_json::Value;

/// A JSON value that should be a node.
#[derive(Clone, Copy)]
pub(super) struct Node<'a>(pub(super) &'a Value);

impl<'a> Node<'a> {
    /// The node's type; empty where there is none.
    pub(super) fn kind(self) -> &'a str {
        self.0.get("type").and_then(Value::as_str).unwrap_or_default()
    }

    /// The nodes below; a bare array counts as a node with content.
    pub(super) fn content(self) -> impl Iterator<Item = Self> {
        let content = if self.0.is_array() { Some(self.0) } else { self.0.get("content") };
        content.and_then(Value::as_array).into_iter().flatten().map(Node)
    }

    /// The text of a text node.
    pub(super) fn text(self) -> &'a str {
        self.0.get("text").and_then(Value::as_str).unwrap_or_default()
    }

    /// An attribute that is text and not empty.
    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        self.value(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// An attribute that is a number, or text that reads as one.
    pub(super) fn number(self, name: &str) -> Option<u64> {
        let value = self.value(name)?;
        value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
    }

    fn value(self, name: &str) -> Option<&'a Value> {
        self.0.get("attrs")?.get(name)
    }

    /// A value inside of an attribute.
    pub(super) fn inner(self, path: &[&str]) -> Option<&'a str> {
        let start = self.0.get("attrs")?;
        path.iter()
            .try_fold(start, |value, name| value.get(name))?
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// A parameter of the macro that the node stands for.
    pub(super) fn parameter(self, name: &str) -> Option<&'a str> {
        self.inner(&["parameters", "macroParams", name, "value"])
    }

    /// The marks of a text node.
    pub(super) fn marks(self) -> impl Iterator<Item = Self> {
        self.0.get("marks").and_then(Value::as_array).into_iter().flatten().map(Node)
    }

    /// All text below, as it is written.
    pub(super) fn all_text(self) -> String {
        let mut text = self.text().to_owned();
        for node in self.content() {
            match node.kind() {
                "hardBreak" => text.push('\n'),
                _ => text.push_str(&node.all_text()),
            }
        }
        text
    }
}
