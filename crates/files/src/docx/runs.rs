//! The text of a paragraph.

use markup::Line;

use super::body::Reader;
use super::notes::Kind;
use crate::xml::Element;

/// Elements without text that is shown: properties, codes of fields, what was deleted, the second of two alternatives.
const SILENT: [&str; 14] = [
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
    "tblPr",
    "tcPr",
    "trPr",
    "sectPr",
    "instrText",
    "delText",
    "del",
    "moveFrom",
    "Fallback",
    "rubyPr",
];

/// A paragraph's text in the making.
#[derive(Debug, Default)]
pub(super) struct Text<'x> {
    pub(super) line: Line,
    /// The same with its white space, for code.
    pub(super) verbatim: String,
    /// Boxes of text that are anchored in the paragraph; they follow it.
    pub(super) boxes: Vec<&'x Element>,
}

impl Text<'_> {
    fn push(&mut self, text: &str) {
        self.line.push(text);
        self.verbatim.push_str(text);
    }

    fn break_line(&mut self) {
        self.line.break_line();
        self.verbatim.push('\n');
    }

    /// The words that its author gave a picture for those who do not see it.
    fn describe(&mut self, picture: &Element) {
        if let Some(description) = picture.attribute("descr").filter(|description| !description.trim().is_empty()) {
            self.push(&format!(" {description} "));
        }
    }
}

impl<'x> Reader<'_, 'x> {
    /// Adds the text inside of an element, a paragraph or one of its runs.
    pub(super) fn inline(&mut self, element: &'x Element, text: &mut Text<'x>) {
        for child in element.elements() {
            self.piece(child, text);
        }
    }

    fn piece(&mut self, element: &'x Element, text: &mut Text<'x>) {
        match element.name.as_str() {
            "t" => text.push(&element.text()),
            "tab" | "ptab" => text.push("\t"),
            "br" if element.attribute("type").is_none_or(|kind| kind == "textWrapping") => text.break_line(),
            "br" => text.push(" "),
            "cr" => text.break_line(),
            "noBreakHyphen" => text.push("-"),
            "sym" => self.symbol(element, text),
            "footnoteReference" => self.note(Kind::Foot, element, text),
            "endnoteReference" => self.note(Kind::End, element, text),
            "commentReference" => self.losses.lose("comment"),
            "r" if element.child("rPr").is_some_and(|properties| properties.is_on("vanish")) => {}
            "txbxContent" => text.boxes.push(element),
            "docPr" => text.describe(element),
            "pic" | "imagedata" => self.losses.lose("image"),
            "chart" => self.losses.lose("chart"),
            "OLEObject" => self.losses.lose("embedded object"),
            "relIds" => self.losses.lose("diagram"),
            "AlternateContent" => self.alternatives(element, text),
            name if SILENT.contains(&name) => {}
            _ => self.inline(element, text),
        }
    }

    /// Of a drawing that is written twice, for new and for old programs, the first.
    fn alternatives(&mut self, element: &'x Element, text: &mut Text<'x>) {
        if let Some(choice) = element.child("Choice").or_else(|| element.child("Fallback")) {
            self.inline(choice, text);
        }
    }

    /// A character of a font of symbols. Those fonts put theirs where Unicode has none (private use).
    fn symbol(&mut self, element: &Element, text: &mut Text<'x>) {
        let code = element.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32).filter(|symbol| !('\u{e000}'..='\u{f8ff}').contains(symbol)) {
            Some(symbol) => text.push(symbol.encode_utf8(&mut [0; 4])),
            None => self.losses.lose("symbol"),
        }
    }

    fn note(&mut self, kind: Kind, element: &Element, text: &mut Text<'x>) {
        if let Some(label) = element.attribute("id").and_then(|id| self.notes.point_to(kind, id)) {
            text.push(&label);
        }
    }
}
