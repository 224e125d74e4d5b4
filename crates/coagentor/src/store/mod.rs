//! `coagentor.db`: what the user made. Small; one file per table.

mod agent;
mod clear;
mod connection;
mod context;
mod file_source;
mod meeting;
mod page_tree;
mod person;
mod remote_page;
mod run;
mod setting;
mod space;

pub(crate) use agent::{AgentChange, AgentRecord};
pub(crate) use connection::{Connection, ConnectionStatus};
pub(crate) use context::{ContextChange, ContextRecord};
pub(crate) use file_source::FileSourceRecord;
pub(crate) use meeting::{MeetingRecord, NewMeeting};
pub(crate) use page_tree::TreeNode;
pub(crate) use remote_page::{SpaceListing, unix_ms};
pub(crate) use run::{ExceptionKind, RunException};
pub(crate) use space::SpaceRecord;

use std::{path::Path, time::Duration};

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::Error;

/// The database of connections, selection, settings and runs.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pool: SqlitePool,
}

impl Store {
    pub(crate) async fn open(path: &Path) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Everything here was made by the user and can't be fetched again, so each commit reaches the disk.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await
            .map_err(|error| damaged(path, error))?;
        match sqlx::migrate!("./migrations").run(&pool).await {
            Ok(()) => Ok(Self { pool }),
            Err(
                sqlx::migrate::MigrateError::Execute(error) | sqlx::migrate::MigrateError::ExecuteMigration(error, _),
            ) => Err(damaged(path, error)),
            Err(error) => Err(error.into()),
        }
    }
}

fn damaged(path: &Path, error: sqlx::Error) -> Error {
    const NOT_A_DATABASE: &str = "26";
    const CORRUPT: &str = "11";
    match error.as_database_error().and_then(sqlx::error::DatabaseError::code) {
        Some(code) if code == NOT_A_DATABASE || code == CORRUPT => Error::Corrupt { path: path.to_owned() },
        _ => error.into(),
    }
}
