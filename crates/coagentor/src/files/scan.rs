//! What lies in a folder: paths, sizes and times, no contents. Then what that means beside what is stored. The second is pure.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use ::files::Format;

use super::document::{LocalFile, LocalFileState};
use crate::Error;

/// A folder with more readable files than this was added by mistake.
const MOST_FILES: usize = 100_000;

/// Extensions of files that can be read, as a dialog offers them.
pub const READABLE_EXTENSIONS: &[&str] = &[
    "md", "markdown", "mdown", "mkd", "mdx", "txt", "text", "html", "htm", "xhtml", "pdf", "docx", "docm", "csv",
    "tsv", "tab", "xlsx", "xlsm",
];

/// A file that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundFile {
    /// Where it lies.
    pub absolute: PathBuf,
    /// Path below the source, with `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Unix milliseconds.
    pub modified_ms: i64,
    /// How it is read.
    pub format: Format,
}

/// What a scan came to.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    /// By path.
    pub files: Vec<FoundFile>,
    /// Paths that could not be looked at, and why.
    pub unreadable: Vec<(String, String)>,
}

/// Files below `root` whose kind can be read; `None` where `root` is not there. Links are not followed, hidden files and
/// folders are passed over.
pub(crate) fn scan(root: &Path) -> Result<Option<Scanned>, Error> {
    if !root.exists() {
        return Ok(None);
    }
    let mut scanned = Scanned::default();
    let is_shown =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with(['.', '~']);
    for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(is_shown) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(|path| below(root, path)).unwrap_or_default();
                scanned.unreadable.push((path, error.to_string()));
                continue;
            }
        };
        let Some(format) = Format::of(entry.path()).filter(|_| entry.file_type().is_file()) else { continue };
        if scanned.files.len() == MOST_FILES {
            return Err(Error::TooManyFiles { path: root.to_owned(), limit: MOST_FILES });
        }
        match entry.metadata() {
            Ok(metadata) => scanned.files.push(FoundFile {
                absolute: entry.path().to_owned(),
                path: below(root, entry.path()),
                size: metadata.len(),
                modified_ms: modified_ms(&metadata),
                format,
            }),
            Err(error) => scanned.unreadable.push((below(root, entry.path()), error.to_string())),
        }
    }
    Ok(Some(scanned))
}

fn below(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).ok().filter(|relative| !relative.as_os_str().is_empty());
    // A single file is its own source.
    let relative = relative.or_else(|| path.file_name().map(Path::new)).unwrap_or(path);
    let names: Vec<_> = relative.components().map(|name| name.as_os_str().to_string_lossy()).collect();
    names.join("/")
}

fn modified_ms(metadata: &std::fs::Metadata) -> i64 {
    let since = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or_default()
}

/// What a scan means for what is stored.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Comparison<'a> {
    /// New or touched files, each with what is stored under its path.
    pub to_read: Vec<(&'a FoundFile, Option<&'a LocalFile>)>,
    /// Stored files whose path has no file any more.
    pub gone: Vec<&'a LocalFile>,
    /// Files that nothing happened to.
    pub unchanged: usize,
}

/// Compares by path, size and time. What failed is read again when it has changed.
pub(crate) fn compare<'a>(local: &'a [LocalFile], found: &'a [FoundFile]) -> Comparison<'a> {
    let stored: BTreeMap<&str, &LocalFile> = at_paths(local);
    let paths: BTreeSet<&str> = found.iter().map(|file| file.path.as_str()).collect();
    let mut comparison = Comparison::default();
    for file in found {
        match stored.get(file.path.as_str()).copied() {
            Some(known) if is_untouched(known, file) => comparison.unchanged += 1,
            known => comparison.to_read.push((file, known)),
        }
    }
    comparison.gone = stored.into_values().filter(|known| !paths.contains(known.facts.path.as_str())).collect();
    comparison
}

/// One stored file a path: one that is there before one that was.
fn at_paths(local: &[LocalFile]) -> BTreeMap<&str, &LocalFile> {
    let mut stored: BTreeMap<&str, &LocalFile> = BTreeMap::new();
    for file in local {
        let place = stored.entry(file.facts.path.as_str()).or_insert(file);
        if place.state == LocalFileState::Unavailable {
            *place = file;
        }
    }
    stored
}

fn is_untouched(known: &LocalFile, file: &FoundFile) -> bool {
    known.state != LocalFileState::Unavailable
        && known.facts.size == file.size
        && known.facts.modified_ms == file.modified_ms
}

#[cfg(test)]
mod tests {
    use knowledge::model::DocumentKey;
    use rstest::rstest;

    use super::*;
    use crate::files::document::FileFacts;

    /// `path@time`; `-` before it is unavailable, `!` failed.
    fn local(text: &str) -> LocalFile {
        let (state, text) = match text.chars().next() {
            Some('-') => (LocalFileState::Unavailable, &text[1..]),
            Some('!') => (LocalFileState::Failed, &text[1..]),
            _ => (LocalFileState::Available, text),
        };
        let FoundFile { path, size, modified_ms, .. } = found(text);
        let facts = FileFacts { path: path.clone(), size, modified_ms, hash: String::new() };
        LocalFile { key: DocumentKey::new(format!("file:1:{path}")), title: path, facts, state }
    }

    fn found(text: &str) -> FoundFile {
        let (path, at) = text.split_once('@').unwrap_or((text, "1"));
        let modified_ms = at.parse().unwrap();
        FoundFile { absolute: path.into(), path: path.to_owned(), size: 7, modified_ms, format: Format::Text }
    }

    #[rstest]
    #[case::new("", "a b", "a b", "", 0)]
    #[case::unchanged("a b", "a b", "", "", 2)]
    #[case::touched("a@1", "a@2", "a", "", 0)]
    #[case::gone("a b", "a", "", "b", 1)]
    #[case::renamed("a", "b", "b", "a", 0)]
    #[case::came_back("-a", "a", "a", "", 0)]
    #[case::failed_and_the_same("!a", "a", "", "", 1)]
    #[case::failed_and_mended("!a", "a@2", "a", "", 0)]
    #[case::gone_already("-a", "", "", "a", 0)]
    fn a_scan(
        #[case] stored: &str,
        #[case] shown: &str,
        #[case] to_read: &str,
        #[case] gone: &str,
        #[case] unchanged: usize,
    ) {
        let stored: Vec<LocalFile> = stored.split_whitespace().map(local).collect();
        let shown: Vec<FoundFile> = shown.split_whitespace().map(found).collect();
        let comparison = compare(&stored, &shown);
        let read: Vec<&str> = comparison.to_read.iter().map(|(file, _)| file.path.as_str()).collect();
        let left: Vec<&str> = comparison.gone.iter().map(|file| file.facts.path.as_str()).collect();
        assert_eq!((read.join(" "), left.join(" "), comparison.unchanged), (to_read.into(), gone.into(), unchanged));
    }

    #[test]
    fn every_offered_file_can_be_read() {
        let unknown = READABLE_EXTENSIONS.iter().filter(|name| Format::of(Path::new(&format!("a.{name}"))).is_none());
        assert_eq!(unknown.count(), 0);
    }

    #[test]
    fn hidden_files_links_and_other_kinds_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        };
        for path in ["b.md", "sub/deep/a.TXT", ".git/x.md", "~$draft.docx", "photo.jpg", "no-extension"] {
            write(path);
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let scanned = scan(folder.path()).unwrap().unwrap();
        let paths: Vec<&str> = scanned.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["b.md", "sub/deep/a.TXT"]);
        let single = scan(&folder.path().join("b.md")).unwrap().unwrap();
        assert_eq!(single.files[0].path, "b.md");
        assert!(scan(&folder.path().join("absent")).unwrap().is_none());
    }
}
