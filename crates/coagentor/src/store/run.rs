//! Tables `sync_run` and `sync_exception`: the ledger of what each run came to.

use time::OffsetDateTime;

use super::Store;
use crate::{
    Error,
    sync::{OverLimitPage, RunStatus, RunSummary, SyncFailure, Tally},
};

/// Why a page is not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub(crate) enum ExceptionKind {
    Failed,
    OverLimit,
}

/// A page that a run did not store.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct RunException {
    pub kind: ExceptionKind,
    pub page_id: String,
    pub title: String,
    pub space_key: String,
    pub reason: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    status: RunStatus,
    started_at: i64,
    ended_at: i64,
    added: i64,
    updated: i64,
    moved: i64,
    removed: i64,
    unchanged: i64,
    expected: i64,
    stored: i64,
    requests: i64,
    points: i64,
    message: String,
    hint: String,
}

impl Store {
    /// Opens a run; runs that a killed process left open are closed as failed.
    pub(crate) async fn start_run(&self, site_id: &str, now: OffsetDateTime) -> Result<i64, Error> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "UPDATE sync_run SET status = 'failed', message = 'The app stopped during this sync.', ended_at = started_at
             WHERE status = 'running'",
        )
        .execute(&mut *tx)
        .await?;
        let id = sqlx::query_scalar(
            "INSERT INTO sync_run (site_id, status, started_at) VALUES (?, 'running', ?) RETURNING id",
        )
        .bind(site_id)
        .bind(now.unix_timestamp())
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Closes a run with its ledger, in one transaction.
    pub(crate) async fn finish_run(&self, run: &RunSummary, now: OffsetDateTime) -> Result<(), Error> {
        let mut tx = self.pool.begin().await?;
        let tally = &run.tally;
        sqlx::query(
            "UPDATE sync_run SET status = ?, ended_at = ?, added = ?, updated = ?, moved = ?, removed = ?, unchanged = ?,
             expected = ?, stored = ?, requests = ?, points = ?, message = ?, hint = ? WHERE id = ?",
        )
        .bind(run.status)
        .bind(now.unix_timestamp())
        .bind(tally.added)
        .bind(tally.updated)
        .bind(tally.moved)
        .bind(tally.removed)
        .bind(tally.unchanged)
        .bind(tally.expected)
        .bind(tally.stored)
        .bind(tally.requests)
        .bind(tally.points)
        .bind(run.message.as_deref().unwrap_or_default())
        .bind(run.hint.as_deref().unwrap_or_default())
        .bind(run.id)
        .execute(&mut *tx)
        .await?;
        for exception in run.exceptions() {
            sqlx::query(
                "INSERT OR REPLACE INTO sync_exception (run_id, kind, page_id, title, space_key, reason)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )
            .bind(run.id)
            .bind(exception.kind)
            .bind(exception.page_id)
            .bind(exception.title)
            .bind(exception.space_key)
            .bind(exception.reason)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The newest run of a site that has ended.
    pub(crate) async fn last_run(&self, site_id: &str) -> Result<Option<RunSummary>, Error> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, status, started_at, ended_at, added, updated, moved, removed, unchanged, expected, stored,
             requests, points, message, hint FROM sync_run WHERE site_id = ? AND status <> 'running'
             ORDER BY id DESC LIMIT 1",
        )
        .bind(site_id)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let exceptions = sqlx::query_as(
            "SELECT kind, page_id, title, space_key, reason FROM sync_exception WHERE run_id = ? ORDER BY title",
        )
        .bind(row.id)
        .fetch_all(&self.pool)
        .await?;
        Ok(Some(row.into_summary(exceptions)))
    }
}

impl Row {
    fn into_summary(self, exceptions: Vec<RunException>) -> RunSummary {
        let (failed, over_limit): (Vec<_>, Vec<_>) =
            exceptions.into_iter().partition(|exception| exception.kind == ExceptionKind::Failed);
        RunSummary {
            id: self.id,
            status: self.status,
            started_at: self.started_at,
            ended_at: Some(self.ended_at).filter(|at| *at > 0),
            tally: Tally {
                added: self.added,
                updated: self.updated,
                moved: self.moved,
                removed: self.removed,
                unchanged: self.unchanged,
                expected: self.expected,
                stored: self.stored,
                requests: self.requests,
                points: self.points,
            },
            failed: failed.into_iter().map(SyncFailure::from).collect(),
            over_limit: over_limit.into_iter().map(OverLimitPage::from).collect(),
            message: Some(self.message).filter(|message| !message.is_empty()),
            hint: Some(self.hint).filter(|hint| !hint.is_empty()),
        }
    }
}
