//! Storage format as a small tree: what the conversions to ADF and HTML walk.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::escape::{entity, is_xml_char};

/// A node of a storage-format body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Markup {
    /// An element with its children.
    Element(Element),
    /// Text, or the content of a CDATA section.
    Text(String),
}

/// An element by its prefixed name, such as `ac:structured-macro`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Markup>,
}

impl Element {
    /// The value of an attribute, or an empty string.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The first child element of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|child| child.name == name)
    }

    /// The child elements, without the text between them.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Markup::Element(element) => Some(element),
            Markup::Text(_) => None,
        })
    }

    /// The text of an `ac:parameter` of a macro, or an empty string.
    pub(crate) fn parameter(&self, name: &str) -> String {
        let found = self.elements().find(|child| child.name == "ac:parameter" && child.attribute("ac:name") == name);
        found.map(|parameter| plain_text(&parameter.children)).unwrap_or_default()
    }
}

/// All text below these nodes, unformatted.
pub(crate) fn plain_text(nodes: &[Markup]) -> String {
    let mut out = String::new();
    for node in nodes {
        match node {
            Markup::Text(text) => out.push_str(text),
            Markup::Element(element) => out.push_str(&plain_text(&element.children)),
        }
    }
    out
}

/// Reads a body; one that is not well formed becomes a single text node, so that nothing is lost from view.
pub(crate) fn parse(storage: &str) -> Vec<Markup> {
    read(storage).unwrap_or_else(|_| vec![Markup::Text(storage.to_owned())])
}

/// Why a body is no storage format, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not well-formed storage format: {0}")]
pub struct NotWellFormed(String);

fn fault(what: impl std::fmt::Display) -> NotWellFormed {
    NotWellFormed(what.to_string())
}

/// Says whether `storage` is well-formed storage format: a balanced XML fragment of legal characters whose entities are
/// XML's own or HTML names.
///
/// # Errors
/// [`NotWellFormed`] with the first fault.
pub fn check_well_formed(storage: &str) -> Result<(), NotWellFormed> {
    if let Some(bad) = storage.chars().find(|c| !is_xml_char(*c)) {
        return Err(fault(format!("character {bad:?} is not allowed in XML")));
    }
    read(storage).map(|_| ())
}

fn read(storage: &str) -> Result<Vec<Markup>, NotWellFormed> {
    let mut reader = Reader::from_str(storage);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(fault)?;
        match event {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => {
                let element = element(&start)?;
                push(&mut open, Markup::Element(element));
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(fault("an end tag without a start")) };
                push(&mut open, Markup::Element(done));
            }
            Event::Text(text) => push_text(&mut open, &text.xml10_content()),
            Event::CData(text) => push_text(&mut open, &text),
            Event::GeneralRef(reference) => {
                let c = match reference.resolve_char_ref().map_err(fault)? {
                    Some(c) => c,
                    None => entity(&reference).ok_or_else(|| fault(format!("unknown entity `{}`", &*reference)))?,
                };
                push_text(&mut open, c.encode_utf8(&mut [0; 4]));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(root), true) => Ok(root.children),
        (Some(unclosed), false) => Err(fault(format!("`{}` is not closed", unclosed.name))),
        (None, _) => Err(fault("unbalanced")),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, NotWellFormed> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(fault)?;
        let value =
            attribute.normalized_value_with(quick_xml::XmlVersion::Implicit1_0, 1, known_entity).map_err(fault)?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() })
}

fn known_entity(name: &str) -> Option<&'static str> {
    quick_xml::escape::resolve_predefined_entity(name).or(match name {
        "nbsp" => Some("\u{a0}"),
        "ndash" => Some("–"),
        "mdash" => Some("—"),
        "hellip" => Some("…"),
        _ => None,
    })
}

fn push(open: &mut [Element], node: Markup) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Markup::Text(before)) => before.push_str(text),
        _ => parent.children.push(Markup::Text(text.to_owned())),
    }
}
