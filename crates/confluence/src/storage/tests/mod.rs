//! Tests of the conversion, most of them as data: storage format on one side, text on the other.

mod anchors;
mod bounds;
mod broken;
mod combinations;
mod elements;
mod grown;
mod macros;
pub(crate) mod scorer;
mod structure;
mod tables;
pub(crate) mod visible;
mod written;

use super::{Converted, Options, Section, convert};

/// A body converted for a page in the new editor, where one person and one page are known.
fn converted(storage: &str) -> Converted {
    let user_name = |id: &str| (id == "known").then(|| "Ada Lovelace".to_owned());
    let card_title = |url: &str| (url == "https://example.net/known").then(|| "Known page".to_owned());
    convert(storage, &Options { user_name: &user_name, card_title: &card_title, ..Options::new("Page title") })
}

/// Sections as text: a heading path on a line of its own, parts apart by a blank line.
fn text(storage: &str) -> String {
    converted(storage).sections.iter().map(section_text).collect::<Vec<_>>().join("\n\n")
}

fn section_text(section: &Section) -> String {
    let path = section.heading_path.join(" > ");
    let heading = (!path.is_empty()).then(|| format!("# {path}"));
    let parts = section.parts.iter().map(|part| part.text.clone());
    heading.into_iter().chain(parts).collect::<Vec<_>>().join("\n\n")
}

/// Losses as `name xcount`.
fn losses(storage: &str) -> Vec<String> {
    converted(storage).losses.iter().map(|loss| format!("{} x{}", loss.element, loss.count)).collect()
}
