//! Atlas document format, the JSON in which the new editor keeps a page, to sections of plain text.
//!
//! The blocks and sections are those of [`crate::storage`]. Conversion is pure and never fails: what cannot be read as
//! text is a listed [`Loss`](crate::storage::Loss).

mod inline;
mod macros;
mod node;
mod salvage;
mod tables;
mod walk;

#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::storage::{Converted, Options, sections};

/// Converts a body in atlas document format (the text of its `value`) to sections of plain text.
///
/// Never fails and never panics. What is no JSON, or is nested more than about sixty nodes deep, is one loss named
/// `atlas_doc_format`; the words of its text nodes are kept even so. Pages in this format have the new editor's anchors, whatever the options say.
pub fn convert(adf: &str, options: &Options<'_>) -> Converted {
    let options = Options { editor: Some(crate::storage::Editor::New), ..*options };
    let mut walker = walk::Walker::new(&options, adf.len());
    let blocks = if let Ok(document) = serde_json::from_str::<Value>(adf) {
        walker.document(&document)
    } else {
        walker.ledger.lose("atlas_doc_format");
        salvage::salvage(adf, &mut walker.visible)
    };
    let (ledger, visible) = walker.into_parts();
    sections::convert(blocks, ledger, visible, &options)
}
