//! What every request sees: the sites, the grants, the clock, and the traffic rules.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::sync::watch;

use crate::clock::Clock;
use crate::oauth::client::ClientRegistration;
use crate::oauth::grants::GrantBook;
use crate::oauth::token::ErrorDialect;
use crate::site::Site;
use crate::traffic::faults::FaultBook;
use crate::traffic::ledger::PointsLedger;
use crate::traffic::log::RequestLog;

/// What was decided when the simulator was built.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) clients: Vec<ClientRegistration>,
    pub(crate) error_dialect: ErrorDialect,
    /// The API token that opens the direct site with Basic authentication.
    pub(crate) api_token: String,
    /// Whether `/__sim` answers.
    pub(crate) control_api: bool,
}

/// The state of a running simulator. Locks are short, never held across an await.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    /// Turns true when the simulator stops, so that a delayed answer does not outlive it.
    pub(crate) stopping: watch::Receiver<bool>,
    sites: RwLock<Vec<Site>>,
    grants: Mutex<GrantBook>,
    faults: Mutex<FaultBook>,
    log: Mutex<RequestLog>,
    points: Mutex<Option<PointsLedger>>,
}

impl Shared {
    pub(crate) fn new(
        settings: Settings,
        clock: Clock,
        stopping: watch::Receiver<bool>,
        sites: Vec<Site>,
        points: Option<PointsLedger>,
    ) -> Self {
        Self {
            settings,
            clock,
            stopping,
            sites: RwLock::new(sites),
            grants: Mutex::default(),
            faults: Mutex::default(),
            log: Mutex::default(),
            points: Mutex::new(points),
        }
    }

    pub(crate) fn sites(&self) -> RwLockReadGuard<'_, Vec<Site>> {
        self.sites.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn sites_mut(&self) -> RwLockWriteGuard<'_, Vec<Site>> {
        self.sites.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn grants(&self) -> MutexGuard<'_, GrantBook> {
        lock(&self.grants)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, FaultBook> {
        lock(&self.faults)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, RequestLog> {
        lock(&self.log)
    }

    pub(crate) fn points(&self) -> MutexGuard<'_, Option<PointsLedger>> {
        lock(&self.points)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
