//! The fragments that open a file at a heading.

use std::collections::HashMap;

use markup::fragment;

/// Anchors of one file: a repeated slug gets `-1`, `-2` and so on, as GitHub does it.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    met: HashMap<String, u32>,
}

impl Anchors {
    /// The anchor of the file's next heading, percent-encoded; none where a heading has nothing to make a slug of.
    pub(crate) fn next(&mut self, text: &str, id: Option<String>) -> Option<String> {
        let name = match id {
            Some(id) => {
                self.met.entry(id.clone()).or_default();
                id
            }
            None => self.unused(&slug(text)),
        };
        (!name.is_empty()).then(|| fragment(&name))
    }

    fn unused(&mut self, slug: &str) -> String {
        let mut name = slug.to_owned();
        while self.met.contains_key(&name) {
            let count = self.met.entry(slug.to_owned()).or_default();
            *count = count.saturating_add(1);
            name = format!("{slug}-{count}");
        }
        self.met.insert(name.clone(), 0);
        name
    }
}

/// GitHub's slug of a heading: lower case, hyphens for spaces, without punctuation.
fn slug(text: &str) -> String {
    let kept = text.chars().filter(|&character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|character| if character == ' ' { '-' } else { character }).collect()
}
