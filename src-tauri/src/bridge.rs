//! Carries the application's events into the window and the tray, at most four a second of a kind.

use std::{collections::HashSet, time::Duration};

use coagentor::dto::AppEvent;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

use crate::{notify, shell::Shell, tray};

const PERIOD: Duration = Duration::from_millis(250);
const MINUTE: Duration = Duration::from_mins(1);

/// Something changed; ask what it is now.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct Changed(pub AppEvent);

pub(crate) fn start(handle: &AppHandle) {
    let Ok(app) = handle.state::<Shell>().app().cloned() else { return };
    let mut events = app.events();
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let mut seen = app.overview().await.ok();
        if let Some(overview) = &seen {
            tray::show(&handle, &app, overview).await;
        }
        loop {
            let mut kinds = HashSet::new();
            // Without events too the tray's words grow old.
            match tokio::time::timeout(MINUTE, events.recv()).await {
                Ok(Ok(event)) => _ = kinds.insert(event),
                Ok(Err(RecvError::Lagged(_))) => _ = kinds.insert(AppEvent::Sync),
                Ok(Err(RecvError::Closed)) => return,
                Err(_) => {}
            }
            while let Ok(event) = events.try_recv() {
                kinds.insert(event);
            }
            let is_of_meeting = !kinds.is_empty() && kinds.iter().all(|kind| *kind == AppEvent::Meeting);
            for kind in kinds {
                if let Err(error) = Changed(kind).emit(&handle) {
                    tracing::warn!(%error, "the window was not told of a change");
                }
            }
            // Nothing that is said in a meeting shows in the tray.
            if !is_of_meeting && let Ok(overview) = app.overview().await {
                notify::tell(&handle, seen.as_ref(), &overview, app.language_of(&overview.settings));
                tray::show(&handle, &app, &overview).await;
                seen = Some(overview);
            }
            tokio::time::sleep(PERIOD).await;
        }
    });
}
