//! A space's content before it is planted on a site: files by relative path.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::generate;
use crate::error::SimError;

/// The pages of one space, read from a folder, from memory, or generated.
///
/// `.md` files become storage format, `.xml` files are storage format already; other files are ignored. Folders become
/// the page tree: `_index.md`, `index.md`, `index.xml` or `README.md` is the page of its folder, and a folder without one
/// becomes a Confluence folder. `space.json` in the root may give `name`, `description`, `type`
/// and `homepage` (a path).
#[derive(Debug, Clone)]
pub struct SpaceSource {
    pub(crate) key: String,
    pub(crate) settings: SpaceFile,
    /// Relative path with `/` and content, sorted by path.
    pub(crate) files: Vec<(String, String)>,
}

/// `space.json`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct SpaceFile {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) homepage: Option<String>,
    /// `global` where absent, and `personal` for a key that begins with `~`.
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
}

impl SpaceSource {
    /// Reads the folder `dir` and everything below it. Hidden files and symbolic links are skipped.
    ///
    /// # Errors
    /// [`SimError::ReadSource`] where the folder cannot be read, [`SimError::SpaceFile`] for a bad `space.json`,
    /// [`SimError::SpaceKey`] for a bad key.
    pub fn from_dir(key: impl Into<String>, dir: impl AsRef<Path>) -> Result<Self, SimError> {
        let mut files = Vec::new();
        read_folder(dir.as_ref(), "", &mut files)?;
        Self::from_files(key, files)
    }

    /// Takes files that are already in memory: relative paths with `/`, and their content.
    ///
    /// # Errors
    /// [`SimError::SpaceFile`] for a bad `space.json`, [`SimError::SpaceKey`] for a bad key.
    pub fn from_files<P: Into<String>, C: Into<String>>(
        key: impl Into<String>,
        files: impl IntoIterator<Item = (P, C)>,
    ) -> Result<Self, SimError> {
        let key = key.into();
        let plain = key.strip_prefix('~').unwrap_or(&key);
        if plain.is_empty() || key.len() > 255 || !plain.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(SimError::SpaceKey(key));
        }
        let mut source = Self { key, settings: SpaceFile::default(), files: Vec::new() };
        for (path, content) in files {
            source.add(path.into(), content.into())?;
        }
        source.files.sort();
        source.files.dedup_by(|later, earlier| later.0 == earlier.0);
        Ok(source)
    }

    /// Makes `pages` pages of realistic text, the same for the same `seed`.
    ///
    /// # Errors
    /// [`SimError::SpaceKey`] for a bad key.
    pub fn generated(key: impl Into<String>, pages: usize, seed: u64) -> Result<Self, SimError> {
        Self::from_files(key, generate::files(pages, seed))
    }

    /// How many pages the space will have: one for every `.md` and `.xml` file.
    pub fn page_count(&self) -> usize {
        self.files.len()
    }

    fn add(&mut self, path: String, content: String) -> Result<(), SimError> {
        if path == "space.json" {
            self.settings = serde_json::from_str(&content)
                .map_err(|source| SimError::SpaceFile { key: self.key.clone(), source })?;
        } else if is_page(&path) {
            self.files.push((path, content));
        }
        Ok(())
    }
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md" || extension == "xml")
}

fn read_folder(dir: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> Result<(), SimError> {
    let failed = |source| SimError::ReadSource { path: dir.to_owned(), source };
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(failed)?;
        let path = format!("{prefix}{name}");
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() && (is_page(&path) || path == "space.json") {
            files.push((path, read_text(entry.path())?));
        }
    }
    Ok(())
}

/// A file as text; bytes that are not UTF-8 become replacement characters, as a paste into a wiki would show them.
fn read_text(path: PathBuf) -> Result<String, SimError> {
    match std::fs::read(&path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(source) => Err(SimError::ReadSource { path, source }),
    }
}
