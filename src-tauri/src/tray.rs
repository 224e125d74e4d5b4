//! The tray icon: state at a glance, Sync now, Open, Quit. The window offers everything that the tray does, since some
//! desktops show none.

use coagentor::dto::{ConfluenceCard, ConnectionState};
use tauri::{
    AppHandle, Manager,
    image::Image,
    menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};

use crate::{environment, shell::Shell, window};

const ID: &str = "main";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Idle,
    Syncing,
    Attention,
}

impl Look {
    fn of(card: &ConfluenceCard) -> Self {
        if card.state == ConnectionState::ReconnectNeeded || card.problem.is_some() {
            Self::Attention
        } else if card.sync.is_some() {
            Self::Syncing
        } else {
            Self::Idle
        }
    }

    fn icon(self) -> tauri::Result<Image<'static>> {
        Image::from_bytes(match self {
            Self::Idle => include_bytes!("../../icons/tray-idle.png"),
            Self::Syncing => include_bytes!("../../icons/tray-syncing.png"),
            Self::Attention => include_bytes!("../../icons/tray-attention.png"),
        })
    }

    fn words(self) -> &'static str {
        match self {
            Self::Idle => "CoAgentor",
            Self::Syncing => "CoAgentor: syncing",
            Self::Attention => "CoAgentor: needs attention",
        }
    }
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
    let item = |id, text| MenuItem::with_id(handle, id, text, true, None::<&str>);
    let menu = Menu::with_items(
        handle,
        &[
            &item("sync", "Sync now")?,
            &item("open", "Open CoAgentor")?,
            &PredefinedMenuItem::separator(handle)?,
            &item("quit", "Quit")?,
        ],
    )?;
    TrayIconBuilder::with_id(ID)
        .icon(Look::Idle.icon()?)
        .tooltip(Look::Idle.words())
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|handle, event| choose(handle, &event))
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
                window::show(tray.app_handle());
            }
        })
        .build(handle)?;
    Ok(())
}

pub(crate) fn is_installed(handle: &AppHandle) -> bool {
    handle.tray_by_id(ID).is_some()
}

fn choose(handle: &AppHandle, event: &MenuEvent) {
    match event.id().as_ref() {
        "sync" => sync(handle),
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

/// Shows the state of things.
pub(crate) async fn refresh(handle: &AppHandle) {
    let Some(tray) = handle.tray_by_id(ID) else { return };
    let Ok(app) = handle.state::<Shell>().app().cloned() else { return };
    let Ok(overview) = app.overview().await else { return };
    let look = Look::of(&overview.confluence);
    let shown =
        look.icon().and_then(|icon| tray.set_icon(Some(icon))).and_then(|()| tray.set_tooltip(Some(look.words())));
    if let Err(error) = shown {
        tracing::warn!(%error, "the tray icon did not change");
    }
}
