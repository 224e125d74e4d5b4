//! Deleting all data: afterwards the app is as on its first start.

use std::{path::Path, sync::atomic::Ordering, time::Duration};

use crate::{App, Error, events::AppEvent, sync::SyncLock};

/// How often, and how long apart, to look whether work under way has ended.
const LOOKS: u32 = 200;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

impl App {
    /// Deletes pages, files' texts, index, sign-in, selection, settings and logs. A run under way is ended first; one of
    /// another process that goes on is an error, and nothing is deleted.
    pub async fn delete_all_data(&self) -> Result<(), Error> {
        self.cancel_sign_in().await;
        self.cancel_sync();
        for _ in 0..LOOKS {
            if !self.is_syncing() {
                break;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        let _sync = self.wait_for("sync.lock").await?;
        let _files = self.wait_for("files.lock").await?;
        self.sample.stop().await;
        self.store.clear().await?;
        self.knowledge.clear().await?;
        // Last: a keyring that refuses must not keep the rest from being deleted.
        let secrets = self.secrets.clear().await;
        // What it finds out is shown; a missing store is no fault here.
        let _ = self.secrets.look().await;
        empty_logs(&self.log_dir());
        self.embedding_waits.store(false, Ordering::Relaxed);
        self.forget_desk();
        for event in [
            AppEvent::Connection,
            AppEvent::Spaces,
            AppEvent::Sync,
            AppEvent::Pages,
            AppEvent::Files,
            AppEvent::Settings,
        ] {
            self.events.send(event);
        }
        secrets
    }

    /// Where log files lie.
    pub fn log_dir(&self) -> std::path::PathBuf {
        self.config.log_dir()
    }

    async fn wait_for(&self, lock: &str) -> Result<SyncLock, Error> {
        let path = self.config.file(lock);
        for _ in 1..LOOKS {
            match SyncLock::acquire(&path) {
                Err(Error::SyncRunning { .. }) => tokio::time::sleep(BETWEEN_LOOKS).await,
                other => return other,
            }
        }
        SyncLock::acquire(&path)
    }
}

/// Emptied rather than removed: the one in use stays open.
fn empty_logs(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let emptied = std::fs::OpenOptions::new().write(true).truncate(true).open(entry.path());
        if let Err(error) = emptied {
            tracing::warn!(%error, "a log file was not emptied");
        }
    }
}
