//! Pause, resume and cancel, seen by a run between two steps.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{Progress, SyncPhase};
use crate::{
    Error,
    events::{AppEvent, Events},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Run,
    Pause,
    Cancel,
}

/// The reins of one run: its progress can be watched, and it can be paused and cancelled.
#[derive(Clone)]
pub struct SyncControl {
    order: watch::Sender<Order>,
    progress: watch::Sender<Progress>,
    /// Cancelled on pause and cancel; a new one takes its place when the run goes on.
    stop: Arc<Mutex<CancellationToken>>,
    events: Events,
}

impl SyncControl {
    pub(crate) fn new(events: Events) -> Self {
        Self {
            order: watch::Sender::new(Order::Run),
            progress: watch::Sender::new(Progress::default()),
            stop: Arc::default(),
            events,
        }
    }

    /// Holds the run after the step at hand.
    pub fn pause(&self) {
        self.give(Order::Pause);
    }

    /// Lets a paused run go on.
    pub fn resume(&self) {
        self.give(Order::Run);
    }

    /// Ends the run after the step at hand; what was stored stays.
    pub fn cancel(&self) {
        self.give(Order::Cancel);
    }

    /// How far the run is.
    pub fn progress(&self) -> watch::Receiver<Progress> {
        self.progress.subscribe()
    }

    fn give(&self, order: Order) {
        // A cancelled run is not brought back by a late resume.
        self.order.send_if_modified(|current| *current != Order::Cancel && std::mem::replace(current, order) != order);
        let order = *self.order.borrow();
        {
            let mut stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
            if order != Order::Run {
                stop.cancel();
            } else if stop.is_cancelled() {
                *stop = CancellationToken::new();
            }
        }
        self.update(|progress| progress.paused = order == Order::Pause);
    }

    /// Cancelled when the work at hand has to end, to be taken up again or not.
    pub(crate) fn stop(&self) -> CancellationToken {
        self.stop.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits while paused; an error once cancelled.
    pub(crate) async fn checkpoint(&self) -> Result<(), Error> {
        let mut order = self.order.subscribe();
        match order.wait_for(|order| *order != Order::Pause).await {
            Ok(order) if *order == Order::Run => Ok(()),
            _ => Err(Error::Cancelled),
        }
    }

    /// Resolves once the run is cancelled.
    pub(crate) async fn until_cancelled(&self) {
        let mut order = self.order.subscribe();
        let _ = order.wait_for(|order| *order == Order::Cancel).await;
    }

    pub(crate) fn update(&self, change: impl FnOnce(&mut Progress)) {
        self.progress.send_modify(change);
        self.events.send(AppEvent::Sync);
    }

    pub(crate) fn enter(&self, phase: SyncPhase, total: Option<usize>) {
        self.update(|progress| {
            *progress =
                Progress { run_id: progress.run_id, phase, total, paused: progress.paused, ..Progress::default() };
        });
    }
}
