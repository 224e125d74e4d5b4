//! Word files, Office Open XML (ISO/IEC 29500): paragraphs with their styles, lists, tables, notes.

mod body;
mod listing;
mod notes;
mod runs;
mod styles;
mod table;

use markup::Losses;

use crate::package::Package;
use crate::{FileText, ReadError, sections};

/// Reads a file.
pub(crate) fn read(bytes: &[u8]) -> Result<FileText, ReadError> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    let related = package.related(&main)?;
    let mut part = |kind: &str| match related.get(kind) {
        Some(name) => package.xml(name),
        None => Ok(None),
    };
    let styles = styles::Styles::new(part("styles")?.as_ref());
    let listing = listing::Listing::new(part("numbering")?.as_ref());
    let (footnotes, endnotes) = (part("footnotes")?, part("endnotes")?);
    let document = package.xml(&main)?.ok_or_else(|| ReadError::damaged("its main part is missing"))?;
    let body = document.child("body").ok_or_else(|| ReadError::damaged("it is no Word document"))?;

    let mut losses = Losses::default();
    losses.lose_many("header", package.count("word/header"));
    losses.lose_many("footer", package.count("word/footer"));
    let notes = notes::Notes::new(footnotes.as_ref(), endnotes.as_ref());
    let mut reader = body::Reader::new(&styles, listing, notes, &mut losses);
    reader.read(body);
    let (own_title, blocks) = reader.finish();
    let title = own_title.or(core_title(&mut package)?).or_else(|| markup::first_heading(&blocks));
    Ok(FileText { title, sections: sections::plain(blocks), losses: losses.finish() })
}

/// The title in the file's properties, if somebody wrote one.
fn core_title(package: &mut Package<'_>) -> Result<Option<String>, ReadError> {
    let roots = package.related("")?;
    let Some(name) = roots.get("core-properties") else { return Ok(None) };
    let properties = package.xml(name)?;
    let title = properties
        .as_ref()
        .and_then(|properties| properties.child("title"))
        .map(|title| markup::normalize(&title.text()));
    Ok(title.filter(|title| !title.is_empty() && title != "Word Document"))
}
