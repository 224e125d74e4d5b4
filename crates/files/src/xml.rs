//! XML as a small tree of local names: the prefix of a namespace is the writer's choice.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::ReadError;

/// Elements nested deeper than this are no document.
const MAX_DEPTH: usize = 256;
/// Elements of one part.
const MAX_ELEMENTS: usize = 4_000_000;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its local name.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    /// What it holds.
    pub(crate) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The value of an attribute, by local name.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The elements inside, not deeper.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name inside.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The attribute `val` of the first element of that name inside.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Whether a switch is on: an element without a value, or with one that does not say no.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.child(name).is_some_and(|element| !matches!(element.attribute("val"), Some("0" | "false" | "off")))
    }

    /// The text directly inside.
    pub(crate) fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }
}

/// The root element of a text.
pub(crate) fn parse(text: &str) -> Result<Element, ReadError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut builder = Builder { open: vec![Element::default()], elements: 0 };
    loop {
        match reader.read_event().map_err(|error| ReadError::damaged(error.to_string()))? {
            Event::Start(start) => builder.start(&start)?,
            Event::Empty(start) => {
                builder.start(&start)?;
                builder.end();
            }
            Event::End(_) => builder.end(),
            Event::Text(text) => builder.text(&text.xml10_content()),
            Event::CData(text) => builder.text(&text.xml10_content()),
            Event::GeneralRef(reference) => builder.reference(&reference.xml10_content()),
            Event::Eof => break,
            _ => {}
        }
    }
    builder.finish()
}

struct Builder {
    open: Vec<Element>,
    elements: usize,
}

impl Builder {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        self.elements += 1;
        if self.open.len() >= MAX_DEPTH || self.elements > MAX_ELEMENTS {
            return Err(ReadError::damaged("its elements are nested too deeply or too many"));
        }
        let name = start.local_name().as_ref().to_owned();
        self.open.push(Element { name, attributes: attributes(start), children: Vec::new() });
        Ok(())
    }

    /// Ends the innermost element; ends too many are forgiven.
    fn end(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        if let (Some(element), Some(parent)) = (self.open.pop(), self.open.last_mut()) {
            parent.children.push(Node::Element(element));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(element) = self.open.last_mut() else { return };
        match element.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => element.children.push(Node::Text(text.to_owned())),
        }
    }

    fn reference(&mut self, name: &str) {
        let written = format!("&{name};");
        let text = quick_xml::escape::unescape(&written).map(std::borrow::Cow::into_owned).unwrap_or_default();
        self.text(&text);
    }

    fn finish(mut self) -> Result<Element, ReadError> {
        if self.open.len() != 1 {
            return Err(ReadError::damaged("its markup breaks off"));
        }
        let root = self.open.pop().and_then(|document| {
            document.children.into_iter().find_map(|child| match child {
                Node::Element(element) => Some(element),
                Node::Text(_) => None,
            })
        });
        root.ok_or_else(|| ReadError::damaged("it has no markup"))
    }
}

/// Attributes by local name. Word's marks of revision (`rsid`) are many and say nothing.
fn attributes(start: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = start.attributes();
    let named = attributes.with_checks(false).filter_map(Result::ok).filter_map(|attribute| {
        let name = attribute.key.local_name().as_ref().to_owned();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        Some((name, value))
    });
    named.filter(|(name, _)| !name.starts_with("rsid")).collect()
}
