//! The Files card, and the steps that its buttons take.

use std::path::Path;

use knowledge::{DocumentQuery, DocumentState};
use url::Url;

use super::{
    dto::{FileProblem, FileSource, FilesCard},
    open,
};
use crate::{
    App, Error,
    events::AppEvent,
    files::{collection_key, path_of},
    status::rfc3339,
};

/// So many files that could not be read are named on the card.
const NAMED: u32 = 100;

/// Marks a source as being read for as long as it lives.
pub(crate) struct Scanning {
    app: App,
    id: i64,
}

impl Drop for Scanning {
    fn drop(&mut self) {
        open(&self.app.desk).scanning.remove(&self.id);
        self.app.events.send(AppEvent::Files);
    }
}

impl App {
    pub(crate) fn mark_scanning(&self, id: i64) -> Scanning {
        open(&self.desk).scanning.insert(id);
        self.events.send(AppEvent::Files);
        Scanning { app: self.clone(), id }
    }

    pub(super) async fn files_card(&self) -> Result<FilesCard, Error> {
        let scanning = open(&self.desk).scanning.clone();
        let mut sources = Vec::new();
        for source in self.file_sources().await? {
            let problems = if source.failed == 0 { Vec::new() } else { self.file_problems(source.id).await? };
            sources.push(FileSource {
                id: source.id as u32,
                is_scanning: scanning.contains(&source.id),
                path: source.path,
                name: source.name,
                is_missing: source.is_missing,
                ready: source.ready,
                pending: source.pending,
                failed: source.failed,
                unavailable: source.unavailable,
                scanned_at: source.scanned_at.and_then(rfc3339),
                problems,
            });
        }
        Ok(FilesCard { sources })
    }

    async fn file_problems(&self, source: i64) -> Result<Vec<FileProblem>, Error> {
        let query = DocumentQuery {
            collections: Some(vec![collection_key(source)]),
            states: Some(vec![DocumentState::Failed]),
            limit: Some(NAMED),
            ..DocumentQuery::default()
        };
        let failed = self.knowledge.documents(&query).await?.into_iter();
        let problem = |document: knowledge::DocumentRow| FileProblem {
            path: path_of(&document.metadata).unwrap_or(document.title),
            reason: document.failure.unwrap_or_default(),
        };
        Ok(failed.map(problem).collect())
    }

    /// Adds a folder or file; the watch reads it.
    pub async fn add_file_source(&self, path: &Path) -> Result<(), Error> {
        self.put_file_source(path).await.map(|_| ())
    }

    /// Removes a source by its number.
    pub async fn remove_file_source(&self, id: u32) -> Result<(), Error> {
        let sources = self.store.file_sources().await?;
        match sources.iter().find(|source| source.id == i64::from(id)) {
            Some(source) => self.remove_files(Path::new(&source.path)).await,
            None => Ok(()),
        }
    }

    /// Scans all sources in the background.
    pub fn start_scan(&self) {
        let app = self.clone();
        tokio::spawn(async move {
            if let Err(error) = app.scan_files().await {
                tracing::warn!(code = error.code(), %error, "files were not scanned");
            }
        });
    }

    /// A file that the window may open: one that lies in a source.
    pub(super) async fn check_file(&self, url: &Url) -> Result<Url, Error> {
        let foreign = || Error::ForeignUrl { url: url.to_string() };
        let path = url.to_file_path().map_err(|()| foreign())?.canonicalize().map_err(|_| foreign())?;
        let sources = self.store.file_sources().await?;
        let is_inside = path.is_file() && sources.iter().any(|source| path.starts_with(&source.path));
        if is_inside { Url::from_file_path(&path).map_err(|()| foreign()) } else { Err(foreign()) }
    }
}
