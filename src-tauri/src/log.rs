//! The log: standard error, and a file a day in the data folder. No part of the app logs a token, a code or a text.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt, util::SubscriberInitExt};

/// Files that are kept.
const DAYS: usize = 7;
/// The file takes what this program says, at any level, and from libraries warnings only: they know no secrets of ours, but
/// they do know addresses and headers.
const OURS: &str = "warn,coagentor=info,coagentor_desktop=info,confluence=info,knowledge=info,files=info";

/// Starts logging; without a folder, to standard error alone.
pub(crate) fn start(folder: Option<&Path>) {
    let filter = EnvFilter::try_from_env("COAGENTOR_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let terminal = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(filter);
    let mut layers: Vec<Box<dyn Layer<Registry> + Send + Sync>> = vec![terminal.boxed()];
    // The library says on standard error that a folder is missing, before it makes it.
    let file = folder.inspect(|folder| _ = std::fs::create_dir_all(folder)).map(appender);
    let problem = match file {
        Some(Ok(file)) => {
            let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(file);
            layers.push(layer.with_filter(EnvFilter::new(OURS)).boxed());
            None
        }
        Some(Err(error)) => Some(error),
        None => None,
    };
    tracing_subscriber::registry().with(layers).init();
    if let Some(error) = problem {
        tracing::warn!(%error, "no log file");
    }
}

fn appender(folder: &Path) -> Result<RollingFileAppender, tracing_appender::rolling::InitError> {
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("coagentor")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)
}
