//! The runtime library, loaded once into the process.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use ort::environment::Environment;

use super::error::EmbedError;

/// ONNX Runtime allows one environment per process, so there is one here, kept for the next embedder.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

/// The process's environment; the first call decides which library it runs on.
///
/// `library` must be absolute and must exist: the loader looks elsewhere otherwise.
pub(super) fn environment(library: &Path) -> Result<Environment, EmbedError> {
    let mut current = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = current.as_ref() {
        return Ok(environment.clone());
    }
    let loaded =
        ort::init_from(library).map_err(|source| EmbedError::RuntimeLoad { path: library.to_owned(), source })?;
    let environment = loaded.with_name("coagentor").with_telemetry(false).build().map_err(EmbedError::RuntimeStart)?;
    *current = Some(environment.clone());
    Ok(environment)
}
