//! The tray icon: state at a glance, Sync now, Pause for an hour, Open, Quit. The window offers everything that the tray
//! does, since some desktops show none.

use std::sync::{Mutex, PoisonError};

use coagentor::{
    App, TrayLook, TrayMenu, TrayWords,
    dto::{Language, Overview},
};
use tauri::{
    AppHandle, Manager,
    image::Image,
    menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};

use crate::{environment, shell::Shell, window};

const ID: &str = "main";

/// What the tray changes while the app runs.
struct Shown {
    status: MenuItem<tauri::Wry>,
    entries: Entries,
    words: Mutex<Option<TrayWords>>,
}

/// What can be chosen.
struct Entries {
    sync: MenuItem<tauri::Wry>,
    pause: MenuItem<tauri::Wry>,
    open: MenuItem<tauri::Wry>,
    quit: MenuItem<tauri::Wry>,
}

impl Entries {
    fn new(handle: &AppHandle, words: &TrayMenu) -> tauri::Result<Self> {
        let item = |id, text: &str| MenuItem::with_id(handle, id, text, true, None::<&str>);
        Ok(Self {
            sync: item("sync", &words.sync)?,
            pause: item("pause", &words.pause)?,
            open: item("open", &words.open)?,
            quit: item("quit", &words.quit)?,
        })
    }

    fn say(&self, words: &TrayMenu) -> tauri::Result<()> {
        self.sync.set_text(&words.sync)?;
        self.pause.set_text(&words.pause)?;
        self.open.set_text(&words.open)?;
        self.quit.set_text(&words.quit)
    }
}

fn icon(look: TrayLook) -> tauri::Result<Image<'static>> {
    Image::from_bytes(match look {
        TrayLook::Idle => include_bytes!("../../icons/tray-idle.png"),
        TrayLook::Syncing => include_bytes!("../../icons/tray-syncing.png"),
        TrayLook::Attention => include_bytes!("../../icons/tray-attention.png"),
    })
}

pub(crate) fn install(handle: &AppHandle) {
    if !environment::has_tray_library() {
        tracing::warn!("no tray: libayatana-appindicator3 is not installed");
        return;
    }
    if let Err(error) = build(handle) {
        tracing::warn!(%error, "no tray");
    }
}

fn build(handle: &AppHandle) -> tauri::Result<()> {
    // Its language is known as soon as the application has been asked.
    let entries = Entries::new(handle, &TrayMenu::in_language(Language::En))?;
    let status = MenuItem::with_id(handle, "status", "CoAgentor", false, None::<&str>)?;
    let menu = Menu::with_items(
        handle,
        &[
            &status,
            &PredefinedMenuItem::separator(handle)?,
            &entries.sync,
            &entries.pause,
            &entries.open,
            &PredefinedMenuItem::separator(handle)?,
            &entries.quit,
        ],
    )?;
    TrayIconBuilder::with_id(ID)
        .icon(icon(TrayLook::Idle)?)
        .tooltip("CoAgentor")
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|handle, event| choose(handle, &event))
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
                window::show(tray.app_handle());
            }
        })
        .build(handle)?;
    handle.manage(Shown { status, entries, words: Mutex::default() });
    Ok(())
}

pub(crate) fn is_installed(handle: &AppHandle) -> bool {
    handle.tray_by_id(ID).is_some()
}

fn choose(handle: &AppHandle, event: &MenuEvent) {
    match event.id().as_ref() {
        "sync" => sync(handle),
        "pause" => pause(handle),
        "open" => window::show(handle),
        "quit" => handle.exit(0),
        _ => {}
    }
}

fn sync(handle: &AppHandle) {
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let Ok(app) = handle.state::<Shell>().app().cloned() else { return };
        if app.start_sync().await.is_err() {
            // The card says why and offers the mend.
            window::show(&handle);
        }
    });
}

fn pause(handle: &AppHandle) {
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let Ok(app) = handle.state::<Shell>().app().cloned() else { return };
        if let Err(error) = app.pause_for_an_hour().await {
            tracing::warn!(code = error.code(), %error, "no pause");
        }
    });
}

/// Shows the state of things, where it changed.
pub(crate) async fn show(handle: &AppHandle, app: &App, overview: &Overview) {
    let (Some(tray), Some(shown)) = (handle.tray_by_id(ID), handle.try_state::<Shown>()) else { return };
    let language = app.language_of(&overview.settings);
    let now = TrayWords::of(overview, app.paused_until().await.unwrap_or_default(), app.now(), language);
    {
        let mut words = shown.words.lock().unwrap_or_else(PoisonError::into_inner);
        if words.as_ref() == Some(&now) {
            return;
        }
        *words = Some(now.clone());
    }
    let tooltip = format!("CoAgentor: {}", now.status);
    let changed = icon(now.look)
        .and_then(|icon| tray.set_icon(Some(icon)))
        .and_then(|()| tray.set_tooltip(Some(tooltip)))
        .and_then(|()| shown.status.set_text(&now.status))
        .and_then(|()| shown.entries.say(&now.menu));
    if let Err(error) = changed {
        tracing::warn!(%error, "the tray did not change");
    }
}
