//! What a paragraph's style says: heading, list, code. Ids of styles are in the language of Word, names are not.

use std::collections::HashMap;

use crate::xml::Element;

/// A chain of styles longer than this goes in a circle.
const MAX_CHAIN: usize = 32;

/// What we want to know of a style.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// Level of heading, 1 to 9.
    pub(super) heading: Option<u8>,
    /// List and level in it.
    pub(super) list: Option<(String, usize)>,
    /// Levels that its name adds: Word's own `List Bullet 2` is a list of its own, one level deeper.
    pub(super) indent: usize,
    /// What its name says it is for.
    pub(super) role: Role,
    based_on: Option<String>,
}

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    #[default]
    Text,
    Title,
    Code,
    Contents,
}

/// The styles of a file, by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

impl Styles {
    pub(super) fn new(part: Option<&Element>) -> Self {
        let mut styles = Self::default();
        for element in part.into_iter().flat_map(Element::elements).filter(|element| element.name == "style") {
            let Some(id) = element.attribute("styleId") else { continue };
            if element.attribute("type") == Some("paragraph")
                && matches!(element.attribute("default"), Some("1" | "true"))
            {
                styles.default = Some(id.to_owned());
            }
            styles.styles.insert(id.to_owned(), style(element));
        }
        styles
    }

    /// The style of that id with what it inherits.
    pub(super) fn get(&self, id: Option<&str>) -> Style {
        let mut found = Style::default();
        let mut next = id.or(self.default.as_deref());
        for _ in 0..MAX_CHAIN {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            found.heading = found.heading.or(style.heading);
            if found.list.is_none() {
                found.list.clone_from(&style.list);
                found.indent = style.indent;
            }
            if found.role == Role::Text {
                found.role = style.role;
            }
            next = style.based_on.as_deref();
        }
        found.heading = found.heading.filter(|&level| (1..=9).contains(&level));
        found
    }
}

fn style(element: &Element) -> Style {
    let name = element.value("name").unwrap_or_default().to_ascii_lowercase();
    let properties = element.child("pPr");
    let outline = properties.and_then(outline_level);
    let named = name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok());
    Style {
        heading: named.or(outline),
        list: properties.and_then(list),
        indent: indent(&name),
        role: role(&name),
        based_on: element.value("basedOn").map(str::to_owned),
    }
}

fn indent(name: &str) -> usize {
    let number = name.strip_prefix("list bullet ").or_else(|| name.strip_prefix("list number "));
    number.and_then(|number| number.parse::<usize>().ok()).map_or(0, |number| number.saturating_sub(1))
}

fn role(name: &str) -> Role {
    let code = ["code", "preformatted", "verbatim", "listing", "macro text"];
    if name == "title" {
        Role::Title
    } else if name.starts_with("toc ") || name.starts_with("table of figures") {
        Role::Contents
    } else if code.iter().any(|word| name.contains(word)) {
        Role::Code
    } else {
        Role::Text
    }
}

/// Level of heading that a paragraph's properties give it: counted from 0 in the file, and 9 (here 10) means text.
pub(super) fn outline_level(properties: &Element) -> Option<u8> {
    properties.value("outlineLvl")?.parse::<u8>().ok()?.checked_add(1)
}

/// List and level that a paragraph's properties give it; list 0 means none.
pub(super) fn list(properties: &Element) -> Option<(String, usize)> {
    let numbering = properties.child("numPr")?;
    let level = numbering.value("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((numbering.value("numId")?.to_owned(), level))
}
