//! The bytes of a file to titled sections of plain text.
//!
//! Each format has a room that makes blocks of what it reads; `markup` puts them under their headings and makes plain
//! text of them. Reading is pure: no I/O, no clock, bounded in time and memory, and it
//! never panics. What cannot be read as text is a listed [`Loss`]. Nothing here knows who reads the text.

mod anchors;
mod caught;
mod decode;
mod delimited;
mod docx;
mod error;
mod format;
mod front_matter;
mod grid;
mod html;
mod markdown;
mod model;
mod package;
mod pdf;
mod plain;
mod sections;
mod xlsx;
mod xml;

pub use error::ReadError;
pub use format::Format;
pub use markup::{Loss, Part, PartKind, Section};
pub use model::FileText;

/// Reads a file of the given format.
///
/// Never panics, whatever the bytes: a panic inside of a library is [`ReadError::Damaged`].
pub fn read(bytes: &[u8], format: Format) -> Result<FileText, ReadError> {
    if bytes.len() > format.limit() {
        return Err(ReadError::TooLarge { limit: format.limit() });
    }
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let text = caught::caught(|| read_as(bytes, format))??;
    if text.sections.is_empty() { Err(ReadError::Empty) } else { Ok(text) }
}

fn read_as(bytes: &[u8], format: Format) -> Result<FileText, ReadError> {
    match format {
        Format::Markdown => Ok(markdown::read(&decode::text(bytes)?)),
        Format::Text => Ok(plain::read(&decode::text(bytes)?)),
        Format::Html => html::read(&decode::html(bytes)?),
        Format::Csv => Ok(delimited::read(&decode::text(bytes)?)),
        Format::Pdf => pdf::read(bytes),
        Format::Docx => docx::read(bytes),
        Format::Xlsx => xlsx::read(bytes),
    }
}
