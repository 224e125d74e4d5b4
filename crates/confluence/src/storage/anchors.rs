//! The fragments that open a page at a heading. Confluence documents none of this: the rules are those that generators of
//! pages found out (sphinx-contrib/confluencebuilder#1121 and #921). A wrong one still opens the page, at its top.

use std::collections::HashMap;

use markup::{Heading, fragment};

use super::{Editor, Options};

/// Anchors of one page: a repeated one gets `.1`, `.2` and so on.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    met: HashMap<String, u32>,
}

impl Anchors {
    /// The anchor of the page's next heading, percent-encoded.
    pub(crate) fn next(&mut self, heading: &Heading, options: &Options<'_>) -> String {
        let name = match options.editor.unwrap_or_default() {
            Editor::New => heading.name.as_ref().unwrap_or(&heading.text).replace(char::is_whitespace, "-"),
            Editor::Old => format!("{}-{}", without_space(options.title), without_space(&heading.text)),
        };
        let encoded = fragment(&name);
        let count = self.met.entry(name).and_modify(|count| *count += 1).or_default();
        if *count == 0 { encoded } else { format!("{encoded}.{count}") }
    }
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}
