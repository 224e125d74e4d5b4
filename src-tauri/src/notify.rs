//! Notifications of the system. What is worth one, `coagentor` decides.

use coagentor::{Notice, dto::Overview, notices};
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;

/// Tells what happened since the last look.
pub(crate) fn tell(handle: &AppHandle, before: Option<&Overview>, now: &Overview) {
    let Some(before) = before else { return };
    for notice in notices(before, now) {
        show(handle, notice.title(), &notice.body());
        log(notice);
    }
}

fn log(notice: Notice) {
    tracing::info!(?notice, "told the person");
}

/// Shows a notification; a system without any is no fault.
pub(crate) fn show(handle: &AppHandle, title: &str, body: &str) {
    if let Err(error) = handle.notification().builder().title(title).body(body).show() {
        tracing::warn!(%error, "a notification was not shown");
    }
}
