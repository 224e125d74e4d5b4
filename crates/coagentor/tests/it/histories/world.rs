//! A site, a person's machine, and what must hold between the two.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use coagentor::{
    PlanName,
    sync::{RunStatus, RunSummary, SyncOptions},
};
use confluence_sim::{Control, HeaderDialect, Mutation, PointsLimit, Simulator, Status};
use proptest::{prop_assert, prop_assert_eq, test_runner::TestCaseError};

use super::step::{Change, Kind, Step, Sync};
use crate::desk::{Desk, space};

const SPACES: [&str; 3] = ["A", "B", "C"];
/// No history takes longer, in real time; one that does hangs.
const PATIENCE: Duration = Duration::from_mins(2);

/// A page as the user sees it on the site.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    space: String,
    title: String,
    version: i64,
}

pub(super) struct World {
    desk: Desk,
    site: Site,
    selected: Vec<&'static str>,
    plan: PlanName,
}

/// The site, changed by steps.
struct Site {
    control: Control,
    restricted: BTreeSet<String>,
    changes: usize,
}

impl Site {
    /// Ids of all pages that were not purged.
    fn ids(&self) -> Vec<String> {
        SPACES.iter().flat_map(|key| self.control.pages(key)).map(|page| page.id).collect()
    }

    fn shown(&self) -> BTreeMap<String, Shown> {
        let pages = SPACES.iter().flat_map(|&key| self.control.pages(key).into_iter().map(move |page| (key, page)));
        let visible = pages.filter(|(_, page)| page.status == Status::Current && !self.restricted.contains(&page.id));
        visible
            .map(|(key, page)| {
                let version = i64::from(page.version);
                (page.id, Shown { space: key.to_owned(), title: page.title, version })
            })
            .collect()
    }

    /// A change that Confluence would refuse changes nothing.
    fn change(&mut self, change: &Change) {
        self.changes += 1;
        self.control.advance(Duration::from_millis(1_500));
        let (ids, number) = (self.ids(), self.changes);
        let page = |at: usize| ids.get(at % ids.len().max(1)).cloned().unwrap_or_default();
        let text = format!("<p>About change {number}.</p>");
        let _ = match change {
            Change::Edit(at) => self.control.edit(&page(*at), &text),
            Change::Rename(at) => self.control.rename(&page(*at), &format!("renamed {number}")),
            Change::Move(at, to, raise_version) => self.control.apply(Mutation::Move {
                page: page(*at),
                space: to.checked_sub(1).and_then(|to| SPACES.get(to)).map(|key| (*key).to_owned()),
                parent: None,
                raise_version: *raise_version,
            }),
            Change::Trash(at, answer_404) => {
                self.control.apply(Mutation::Trash { page: page(*at), answer_404: *answer_404 })
            }
            Change::Purge(at) => self.control.purge(&page(*at)),
            Change::Archive(at) => self.control.archive(&page(*at)),
            Change::Unarchive(at) => {
                self.control.apply(Mutation::SetStatus { page: page(*at), status: Status::Current })
            }
            Change::Restrict(at, hidden) => {
                let page = page(*at);
                if *hidden {
                    self.restricted.insert(page.clone())
                } else {
                    self.restricted.remove(&page)
                };
                self.control.restrict(&page, *hidden)
            }
            Change::Add(at) => {
                let key = SPACES[at % SPACES.len()];
                self.control.add_page(key, None, &format!("added {number}"), &text)
            }
        };
    }
}

impl World {
    pub(super) async fn new() -> Self {
        let names = |key: &str| (0..12).map(|number| format!("{key}{number}")).collect::<Vec<_>>();
        let mut sim = Simulator::builder();
        for key in SPACES {
            let names = names(key);
            sim = sim.space(space(key, &names.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        let desk = Desk::selected(sim, &SPACES).await;
        let site = Site { control: desk.control(), restricted: BTreeSet::new(), changes: 0 };
        Self { desk, site, selected: SPACES.to_vec(), plan: PlanName::Pro }
    }

    pub(super) async fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Change(change) => self.site.change(change),
            Step::Wait(hours) => self.site.control.advance(Duration::from_hours(u64::from(*hours))),
            Step::Plan(plan) => {
                self.plan = *plan;
                self.desk.app.set_plan(*plan).await.expect("sets the plan");
            }
            Step::Select(bits) => {
                let is_chosen = |(at, key): (usize, &&'static str)| (bits >> at & 1 == 1).then_some(*key);
                let chosen: Vec<&str> = SPACES.iter().enumerate().filter_map(is_chosen).collect();
                self.selected = if chosen.is_empty() { SPACES.to_vec() } else { chosen };
                self.desk.select(&self.selected).await;
            }
            Step::Fault(fault) => self.site.control.add_fault(fault.clone()),
            Step::Points(per_hour) => {
                let limit = PointsLimit { per_hour: *per_hour, headers: HeaderDialect::default(), retry_after: false };
                self.site.control.limit_points(Some(limit));
            }
            Step::FaultsEnd => self.end_faults(),
            Step::Sync(sync) => {
                let run = tokio::time::timeout(PATIENCE, self.sync(sync)).await;
                run.map_err(|_| TestCaseError::fail("the run hangs"))??;
            }
        }
        Ok(())
    }

    fn end_faults(&self) {
        self.site.control.clear_faults();
        self.site.control.limit_points(None);
    }

    async fn sync(&mut self, sync: &Sync) -> Result<(), TestCaseError> {
        let options = match sync.kind {
            Kind::Poll => SyncOptions::default(),
            Kind::Click => SyncOptions::asked_for(false),
            Kind::Full => SyncOptions::asked_for(true),
        };
        let (stored_before, shown_before) = (self.stored().await, self.site.shown());
        self.site.control.clear_log();
        let log = self.site.control.clone();
        let reins = self.desk.reins();
        let app = self.desk.app.clone();
        let run = app.sync(options, &reins);
        tokio::pin!(run);
        let interrupted = async {
            if let Some((requests, change)) = &sync.meanwhile {
                after(&log, *requests).await;
                self.site.change(change);
            }
            match sync.killed {
                Some((requests, microseconds)) => {
                    after(&log, requests).await;
                    tokio::time::sleep(Duration::from_micros(u64::from(microseconds))).await;
                }
                None => std::future::pending().await,
            }
        };
        let summary = tokio::select! {
            summary = &mut run => Some(summary),
            () = interrupted => None,
        };
        match summary {
            Some(Ok(summary)) => accounts_add_up(&summary)?,
            Some(Err(error)) if error.code() == "reconnect_needed" => self.desk.sign_in().await,
            Some(Err(error)) => prop_assert!(false, "the run did not start: {error}"),
            // A killed process comes back as a new one.
            None => self.desk.app = self.desk.second_app().await,
        }
        self.nothing_visible_was_lost(&stored_before, &shown_before).await
    }

    /// State and reason of each stored page by its id.
    async fn stored(&self) -> BTreeMap<String, (String, Option<String>)> {
        let rows = self.desk.app.pages(None, None).await.expect("lists pages");
        rows.into_iter().map(|row| (row.page_id, (row.state.to_owned(), row.reason))).collect()
    }

    async fn nothing_visible_was_lost(
        &self,
        stored_before: &BTreeMap<String, (String, Option<String>)>,
        shown_before: &BTreeMap<String, Shown>,
    ) -> Result<(), TestCaseError> {
        let shown = self.site.shown();
        for (id, (state, reason)) in self.stored().await {
            let was_there = stored_before.get(&id).is_some_and(|(state, _)| state != "unavailable");
            let stayed = shown.get(&id).filter(|page| shown_before.get(&id).is_some_and(|was| was.space == page.space));
            let is_selected = stayed.is_some_and(|page| self.selected.contains(&page.space.as_str()));
            if was_there && is_selected && state == "unavailable" {
                let reason = reason.unwrap_or_default();
                prop_assert_eq!(&reason, "it does not fit the plan", "page {} can be seen: {:?}", id, stayed);
            }
        }
        Ok(())
    }

    /// The faults stop, one run, and the store is what the site shows.
    pub(super) async fn settle(&mut self) -> Result<(), TestCaseError> {
        self.end_faults();
        self.site.control.advance(Duration::from_hours(2));
        // Where an answer of the token endpoint was lost for longer than the leeway, the grant is dead.
        let _ = self.desk.app.refresh_spaces().await;
        if self.desk.app.status().await.expect("tells its state").connection.state == "reconnect_needed" {
            self.desk.sign_in().await;
        }
        let run = self.desk.sweep().await;
        prop_assert_eq!(run.status, RunStatus::Complete, "{:?} {:?}", run.message, run.failed);
        accounts_add_up(&run)?;
        let shown: BTreeMap<String, Shown> =
            self.site.shown().into_iter().filter(|(_, page)| self.selected.contains(&page.space.as_str())).collect();
        let rows = self.desk.app.pages(None, None).await.expect("lists pages");
        let in_retrieval = rows.into_iter().filter(|row| row.state != "unavailable");
        let stored: BTreeMap<String, Shown> = in_retrieval
            .map(|row| (row.page_id, Shown { space: row.space_key, title: row.title, version: row.version }))
            .collect();
        let fitting = self.plan.page_limit().map_or(shown.len(), |limit| limit.min(shown.len()));
        prop_assert_eq!(stored.len(), fitting);
        for (id, page) in &stored {
            prop_assert_eq!(shown.get(id), Some(page));
            self.text_is_current(id).await?;
        }
        let left_out: BTreeSet<&str> = run.over_limit.iter().map(|page| page.page_id.as_str()).collect();
        let missing: BTreeSet<&str> = shown.keys().filter(|id| !stored.contains_key(*id)).map(String::as_str).collect();
        prop_assert_eq!(left_out, missing);
        Ok(())
    }

    async fn text_is_current(&self, id: &str) -> Result<(), TestCaseError> {
        let storage = self.site.control.storage(id).unwrap_or_default();
        let text = self.desk.app.page(id).await.expect("is stored").text;
        if let Some(words) = storage.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
            prop_assert!(text.contains(words), "{} says `{}` and the site `{}`", id, text, words);
        }
        Ok(())
    }
}

async fn after(log: &Control, requests: usize) {
    while log.log().len() < requests {
        tokio::time::sleep(Duration::from_micros(300)).await;
    }
}

/// Each expected page is stored or named, or the run says that it is not complete.
fn accounts_add_up(run: &RunSummary) -> Result<(), TestCaseError> {
    if run.status == RunStatus::Complete {
        prop_assert_eq!(run.tally.expected, run.tally.stored + run.over_limit.len() as i64);
        prop_assert!(run.failed.is_empty());
    } else {
        prop_assert!(run.message.is_some() || !run.failed.is_empty(), "a run that is not complete says why");
    }
    Ok(())
}
