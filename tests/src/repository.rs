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
