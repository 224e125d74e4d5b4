//! Opening and closing the database.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{DatabaseError, Store};
use crate::Error;

const FILE: &str = "knowledge.db";
const LOCK: &str = "knowledge.lock";
/// How long a write waits for another, of this process or of another one.
const WRITERS_WAIT: Duration = Duration::from_mins(1);
/// Removals are remembered for replay up to this many; an index that is further behind is rebuilt.
const REMOVALS_KEPT: i64 = 200_000;

impl Store {
    /// Opens or creates `knowledge.db` in `folder`, which exists.
    pub(crate) async fn open(folder: &Path, readers: u32) -> Result<Self, Error> {
        let path = folder.join(FILE);
        // Two processes that both find an empty file must not both create its tables.
        let _opening = lock(folder.join(LOCK)).await?;
        let connect = connect_options(&path);
        let pool = SqlitePoolOptions::new().max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.acquire_timeout(WRITERS_WAIT);
        let writer = pool.connect_with(connect.clone()).await.map_err(|error| unopened(&path, error))?;
        sqlx::migrate!("./migrations").run(&writer).await.map_err(|error| unmigrated(&path, error))?;
        let pool = SqlitePoolOptions::new().max_connections(readers.max(1)).idle_timeout(None).max_lifetime(None);
        let readers = pool.connect_lazy_with(connect.pragma("query_only", "ON"));
        let store = Self { path, writer, readers };
        store.forget_old_removals().await?;
        Ok(store)
    }

    /// Closes the connections; what was committed is in the file.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn forget_old_removals(&self) -> Result<(), Error> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM removed_chunks")
            .fetch_one(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        if count <= REMOVALS_KEPT {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        let forgotten = async {
            sqlx::query("UPDATE journal SET replay_floor = change").execute(&mut *tx).await?;
            sqlx::query("DELETE FROM removed_chunks").execute(&mut *tx).await?;
            tx.commit().await
        };
        forgotten.await.map_err(|error| self.failed(error))
    }
}

/// WAL with `synchronous = NORMAL` survives a crash of the program whole. A power cut may lose the last commits but never
/// tears one; as a checkpoint commits with its content, the next sync repeats exactly what was lost.
fn connect_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .page_size(8192)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(WRITERS_WAIT)
        .foreign_keys(true)
        .pragma("cache_size", "-8000")
        .pragma("temp_store", "MEMORY")
}

/// Waits for the lock file; it is released when the file is closed.
async fn lock(path: std::path::PathBuf) -> Result<std::fs::File, Error> {
    let locked = tokio::task::spawn_blocking(move || {
        let file = std::fs::File::options().create(true).truncate(false).write(true).open(&path);
        let locked = file.and_then(|file| file.lock().map(|()| file));
        locked.map_err(|source| Error::Io { path, source })
    });
    locked.await?
}

fn unopened(path: &Path, error: sqlx::Error) -> Error {
    let source = DatabaseError::from(error);
    if source.is_corrupt() { Error::Corrupt { path: path.to_owned(), source } } else { source.into() }
}

fn unmigrated(path: &Path, error: MigrateError) -> Error {
    match error {
        MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
            Error::NewerSchema { path: path.to_owned() }
        }
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => unopened(path, error),
        other => unopened(path, sqlx::Error::Migrate(Box::new(other))),
    }
}
