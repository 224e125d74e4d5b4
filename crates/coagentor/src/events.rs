//! Events say that something changed; what it is now is asked for with a command.

use serde::{Deserialize, Serialize};
use specta::Type;
use tokio::sync::broadcast;

/// Something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AppEvent {
    /// The connection or a sign-in.
    Connection,
    /// The list of spaces or the selection.
    Spaces,
    /// A run began, went on or ended.
    Sync,
    /// Stored pages.
    Pages,
    /// Folders and files, as sources or in the store.
    Files,
    /// Plan or settings.
    Settings,
    /// Contexts.
    Contexts,
    /// Agents.
    Agents,
    /// What is said, found or kept in a meeting.
    Meeting,
}

/// Where events come out. Receivers that fall behind miss events, never data.
#[derive(Debug, Clone)]
pub(crate) struct Events(broadcast::Sender<AppEvent>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::Sender::new(64))
    }
}

impl Events {
    pub(crate) fn send(&self, event: AppEvent) {
        // No receiver is no fault: the command line has none.
        let _ = self.0.send(event);
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<AppEvent> {
        self.0.subscribe()
    }
}
