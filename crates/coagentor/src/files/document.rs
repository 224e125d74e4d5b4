//! From a file to a document of the knowledge base, and back to what the next scan needs to know of it.

use std::path::Path;

use ::files::{FileText, PartKind};
use knowledge::{
    DocumentHead, DocumentState,
    model::{Block, BlockKind, CollectionKey, Document, DocumentKey, Loss, Section},
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use url::Url;

use super::scan::FoundFile;

/// What we keep of a file beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileFacts {
    /// Path below the folder that was added, with `/`; the name alone where a single file was added.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Unix milliseconds.
    pub modified_ms: i64,
    /// SHA-256 of its bytes, in hexadecimal; empty where they could not be read.
    pub hash: String,
}

impl FileFacts {
    pub(crate) fn new(file: &FoundFile, hash: String) -> Self {
        Self { path: file.path.clone(), size: file.size, modified_ms: file.modified_ms, hash }
    }

    pub(crate) fn to_metadata(&self) -> serde_json::Value {
        serde_json::json!({
            "path": self.path, "size": self.size, "modified_ms": self.modified_ms, "hash": self.hash
        })
    }
}

/// A file as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LocalFile {
    pub key: DocumentKey,
    pub title: String,
    pub facts: FileFacts,
    pub state: LocalFileState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LocalFileState {
    Available,
    Unavailable,
    Failed,
}

pub(crate) fn collection_key(source: i64) -> CollectionKey {
    CollectionKey::new(format!("files:{source}"))
}

/// A key of its own for a file that is first seen at `path`; another may have been there before and moved.
pub(crate) fn document_key(source: i64, path: &str, is_taken: impl Fn(&DocumentKey) -> bool) -> DocumentKey {
    let first = DocumentKey::new(format!("file:{source}:{path}"));
    let others = (2_u32..).map(|number| DocumentKey::new(format!("file:{source}:{path}~{number}")));
    std::iter::once(first.clone()).chain(others).find(|key| !is_taken(key)).unwrap_or(first)
}

/// Whether a document is a file.
pub(crate) fn is_file(key: &DocumentKey) -> bool {
    key.as_str().starts_with("file:")
}

/// A file document's path below its source.
pub(crate) fn path_of(metadata: &serde_json::Value) -> Option<String> {
    FileFacts::deserialize(metadata).ok().map(|facts| facts.path)
}

pub(crate) fn local_file(head: DocumentHead) -> Option<LocalFile> {
    Some(LocalFile {
        facts: FileFacts::deserialize(&head.metadata).ok()?,
        key: head.key,
        title: head.title,
        state: match head.state {
            DocumentState::Unavailable => LocalFileState::Unavailable,
            DocumentState::Failed => LocalFileState::Failed,
            DocumentState::Ready | DocumentState::Pending => LocalFileState::Available,
        },
    })
}

/// Name of a file without folders and extension.
pub(crate) fn stem(path: &str) -> String {
    Path::new(path).file_stem().map_or_else(|| path.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// Names of the folders above a file, outermost first, that of the source before them.
pub(crate) fn folders(root: &Path, path: &str) -> Vec<String> {
    let root = root.file_name().map(|name| name.to_string_lossy().into_owned());
    let (above, _) = path.rsplit_once('/').unwrap_or_default();
    root.into_iter().chain(above.split('/').filter(|name| !name.is_empty()).map(str::to_owned)).collect()
}

/// Address of a file.
pub(crate) fn url(file: &Path) -> String {
    Url::from_file_path(file).map_or_else(|()| file.display().to_string(), String::from)
}

pub(crate) fn document(
    key: DocumentKey,
    source: i64,
    root: &Path,
    file: &FoundFile,
    hash: String,
    text: FileText,
) -> Document {
    let title = text.title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| stem(&file.path));
    Document {
        key,
        collection: collection_key(source),
        version: file.modified_ms,
        url: url(&file.absolute),
        path: folders(root, &file.path),
        modified_at: modified_at(file),
        sections: text.sections.into_iter().map(|part| section(part, &title)).collect(),
        title,
        losses: text.losses.into_iter().map(|loss| Loss { element: loss.element, count: loss.count }).collect(),
        metadata: FileFacts::new(file, hash).to_metadata(),
    }
}

fn modified_at(file: &FoundFile) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(file.modified_ms) * 1_000_000).ok()
}

/// A title that the file takes from its first heading is not said again above every other one.
fn section(section: ::files::Section, title: &str) -> Section {
    let block = |part: ::files::Part| Block { kind: kind(part.kind), text: part.text };
    let repeats_title = section.heading_path.len() > 1 && section.heading_path.first().is_some_and(|top| top == title);
    Section {
        heading_path: section.heading_path.into_iter().skip(usize::from(repeats_title)).collect(),
        anchor: section.anchor,
        blocks: section.parts.into_iter().map(block).collect(),
    }
}

fn kind(kind: PartKind) -> BlockKind {
    match kind {
        PartKind::Prose => BlockKind::Prose,
        PartKind::List => BlockKind::List,
        PartKind::Code => BlockKind::Code,
        PartKind::Table { header_rows } => BlockKind::Table { header_rows },
    }
}
