//! Carries the application's events into the window and the tray, at most four a second of a kind.

use std::{collections::HashSet, time::Duration};

use coagentor::dto::AppEvent;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

use crate::{shell::Shell, tray};

const PERIOD: Duration = Duration::from_millis(250);

/// Something changed; ask what it is now.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct Changed(pub AppEvent);

pub(crate) fn start(handle: &AppHandle) {
    let Ok(app) = handle.state::<Shell>().app().cloned() else { return };
    let mut events = app.events();
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            let mut kinds = HashSet::new();
            match events.recv().await {
                Ok(event) => kinds.insert(event),
                Err(RecvError::Lagged(_)) => kinds.insert(AppEvent::Sync),
                Err(RecvError::Closed) => return,
            };
            while let Ok(event) = events.try_recv() {
                kinds.insert(event);
            }
            for kind in kinds {
                if let Err(error) = Changed(kind).emit(&handle) {
                    tracing::warn!(%error, "the window was not told of a change");
                }
            }
            tray::refresh(&handle).await;
            tokio::time::sleep(PERIOD).await;
        }
    });
}
