//! The hand behind the scenes: changes, faults, the log, the clock.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use crate::clock::Clock;
use crate::content::source::SpaceSource;
use crate::error::SimError;
use crate::shared::Shared;
use crate::site::model::{NodeKind, Status};
use crate::site::mutate::Mutation;
use crate::traffic::faults::Fault;
use crate::traffic::ledger::{PointsLedger, PointsLimit};
use crate::traffic::log::{Counters, RequestRecord};

/// Steers a running simulator. Clones steer the same one.
#[derive(Debug, Clone)]
pub struct Control {
    shared: Arc<Shared>,
    site: usize,
}

/// A page as the site keeps it, whether the user may see it or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageSummary {
    /// Id, as the API gives it out.
    pub id: String,
    /// Title.
    pub title: String,
    /// Path of the file it came from; empty for one that was added later.
    pub path: String,
    /// Status.
    pub status: Status,
    /// Version number.
    pub version: u32,
}

impl Control {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, site: 0 }
    }

    /// The same for another site.
    ///
    /// # Errors
    /// [`SimError::NotFound`] where there is no site of this name.
    pub fn site(&self, name: &str) -> Result<Self, SimError> {
        let found = self.shared.sites().iter().position(|site| site.name == name);
        let site = found.ok_or_else(|| SimError::NotFound { kind: "site", name: name.to_owned() })?;
        Ok(Self { shared: self.shared.clone(), site })
    }

    /// Changes content; returns the id of what was changed or made.
    ///
    /// # Errors
    /// [`SimError::NotFound`] for an unknown page, space or site, [`SimError::Refused`] where Confluence would refuse.
    pub fn apply(&self, mutation: Mutation) -> Result<String, SimError> {
        let now = self.shared.clock.now();
        self.with_site(|site| site.apply(mutation, now))
    }

    /// Publishes a new body.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn edit(&self, page: &str, storage: &str) -> Result<String, SimError> {
        let (title, storage) = (None, Some(storage.to_owned()));
        self.apply(Mutation::Edit { page: page.to_owned(), title, storage, message: String::new() })
    }

    /// Publishes a new title.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn rename(&self, page: &str, title: &str) -> Result<String, SimError> {
        let title = Some(title.to_owned());
        self.apply(Mutation::Edit { page: page.to_owned(), title, storage: None, message: String::new() })
    }

    /// Moves a page below another, or to the top of the space where `parent` is `None`; the version stays.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn relocate(&self, page: &str, space: Option<&str>, parent: Option<&str>) -> Result<String, SimError> {
        let (space, parent) = (space.map(str::to_owned), parent.map(str::to_owned));
        self.apply(Mutation::Move { page: page.to_owned(), space, parent, raise_version: false })
    }

    /// Puts a page into the trash; it then answers 200 with `status: trashed`.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn trash(&self, page: &str) -> Result<String, SimError> {
        self.apply(Mutation::Trash { page: page.to_owned(), answer_404: false })
    }

    /// Removes a page for good.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn purge(&self, page: &str) -> Result<String, SimError> {
        self.apply(Mutation::Purge { page: page.to_owned() })
    }

    /// Archives a page.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn archive(&self, page: &str) -> Result<String, SimError> {
        self.apply(Mutation::SetStatus { page: page.to_owned(), status: Status::Archived })
    }

    /// Hides a page from the user, or shows it again.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn restrict(&self, page: &str, restricted: bool) -> Result<String, SimError> {
        self.apply(Mutation::Restrict { page: page.to_owned(), restricted })
    }

    /// Adds a page at the top of a space, or below `parent`.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn add_page(&self, space: &str, parent: Option<&str>, title: &str, storage: &str) -> Result<String, SimError> {
        let (space, parent) = (space.to_owned(), parent.map(str::to_owned));
        self.apply(Mutation::AddPage { space, parent, title: title.to_owned(), storage: storage.to_owned() })
    }

    /// Adds a space.
    ///
    /// # Errors
    /// [`SimError::DuplicateSpace`] where its key is in use.
    pub fn add_space(&self, source: &SpaceSource) -> Result<String, SimError> {
        self.with_site(|site| site.add_space(source))
    }

    /// Takes a space away with everything in it.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn remove_space(&self, key: &str) -> Result<String, SimError> {
        self.apply(Mutation::RemoveSpace { key: key.to_owned() })
    }

    /// Hides a space and its pages from the user, or shows them again.
    ///
    /// # Errors
    /// As [`Control::apply`].
    pub fn restrict_space(&self, key: &str, restricted: bool) -> Result<String, SimError> {
        self.apply(Mutation::RestrictSpace { key: key.to_owned(), restricted })
    }

    /// Whether lists of pages drop what the user may not see only after the limit was applied, as live sites do: an
    /// answer may then be shorter than asked for, even empty, and still have a next link.
    pub fn mask_after_limit(&self, on: bool) {
        if let Some(site) = self.shared.sites_mut().get_mut(self.site) {
            site.masks_after_limit = on;
        }
    }

    /// All pages of a space, in whatever state, by id.
    pub fn pages(&self, space: &str) -> Vec<PageSummary> {
        let sites = self.shared.sites();
        let Some(site) = sites.get(self.site) else { return Vec::new() };
        let Some(space) = site.space_by_key(space) else { return Vec::new() };
        let pages = site.nodes.values().filter(|node| node.space_id == space.id && node.kind == NodeKind::Page);
        pages
            .map(|node| PageSummary {
                id: node.id.to_string(),
                title: node.title.clone(),
                path: node.path.clone(),
                status: node.status,
                version: node.version.number,
            })
            .collect()
    }

    /// The page of this title in a space.
    pub fn find_page(&self, space: &str, title: &str) -> Option<PageSummary> {
        self.pages(space).into_iter().find(|page| page.title == title)
    }

    /// The body of a page as it is stored.
    pub fn storage(&self, page: &str) -> Option<String> {
        let id: u64 = page.parse().ok()?;
        let sites = self.shared.sites();
        sites.get(self.site)?.nodes.get(&id).map(|node| node.storage.to_string())
    }

    /// Puts a fault in force.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.faults().add(fault);
    }

    /// Takes all faults back.
    pub fn clear_faults(&self) {
        self.shared.faults().clear();
    }

    /// The newest requests, oldest first.
    pub fn log(&self) -> Vec<RequestRecord> {
        self.shared.log().records()
    }

    /// Counts over the log.
    pub fn counters(&self) -> Counters {
        self.shared.log().counters
    }

    /// Forgets log and counts.
    pub fn clear_log(&self) {
        self.shared.log().clear();
    }

    /// The simulator's clock.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    /// Disconnects every app, as the user can in the account settings.
    pub fn revoke_grants(&self) {
        self.shared.grants().revoke_all();
    }

    /// Lets every access token expire; refresh tokens stay good.
    pub fn expire_access_tokens(&self) {
        let now = self.shared.clock.now();
        self.shared.grants().expire_access(now);
    }

    /// Limits the points of an hour from now on, or lifts the limit.
    pub fn limit_points(&self, limit: Option<PointsLimit>) {
        *self.shared.points() = limit.map(PointsLedger::new);
    }

    fn with_site(
        &self,
        change: impl FnOnce(&mut crate::site::Site) -> Result<u64, SimError>,
    ) -> Result<String, SimError> {
        let mut sites = self.shared.sites_mut();
        let site = sites.get_mut(self.site);
        let site = site.ok_or_else(|| SimError::NotFound { kind: "site", name: self.site.to_string() })?;
        change(site).map(|id| id.to_string())
    }
}
