//! Starting with the person's login, hidden.

use coagentor::{
    App,
    dto::{CommandError, Settings},
};
use tauri::AppHandle;
use tauri_plugin_autostart::{MacosLauncher, ManagerExt};

use crate::commands::Reply;

/// What the app is started with at login.
pub(crate) const HIDDEN: &str = "--hidden";

pub(crate) fn plugin() -> tauri::plugin::TauriPlugin<tauri::Wry> {
    tauri_plugin_autostart::init(MacosLauncher::LaunchAgent, Some(vec![HIDDEN]))
}

/// Whether the system can be asked for it.
pub(crate) fn is_possible(handle: &AppHandle) -> bool {
    handle.autolaunch().is_enabled().inspect_err(|error| tracing::warn!(%error, "no start at login")).is_ok()
}

/// The person may have switched it off in the system's own settings: those win when the app starts.
pub(crate) async fn take_over(handle: &AppHandle, app: &App) -> Result<(), coagentor::Error> {
    let Ok(is_enabled) = handle.autolaunch().is_enabled() else { return Ok(()) };
    let settings = app.settings().await?;
    if settings.start_at_login == is_enabled {
        return Ok(());
    }
    app.save_settings(&Settings { start_at_login: is_enabled, ..settings }).await
}

/// Keeps the settings and follows them; when the system refuses, nothing is kept.
pub(crate) async fn save(handle: &AppHandle, app: &App, settings: &Settings) -> Reply<()> {
    settings.check()?;
    if app.settings().await?.start_at_login != settings.start_at_login {
        follow(handle, settings)?;
    }
    Ok(app.save_settings(settings).await?)
}

/// Has the system do as the settings say.
pub(crate) fn follow(handle: &AppHandle, settings: &Settings) -> Reply<()> {
    let manager = handle.autolaunch();
    let is_so = manager.is_enabled().is_ok_and(|is_enabled| is_enabled == settings.start_at_login);
    let done = match settings.start_at_login {
        _ if is_so => Ok(()),
        true => manager.enable(),
        false => manager.disable(),
    };
    done.map_err(|error| CommandError {
        code: "start_at_login".to_owned(),
        message: format!("the system does not take it: {error}"),
        hint: Some("add CoAgentor in the system's own settings for start-up programs".to_owned()),
    })
}
