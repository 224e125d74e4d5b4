//! `settings`.

use coagentor::{
    ModelUse,
    dto::{Language, Settings},
};
use serde::Serialize;

use crate::{failure::Failure, output::Output};

/// The settings in the words of the command line.
#[derive(Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "independent switches, as they are typed")]
struct Shown {
    every_hours: Option<u8>,
    pause_on_battery: bool,
    start_at_login: bool,
    notify_first_sync: bool,
    notify_failure: bool,
    notify_reconnect: bool,
    language: Option<&'static str>,
}

pub(super) async fn run(changes: &[String], output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    let mut settings = app.settings().await?;
    for change in changes {
        apply(&mut settings, change)?;
    }
    if !changes.is_empty() {
        app.save_settings(&settings).await?;
    }
    output.show(&Shown::from(&settings), in_words)
}

/// One `name=value`. Starting at login is the desktop app's to switch: it has to tell the system.
fn apply(settings: &mut Settings, change: &str) -> Result<(), Failure> {
    let notify = &mut settings.notifications;
    match change.split_once('=') {
        Some(("every", "manual")) => settings.sync_every_hours = None,
        Some(("every", hours)) => settings.sync_every_hours = Some(hours.parse().map_err(|_| wrong(change))?),
        Some(("battery", value)) => settings.pause_on_battery = switch(change, value)?,
        Some(("first-sync", value)) => notify.first_sync = switch(change, value)?,
        Some(("failure", value)) => notify.failure = switch(change, value)?,
        Some(("reconnect", value)) => notify.reconnect = switch(change, value)?,
        Some(("language", "system")) => settings.language = None,
        Some(("language", "en")) => settings.language = Some(Language::En),
        Some(("language", "de")) => settings.language = Some(Language::De),
        _ => return Err(wrong(change)),
    }
    Ok(())
}

fn switch(change: &str, value: &str) -> Result<bool, Failure> {
    match value {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(wrong(change)),
    }
}

fn wrong(change: &str) -> Failure {
    Failure::plain(format!("`{change}` is no setting"), Some("for example `coagentor settings every=2 battery=on`"))
}

impl From<&Settings> for Shown {
    fn from(settings: &Settings) -> Self {
        Self {
            every_hours: settings.sync_every_hours,
            pause_on_battery: settings.pause_on_battery,
            start_at_login: settings.start_at_login,
            notify_first_sync: settings.notifications.first_sync,
            notify_failure: settings.notifications.failure,
            notify_reconnect: settings.notifications.reconnect,
            language: settings.language.map(Language::as_str),
        }
    }
}

fn in_words(shown: &Shown) -> String {
    let switch = |on: bool| if on { "on" } else { "off" };
    let every = shown.every_hours.map_or_else(|| "manual".to_owned(), |hours| hours.to_string());
    format!(
        "every={every}\nbattery={}\nfirst-sync={}\nfailure={}\nreconnect={}\nlanguage={}\n(start at login: {})",
        switch(shown.pause_on_battery),
        switch(shown.notify_first_sync),
        switch(shown.notify_failure),
        switch(shown.notify_reconnect),
        shown.language.unwrap_or("system"),
        switch(shown.start_at_login),
    )
}
