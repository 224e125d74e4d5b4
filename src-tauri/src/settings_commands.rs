//! What Settings and the list of pages may ask for. Bodies are one call each; the work is in `coagentor`.

use std::path::Path;

use coagentor::dto::{CheckRow, Choice, CommandError, PageFilter, PagePart, Settings, StorageUse};
use secrecy::SecretString;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;

use crate::{autostart, commands::Reply, shell::Shell};

/// Keeps what the person chose; schedule and start at login follow at once.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_settings(shell: State<'_, Shell>, handle: AppHandle, settings: Settings) -> Reply<()> {
    autostart::save(&handle, shell.app()?, &settings).await
}

/// Signs in as the person's own OAuth app from now on. Without a secret the one that is kept for this id stays in use.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_own_client(
    shell: State<'_, Shell>,
    client_id: String,
    client_secret: Option<String>,
) -> Reply<()> {
    Ok(shell.app()?.set_own_client(&client_id, client_secret.map(SecretString::from)).await?)
}

/// Forgets the person's own OAuth app.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_own_client(shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.app()?.forget_own_client().await?)
}

/// Keeps secrets in memory, or in a file that a passphrase opens.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_secret_store(
    shell: State<'_, Shell>,
    kind: Choice,
    passphrase: Option<String>,
) -> Reply<()> {
    Ok(shell.app()?.choose_secret_store(kind, passphrase.map(SecretString::from)).await?)
}

/// Opens the file of secrets.
#[tauri::command]
#[specta::specta]
pub(crate) async fn unlock_secret_store(shell: State<'_, Shell>, passphrase: String) -> Reply<()> {
    Ok(shell.app()?.unlock_secret_store(SecretString::from(passphrase)).await?)
}

/// What the stored data comes to.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_storage(shell: State<'_, Shell>) -> Reply<StorageUse> {
    Ok(shell.app()?.storage().await?)
}

/// Shows the data folder in the system's file browser.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_data_folder(shell: State<'_, Shell>, handle: AppHandle) -> Reply<()> {
    open_folder(&handle, &shell.app()?.config().data_dir)
}

/// Shows the folder of log files in the system's file browser.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_log_folder(shell: State<'_, Shell>, handle: AppHandle) -> Reply<()> {
    open_folder(&handle, &shell.app()?.log_dir())
}

fn open_folder(handle: &AppHandle, folder: &Path) -> Reply<()> {
    handle.opener().open_path(folder.to_string_lossy(), None::<&str>).map_err(|error| CommandError {
        code: "file_browser".to_owned(),
        message: format!("the folder did not open: {error}"),
        hint: Some(format!("it is {}", folder.display())),
    })
}

/// Checks model, secret store, databases, clock and connection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_checks(shell: State<'_, Shell>) -> Reply<Vec<CheckRow>> {
    Ok(shell.app()?.checks().await)
}

/// Diagnostics as text, without secrets, titles or addresses.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_report(shell: State<'_, Shell>) -> Reply<String> {
    Ok(shell.app()?.diagnostics().await?)
}

/// Asks for a folder and writes everything into a new one below it; false when the person changed their mind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_data(shell: State<'_, Shell>, handle: AppHandle) -> Reply<bool> {
    let app = shell.app()?;
    let (chosen, answer) = tokio::sync::oneshot::channel();
    handle.dialog().file().pick_folder(move |path| _ = chosen.send(path));
    let Some(parent) = answer.await.ok().flatten().and_then(|path| path.into_path().ok()) else { return Ok(false) };
    app.export(&app.export_folder(&parent)).await?;
    Ok(true)
}

/// Deletes everything; the app then is as on its first start.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_all_data(shell: State<'_, Shell>, handle: AppHandle) -> Reply<()> {
    let app = shell.app()?;
    app.delete_all_data().await?;
    autostart::follow(&handle, &app.settings().await?)
}

/// Stored pages by title; at most 500 rows a call.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_pages(
    shell: State<'_, Shell>,
    filter: PageFilter,
    offset: u32,
    limit: u32,
) -> Reply<PagePart> {
    Ok(shell.app()?.list_pages(&filter, offset, limit).await?)
}

/// Nothing syncs by itself for an hour; a run under way waits so long.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause_for_an_hour(shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.app()?.pause_for_an_hour().await?)
}
