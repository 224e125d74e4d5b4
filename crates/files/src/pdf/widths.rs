//! How wide the letters of a font are, in thousandths of its size (ISO 32000-1, sections 9.2.4 and 9.7.4.3).

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

/// Widths by code.
#[derive(Debug, Default)]
pub(super) struct Widths {
    widths: HashMap<u32, f64>,
    default: Option<f64>,
}

/// Codes that one entry of a font's list may cover.
const MAX_RANGE: u32 = 65_536;

impl Widths {
    /// Of a font with codes of one byte.
    pub(super) fn simple(font: &Dictionary, document: &Document) -> Self {
        let mut widths = Self::default();
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        let list = font.get_deref(b"Widths", document).and_then(Object::as_array);
        for (code, width) in (u32::try_from(first).unwrap_or(0)..).zip(list.into_iter().flatten()) {
            widths.put(code, width, document);
        }
        widths
    }

    /// Of the descendant of a composite font.
    pub(super) fn composite(font: &Dictionary, document: &Document) -> Self {
        let default = font.get_deref(b"DW", document).ok().and_then(|width| number(width, document)).unwrap_or(1000.0);
        let mut widths = Self { widths: HashMap::new(), default: Some(default) };
        let Ok(list) = font.get_deref(b"W", document).and_then(Object::as_array) else { return widths };
        let mut rest = list.as_slice();
        while let [first, second, tail @ ..] = rest {
            rest = widths.entry(first, second, tail, document);
        }
        widths
    }

    /// One entry of the list: a code and the widths from it on, or two codes and the width of all between.
    fn entry<'a>(
        &mut self,
        first: &Object,
        second: &'a Object,
        tail: &'a [Object],
        document: &Document,
    ) -> &'a [Object] {
        let first = number(first, document).unwrap_or(0.0) as u32;
        if let Some(list) = resolved(second, document).and_then(|list| list.as_array().ok()) {
            for (code, width) in (first..).zip(list) {
                self.put(code, width, document);
            }
            return tail;
        }
        let last = number(second, document).unwrap_or(0.0) as u32;
        let Some((width, tail)) = tail.split_first() else { return tail };
        for code in first..=last.min(first.saturating_add(MAX_RANGE)) {
            self.put(code, width, document);
        }
        tail
    }

    fn put(&mut self, code: u32, width: &Object, document: &Document) {
        if let Some(width) = number(width, document) {
            self.widths.insert(code, width);
        }
    }

    /// The width of a code; where the font is one of those that every reader knows and so says nothing, about the width
    /// of the letter in Helvetica.
    pub(super) fn of(&self, code: u32) -> f64 {
        self.widths.get(&code).copied().or(self.default).unwrap_or_else(|| about(code))
    }
}

fn about(code: u32) -> f64 {
    match char::from_u32(code) {
        Some(' ' | '!' | ',' | '.' | '/' | ':' | ';' | 'I' | 'f' | 't' | '\\' | '[' | ']') => 278.0,
        Some('i' | 'j' | 'l' | '\'' | '|') => 222.0,
        Some('(' | ')' | '-' | '`' | 'r') => 333.0,
        Some('m' | 'M' | 'W' | '%' | '@') => 860.0,
        Some('A'..='Z' | 'w') => 690.0,
        _ => 545.0,
    }
}

fn resolved<'a>(object: &'a Object, document: &'a Document) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

fn number(object: &Object, document: &Document) -> Option<f64> {
    resolved(object, document)?.as_float().ok().map(f64::from)
}
