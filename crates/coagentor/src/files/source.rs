//! The sources: adding, listing, removing.

use std::path::{Path, PathBuf};

use ::files::Format;
use knowledge::{
    DocumentQuery,
    model::{Collection, CollectionKey, Loss},
};
use serde::Serialize;

use super::document::{collection_key, path_of};
use crate::{App, Error, events::AppEvent, pages::state_name, store::FileSourceRecord};

/// A folder or file that was added, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileSource {
    /// Its number.
    pub id: i64,
    /// Where it lies.
    pub path: String,
    /// Name of the folder or file.
    pub name: String,
    /// Whether the last scan did not find it; its texts are kept and searched.
    pub is_missing: bool,
    /// Files that are found by words and meaning.
    pub ready: u32,
    /// Files that are found by words only, so far.
    pub pending: u32,
    /// Files that could not be read.
    pub failed: u32,
    /// Files that are gone; their texts are kept, out of retrieval.
    pub unavailable: u32,
    /// When it was last scanned, Unix seconds.
    #[serde(serialize_with = "crate::status::as_rfc3339")]
    pub scanned_at: Option<i64>,
}

/// One file in a list.
#[derive(Debug, Clone, Serialize)]
pub struct FileRow {
    /// Name over its whole life; `coagentor page` takes it.
    pub page_id: String,
    /// Where it lies.
    pub path: String,
    /// Title.
    pub title: String,
    /// When it was modified, Unix milliseconds.
    pub version: i64,
    /// `ready`, `pending`, `failed` or `unavailable`.
    pub state: &'static str,
    /// Address.
    pub url: String,
    /// Chunks of it.
    pub chunks: usize,
    /// What its text lacks.
    pub losses: Vec<Loss>,
    /// Why it is failed or unavailable.
    pub reason: Option<String>,
}

pub(crate) fn name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

impl App {
    /// Adds a folder or a file and reads it. One that was added before is read again.
    pub async fn add_files(&self, path: &Path) -> Result<super::FileReport, Error> {
        let source = self.put_file_source(path).await?;
        self.scan_source(&source).await
    }

    /// Adds a folder or a file; reading it is left to the next scan.
    pub(crate) async fn put_file_source(&self, path: &Path) -> Result<FileSourceRecord, Error> {
        let path: PathBuf = path.canonicalize().map_err(Error::file(path))?;
        let text = path.to_str().ok_or_else(|| Error::UnreadableFile { path: path.clone() })?;
        if path.is_file() && Format::of(&path).is_none() {
            return Err(Error::UnreadableFile { path: path.clone() });
        }
        let sources = self.store.file_sources().await?;
        if let Some(above) = sources.iter().find(|source| path.starts_with(&source.path) && source.path != text) {
            return Err(Error::FileInside { path, source_path: above.path.clone().into() });
        }
        let source = self.store.put_file_source(text).await?;
        let collection = Collection { key: collection_key(source.id), name: name(text) };
        self.knowledge.put_collection(&collection).await?;
        self.events.send(AppEvent::Files);
        Ok(source)
    }

    /// Forgets a source and all texts of it, by the path under which it was added.
    pub async fn remove_files(&self, path: &Path) -> Result<(), Error> {
        let known = self.store.file_sources().await?;
        let wanted = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let source = known.iter().find(|source| Path::new(&source.path) == wanted || Path::new(&source.path) == path);
        let source = source.ok_or_else(|| Error::UnknownFileSource { path: path.to_owned() })?;
        self.knowledge.remove_collection(&collection_key(source.id)).await?;
        self.store.delete_file_source(source.id).await?;
        self.events.send(AppEvent::Files);
        Ok(())
    }

    /// The sources, by path.
    pub async fn file_sources(&self) -> Result<Vec<FileSource>, Error> {
        let counts = self.knowledge.collection_counts().await?;
        let sources = self.store.file_sources().await?.into_iter().map(|source| {
            let key = collection_key(source.id);
            let counts = counts.iter().find(|(known, _)| *known == key).map(|(_, counts)| *counts).unwrap_or_default();
            FileSource {
                name: name(&source.path),
                id: source.id,
                path: source.path,
                is_missing: source.is_missing,
                ready: counts.ready as u32,
                pending: counts.pending as u32,
                failed: counts.failed as u32,
                unavailable: counts.unavailable as u32,
                scanned_at: Some(source.scanned_at).filter(|at| *at > 0),
            }
        });
        Ok(sources.collect())
    }

    /// Every file of every source, by path.
    pub async fn files(&self) -> Result<Vec<FileRow>, Error> {
        let mut rows = Vec::new();
        for source in self.store.file_sources().await? {
            let collections = Some(vec![collection_key(source.id)]);
            let query = DocumentQuery { collections, ..DocumentQuery::default() };
            for document in self.knowledge.documents(&query).await? {
                let Some(below) = path_of(&document.metadata) else { continue };
                let path = Path::new(&source.path);
                let path = if path.is_file() { path.to_owned() } else { path.join(&below) };
                rows.push(FileRow {
                    page_id: document.key.as_str().to_owned(),
                    path: path.display().to_string(),
                    title: document.title,
                    version: document.version,
                    state: state_name(document.state),
                    url: document.url,
                    chunks: document.chunks as usize,
                    losses: document.losses,
                    reason: document.failure,
                });
            }
        }
        rows.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(rows)
    }

    /// The collections of files, with the name of each source.
    pub(crate) async fn file_collections(&self) -> Result<Vec<(CollectionKey, String)>, Error> {
        let sources = self.store.file_sources().await?;
        Ok(sources.into_iter().map(|source| (collection_key(source.id), name(&source.path))).collect())
    }
}
