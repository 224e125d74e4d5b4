//! Contexts, agents and meetings, as the window asks for them.

use coagentor::dto::{
    AgentDraft, AgentView, CommandError, ContextDraft, ContextView, Endpoint, MeetingDraft, MeetingRow, MeetingView,
    SourceNode, SourceRef, Trial,
};
use secrecy::SecretString;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use crate::{commands::Reply, shell::Shell};

/// What lies directly below a source; at the top, sites, folders and files.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_sources(shell: State<'_, Shell>, parent: Option<SourceRef>) -> Reply<Vec<SourceNode>> {
    Ok(shell.app()?.list_sources(parent.as_ref()).await?)
}

/// All contexts by name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_contexts(shell: State<'_, Shell>) -> Reply<Vec<ContextView>> {
    Ok(shell.app()?.contexts().await?)
}

/// Makes a context; its number.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_context(shell: State<'_, Shell>, draft: ContextDraft) -> Reply<u32> {
    Ok(shell.app()?.create_context(&draft).await?)
}

/// Replaces a context.
#[tauri::command]
#[specta::specta]
pub(crate) async fn update_context(shell: State<'_, Shell>, id: u32, draft: ContextDraft) -> Reply<()> {
    Ok(shell.app()?.update_context(id, &draft).await?)
}

/// Deletes a context.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_context(shell: State<'_, Shell>, id: u32) -> Reply<()> {
    Ok(shell.app()?.delete_context(id).await?)
}

/// All agents by name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_agents(shell: State<'_, Shell>) -> Reply<Vec<AgentView>> {
    Ok(shell.app()?.agents().await?)
}

/// Makes an agent; its number.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_agent(shell: State<'_, Shell>, draft: AgentDraft) -> Reply<u32> {
    Ok(shell.app()?.create_agent(&draft).await?)
}

/// Replaces an agent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn update_agent(shell: State<'_, Shell>, id: u32, draft: AgentDraft) -> Reply<()> {
    Ok(shell.app()?.update_agent(id, &draft).await?)
}

/// Deletes an agent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_agent(shell: State<'_, Shell>, id: u32) -> Reply<()> {
    Ok(shell.app()?.delete_agent(id).await?)
}

/// What a meeting with an agent would show for a sentence.
#[tauri::command]
#[specta::specta]
pub(crate) async fn try_agent(shell: State<'_, Shell>, id: u32, text: String) -> Reply<Trial> {
    Ok(shell.app()?.try_agent(id, &text).await?)
}

/// Meetings, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_meetings(shell: State<'_, Shell>) -> Reply<Vec<MeetingRow>> {
    Ok(shell.app()?.meetings().await?)
}

/// A meeting as it stands; while it runs, only what of it changed since a revision.
#[tauri::command]
#[specta::specta]
pub(crate) async fn get_meeting(shell: State<'_, Shell>, id: u32, since: u32) -> Reply<MeetingView> {
    Ok(shell.app()?.meeting_since(id, since).await?)
}

/// Starts a meeting; its number.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_meeting(shell: State<'_, Shell>, draft: MeetingDraft) -> Reply<u32> {
    Ok(shell.app()?.start_meeting(&draft).await?)
}

/// Hears text that was pasted or typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_text(shell: State<'_, Shell>, id: u32, text: String) -> Reply<()> {
    Ok(shell.app()?.add_meeting_text(id, &text).await?)
}

/// Asks the person for a file of captions and follows it; false when they changed their mind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn follow_file(shell: State<'_, Shell>, handle: AppHandle, id: u32) -> Reply<bool> {
    let app = shell.app()?;
    let (chosen, answer) = tokio::sync::oneshot::channel();
    let dialog = handle.dialog().file().add_filter("Captions", &["vtt", "srt", "txt", "ndjson", "jsonl", "log"]);
    dialog.pick_file(move |path| _ = chosen.send(path));
    let Some(path) = answer.await.ok().flatten().and_then(|path| path.into_path().ok()) else { return Ok(false) };
    app.follow_meeting_file(id, &path).await?;
    Ok(true)
}

/// Lets go of the file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_file(shell: State<'_, Shell>, id: u32) -> Reply<()> {
    Ok(shell.app()?.stop_meeting_file(id).await?)
}

/// Opens an address where another program can send captions to.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_endpoint(shell: State<'_, Shell>, id: u32) -> Reply<Endpoint> {
    Ok(shell.app()?.open_meeting_endpoint(id).await?)
}

/// Closes that address.
#[tauri::command]
#[specta::specta]
pub(crate) async fn close_endpoint(shell: State<'_, Shell>, id: u32) -> Reply<()> {
    Ok(shell.app()?.close_meeting_endpoint(id).await?)
}

/// Notes what the person did with a card.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_card(
    shell: State<'_, Shell>,
    id: u32,
    card_id: u32,
    pinned: bool,
    dismissed: bool,
) -> Reply<()> {
    Ok(shell.app()?.set_card(id, card_id, pinned, dismissed).await?)
}

/// Ends a meeting.
#[tauri::command]
#[specta::specta]
pub(crate) async fn end_meeting(shell: State<'_, Shell>, id: u32) -> Reply<()> {
    Ok(shell.app()?.end_meeting(id).await?)
}

/// Deletes a meeting.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_meeting(shell: State<'_, Shell>, id: u32) -> Reply<()> {
    Ok(shell.app()?.delete_meeting(id).await?)
}

/// A meeting as Markdown.
#[tauri::command]
#[specta::specta]
pub(crate) async fn meeting_markdown(shell: State<'_, Shell>, id: u32) -> Reply<String> {
    Ok(shell.app()?.meeting_markdown(id).await?)
}

/// Asks where and writes a meeting as Markdown there; false when the person changed their mind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_meeting(shell: State<'_, Shell>, handle: AppHandle, id: u32) -> Reply<bool> {
    let app = shell.app()?;
    let text = app.meeting_markdown(id).await?;
    let (chosen, answer) = tokio::sync::oneshot::channel();
    let dialog = handle.dialog().file().add_filter("Markdown", &["md"]).set_file_name(format!("meeting-{id}.md"));
    dialog.save_file(move |path| _ = chosen.send(path));
    let Some(path) = answer.await.ok().flatten().and_then(|path| path.into_path().ok()) else { return Ok(false) };
    std::fs::write(&path, text).map_err(|error| CommandError {
        code: "file".to_owned(),
        message: format!("`{}`: {error}", path.display()),
        hint: Some("choose another folder".to_owned()),
    })?;
    Ok(true)
}

/// Keeps the key of the model that writes answers, or forgets it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_answer_key(shell: State<'_, Shell>, key: Option<String>) -> Reply<()> {
    Ok(shell.app()?.set_answer_key(key.filter(|key| !key.is_empty()).map(SecretString::from)).await?)
}

/// The models that the endpoint for answers has.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_answers(shell: State<'_, Shell>) -> Reply<Vec<String>> {
    Ok(shell.app()?.check_answers().await?)
}
