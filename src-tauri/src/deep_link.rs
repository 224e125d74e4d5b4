//! `coagentor://` addresses. They come from anywhere, so nothing happens before the waiting sign-in knows its state.

use std::sync::atomic::Ordering;

use tauri::{AppHandle, Manager};
use tauri_plugin_deep_link::DeepLinkExt;

use crate::{shell::Shell, window};

pub(crate) fn listen(handle: &AppHandle) {
    let works = cfg!(target_os = "macos")
        || handle
            .deep_link()
            .register_all()
            .inspect_err(|error| tracing::warn!(%error, "coagentor:// is not registered; using the loopback callback"))
            .is_ok();
    handle.state::<Shell>().deep_link_works.store(works, Ordering::Relaxed);
    let app = handle.clone();
    handle.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            open(&app, url.as_str());
        }
    });
    // A cold start by an address: it may answer a sign-in that an earlier process began.
    for url in handle.deep_link().get_current().ok().flatten().unwrap_or_default() {
        open(handle, url.as_str());
    }
}

fn open(handle: &AppHandle, url: &str) {
    window::show(handle);
    let (handle, url) = (handle.clone(), url.to_owned());
    tauri::async_runtime::spawn(async move {
        let Ok(app) = handle.state::<Shell>().app().cloned() else { return };
        if let Err(error) = app.accept_deep_link(&url).await {
            tracing::warn!(code = error.code(), "an address was refused");
        }
    });
}
