//! Tables `sync_run` and `sync_exception`: the ledger of what each run came to.

use time::OffsetDateTime;

use super::Store;
use crate::{
    Error,
    sync::{OverLimitPage, RunStatus, RunSummary, SyncFailure, Tally},
};

/// So many runs are kept: seven weeks at one every six hours.
const KEPT_RUNS: i64 = 200;

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
    left_out: i64,
    requests: i64,
    points: i64,
    retry_at: i64,
    error: String,
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
        sqlx::query("DELETE FROM sync_run WHERE site_id = ? AND id <= (SELECT max(id) FROM sync_run) - ?")
            .bind(site_id)
            .bind(KEPT_RUNS)
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
             expected = ?, stored = ?, left_out = ?, requests = ?, points = ?, retry_at = ?, error = ?, message = ?, hint = ? WHERE id = ?",
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
        .bind(tally.left_out)
        .bind(tally.requests)
        .bind(tally.points)
        .bind(run.retry_at.unwrap_or_default())
        .bind(run.error.as_deref().unwrap_or_default())
        .bind(run.message.as_deref().unwrap_or_default())
        .bind(run.hint.as_deref().unwrap_or_default())
        .bind(run.id)
        .execute(&mut *tx)
        .await?;
        sqlx::query("DELETE FROM sync_exception WHERE kind = ? AND run_id <> ?")
            .bind(ExceptionKind::OverLimit)
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
        Ok(self.runs(site_id, 1).await?.pop())
    }

    /// The newest runs of a site that have ended, newest first.
    pub(crate) async fn runs(&self, site_id: &str, limit: u32) -> Result<Vec<RunSummary>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, status, started_at, ended_at, added, updated, moved, removed, unchanged, expected, stored,
             left_out, requests, points, retry_at, error, message, hint FROM sync_run WHERE site_id = ? AND status <> 'running'
             ORDER BY id DESC LIMIT ?",
        )
        .bind(site_id)
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        let mut runs = Vec::with_capacity(rows.len());
        for row in rows {
            let exceptions = sqlx::query_as(
                "SELECT kind, page_id, title, space_key, reason FROM sync_exception WHERE run_id = ? ORDER BY title",
            )
            .bind(row.id)
            .fetch_all(&self.pool)
            .await?;
            runs.push(row.into_summary(exceptions));
        }
        Ok(runs)
    }

    /// When the newest run began, in Unix seconds, where it has not ended: it works, or its process died.
    pub(crate) async fn open_run(&self, site_id: &str) -> Result<Option<i64>, Error> {
        let sql = "SELECT started_at FROM sync_run WHERE status = 'running'
                   AND id = (SELECT max(id) FROM sync_run WHERE site_id = ?)";
        Ok(sqlx::query_scalar(sql).bind(site_id).fetch_optional(&self.pool).await?)
    }

    /// How many of the newest runs in a row did not come to their end.
    pub(crate) async fn unfinished_runs(&self, site_id: &str) -> Result<u32, Error> {
        let sql =
            "SELECT count(*) FROM sync_run WHERE site_id = ? AND status IN ('failed', 'partial', 'running') AND id >
                   (SELECT ifnull(max(id), 0) FROM sync_run WHERE site_id = ? AND status IN ('complete', 'cancelled'))";
        Ok(sqlx::query_scalar(sql).bind(site_id).bind(site_id).fetch_one(&self.pool).await?)
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
                left_out: self.left_out,
                requests: self.requests,
                points: self.points,
            },
            failed: failed.into_iter().map(SyncFailure::from).collect(),
            over_limit: over_limit.into_iter().map(OverLimitPage::from).collect(),
            retry_at: Some(self.retry_at).filter(|at| *at > 0),
            error: Some(self.error).filter(|code| !code.is_empty()),
            message: Some(self.message).filter(|message| !message.is_empty()),
            hint: Some(self.hint).filter(|hint| !hint.is_empty()),
        }
    }
}
