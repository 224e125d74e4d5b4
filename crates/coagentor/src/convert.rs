//! Storage format to the text that is indexed, for looking at one body by hand.

use confluence::storage;
use knowledge::model::{Loss, Section, page_text};
use serde::Serialize;

use crate::{pages::PageSection, sync::section};

/// A converted body.
#[derive(Debug, Clone, Serialize)]
pub struct Converted {
    /// The whole text.
    pub text: String,
    /// The text by sections.
    pub sections: Vec<PageSection>,
    /// What the text lacks.
    pub losses: Vec<Loss>,
}

/// Converts one body in storage format.
pub fn convert(body: &str) -> Converted {
    let converted = storage::convert(body, &storage::Options::new(""));
    let sections: Vec<Section> = converted.sections.into_iter().map(section).collect();
    Converted {
        text: page_text(&sections),
        sections: sections.iter().map(PageSection::from).collect(),
        losses: converted.losses.into_iter().map(|loss| Loss { element: loss.element, count: loss.count }).collect(),
    }
}
