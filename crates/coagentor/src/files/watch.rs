//! Watches the sources and scans one again when something in it has changed and rests.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use notify_debouncer_full::{
    DebounceEventResult, Debouncer, RecommendedCache, new_debouncer,
    notify::{EventKind, RecommendedWatcher, RecursiveMode},
};
use tokio::{
    sync::{broadcast::error::RecvError, mpsc},
    task::JoinHandle,
};

use crate::{App, events::AppEvent};

/// Quiet time after a change: editors write a file in several steps.
const QUIET: Duration = Duration::from_secs(2);

type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;
type Changes = mpsc::UnboundedSender<Vec<PathBuf>>;

/// Keeps the files in step while the app runs; ends when dropped.
pub struct FileWatch(JoinHandle<()>);

impl FileWatch {
    /// Scans all sources, then watches them. What the system can't watch (some network folders) is scanned at the next start.
    pub fn start(app: App) -> Self {
        Self(tokio::spawn(follow(app)))
    }
}

impl Drop for FileWatch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn follow(app: App) {
    let mut events = app.events();
    let (tell, mut changes) = mpsc::unbounded_channel();
    let mut watched = sources(&app).await;
    let mut _watcher = watch(&watched, &tell);
    scan(&app, &watched).await;
    loop {
        tokio::select! {
            Some(paths) = changes.recv() => {
                let touched = |source: &&PathBuf| paths.iter().any(|path| path.starts_with(source));
                let touched: Vec<PathBuf> = watched.iter().filter(touched).cloned().collect();
                scan(&app, &touched).await;
            }
            event = events.recv() => match event {
                Ok(AppEvent::Files) | Err(RecvError::Lagged(_)) => {
                    let now = sources(&app).await;
                    if now != watched {
                        _watcher = watch(&now, &tell);
                        let new: Vec<PathBuf> = now.iter().filter(|path| !watched.contains(path)).cloned().collect();
                        watched = now;
                        scan(&app, &new).await;
                    }
                }
                Ok(_) => {}
                Err(RecvError::Closed) => return,
            },
        }
    }
}

async fn sources(app: &App) -> Vec<PathBuf> {
    match app.store.file_sources().await {
        Ok(sources) => sources.into_iter().map(|source| PathBuf::from(source.path)).collect(),
        Err(error) => {
            tracing::warn!(%error, "the file sources could not be read");
            Vec::new()
        }
    }
}

fn watch(paths: &[PathBuf], changed: &Changes) -> Option<Watcher> {
    let changed = changed.clone();
    let forward = move |result: DebounceEventResult| {
        let events = result.unwrap_or_default();
        // Reading a file is no change of it.
        let events = events.into_iter().filter(|event| !matches!(event.kind, EventKind::Access(_)));
        let paths: Vec<PathBuf> = events.flat_map(|event| event.event.paths).collect();
        if !paths.is_empty() {
            // No receiver: the watch is ending.
            let _ = changed.send(paths);
        }
    };
    let mut watcher = match new_debouncer(QUIET, None, forward) {
        Ok(watcher) => watcher,
        Err(error) => {
            tracing::warn!(%error, "files can't be watched; they are scanned at the next start");
            return None;
        }
    };
    for path in paths {
        // Of a single file its folder is watched: most editors replace the file.
        let place = if path.is_file() { path.parent().unwrap_or(path) } else { path.as_path() };
        let depth = if path.is_file() { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        if let Err(error) = watcher.watch(place, depth) {
            tracing::warn!(%error, path = %place.display(), "can't be watched; it is scanned at the next start");
        }
    }
    Some(watcher)
}

async fn scan(app: &App, paths: &[PathBuf]) {
    for path in paths {
        if let Err(error) = scan_one(app, path).await {
            tracing::warn!(code = error.code(), %error, path = %path.display(), "files were not scanned");
        }
    }
}

async fn scan_one(app: &App, path: &Path) -> Result<(), crate::Error> {
    let sources = app.store.file_sources().await?;
    match sources.iter().find(|source| Path::new(&source.path) == path) {
        Some(source) => app.scan_source(source).await.map(|_| ()),
        None => Ok(()),
    }
}
