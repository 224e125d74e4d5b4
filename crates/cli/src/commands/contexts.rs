//! `contexts`: sources under a name.

use std::path::{Path, PathBuf};

use coagentor::{
    App, Colour, ModelUse, SourceKind, SourceRef,
    dto::{ContextSource, ContextView, PageCounts},
};

use crate::{
    args::{ContextsCommand, SourceArgs},
    failure::Failure,
    output::Output,
};

pub(super) async fn run(command: ContextsCommand, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    match command {
        ContextsCommand::List => {}
        ContextsCommand::Create { name, colour } => {
            let colour: Colour = colour.parse().map_err(|error: coagentor::UnknownColour| {
                Failure::plain(error.to_string(), Some("choose one of them"))
            })?;
            app.create_empty_context(&name, colour).await?;
        }
        ContextsCommand::Add { name, source } => change(&app, &name, &source, true).await?,
        ContextsCommand::Remove { name, source } => change(&app, &name, &source, false).await?,
        ContextsCommand::Delete { name } => app.delete_context(app.context_named(&name).await?).await?,
    }
    output.show_as(
        &app.contexts().await?,
        |views| views.iter().map(ContextJson::from).collect::<Vec<_>>(),
        |views| in_words(views),
    )
}

async fn change(app: &App, name: &str, source: &SourceArgs, is_in: bool) -> Result<(), Failure> {
    let context = app.context_named(name).await?;
    let source = reference(app, source).await?;
    Ok(app.change_source(context, &source, is_in).await?)
}

async fn reference(app: &App, source: &SourceArgs) -> Result<SourceRef, Failure> {
    if let Some(key) = &source.space {
        return Ok(app.space_source(key).await?);
    }
    if let Some(id) = &source.page {
        return Ok(app.page_source(id).await?);
    }
    if let Some(site) = &source.site {
        return Ok(app.site_source(site).await?);
    }
    let (kind, path) = match (&source.folder, &source.file) {
        (Some(path), _) => (SourceKind::Folder, path),
        (None, Some(path)) => (SourceKind::File, path),
        (None, None) => return Err(Failure::plain("no source is named".to_owned(), None)),
    };
    Ok(SourceRef::path(kind, absolute(path).display().to_string()))
}

/// One that is gone keeps the path it was given.
fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

#[derive(serde::Serialize)]
struct ContextJson {
    name: String,
    colour: &'static str,
    for_all_agents: bool,
    sources: Vec<SourceJson>,
    agents: Vec<String>,
    ready: u32,
    pending: u32,
    failed: u32,
    unavailable: u32,
}

#[derive(serde::Serialize)]
struct SourceJson {
    kind: SourceKind,
    name: String,
    detail: Option<String>,
    state: coagentor::dto::SourceState,
    space_id: Option<String>,
    page_id: Option<String>,
    path: Option<String>,
    ready: u32,
    pending: u32,
    failed: u32,
    unavailable: u32,
}

impl From<&ContextView> for ContextJson {
    fn from(view: &ContextView) -> Self {
        let PageCounts { ready, pending, failed, unavailable } = view.counts;
        Self {
            name: view.name.clone(),
            colour: view.colour.as_str(),
            for_all_agents: view.for_all_agents,
            sources: view.sources.iter().map(SourceJson::from).collect(),
            agents: view.agents.iter().map(|agent| agent.name.clone()).collect(),
            ready,
            pending,
            failed,
            unavailable,
        }
    }
}

impl From<&ContextSource> for SourceJson {
    fn from(source: &ContextSource) -> Self {
        let PageCounts { ready, pending, failed, unavailable } = source.counts;
        Self {
            kind: source.source.kind,
            name: source.name.clone(),
            detail: source.detail.clone(),
            state: source.state,
            space_id: source.source.space_id.clone(),
            page_id: source.source.page_id.clone(),
            path: source.source.path.clone(),
            ready,
            pending,
            failed,
            unavailable,
        }
    }
}

fn in_words(views: &[ContextView]) -> String {
    if views.is_empty() {
        return "No contexts yet: `coagentor contexts create NAME`.".to_owned();
    }
    views.iter().map(context_in_words).collect::<Vec<_>>().join("\n")
}

fn context_in_words(view: &ContextView) -> String {
    let agents = match view.agents.as_slice() {
        [] if view.for_all_agents => "all agents".to_owned(),
        [] => "no agent".to_owned(),
        agents => agents.iter().map(|agent| agent.name.clone()).collect::<Vec<_>>().join(", "),
    };
    let mut lines = vec![format!("{}  ({})  {}", view.name, agents, counts(&view.counts))];
    for source in &view.sources {
        let state = format!("{:?}", source.state).to_lowercase();
        let detail = source.detail.as_deref().map(|detail| format!("  [{detail}]")).unwrap_or_default();
        lines.push(format!("  {state:12} {}{detail}  {}", source.name, counts(&source.counts)));
    }
    lines.join("\n")
}

fn counts(counts: &PageCounts) -> String {
    format!(
        "{} ready, {} pending, {} failed, {} unavailable",
        counts.ready, counts.pending, counts.failed, counts.unavailable
    )
}
