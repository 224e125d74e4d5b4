//! The accounts of a run: what was expected, what is stored, and a name for every difference.

use std::collections::{BTreeMap, BTreeSet};

use time::{OffsetDateTime, UtcOffset};

use super::{
    LocalPage, LocalState, OverLimitPage, RemotePage, RunStatus, RunSummary, SyncFailure, SyncPlan, Tally,
    list::Reading, report::NAMED,
};
use crate::{Error, store::SpaceRecord};

/// What a run has found and done so far.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub tally: Tally,
    pub failures: Vec<SyncFailure>,
    over_limit: Vec<OverLimitPage>,
    /// Ids and keys of the spaces that were read, by id.
    read: BTreeMap<String, String>,
    /// Whether a plan was made; before, nothing is known of the page limit.
    is_planned: bool,
}

impl Ledger {
    /// Takes over how far the reading of the spaces came; gives the ids of those that were read. `error` ended it early.
    pub(super) fn take_reading(
        &mut self,
        reading: Reading,
        spaces: &[SpaceRecord],
        error: Option<&Error>,
    ) -> BTreeSet<String> {
        self.failures.extend(reading.failures);
        let (read, unread): (Vec<_>, Vec<_>) = spaces.iter().partition(|space| reading.read.contains(&space.id));
        self.read = read.into_iter().map(|space| (space.id.clone(), space.key.clone())).collect();
        if let Some(error) = error {
            let named: BTreeSet<String> = self.failures.iter().map(|failure| failure.page_id.clone()).collect();
            let unread = unread.into_iter().filter(|space| !named.contains(&space.key));
            self.failures.extend(unread.map(|space| SyncFailure {
                page_id: space.key.clone(),
                title: space.name.clone(),
                reason: format!("the space was not listed: {error}"),
                space_key: space.key.clone(),
            }));
        }
        reading.read
    }

    /// Whether any space was read.
    pub(super) fn has_read(&self) -> bool {
        !self.read.is_empty()
    }

    /// Opens the accounts with what the plan expects.
    pub(super) fn take_plan(&mut self, plan: &SyncPlan) {
        self.is_planned = true;
        self.tally.unchanged = plan.unchanged as i64;
        self.tally.expected = plan.expected as i64;
        self.tally.left_out = plan.over_limit.len() as i64;
        let left_out = plan.over_limit.iter().map(|page| OverLimitPage {
            page_id: page.id.clone(),
            title: page.title.clone(),
            space_key: self.read.get(&page.space_id).cloned().unwrap_or_default(),
        });
        self.over_limit = left_out.collect();
    }

    /// Counts in the store, rather than adding up on the way, and names what is missing where an error ended the run.
    pub(super) fn count(&mut self, shown: &[RemotePage], local: &[LocalPage], error: Option<&Error>) {
        let available: BTreeMap<&str, i64> = local
            .iter()
            .filter(|page| page.state == LocalState::Available)
            .map(|page| (page.id.as_str(), page.version))
            .collect();
        let is_stored = |page: &&RemotePage| available.get(page.id.as_str()).is_some_and(|at| *at >= page.version);
        let shown = shown.iter().filter(|page| self.read.contains_key(&page.space_id));
        let (stored, missing): (Vec<&RemotePage>, Vec<&RemotePage>) = shown.partition(is_stored);
        self.tally.stored = stored.len() as i64;
        if !self.is_planned {
            self.tally.expected = (stored.len() + missing.len()) as i64;
            return;
        }
        let reason = match error {
            None | Some(Error::Cancelled) => return,
            Some(error) => format!("not fetched yet: {error}"),
        };
        let named: BTreeSet<&str> = (self.failures.iter().map(|failure| failure.page_id.as_str()))
            .chain(self.over_limit.iter().map(|page| page.page_id.as_str()))
            .collect();
        let missing = missing.into_iter().filter(|page| !named.contains(page.id.as_str())).take(NAMED);
        let missing: Vec<SyncFailure> = missing
            .map(|page| SyncFailure {
                page_id: page.id.clone(),
                title: page.title.clone(),
                reason: reason.clone(),
                space_key: self.read.get(&page.space_id).cloned().unwrap_or_default(),
            })
            .collect();
        self.failures.extend(missing);
    }

    /// Closes the accounts.
    pub(super) fn summary(self, id: i64, started_at: i64, error: Option<&Error>) -> RunSummary {
        let accounted = self.tally.stored + self.failures.len() as i64 + self.tally.left_out;
        let status = match error {
            Some(Error::Cancelled) => RunStatus::Cancelled,
            Some(_) if self.tally.stored > 0 => RunStatus::Partial,
            Some(_) => RunStatus::Failed,
            None if self.failures.is_empty() && accounted >= self.tally.expected => RunStatus::Complete,
            None => RunStatus::Partial,
        };
        let message = match (error, status) {
            (Some(error), _) => Some(in_words(error)),
            (None, RunStatus::Partial) if self.failures.is_empty() => Some(match self.tally.expected - accounted {
                1 => "one page changed while it was being synced; the next sync fetches it".to_owned(),
                many => format!("{many} pages changed while they were being synced; the next sync fetches them"),
            }),
            (None, RunStatus::Partial) => Some(match self.failures.len() {
                1 => "one page or space could not be synced".to_owned(),
                many => format!("{many} pages or spaces could not be synced"),
            }),
            _ => None,
        };
        let hint = error.and_then(|error| error.hints().into_iter().next());
        RunSummary {
            id,
            status,
            started_at,
            ended_at: None,
            tally: self.tally,
            failed: self.failures,
            over_limit: self.over_limit,
            error: error.map(|error| error.code().to_owned()),
            retry_at: error.and_then(retry_at).map(OffsetDateTime::unix_timestamp),
            message,
            hint,
        }
    }
}

fn retry_at(error: &Error) -> Option<OffsetDateTime> {
    match error {
        Error::Confluence(confluence::Error::RateLimited { until, .. }) => Some(*until),
        _ => None,
    }
}

fn in_words(error: &Error) -> String {
    match retry_at(error).map(|until| until.to_offset(UtcOffset::UTC)) {
        Some(until) => format!(
            "Atlassian's limit of requests is reached; the sync goes on after {:02}:{:02} UTC",
            until.hour(),
            until.minute()
        ),
        None => error.to_string(),
    }
}
