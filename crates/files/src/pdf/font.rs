//! Fonts: from the codes in a page to letters.

use lopdf::{Dictionary, Document, Encoding, Object};

use super::widths::Widths;

/// Bytes that a font's table of letters may have, unpacked.
const MAX_TABLE: usize = 16 * 1024 * 1024;

/// A font as a page uses it.
pub(super) struct Font<'d> {
    encoding: Option<Encoding<'d>>,
    widths: Widths,
    /// Bytes of a code.
    code: usize,
}

impl<'d> Font<'d> {
    pub(super) fn new(font: &'d Dictionary, document: &'d Document) -> Self {
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let readable = !composite || font.has(b"ToUnicode") || !is_identity(font);
        let encoding = readable.then(|| font.get_font_encoding_with_limit(document, MAX_TABLE).ok()).flatten();
        if !composite {
            return Self { encoding, widths: Widths::simple(font, document), code: 1 };
        }
        let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
        let first = descendants.ok().and_then(|fonts| fonts.first()).and_then(|font| document.dereference(font).ok());
        let widths = first.and_then(|(_, font)| font.as_dict().ok()).map(|font| Widths::composite(font, document));
        Self { encoding, widths: widths.unwrap_or_default(), code: 2 }
    }

    /// The letters of a string; none where the font does not say them.
    pub(super) fn text(&self, bytes: &[u8]) -> Option<String> {
        let text = self.encoding.as_ref()?.bytes_to_string(bytes).ok()?;
        let known: String = text.chars().filter(|&letter| is_letter(letter)).collect();
        (!known.is_empty() || bytes.is_empty() || text.trim().is_empty()).then(|| spelt(&known))
    }

    /// Width of each code of a string in thousandths, and whether it is the space that word spacing applies to.
    pub(super) fn advances(&self, bytes: &[u8]) -> impl Iterator<Item = (f64, bool)> {
        bytes.chunks(self.code).map(|code| {
            let number = code.iter().fold(0, |number, &byte| number << 8 | u32::from(byte));
            (self.widths.of(number), code == [b' '])
        })
    }
}

fn is_identity(font: &Dictionary) -> bool {
    match font.get(b"Encoding") {
        Ok(Object::Name(name)) => name.starts_with(b"Identity"),
        _ => true,
    }
}

/// Not a mark for what is unknown, nor a glyph without a meaning outside of its font.
fn is_letter(letter: char) -> bool {
    letter != char::REPLACEMENT_CHARACTER && !('\u{e000}'..='\u{f8ff}').contains(&letter) && letter != '\0'
}

/// Ligatures as the letters that they join.
fn spelt(text: &str) -> String {
    let mut spelt = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{fb00}' => spelt.push_str("ff"),
            '\u{fb01}' => spelt.push_str("fi"),
            '\u{fb02}' => spelt.push_str("fl"),
            '\u{fb03}' => spelt.push_str("ffi"),
            '\u{fb04}' => spelt.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => spelt.push_str("st"),
            other => spelt.push(other),
        }
    }
    spelt
}
