//! The fragments that open a page at a heading. Confluence documents none of this: the rules are those that generators of
//! pages found out (sphinx-contrib/confluencebuilder#1121 and #921). A wrong one still opens the page, at its top.

use std::collections::HashMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::blocks::Heading;
use super::{Editor, Options};

/// What a fragment of an address must not hold as it is (RFC 3986, section 3.5), and `%` itself.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Anchors of one page: a repeated one gets `.1`, `.2` and so on.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    met: HashMap<String, u32>,
}

impl Anchors {
    /// The anchor of the page's next heading, percent-encoded.
    pub(crate) fn next(&mut self, heading: &Heading, options: &Options<'_>) -> String {
        let name = match options.editor.unwrap_or_default() {
            Editor::New => heading.anchor.replace(char::is_whitespace, "-"),
            Editor::Old => format!("{}-{}", without_space(options.title), without_space(&heading.text)),
        };
        let encoded = utf8_percent_encode(&name, ESCAPED).to_string();
        let count = self.met.entry(name).and_modify(|count| *count += 1).or_default();
        if *count == 0 { encoded } else { format!("{encoded}.{count}") }
    }
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}
