//! Footnotes and endnotes: text of their own parts, told at the end of the section that points to them.

use std::collections::HashMap;

use crate::xml::Element;

/// Which kind of note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Foot,
    End,
}

/// The notes of a file, and those that the section pointed to.
#[derive(Debug, Default)]
pub(super) struct Notes<'x> {
    untold: HashMap<(Kind, String), &'x Element>,
    next: HashMap<Kind, u32>,
    pending: Vec<(String, &'x Element)>,
}

impl<'x> Notes<'x> {
    pub(super) fn new(footnotes: Option<&'x Element>, endnotes: Option<&'x Element>) -> Self {
        let mut notes = HashMap::new();
        for (kind, part) in [(Kind::Foot, footnotes), (Kind::End, endnotes)] {
            for note in part.into_iter().flat_map(Element::elements) {
                if let Some(id) = note.attribute("id") {
                    notes.insert((kind, id.to_owned()), note);
                }
            }
        }
        Self { untold: notes, next: HashMap::new(), pending: Vec::new() }
    }

    /// The words that stand for a note where the text points to it. A note is told once.
    pub(super) fn point_to(&mut self, kind: Kind, id: &str) -> Option<String> {
        let note = self.untold.remove(&(kind, id.to_owned()))?;
        let number = self.next.entry(kind).and_modify(|number| *number += 1).or_insert(1);
        let label = if kind == Kind::Foot { format!("[{number}]") } else { format!("[e{number}]") };
        self.pending.push((label.clone(), note));
        Some(label)
    }

    /// Notes that were pointed to since the last time.
    pub(super) fn take(&mut self) -> Vec<(String, &'x Element)> {
        std::mem::take(&mut self.pending)
    }
}
