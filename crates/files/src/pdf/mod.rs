//! PDF (ISO 32000): the text that its pages show, page by page.
//!
//! `lopdf` reads the file's objects; what a page shows is worked out here ([`page`]), because the libraries that extract
//! text panic or never return on files that they do not expect.

mod font;
mod layout;
mod matrix;
mod outline;
mod page;
mod widths;

use lopdf::{Document, Error, LoadOptions, Object};
use markup::Losses;

use crate::{FileText, Part, PartKind, ReadError, Section, caught};

/// Pages that are read of one file.
const MAX_PAGES: usize = 5_000;
/// Bytes that one stream of a file may have, unpacked.
const MAX_STREAM: usize = 64 * 1024 * 1024;
/// The header stands somewhere in so many first bytes.
const HEADER: usize = 1024;

/// Reads a file.
pub(crate) fn read(bytes: &[u8]) -> Result<FileText, ReadError> {
    let start = bytes.get(..HEADER.min(bytes.len())).unwrap_or_default();
    if !start.windows(5).any(|window| window == b"%PDF-") {
        return Err(ReadError::damaged("it is no PDF"));
    }
    let document = load(bytes)?;
    let mut losses = Losses::default();
    let (sections, met) = pages(&document, &mut losses);
    if !sections.is_empty() {
        return Ok(FileText { title: title(&document), sections, losses: losses.finish() });
    }
    match met {
        Met { pages: 0, .. } => Err(ReadError::damaged("it has no pages")),
        Met { unreadable: 1.., .. } => Err(ReadError::damaged("its fonts do not say which letters they show")),
        Met { images: 1.., .. } => Err(ReadError::Scanned),
        Met { broken: 1.., .. } => Err(ReadError::damaged("none of its pages could be read")),
        Met { .. } => Err(ReadError::Empty),
    }
}

fn load(bytes: &[u8]) -> Result<Document, ReadError> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        Error::InvalidPassword | Error::Decryption(_) => ReadError::Encrypted,
        error => ReadError::damaged(error.to_string()),
    })?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(ReadError::Encrypted);
    }
    prefer_unicode(&mut document);
    Ok(document)
}

/// What a font says about its letters for copying counts more than the names of its glyphs, which a subset may have lost.
fn prefer_unicode(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Object::Dictionary(font) = object
            && font.has_type(b"Font")
            && font.has(b"ToUnicode")
        {
            font.remove(b"Encoding");
        }
    }
}

/// What was met on all pages.
#[derive(Debug, Default)]
struct Met {
    pages: usize,
    images: usize,
    unreadable: usize,
    broken: usize,
}

fn pages(document: &Document, losses: &mut Losses) -> (Vec<Section>, Met) {
    let pages = document.get_pages();
    let mut headings = outline::Headings::new(document, &pages);
    let mut reader = page::Pages::new(document);
    let mut met = Met { pages: pages.len(), ..Met::default() };
    let mut sections = Vec::new();
    for (&number, &id) in pages.iter().take(MAX_PAGES) {
        let mut heading_path = headings.at(number);
        // A page that its reader cannot cope with costs that page only.
        let Ok(page) = caught::caught(|| reader.read(id)) else {
            reader = page::Pages::new(document);
            met.broken += 1;
            continue;
        };
        met.images += page.images;
        met.unreadable += usize::from(page.unreadable > 0);
        met.broken += usize::from(page.broken);
        let parts = parts(layout::paragraphs(page.pieces));
        if parts.is_empty() {
            losses.lose_many("page without text", usize::from(page.images > 0));
            continue;
        }
        heading_path.push(format!("Page {number}"));
        let level = u8::try_from(heading_path.len()).unwrap_or(u8::MAX);
        sections.push(Section { heading_path, anchor: Some(format!("page={number}")), level, parts });
    }
    losses.lose_many("page beyond the limit", met.pages.saturating_sub(MAX_PAGES));
    losses.lose_many("image", met.images);
    losses.lose_many("page with text in unknown letters", met.unreadable);
    losses.lose_many("page broken off", met.broken);
    (sections, met)
}

fn parts(paragraphs: Vec<String>) -> Vec<Part> {
    paragraphs.into_iter().map(|text| Part { kind: PartKind::Prose, text }).collect()
}

/// The title in the file's properties, unless a program put its own name or the file's there.
fn title(document: &Document) -> Option<String> {
    let info = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).ok()?;
    let title = info.get_deref(b"Title", document).and_then(lopdf::decode_text_string).ok()?;
    let title = markup::normalize(&title);
    let lower = title.to_lowercase();
    let is_made_up = ["untitled", "microsoft word - ", "microsoft powerpoint - ", "(anonymous)"];
    let is_file = [".doc", ".docx", ".pdf", ".dvi", ".tex", ".indd", ".ppt", ".pptx"];
    let is_told = !title.is_empty()
        && !is_made_up.iter().any(|start| lower.starts_with(start))
        && !is_file.iter().any(|end| lower.ends_with(end));
    is_told.then_some(title)
}
