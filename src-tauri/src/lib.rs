//! The desktop shell: window, tray, deep link, commands, events. It holds no rule of the product; `coagentor` does.

mod autostart;
mod bridge;
mod commands;
mod deep_link;
mod environment;
mod log;
mod meeting_commands;
mod notify;
mod settings_commands;
mod shell;
mod tray;
mod window;

use std::io::Write;

use tauri::Manager;

use crate::shell::Shell;

pub use crate::environment::StartError;

/// The commands and events that cross into the window, for running and for generating their TypeScript.
pub fn contract() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::new()
        .disable_serde_phases()
        .commands(commands::all())
        .events(tauri_specta::collect_events![bridge::Changed])
}

/// Runs the app until it is quit.
#[allow(clippy::disallowed_methods, reason = "`generate_context!` writes an exit of its own")]
pub fn run() -> Result<(), StartError> {
    log::start(environment::config().ok().map(|config| config.log_dir()).as_deref());
    environment::check_display()?;
    let contract = contract();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::show(app)))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(autostart::plugin())
        .invoke_handler(contract.invoke_handler())
        .on_window_event(window::on_event)
        .setup(move |app| {
            contract.mount_events(app);
            let shell = tauri::async_runtime::block_on(Shell::open());
            app.manage(shell);
            deep_link::listen(app.handle());
            tray::install(app.handle());
            tauri::async_runtime::block_on(shell::settle(app.handle()));
            window::appear(app.handle());
            bridge::start(app.handle());
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|_, _| {});
    Ok(())
}

/// Says on standard error why the app did not start.
pub fn report(error: &StartError) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "error: {error}");
    if let Some(hint) = error.hint() {
        let _ = writeln!(err, "hint: {hint}");
    }
}
