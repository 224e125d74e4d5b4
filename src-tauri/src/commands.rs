//! What the window may ask for. Bodies are one call each; the work is in `coagentor`.

use std::sync::atomic::Ordering;

use coagentor::{
    App, PlanName, SignInVia,
    dto::{CommandError, Overview, SearchResponse, SignIn},
};
use secrecy::SecretString;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tauri_plugin_opener::OpenerExt;

use crate::{meeting_commands, settings_commands, shell::Shell};

pub(crate) type Reply<T> = Result<T, CommandError>;

pub(crate) fn all() -> tauri_specta::Commands<tauri::Wry> {
    tauri_specta::collect_commands![
        get_overview,
        connect,
        cancel_connect,
        choose_site,
        connect_with_token,
        try_sample,
        refresh_spaces,
        save_selection,
        start_sync,
        pause_sync,
        resume_sync,
        cancel_sync,
        disconnect,
        remove_pages,
        set_plan,
        add_folder,
        add_files,
        remove_file_source,
        scan_files,
        search,
        open_url,
        settings_commands::save_settings,
        settings_commands::set_own_client,
        settings_commands::forget_own_client,
        settings_commands::choose_secret_store,
        settings_commands::unlock_secret_store,
        settings_commands::get_storage,
        settings_commands::open_data_folder,
        settings_commands::open_log_folder,
        settings_commands::run_checks,
        settings_commands::get_report,
        settings_commands::export_data,
        settings_commands::delete_all_data,
        settings_commands::list_pages,
        settings_commands::pause_for_an_hour,
        meeting_commands::list_sources,
        meeting_commands::list_contexts,
        meeting_commands::create_context,
        meeting_commands::update_context,
        meeting_commands::delete_context,
        meeting_commands::list_agents,
        meeting_commands::create_agent,
        meeting_commands::update_agent,
        meeting_commands::delete_agent,
        meeting_commands::try_agent,
        meeting_commands::list_meetings,
        meeting_commands::get_meeting,
        meeting_commands::start_meeting,
        meeting_commands::add_text,
        meeting_commands::follow_file,
        meeting_commands::stop_file,
        meeting_commands::open_endpoint,
        meeting_commands::close_endpoint,
        meeting_commands::set_card,
        meeting_commands::end_meeting,
        meeting_commands::delete_meeting,
        meeting_commands::meeting_markdown,
        meeting_commands::export_meeting,
        meeting_commands::set_answer_key,
        meeting_commands::check_answers,
    ]
}

/// Everything that the window shows without a question.
#[tauri::command]
#[specta::specta]
async fn get_overview(shell: State<'_, Shell>) -> Reply<Overview> {
    Ok(shell.app()?.overview().await?)
}

/// Starts a sign-in and opens the browser.
#[tauri::command]
#[specta::specta]
async fn connect(shell: State<'_, Shell>, handle: AppHandle) -> Reply<SignIn> {
    let via = if shell.deep_link_works.load(Ordering::Relaxed) { SignInVia::DeepLink } else { SignInVia::Loopback };
    let sign_in = shell.app()?.connect(via).await?;
    // The card shows the address too, so a browser that does not open is no dead end.
    if let Err(error) = handle.opener().open_url(&sign_in.authorize_url, None::<&str>) {
        tracing::warn!(%error, "the browser did not open");
    }
    Ok(sign_in)
}

/// Gives up a sign-in.
#[tauri::command]
#[specta::specta]
async fn cancel_connect(shell: State<'_, Shell>) -> Reply<()> {
    shell.app()?.cancel_sign_in().await;
    Ok(())
}

/// Takes one of several granted sites.
#[tauri::command]
#[specta::specta]
async fn choose_site(shell: State<'_, Shell>, id: String) -> Reply<()> {
    Ok(shell.app()?.choose_site(&id).await?)
}

/// Signs in with an API token.
#[tauri::command]
#[specta::specta]
async fn connect_with_token(shell: State<'_, Shell>, site_url: String, email: String, token: String) -> Reply<()> {
    shell.app()?.connect_with_token(&site_url, &email, SecretString::from(token)).await?;
    Ok(())
}

/// Connects the sample workspace.
#[tauri::command]
#[specta::specta]
async fn try_sample(shell: State<'_, Shell>) -> Reply<()> {
    shell.app()?.connect_sample().await?;
    Ok(())
}

/// Asks the site for its spaces.
#[tauri::command]
#[specta::specta]
async fn refresh_spaces(shell: State<'_, Shell>) -> Reply<()> {
    shell.app()?.refresh_spaces().await?;
    Ok(())
}

/// Replaces the selection by these space ids.
#[tauri::command]
#[specta::specta]
async fn save_selection(shell: State<'_, Shell>, ids: Vec<String>) -> Reply<()> {
    shell.app()?.select(&ids).await?;
    Ok(())
}

/// Starts a run in the background.
#[tauri::command]
#[specta::specta]
async fn start_sync(shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.app()?.start_sync().await?)
}

/// Holds the run.
#[tauri::command]
#[specta::specta]
async fn pause_sync(shell: State<'_, Shell>) -> Reply<()> {
    shell.app()?.pause_sync();
    Ok(())
}

/// Lets the run go on.
#[tauri::command]
#[specta::specta]
async fn resume_sync(shell: State<'_, Shell>) -> Reply<()> {
    shell.app()?.resume_sync();
    Ok(())
}

/// Ends the run.
#[tauri::command]
#[specta::specta]
async fn cancel_sync(shell: State<'_, Shell>) -> Reply<()> {
    shell.app()?.cancel_sync();
    Ok(())
}

/// Forgets the sign-in and keeps the pages.
#[tauri::command]
#[specta::specta]
async fn disconnect(shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.app()?.disconnect().await?)
}

/// Removes the pages of a disconnected site.
#[tauri::command]
#[specta::specta]
async fn remove_pages(shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.app()?.remove_pages().await?)
}

/// Chooses a plan.
#[tauri::command]
#[specta::specta]
async fn set_plan(shell: State<'_, Shell>, name: PlanName) -> Reply<()> {
    shell.app()?.set_plan(name).await?;
    Ok(())
}

/// Asks the person for a folder and adds it; false when they changed their mind.
#[tauri::command]
#[specta::specta]
async fn add_folder(shell: State<'_, Shell>, handle: AppHandle) -> Reply<bool> {
    let app = shell.app()?;
    let (chosen, answer) = tokio::sync::oneshot::channel();
    handle.dialog().file().pick_folder(move |path| _ = chosen.send(path));
    add_chosen(app, answer.await.ok().flatten()).await
}

/// Asks the person for files and adds them; false when they changed their mind.
#[tauri::command]
#[specta::specta]
async fn add_files(shell: State<'_, Shell>, handle: AppHandle) -> Reply<bool> {
    let app = shell.app()?;
    let (chosen, answer) = tokio::sync::oneshot::channel();
    let dialog = handle.dialog().file().add_filter("Documents", coagentor::READABLE_EXTENSIONS);
    dialog.pick_files(move |paths| _ = chosen.send(paths));
    add_chosen(app, answer.await.ok().flatten().unwrap_or_default()).await
}

async fn add_chosen(app: &App, paths: impl IntoIterator<Item = FilePath>) -> Reply<bool> {
    let mut any = false;
    for path in paths.into_iter().filter_map(|path| path.into_path().ok()) {
        app.add_file_source(&path).await?;
        any = true;
    }
    Ok(any)
}

/// Forgets a folder or file and its texts.
#[tauri::command]
#[specta::specta]
async fn remove_file_source(shell: State<'_, Shell>, id: u32) -> Reply<()> {
    Ok(shell.app()?.remove_file_source(id).await?)
}

/// Reads again what has changed.
#[tauri::command]
#[specta::specta]
async fn scan_files(shell: State<'_, Shell>) -> Reply<()> {
    shell.app()?.start_scan();
    Ok(())
}

/// Searches every selected space and all files.
#[tauri::command]
#[specta::specta]
async fn search(shell: State<'_, Shell>, text: String, limit: u32) -> Reply<SearchResponse> {
    Ok(shell.app()?.answer(&text, limit).await?)
}

/// Opens a page of the connected site in the browser, or a file that was added; any other address is refused.
#[tauri::command]
#[specta::specta]
async fn open_url(shell: State<'_, Shell>, handle: AppHandle, url: String) -> Reply<()> {
    let url = shell.app()?.check_url(&url).await?;
    handle.opener().open_url(url.as_str(), None::<&str>).map_err(|error| CommandError {
        code: "browser".to_owned(),
        message: format!("the browser did not open: {error}"),
        hint: Some("copy the link instead".to_owned()),
    })
}
