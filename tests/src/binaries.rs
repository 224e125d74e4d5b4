//! The binaries under test, built into the same target folder as the tests.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

/// Path of a binary. Tests do not build it: `cargo build --workspace` comes first, as `make test` does.
pub fn path(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    // target/debug/deps/test-1234 -> target/debug/name
    let folder = own.ancestors().nth(2).context("the test binary lies in no target folder")?;
    let path = folder.join(name);
    ensure!(path.exists(), "`{}` is not built: run `cargo build --workspace` first", path.display());
    Ok(path)
}
