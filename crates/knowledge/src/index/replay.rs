//! How the keyword index follows the database: it replays what changed since its stamp, or is built anew.
//!
//! Only one process writes at a time, and only while it replays. One that finds the index being written waits a moment, and
//! then searches what is there; the tail comes with its next search.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tantivy::{IndexWriter, TantivyDocument, TantivyError};

use super::keyword::{KeywordIndex, Opened};
use super::stamp::Stamp;
use crate::Error;
use crate::store::{ChunkChange, Id, Store, Tip};

/// Memory for words not yet written, in bytes.
const BUDGET: usize = 40_000_000;
/// How often, and how long apart, to look whether another process has done writing. What a commit brings takes some tens of
/// milliseconds; building anew is not waited for.
const LOOKS: u32 = 10;
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

impl KeywordIndex {
    /// Brings the index up to the database's last change, as far as no other process is at it.
    pub(crate) async fn follow(self: &Arc<Self>, store: &Store) -> Result<(), Error> {
        let mut shown = self.following.lock().await;
        let tip = store.tip().await?;
        if *shown == Some(tip.change) {
            return Ok(());
        }
        let followed = match self.begin(&tip, false).await? {
            Begun::Busy => return Ok(()),
            Begun::Done => Ok(()),
            Begun::Replay(replay) => self.replay_or_anew(*replay, store, &tip).await,
        };
        *shown = followed.is_ok().then_some(tip.change);
        followed
    }

    /// Throws the index away and builds it again, after a search has found it damaged.
    pub(crate) async fn rebuild(self: &Arc<Self>, store: &Store) -> Result<(), Error> {
        let mut shown = self.following.lock().await;
        *shown = None;
        let tip = store.tip().await?;
        self.replay_anew(store, &tip).await
    }

    async fn replay_or_anew(self: &Arc<Self>, replay: Replay, store: &Store, tip: &Tip) -> Result<(), Error> {
        let anew = replay.from == 0;
        match self.replay(replay, store, tip).await {
            Err(Error::Index { source }) if !anew => {
                tracing::warn!(error = %source, "the keyword index is damaged and is built again");
                self.replay_anew(store, tip).await
            }
            other => other,
        }
    }

    async fn replay_anew(self: &Arc<Self>, store: &Store, tip: &Tip) -> Result<(), Error> {
        match self.begin(tip, true).await? {
            Begun::Replay(replay) => self.replay(*replay, store, tip).await,
            Begun::Done | Begun::Busy => Ok(()),
        }
    }

    async fn begin(self: &Arc<Self>, tip: &Tip, anew: bool) -> Result<Begun, Error> {
        for look in 0..LOOKS {
            if look > 0 {
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
            let (index, tip) = (Arc::clone(self), tip.clone());
            match tokio::task::spawn_blocking(move || index.begin_blocking(&tip, anew)).await?? {
                Begun::Busy => {}
                other => return Ok(other),
            }
        }
        Ok(Begun::Busy)
    }

    /// Reading is asynchronous and writing is not: pages go back and forth. Dropped in between, nothing is committed.
    async fn replay(self: &Arc<Self>, mut replay: Replay, store: &Store, tip: &Tip) -> Result<(), Error> {
        if replay.from > 0 {
            let removed = store.removed_chunks(replay.from, tip.change).await?;
            replay.remove(&removed);
        }
        let mut after = (replay.from, Id::MAX);
        loop {
            let page = store.changed_chunks(after, tip.change).await?;
            let Some(last) = page.last() else { break };
            after = (last.change, last.id);
            replay = tokio::task::spawn_blocking(move || replay.apply(&page)).await??;
        }
        let (index, stamp) = (Arc::clone(self), Stamp::at(tip));
        tokio::task::spawn_blocking(move || index.show(&replay.commit(&stamp)?)).await?
    }

    /// Finds out what there is to do, and takes the right to do it.
    fn begin_blocking(&self, tip: &Tip, anew: bool) -> Result<Begun, Error> {
        let found = self.current().or_else(|| self.open()).and_then(|opened| stamped(opened, tip)).filter(|_| !anew);
        if let Some((opened, stamp)) = &found
            && stamp.change == tip.change
        {
            return self.show(opened).map(|()| Begun::Done);
        }
        let Some(lock) = self.try_lock()? else {
            return found.map_or(Ok(()), |(opened, _)| self.show(&opened)).map(|()| Begun::Busy);
        };
        // Between the look and the lock another process may have done the work, or part of it. Opened afresh, because an
        // index that is open here does not know the files that another process has added, and would never delete them.
        let (opened, from) = match self.open().and_then(|opened| stamped(opened, tip)).filter(|_| !anew) {
            Some((opened, stamp)) => (opened, stamp.change),
            None => (Arc::new(self.create()?), 0),
        };
        match Replay::new(opened, from, lock) {
            Err(TantivyError::LockFailure(..)) => Ok(Begun::Busy),
            other => Ok(Begun::Replay(Box::new(other?))),
        }
    }

    fn open(&self) -> Option<Arc<Opened>> {
        match Opened::open(&self.folder) {
            Ok(opened) => Some(Arc::new(opened)),
            Err(error) => {
                tracing::debug!(%error, "no keyword index to open");
                None
            }
        }
    }

    /// Makes the last commit on disk the one that is searched.
    fn show(&self, opened: &Arc<Opened>) -> Result<(), Error> {
        opened.reader.reload()?;
        self.set(Some(Arc::clone(opened)));
        Ok(())
    }

    fn set(&self, opened: Option<Arc<Opened>>) {
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = opened;
    }

    fn create(&self) -> Result<Opened, Error> {
        self.set(None);
        let removed = match std::fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotADirectory => std::fs::remove_file(&self.folder),
            other => other,
        };
        removed.and_then(|()| std::fs::create_dir_all(&self.folder)).map_err(|source| self.unusable(source))?;
        Ok(Opened::create(&self.folder)?)
    }

    /// The right to write, until the file is dropped; none while another process has it. It lies beside the folder,
    /// because building anew removes the folder.
    fn try_lock(&self) -> Result<Option<File>, Error> {
        let path = self.folder.with_extension("lock");
        let opened = File::options().create(true).truncate(false).write(true).open(&path);
        let file = opened.map_err(|source| self.unusable(source))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(self.unusable(source)),
        }
    }

    fn unusable(&self, source: std::io::Error) -> Error {
        Error::Io { path: self.folder.clone(), source }
    }
}

/// An index and its stamp; none when it is damaged or cannot follow this database.
fn stamped(opened: Arc<Opened>, tip: &Tip) -> Option<(Arc<Opened>, Stamp)> {
    match opened.stamp() {
        Ok(stamp) => stamp.filter(|stamp| stamp.can_follow(tip)).map(|stamp| (opened, stamp)),
        Err(error) => {
            tracing::debug!(%error, "the keyword index has no stamp");
            None
        }
    }
}

/// What a look at the index found.
enum Begun {
    /// Nothing is left to do.
    Done,
    /// Another process is writing.
    Busy,
    /// The tail is ours to replay.
    Replay(Box<Replay>),
}

/// The tail under way into the index.
struct Replay {
    opened: Arc<Opened>,
    writer: IndexWriter<TantivyDocument>,
    /// The change that the index stood at; 0 for an empty one.
    from: i64,
    _lock: File,
}

impl Replay {
    fn new(opened: Arc<Opened>, from: i64, lock: File) -> tantivy::Result<Self> {
        let writer = opened.index.writer_with_num_threads(1, BUDGET)?;
        Ok(Self { opened, writer, from, _lock: lock })
    }

    fn remove(&self, chunks: &[Id]) {
        for chunk in chunks {
            self.writer.delete_term(self.opened.chunk_term(*chunk));
        }
    }

    fn apply(self, chunks: &[ChunkChange]) -> Result<Self, Error> {
        for chunk in chunks {
            if self.from > 0 {
                self.writer.delete_term(self.opened.chunk_term(chunk.id));
            }
            if chunk.available {
                self.writer.add_document(self.opened.entry(chunk))?;
            }
        }
        Ok(self)
    }

    fn commit(mut self, stamp: &Stamp) -> Result<Arc<Opened>, Error> {
        let payload = stamp.payload().map_err(|source| Error::Encoding { what: "stamp", source })?;
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        // Merging keeps the number of segments, and with it the time of a search, small.
        self.writer.wait_merging_threads()?;
        Ok(self.opened)
    }
}
