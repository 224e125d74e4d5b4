//! Notifications of the system. What is worth one, `coagentor` decides.

use coagentor::{
    Notice,
    dto::{Language, Overview},
    notices,
};
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;

/// Tells what happened since the last look.
pub(crate) fn tell(handle: &AppHandle, before: Option<&Overview>, now: &Overview, language: Language) {
    let Some(before) = before else { return };
    for notice in notices(before, now) {
        show(handle, notice, language);
    }
}

/// Shows a notification; a system without any is no fault.
pub(crate) fn show(handle: &AppHandle, notice: Notice, language: Language) {
    let notification = handle.notification().builder().title(notice.title(language)).body(notice.body(language));
    match notification.show() {
        Ok(()) => tracing::info!(?notice, "told the person"),
        Err(error) => tracing::warn!(%error, "a notification was not shown"),
    }
}
