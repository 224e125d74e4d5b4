//! What a run reports while it works and when it ends.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::store::{ExceptionKind, RunException};

/// How a run ended, or that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum RunStatus {
    /// It works.
    Running,
    /// Every page that the site shows is stored, or left out by the plan and named.
    Complete,
    /// Some pages or spaces are missing; each is named.
    Partial,
    /// It came to nothing.
    Failed,
    /// The user stopped it.
    Cancelled,
}

/// The numbers of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pages stored for the first time.
    pub added: i64,
    /// Pages stored again in a newer version.
    pub updated: i64,
    /// Pages that moved, were renamed or came back.
    pub moved: i64,
    /// Pages taken out of retrieval.
    pub removed: i64,
    /// Pages that were already right.
    pub unchanged: i64,
    /// Pages that the site showed.
    pub expected: i64,
    /// Of those, pages that are stored as shown.
    pub stored: i64,
    /// Of those, pages that do not fit the plan.
    pub left_out: i64,
    /// HTTP requests sent.
    pub requests: i64,
    /// Atlassian's points spent: one a request and one an object.
    pub points: i64,
}

/// A page that could not be stored, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncFailure {
    /// Confluence's id; a space's key where a whole space failed.
    pub page_id: String,
    /// Title.
    pub title: String,
    /// Why, for a person.
    pub reason: String,
    /// The space it lies in.
    #[serde(skip)]
    pub space_key: String,
}

/// A page that does not fit the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverLimitPage {
    /// Confluence's id.
    pub page_id: String,
    /// Title.
    pub title: String,
    /// The space it lies in.
    pub space_key: String,
}

/// So many pages of a kind are named where runs are kept; beyond, they are counted.
pub(super) const NAMED: usize = 1_000;

/// A run as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunSummary {
    /// Number of the run.
    pub id: i64,
    /// How it ended.
    pub status: RunStatus,
    /// Unix seconds.
    pub started_at: i64,
    /// Unix seconds.
    pub ended_at: Option<i64>,
    /// Its numbers.
    pub tally: Tally,
    /// Pages that could not be stored.
    pub failed: Vec<SyncFailure>,
    /// Pages that do not fit the plan; of a run that was kept, the first thousand, and of the newest run alone.
    pub over_limit: Vec<OverLimitPage>,
    /// Unix seconds before which Atlassian wants no further request; none where it did not say.
    pub retry_at: Option<i64>,
    /// Code of the error that ended it; none where it came to its end.
    pub error: Option<String>,
    /// Why it is not complete.
    pub message: Option<String>,
    /// What helps.
    pub hint: Option<String>,
}

impl RunSummary {
    pub(crate) fn exceptions(&self) -> impl Iterator<Item = RunException> + '_ {
        let failed = self.failed.iter().map(|failure| RunException {
            kind: ExceptionKind::Failed,
            page_id: failure.page_id.clone(),
            title: failure.title.clone(),
            space_key: failure.space_key.clone(),
            reason: failure.reason.clone(),
        });
        let over_limit = self.over_limit.iter().take(NAMED).map(|page| RunException {
            kind: ExceptionKind::OverLimit,
            page_id: page.page_id.clone(),
            title: page.title.clone(),
            space_key: page.space_key.clone(),
            reason: String::new(),
        });
        failed.chain(over_limit)
    }
}

impl From<RunException> for SyncFailure {
    fn from(exception: RunException) -> Self {
        let RunException { page_id, title, space_key, reason, .. } = exception;
        Self { page_id, title, reason, space_key }
    }
}

impl From<RunException> for OverLimitPage {
    fn from(exception: RunException) -> Self {
        let RunException { page_id, title, space_key, .. } = exception;
        Self { page_id, title, space_key }
    }
}

/// What a run does at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SyncPhase {
    /// Asking which pages there are.
    #[default]
    Listing,
    /// Fetching and storing texts.
    Downloading,
    /// Computing embeddings; keyword search works already.
    Embedding,
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    /// Number of the run.
    pub run_id: i64,
    /// What it does.
    pub phase: SyncPhase,
    /// Pages (chunks while embedding) done in this phase.
    pub done: usize,
    /// Pages (chunks while embedding) of this phase, where known.
    pub total: Option<usize>,
    /// Whole seconds that this phase has worked.
    pub phase_seconds: f64,
    /// The space at hand.
    pub space: Option<String>,
    /// Whether it waits for the user.
    pub paused: bool,
}

impl Progress {
    /// Units a minute in this phase, once there is enough to say.
    pub fn per_minute(&self) -> Option<f64> {
        (self.done > 0 && self.phase_seconds >= 1.0).then(|| self.done as f64 * 60.0 / self.phase_seconds)
    }

    /// Seconds that the phase will still take at this rate.
    pub fn seconds_left(&self) -> Option<f64> {
        let left = self.total?.checked_sub(self.done)?;
        Some(left as f64 * 60.0 / self.per_minute()?)
    }
}
