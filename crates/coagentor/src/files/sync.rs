//! Brings the store in line with what lies in a source: reads what is new or touched, follows renames, sets aside what is gone.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use ::files::{FileText, ReadError};
use knowledge::{
    Batch, DocumentFailure, Relocation,
    model::{Document, DocumentKey},
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    document::{self, FileFacts, LocalFile, LocalFileState},
    scan::{self, FoundFile, Scanned},
};
use crate::{
    App, Error,
    events::AppEvent,
    store::FileSourceRecord,
    sync::{SyncFailure, SyncLock},
};

/// Files committed in one transaction.
const BATCH: usize = 20;

/// What a scan came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// Files read for the first time.
    pub added: usize,
    /// Files read again.
    pub updated: usize,
    /// Files that were renamed or moved within the source.
    pub renamed: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Files that nothing happened to.
    pub unchanged: usize,
    /// Files that could not be read.
    pub failed: Vec<SyncFailure>,
    /// Whether the source itself was not found; then nothing was changed.
    pub is_missing: bool,
}

/// A file that was read: its hash, and its text or why there is none.
struct Contents {
    hash: String,
    text: Result<FileText, String>,
}

/// One scan at work.
struct Work<'a> {
    source: &'a FileSourceRecord,
    root: &'a Path,
    taken: BTreeSet<DocumentKey>,
    /// Stored files without a place, by hash: where one of them turns up elsewhere, it was renamed.
    homeless: BTreeMap<&'a str, Vec<&'a LocalFile>>,
    batch: Batch,
    report: FileReport,
}

impl App {
    /// Scans every source, and embeds what is new.
    pub async fn scan_files(&self) -> Result<Vec<FileReport>, Error> {
        let mut reports = Vec::new();
        for source in self.store.file_sources().await? {
            reports.push(self.scan_source(&source).await?);
        }
        Ok(reports)
    }

    pub(crate) async fn scan_source(&self, source: &FileSourceRecord) -> Result<FileReport, Error> {
        let _lock = SyncLock::acquire(&self.config.file("files.lock"))?;
        let _scanning = self.mark_scanning(source.id);
        let root = Path::new(&source.path).to_owned();
        let scanned = tokio::task::spawn_blocking(move || scan::scan(&root)).await;
        let now = self.clock.now();
        let Some(scanned) = scanned.map_err(|_| Error::Cancelled)?? else {
            self.store.set_scanned(source.id, true, now).await?;
            self.events.send(AppEvent::Files);
            return Ok(FileReport { is_missing: true, ..FileReport::default() });
        };
        let report = self.take_in(source, &scanned).await?;
        self.store.set_scanned(source.id, false, now).await?;
        self.events.send(AppEvent::Files);
        self.embed_files().await?;
        Ok(report)
    }

    async fn take_in(&self, source: &FileSourceRecord, scanned: &Scanned) -> Result<FileReport, Error> {
        let heads = self.knowledge.heads(Some(&[document::collection_key(source.id)])).await?;
        let local: Vec<LocalFile> = heads.into_iter().filter_map(document::local_file).collect();
        let comparison = scan::compare(&local, &scanned.files);
        let mut homeless: BTreeMap<&str, Vec<&LocalFile>> = BTreeMap::new();
        for file in comparison.gone.iter().filter(|file| !file.facts.hash.is_empty()) {
            homeless.entry(file.facts.hash.as_str()).or_default().push(file);
        }
        let mut work = Work {
            source,
            root: Path::new(&source.path),
            taken: local.iter().map(|file| file.key.clone()).collect(),
            homeless,
            batch: Batch::new(self.clock.now()),
            report: FileReport { unchanged: comparison.unchanged, ..FileReport::default() },
        };
        work.report.failed.extend(scanned.unreadable.iter().map(|(path, reason)| failure(path, reason)));
        let mut placed = BTreeSet::new();
        for some in comparison.to_read.chunks(BATCH) {
            for (file, known) in some {
                let contents = read((*file).clone()).await?;
                placed.extend(work.place(file, *known, contents));
            }
            let batch = std::mem::replace(&mut work.batch, Batch::new(self.clock.now()));
            self.knowledge.commit(batch).await?;
            self.events.send(AppEvent::Files);
        }
        let gone = comparison.gone.into_iter();
        let gone = gone.filter(|file| file.state != LocalFileState::Unavailable && !placed.contains(&file.key));
        work.batch.unavailable.extend(gone.map(|file| (file.key.clone(), "the file is gone".to_owned())));
        work.report.removed = work.batch.unavailable.len();
        if !work.batch.is_empty() {
            self.knowledge.commit(work.batch).await?;
        }
        Ok(work.report)
    }
}

impl<'a> Work<'a> {
    /// Decides what a file that was read means; gives the key of the stored file that turned up here.
    fn place(&mut self, file: &FoundFile, known: Option<&'a LocalFile>, contents: Contents) -> Option<DocumentKey> {
        let Contents { hash, text } = contents;
        let is_same = |known: &LocalFile| !hash.is_empty() && known.facts.hash == hash;
        let moved = if known.is_none() { self.homeless.get_mut(hash.as_str()).and_then(Vec::pop) } else { None };
        match (known.or(moved), text) {
            (Some(kept), Ok(_)) if is_same(kept) && kept.state != LocalFileState::Failed => {
                self.keep(kept, file, hash);
                if moved.is_some() {
                    self.report.renamed += 1;
                }
            }
            (kept, Ok(text)) => {
                let count = if kept.is_some() { &mut self.report.updated } else { &mut self.report.added };
                *count += 1;
                let document = self.document(kept, file, hash, text);
                self.batch.upserts.push(document);
            }
            (kept, Err(reason)) => self.fail(kept, file, hash, reason),
        }
        moved.map(|file| file.key.clone())
    }

    /// Same bytes, at another place or with another time: nothing is converted or embedded again.
    fn keep(&mut self, kept: &LocalFile, file: &FoundFile, hash: String) {
        let was_named_by_file = kept.title == document::stem(&kept.facts.path);
        self.batch.available.push(kept.key.clone());
        self.batch.relocations.push(Relocation {
            key: kept.key.clone(),
            collection: document::collection_key(self.source.id),
            title: if was_named_by_file { document::stem(&file.path) } else { kept.title.clone() },
            url: document::url(&file.absolute),
            path: document::folders(self.root, &file.path),
            version: file.modified_ms,
            metadata: FileFacts::new(file, hash).to_metadata(),
        });
    }

    fn key(&mut self, kept: Option<&LocalFile>, file: &FoundFile) -> DocumentKey {
        let key = match kept {
            Some(kept) => kept.key.clone(),
            None => document::document_key(self.source.id, &file.path, |key| self.taken.contains(key)),
        };
        self.taken.insert(key.clone());
        key
    }

    fn document(&mut self, kept: Option<&LocalFile>, file: &FoundFile, hash: String, text: FileText) -> Document {
        let key = self.key(kept, file);
        document::document(key, self.source.id, self.root, file, hash, text)
    }

    fn fail(&mut self, kept: Option<&LocalFile>, file: &FoundFile, hash: String, reason: String) {
        self.report.failed.push(failure(&file.path, &reason));
        let key = self.key(kept, file);
        self.batch.failures.push(DocumentFailure {
            key,
            collection: document::collection_key(self.source.id),
            title: document::stem(&file.path),
            url: document::url(&file.absolute),
            reason,
            metadata: FileFacts::new(file, hash).to_metadata(),
        });
    }
}

fn failure(path: &str, reason: &str) -> SyncFailure {
    SyncFailure {
        page_id: path.to_owned(),
        title: document::stem(path),
        reason: reason.to_owned(),
        space_key: String::new(),
    }
}

/// Reads and converts on a thread of its own: both block.
async fn read(file: FoundFile) -> Result<Contents, Error> {
    tokio::task::spawn_blocking(move || contents(&file)).await.map_err(|_| Error::Cancelled)
}

fn contents(file: &FoundFile) -> Contents {
    // Not even opened: it would fill the memory before it is refused.
    let limit = file.format.limit();
    if file.size > limit as u64 {
        return Contents { hash: String::new(), text: Err(refusal(&ReadError::TooLarge { limit })) };
    }
    match std::fs::read(&file.absolute) {
        Ok(bytes) => Contents {
            hash: format!("{:x}", Sha256::digest(&bytes)),
            text: match ::files::read(&bytes, file.format) {
                // A note that nobody has written yet is no trouble.
                Err(ReadError::Empty) => Ok(FileText::default()),
                read => read.map_err(|error| refusal(&error)),
            },
        },
        Err(error) => Contents { hash: String::new(), text: Err(format!("it cannot be read: {error}")) },
    }
}

fn refusal(error: &ReadError) -> String {
    format!("{error}. {}", error.hint())
}
