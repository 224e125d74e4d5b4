//! Where things lie.

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().unwrap_or(crate_folder).to_owned()
}

/// A space of the sample workspace.
pub fn sample(key: &str) -> PathBuf {
    root().join("sample").join(key)
}

/// Where tests leave pictures to be looked at.
pub fn artifacts(folder: &str) -> anyhow::Result<PathBuf> {
    let path = root().join("artifacts").join(folder);
    std::fs::create_dir_all(&path)?;
    Ok(path)
}

/// The model that `make setup` fetched; a test's own home has none.
pub fn model_dir() -> PathBuf {
    let var = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    var("COAGENTOR_MODEL_DIR").unwrap_or_else(|| {
        let cache = var("COAGENTOR_CACHE")
            .or_else(|| var("XDG_CACHE_HOME").map(|cache| cache.join("coagentor")))
            .or_else(|| var("HOME").map(|home| home.join(".cache/coagentor")));
        cache.unwrap_or_default().join("model")
    })
}
