//! What reading a file delivers.

use markup::{Loss, Section};

/// A file's text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileText {
    /// The title that the file gives itself: its metadata, its title paragraph or its first top heading.
    pub title: Option<String>,
    /// The text under each heading, page or sheet, in reading order; not empty. An anchor is the id of a heading or the slug
    /// that GitHub makes of it, `page=3` in a PDF (RFC 8118).
    pub sections: Vec<Section>,
    /// What could not be read as text, sorted by name.
    pub losses: Vec<Loss>,
}
