//! The one window.

use coagentor::{Notice, dto::Language};
use tauri::{AppHandle, Manager, Window, WindowEvent};

use crate::{environment, notify, shell::Shell, tray};

/// Brings the window to the front, from the tray too.
pub(crate) fn show(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window("main") else { return };
    for result in [window.show(), window.unminimize(), window.set_focus()] {
        if let Err(error) = result {
            tracing::warn!(%error, "the window did not come to the front");
        }
    }
}

/// Shows the window when the app has started. At login it stays in the tray; where there is none it is minimised, so that
/// it can be found.
pub(crate) fn appear(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window("main") else { return };
    let is_hidden = environment::is_hidden_start();
    if is_hidden && tray::is_installed(handle) {
        return;
    }
    let shown = if is_hidden { window.minimize().and_then(|()| window.show()) } else { window.show() };
    if let Err(error) = shown {
        tracing::warn!(%error, "the window did not appear");
    }
}

/// Closing keeps the app in the tray where there is one, and says so the first time; elsewhere it quits.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let handle = window.app_handle();
    if let WindowEvent::CloseRequested { api, .. } = event
        && tray::is_installed(handle)
    {
        api.prevent_close();
        if let Err(error) = window.hide() {
            tracing::warn!(%error, "the window did not hide");
        }
        say_once(handle.clone());
    }
}

fn say_once(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let Ok(app) = handle.state::<Shell>().app().cloned() else { return };
        if app.is_first_time("tray").await.unwrap_or_default() {
            notify::show(&handle, Notice::KeepsRunning, app.language().await.unwrap_or(Language::En));
        }
    });
}
