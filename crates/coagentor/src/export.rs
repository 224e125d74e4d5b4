//! Everything that is stored as Markdown, a file a page, so that nobody is kept here by their data.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use knowledge::{
    DocumentQuery, DocumentRow, StoredDocument,
    model::{Block, BlockKind, CollectionKey, Section},
};
use serde::Serialize;

use crate::{App, Error, files::path_of, status::rfc3339};

/// Documents listed at a time.
const PART: u32 = 500;
/// Longest name of a file or folder, in bytes: the strictest file systems take 255, and paths add up.
const LONGEST_NAME: usize = 120;

/// What an export came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportReport {
    /// Where it lies.
    pub folder: PathBuf,
    /// Pages that were written.
    pub pages: usize,
    /// Files that were written.
    pub files: usize,
}

impl App {
    /// Writes every stored page and file as Markdown, and the settings as JSON, into a folder that is empty or not there yet.
    pub async fn export(&self, folder: &Path) -> Result<ExportReport, Error> {
        make_empty(folder)?;
        let spaces = self.space_index().await?;
        let mut places: BTreeMap<CollectionKey, (PathBuf, String)> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for (key, space) in &spaces {
            let place = free(Path::new("pages"), &space.key, "", &mut taken);
            places.insert(key.clone(), (place, space.key.clone()));
        }
        for (key, name) in self.file_collections().await? {
            places.insert(key, (free(Path::new("files"), &name, "", &mut taken), name));
        }
        let mut report = ExportReport { folder: folder.to_owned(), pages: 0, files: 0 };
        for offset in (0..).step_by(PART as usize) {
            let query = DocumentQuery { limit: Some(PART), offset, ..DocumentQuery::default() };
            let part = self.knowledge.documents(&query).await?;
            let is_last = part.len() < PART as usize;
            for row in part {
                // A failure alone has no text.
                let Some((place, space)) = places.get(&row.collection).filter(|_| row.synced_at.is_some()) else {
                    continue;
                };
                let Some(stored) = self.knowledge.document(&row.key).await? else { continue };
                let path = match path_of(&row.metadata) {
                    Some(below) => file_place(place, &below, &mut taken),
                    None => free(place, &row.title, ".md", &mut taken),
                };
                write(&folder.join(path), &markdown(&stored, space)).await?;
                let count = if spaces.contains_key(&row.collection) { &mut report.pages } else { &mut report.files };
                *count += 1;
            }
            if is_last {
                break;
            }
        }
        let settings = serde_json::to_string_pretty(&self.settings().await?).unwrap_or_default();
        write(&folder.join("settings.json"), &settings).await?;
        Ok(report)
    }

    /// A folder for an export of today, below one that the person chose.
    pub fn export_folder(&self, parent: &Path) -> PathBuf {
        let name = format!("coagentor-export-{}", self.clock.now().date());
        let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}")));
        names.map(|name| parent.join(name)).find(|folder| !folder.exists()).unwrap_or_else(|| parent.join(name))
    }
}

fn make_empty(folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    let mut entries = std::fs::read_dir(folder).map_err(Error::file(folder))?;
    if entries.next().is_some() { Err(Error::NotEmpty { path: folder.to_owned() }) } else { Ok(()) }
}

async fn write(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(Error::file(folder))?;
    }
    tokio::fs::write(path, text).await.map_err(Error::file(path))
}

/// A place for a file below its source: the same folders, each name made safe.
fn file_place(source: &Path, below: &str, taken: &mut BTreeSet<String>) -> PathBuf {
    let (folders, name) = below.rsplit_once('/').unwrap_or(("", below));
    // Markdown keeps its name; of anything else it is the text.
    let name = name.strip_suffix(".md").unwrap_or(name);
    let folders = folders.split('/').filter(|name| !name.is_empty()).map(safe_name);
    free(&folders.fold(source.to_owned(), |place, name| place.join(name)), name, ".md", taken)
}

/// A path in `folder` that nothing has yet, also where case makes no difference.
fn free(folder: &Path, name: &str, end: &str, taken: &mut BTreeSet<String>) -> PathBuf {
    let name = safe_name(name);
    let numbered = (2..).map(|number| format!("{name} {number}{end}"));
    let names = std::iter::once(format!("{name}{end}")).chain(numbered);
    let mut paths = names.map(|name| folder.join(name));
    // The numbers do not end.
    paths.find(|path| taken.insert(path.to_string_lossy().to_lowercase())).unwrap_or_else(|| folder.join(name))
}

/// A name that every system takes as that of one file: no separators, no dots at the ends, no device of Windows.
fn safe_name(name: &str) -> String {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let plain = name.chars().map(|c| if c.is_control() || "<>:\"/\\|?*".contains(c) { '-' } else { c });
    let mut plain: String = plain.collect();
    if let Some((cut, _)) = plain.char_indices().find(|(at, c)| at + c.len_utf8() > LONGEST_NAME) {
        plain.truncate(cut);
    }
    let plain = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = plain.split('.').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
    match plain {
        "" => "untitled".to_owned(),
        _ if DEVICES.contains(&stem.to_lowercase().as_str()) => format!("_{plain}"),
        _ => plain.to_owned(),
    }
}

fn markdown(stored: &StoredDocument, space: &str) -> String {
    let mut text = front_matter(&stored.row, space);
    for section in &stored.sections {
        for part in parts(section) {
            text.push('\n');
            text.push_str(part.trim_end());
            text.push('\n');
        }
    }
    text
}

/// Strings as JSON, which YAML reads: a title can't end its line.
fn front_matter(row: &DocumentRow, space: &str) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let synced_at = row.synced_at.and_then(|at| rfc3339(at.unix_timestamp())).unwrap_or_default();
    format!(
        "---\ntitle: {}\nurl: {}\nversion: {}\nspace: {}\nsynced_at: {}\n---\n",
        text(&row.title),
        text(&row.url),
        row.version,
        text(space),
        text(&synced_at)
    )
}

fn parts(section: &Section) -> impl Iterator<Item = String> + '_ {
    let level = section.heading_path.len().clamp(1, 6);
    let heading = section.heading_path.last().map(|heading| format!("{} {heading}", "#".repeat(level)));
    heading.into_iter().chain(section.blocks.iter().map(block))
}

fn block(block: &Block) -> String {
    match block.kind {
        BlockKind::Code if !block.text.starts_with("```") => {
            let fence = "`".repeat(longest_run(&block.text).max(2) + 1);
            format!("{fence}\n{}\n{fence}", block.text)
        }
        BlockKind::Table { header_rows } => table(&block.text, header_rows),
        BlockKind::Prose | BlockKind::List | BlockKind::Code => block.text.clone(),
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Rows with their cells between ` | `; Markdown wants a header row, so a table without one gets an empty one.
fn table(text: &str, header_rows: usize) -> String {
    let columns = text.lines().map(|line| line.split(" | ").count()).max().unwrap_or(1);
    let row = |line: &str| format!("| {line} |");
    let empty = row(&vec![""; columns].join(" | "));
    let rule = row(&vec!["---"; columns].join(" | "));
    let mut lines: Vec<String> = text.lines().map(row).collect();
    if header_rows == 0 {
        lines.insert(0, empty);
    }
    lines.insert(1.min(lines.len()), rule);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("Deploy", "Deploy")]
    #[case::escape("../../etc/passwd", "-..-etc-passwd")]
    #[case::absolute("/etc", "-etc")]
    #[case::windows(r"C:\x", "C--x")]
    #[case::dots("..", "untitled")]
    #[case::nothing("", "untitled")]
    #[case::blank(" \u{a0}.", "untitled")]
    #[case::device("NUL", "_NUL")]
    #[case::device_with_end("com1.md", "_com1.md")]
    #[case::no_device("Console", "Console")]
    #[case::control("a\0b\nc", "a-b-c")]
    #[case::other_script("デプロイ手順", "デプロイ手順")]
    fn a_name_is_that_of_one_file(#[case] title: &str, #[case] name: &str) {
        assert_eq!(safe_name(title), name);
    }

    #[test]
    fn names_are_told_apart_and_stay_below_their_folder() {
        let mut taken = BTreeSet::new();
        let mut place = |name: &str| free(Path::new("pages/A"), name, ".md", &mut taken).display().to_string();
        assert_eq!(
            (place("Deploy"), place("deploy"), place("Deploy")),
            ("pages/A/Deploy.md".into(), "pages/A/deploy 2.md".into(), "pages/A/Deploy 3.md".into())
        );
        let mut taken = BTreeSet::new();
        let below = file_place(Path::new("files/notes"), "../../a//./b/c.md", &mut taken);
        assert_eq!(below, Path::new("files/notes/untitled/untitled/a/untitled/b/c.md"));
    }

    proptest::proptest! {
        #[test]
        fn no_title_leaves_its_folder(title in ".*") {
            let name = safe_name(&title);
            let path = Path::new(&name);
            let names: Vec<_> = path.components().collect();
            proptest::prop_assert!(matches!(names.as_slice(), [std::path::Component::Normal(_)]), "{name:?}");
            proptest::prop_assert!(name.len() <= LONGEST_NAME + 1);
        }
    }

    #[rstest]
    #[case(BlockKind::Prose, "As *it* is.", "As *it* is.")]
    #[case(BlockKind::Code, "```sh\nls\n```", "```sh\nls\n```")]
    #[case(BlockKind::Code, "a ``` b", "````\na ``` b\n````")]
    #[case(BlockKind::Table { header_rows: 1 }, "a | b\n1 | 2", "| a | b |\n| --- | --- |\n| 1 | 2 |")]
    #[case(BlockKind::Table { header_rows: 0 }, "1 | 2", "|  |  |\n| --- | --- |\n| 1 | 2 |")]
    fn a_block_is_markdown(#[case] kind: BlockKind, #[case] text: &str, #[case] expected: &str) {
        assert_eq!(block(&Block { kind, text: text.to_owned() }), expected);
    }
}
