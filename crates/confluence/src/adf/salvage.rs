//! The text of a document that is not JSON to its end, or is nested deeper than anybody writes: the words of its text
//! nodes in order, without their structure.

use markup::Block;

use crate::storage::flow::Flow;
use crate::storage::words::Words;

/// Reads what text there is, in one pass and without recursion.
///
/// A text node's text is the member `text` of an object that is not the value of a member `attrs`; those of one
/// `content` flow in one paragraph.
pub(super) fn salvage(adf: &str, visible: &mut Words) -> Vec<Block> {
    let mut reader = Reader { rest: adf, open: Vec::new(), key: Key::Other, flow: Flow::default(), visible };
    while reader.step() {}
    reader.flow.finish()
}

/// A member's name, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Text,
    Attributes,
    Content,
    Other,
}

struct Reader<'a, 'v> {
    rest: &'a str,
    /// For each open object or array, the name of the member that it is the value of.
    open: Vec<Key>,
    key: Key,
    flow: Flow,
    visible: &'v mut Words,
}

impl<'a> Reader<'a, '_> {
    /// Reads one sign or string; false at the end.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        if first == '"' {
            self.string();
            return true;
        }
        self.rest = self.rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            '{' | '[' => {
                self.open.push(self.key);
                self.key = Key::Other;
            }
            '}' | ']' => {
                if self.open.pop() == Some(Key::Content) {
                    self.end_line();
                }
                self.key = Key::Other;
            }
            ',' => self.key = Key::Other,
            _ => {}
        }
        true
    }

    fn string(&mut self) {
        let text = self.take_string();
        if let Some(rest) = self.rest.trim_start().strip_prefix(':') {
            self.rest = rest;
            self.key = match text {
                "text" => Key::Text,
                "attrs" => Key::Attributes,
                "content" => Key::Content,
                _ => Key::Other,
            };
        } else if self.key == Key::Text && self.open.last() != Some(&Key::Attributes) {
            let text = serde_json::from_str::<String>(&format!("\"{text}\"")).unwrap_or_else(|_| text.to_owned());
            self.visible.push(&text);
            self.flow.text(&text);
        }
    }

    /// The string that begins here, escapes as they are written; one without end is as long as the text.
    fn take_string(&mut self) -> &'a str {
        let inside = self.rest.get(1..).unwrap_or_default();
        let mut escaped = false;
        let end = inside.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let end = end.unwrap_or(inside.len());
        self.rest = inside.get(end + 1..).unwrap_or_default();
        inside.get(..end).unwrap_or_default()
    }

    fn end_line(&mut self) {
        self.flow.end_line();
        self.visible.end_word();
    }
}
