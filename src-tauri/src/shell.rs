//! The one piece of managed state.

use std::sync::{Arc, atomic::AtomicBool};

use coagentor::{App, FileWatch, ModelUse, Schedule, Surroundings, SystemClock, dto::CommandError};
use tauri::{AppHandle, Manager};

use crate::{autostart, environment, tray};

/// The application, or why it could not be opened: the window then says so instead of staying white.
pub(crate) struct Shell {
    app: Result<App, CommandError>,
    /// Whether the system hands `coagentor://` addresses to this app.
    pub(crate) deep_link_works: AtomicBool,
    _schedule: Option<Schedule>,
    _watch: Option<FileWatch>,
}

impl Shell {
    pub(crate) async fn open() -> Self {
        let app = match environment::config() {
            Ok(config) => App::open(config, Arc::new(SystemClock), ModelUse::Load).await,
            Err(error) => Err(error),
        };
        let mut schedule = None;
        if let Ok(app) = &app {
            if let Err(error) = app.wake().await {
                tracing::warn!(code = error.code(), %error, "the sample workspace did not start");
            }
            schedule = Schedule::start(app.clone())
                .await
                .inspect_err(|error| tracing::warn!(%error, "no sync by itself"))
                .ok();
        }
        let watch = app.as_ref().ok().map(|app| FileWatch::start(app.clone()));
        Self {
            app: app.map_err(CommandError::from),
            deep_link_works: AtomicBool::new(false),
            _schedule: schedule,
            _watch: watch,
        }
    }

    pub(crate) fn app(&self) -> Result<&App, CommandError> {
        self.app.as_ref().map_err(CommandError::clone)
    }
}

/// Tells the application what the desktop can do, and takes over what was changed in the system's settings.
pub(crate) async fn settle(handle: &AppHandle) {
    let Ok(app) = handle.state::<Shell>().app().cloned() else { return };
    app.set_surroundings(Surroundings {
        can_start_at_login: autostart::is_possible(handle),
        tray_shown: tray::is_installed(handle),
    });
    if let Err(error) = autostart::take_over(handle, &app).await {
        tracing::warn!(code = error.code(), %error, "the settings were not brought in line with the system's");
    }
}
