//! Tests of the conversion as data: nodes on one side, text on the other.

mod combinations;
mod grown;
mod nodes;
mod scorer;

use crate::storage::{Converted, Options, Section};

/// A document around nodes, converted; one person and one page are known.
fn converted(content: &str) -> Converted {
    let user_name = |id: &str| (id == "known").then(|| "Ada Lovelace".to_owned());
    let card_title = |url: &str| (url == "https://example.net/known").then(|| "Known page".to_owned());
    let options = Options { user_name: &user_name, card_title: &card_title, ..Options::new("Page title") };
    super::convert(&format!(r#"{{"version":1,"type":"doc","content":[{content}]}}"#), &options)
}

/// Sections as text: a heading path on a line of its own, parts apart by a blank line.
fn text(content: &str) -> String {
    converted(content).sections.iter().map(section_text).collect::<Vec<_>>().join("\n\n")
}

fn section_text(section: &Section) -> String {
    let path = section.heading_path.join(" > ");
    let heading = (!path.is_empty()).then(|| format!("# {path}"));
    let parts = section.parts.iter().map(|part| part.text.clone());
    heading.into_iter().chain(parts).collect::<Vec<_>>().join("\n\n")
}
