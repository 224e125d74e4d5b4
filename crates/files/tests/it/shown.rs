//! What was read, written down.

use std::path::{Path, PathBuf};

use files::{FileText, Format, PartKind, ReadError};

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn read_fixture(name: &str) -> Result<FileText, ReadError> {
    files::read(&fixture(name), Format::of(Path::new(name)).unwrap())
}

pub(crate) fn read_text(text: &str, format: Format) -> FileText {
    files::read(text.as_bytes(), format).unwrap()
}

/// Title, sections with their anchors, parts with their kinds, losses.
pub(crate) fn shown(text: &FileText) -> String {
    let mut lines = Vec::new();
    if let Some(title) = &text.title {
        lines.push(format!("title: {title}"));
    }
    for section in &text.sections {
        let anchor = section.anchor.as_ref().map(|anchor| format!(" #{anchor}")).unwrap_or_default();
        lines.push(format!("== {}{anchor}", section.heading_path.join(" > ")));
        for part in &section.parts {
            lines.push(match part.kind {
                PartKind::Prose => "-- prose".to_owned(),
                PartKind::List => "-- list".to_owned(),
                PartKind::Code => "-- code".to_owned(),
                PartKind::Table { header_rows } => format!("-- table, header {header_rows}"),
            });
            lines.push(part.text.clone());
        }
    }
    for loss in &text.losses {
        lines.push(format!("lost: {} {}", loss.count, loss.element));
    }
    lines.join("\n")
}

/// All words of the text in order, those of each section's own heading included.
pub(crate) fn words(text: &FileText) -> Vec<String> {
    let mut words = Vec::new();
    for section in &text.sections {
        words.extend(section.heading_path.last().into_iter().flat_map(|heading| split(heading)));
        words.extend(section.parts.iter().flat_map(|part| split(&part.text)));
    }
    words
}

/// Words of letters and digits.
pub(crate) fn split(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
