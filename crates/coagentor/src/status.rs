//! The state of things in numbers: connection, plan, pages, runs.

use serde::{Serialize, Serializer};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    App, Error,
    connection::ConnectionKind,
    plan::PlanName,
    store::ConnectionStatus,
    sync::{RunStatus, RunSummary, collection_key, is_space},
};

/// Unix seconds as RFC 3339 in UTC.
pub fn rfc3339(unix: i64) -> Option<String> {
    OffsetDateTime::from_unix_timestamp(unix).ok()?.format(&Rfc3339).ok()
}

#[allow(clippy::ref_option, reason = "the signature that serde asks for")]
pub(crate) fn as_rfc3339<S: Serializer>(unix: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
    unix.and_then(rfc3339).serialize(serializer)
}

/// Everything that `coagentor status` shows.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    /// The connected site, or the last one.
    pub connection: ConnectionReport,
    /// Plan and what it holds.
    pub plan: PlanUse,
    /// Pages by state.
    pub pages: PageCounts,
    /// Chunks of the pages in retrieval.
    pub chunks: usize,
    /// Of those, chunks with an embedding.
    pub embedded: usize,
    /// The newest run.
    pub last_run: Option<LastRun>,
    /// When the next one is due.
    pub next_run_at: Option<String>,
}

/// State of the connection.
#[derive(Debug, Clone, Serialize)]
pub struct ConnectionReport {
    /// `connected`, `reconnect_needed` or `disconnected`.
    pub state: &'static str,
    /// How it was made.
    pub kind: Option<ConnectionKind>,
    /// The site.
    pub site: Option<SiteReport>,
    /// Account, where known.
    pub account: Option<String>,
}

/// A site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteReport {
    /// Cloud id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address.
    pub url: String,
}

impl From<&confluence::Site> for SiteReport {
    fn from(site: &confluence::Site) -> Self {
        Self { id: site.id.clone(), name: site.name.clone(), url: site.url.as_str().trim_end_matches('/').to_owned() }
    }
}

/// A plan and how full it is.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PlanUse {
    /// The plan.
    pub name: PlanName,
    /// Pages that fit.
    pub limit: Option<usize>,
    /// Pages stored and in retrieval.
    pub used: usize,
}

/// Pages by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PageCounts {
    /// Stored and embedded.
    pub ready: usize,
    /// Stored; found by words, not yet by meaning.
    pub pending: usize,
    /// The last fetch failed.
    pub failed: usize,
    /// Kept, out of retrieval.
    pub unavailable: usize,
}

/// A run in a few words.
#[derive(Debug, Clone, Serialize)]
pub struct LastRun {
    /// Its number.
    pub run: i64,
    /// How it ended.
    pub status: RunStatus,
    /// When it began.
    pub started_at: Option<String>,
    /// When it ended.
    pub ended_at: Option<String>,
    /// Pages expected.
    pub expected: i64,
    /// Pages stored.
    pub stored: i64,
    /// Pages that failed.
    pub failed: usize,
    /// Pages over the limit.
    pub over_limit: usize,
    /// Why it is not complete.
    pub message: Option<String>,
}

impl From<RunSummary> for LastRun {
    fn from(run: RunSummary) -> Self {
        Self {
            run: run.id,
            status: run.status,
            started_at: rfc3339(run.started_at),
            ended_at: run.ended_at.and_then(rfc3339),
            expected: run.tally.expected,
            stored: run.tally.stored,
            failed: run.failed.len(),
            over_limit: run.tally.left_out as usize,
            message: run.message,
        }
    }
}

/// What the stored pages come to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stock {
    pub pages: PageCounts,
    pub chunks: usize,
    pub embedded: usize,
}

impl App {
    /// The state of things.
    pub async fn status(&self) -> Result<Status, Error> {
        let connection = self.store.connection().await?;
        let stock = self.stock().await?;
        let last_run = match &connection {
            Some(connection) => self.store.last_run(&connection.site.id).await?,
            None => None,
        };
        let next_run_at = self.next_run(last_run.as_ref()).await?;
        Ok(Status {
            connection: ConnectionReport {
                state: match connection.as_ref().map(|connection| connection.status) {
                    Some(ConnectionStatus::Connected) => "connected",
                    Some(ConnectionStatus::ReconnectNeeded) => "reconnect_needed",
                    Some(ConnectionStatus::Disconnected) | None => "disconnected",
                },
                kind: connection.as_ref().map(|connection| connection.kind),
                site: connection.as_ref().map(|connection| SiteReport::from(&connection.site)),
                account: connection.map(|connection| connection.account).filter(|account| !account.is_empty()),
            },
            plan: self.plan_use(&stock).await?,
            pages: stock.pages,
            chunks: stock.chunks,
            embedded: stock.embedded,
            last_run: last_run.map(LastRun::from),
            next_run_at: next_run_at.and_then(|at| rfc3339(at.unix_timestamp())),
        })
    }

    /// The plan in force.
    pub async fn plan(&self) -> Result<PlanUse, Error> {
        self.plan_use(&self.stock().await?).await
    }

    /// Chooses a plan. The next run brings the pages in line; nothing is deleted.
    pub async fn set_plan(&self, plan: PlanName) -> Result<PlanUse, Error> {
        self.store.set_plan(plan).await?;
        self.events.send(crate::AppEvent::Settings);
        self.plan().await
    }

    pub(crate) async fn plan_use(&self, stock: &Stock) -> Result<PlanUse, Error> {
        let name = self.store.plan().await?;
        Ok(PlanUse { name, limit: name.page_limit(), used: stock.pages.ready + stock.pages.pending })
    }

    /// Counts over all sites; pages of a space that is not selected count as unavailable.
    pub(crate) async fn stock(&self) -> Result<Stock, Error> {
        let selected: std::collections::BTreeSet<_> = self.searched_collections().await?.into_iter().collect();
        let mut stock = Stock::default();
        for (collection, counts) in self.knowledge.collection_counts().await? {
            if !is_space(&collection) {
                continue;
            }
            if selected.contains(&collection) {
                stock.pages.ready += counts.ready as usize;
                stock.pages.pending += counts.pending as usize;
                stock.pages.failed += counts.failed as usize;
                stock.pages.unavailable += counts.unavailable as usize;
                stock.chunks += counts.chunks as usize;
                stock.embedded += counts.embedded as usize;
            } else {
                stock.pages.unavailable += counts.documents() as usize;
            }
        }
        Ok(stock)
    }

    /// Pages that sites connected earlier still hold; they take their place in the plan.
    pub(crate) async fn pages_of_other_sites(&self, site_id: &str) -> Result<usize, Error> {
        let spaces = self.store.all_spaces().await?;
        let others: std::collections::BTreeSet<_> = spaces
            .iter()
            .filter(|space| space.site_id != site_id && space.selected)
            .map(|space| collection_key(&space.site_id, &space.id))
            .collect();
        let counts = self.knowledge.collection_counts().await?;
        let held = counts.iter().filter(|(key, _)| others.contains(key));
        Ok(held.map(|(_, counts)| (counts.ready + counts.pending) as usize).sum())
    }
}
