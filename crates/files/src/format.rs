//! The formats that can be read.

use std::path::Path;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `CommonMark` with GitHub's extensions.
    Markdown,
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// PDF with text in it.
    Pdf,
    /// Word, Office Open XML.
    Docx,
    /// Values separated by commas, semicolons, tabs or bars.
    Csv,
    /// Excel, Office Open XML.
    Xlsx,
}

const MEGABYTE: usize = 1024 * 1024;

impl Format {
    /// The format that a file's name says it has; the case of the extension does not matter. Logs are left out: machines
    /// write them, and they never stop changing.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "mdown" | "mkd" | "mdx" => Some(Self::Markdown),
            "txt" | "text" => Some(Self::Text),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "pdf" => Some(Self::Pdf),
            "docx" | "docm" => Some(Self::Docx),
            "csv" | "tsv" | "tab" => Some(Self::Csv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Bytes that a file of this format may have; a larger one is [`crate::ReadError::TooLarge`].
    pub fn limit(self) -> usize {
        match self {
            Self::Markdown | Self::Text | Self::Html => 16 * MEGABYTE,
            Self::Csv => 32 * MEGABYTE,
            Self::Docx | Self::Xlsx => 64 * MEGABYTE,
            Self::Pdf => 128 * MEGABYTE,
        }
    }
}
