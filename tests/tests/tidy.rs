//! The rules of ARCHITECTURE.md that a machine can check.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use tests::repository::root;

/// Longest file, in lines of production code.
const LONGEST_FILE: usize = 600;

fn rust_files(folder: &str) -> Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(&path).with_context(|| path.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push((path.strip_prefix(root())?.to_owned(), std::fs::read_to_string(&path)?));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn production() -> Result<Vec<(PathBuf, String)>> {
    let mut all = Vec::new();
    for member in [
        "broker",
        "captions",
        "caption-server",
        "chat",
        "confluence",
        "confluence-sim",
        "markup",
        "files",
        "knowledge",
        "coagentor",
        "cli",
        "mcp",
    ] {
        all.extend(rust_files(&format!("crates/{member}/src"))?);
    }
    all.extend(rust_files("src-tauri/src")?);
    all.retain(|(path, _)| !path.components().any(|part| part.as_os_str() == "tests"));
    Ok(all)
}

/// A file's text up to its tests.
fn body(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

fn dependencies(manifest: &str) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(root().join(manifest))?;
    let mut section = "";
    let mut names = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.contains("dependencies") && !section.contains("dev-") {
            names.extend(line.split(['.', ' ', '=']).next().filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    Ok(names)
}

#[test]
fn arrows_point_one_way() -> Result<()> {
    let forbidden: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("broker", ["confluence", "confluence-sim", "knowledge", "coagentor", "sqlx"].as_slice()),
        (
            "captions",
            [
                "broker",
                "caption-server",
                "confluence",
                "confluence-sim",
                "markup",
                "files",
                "knowledge",
                "coagentor",
                "tokio",
            ]
            .as_slice(),
        ),
        (
            "caption-server",
            ["broker", "confluence", "confluence-sim", "markup", "files", "knowledge", "coagentor", "reqwest", "sqlx"]
                .as_slice(),
        ),
        (
            "confluence",
            ["knowledge", "coagentor", "confluence-sim", "sqlx", "tantivy", "fastembed", "specta"].as_slice(),
        ),
        ("confluence-sim", ["confluence", "markup", "knowledge", "coagentor", "sqlx"].as_slice()),
        (
            "markup",
            [
                "confluence",
                "confluence-sim",
                "files",
                "knowledge",
                "coagentor",
                "quick-xml",
                "html2text",
                "serde_json",
                "url",
            ]
            .as_slice(),
        ),
        ("files", ["confluence", "confluence-sim", "knowledge", "coagentor", "sqlx", "tokio"].as_slice()),
        (
            "knowledge",
            ["confluence", "confluence-sim", "files", "markup", "chat", "coagentor", "reqwest", "oauth2", "url"]
                .as_slice(),
        ),
        (
            "chat",
            [
                "confluence",
                "confluence-sim",
                "files",
                "markup",
                "knowledge",
                "coagentor",
                "broker",
                "sqlx",
                "tantivy",
                "fastembed",
            ]
            .as_slice(),
        ),
        ("coagentor", ["markup", "reqwest", "html2text", "tantivy", "fastembed", "rmcp"].as_slice()),
        ("cli", ["confluence", "knowledge", "sqlx", "reqwest", "rmcp"].as_slice()),
        ("mcp", ["confluence", "knowledge", "sqlx", "reqwest"].as_slice()),
    ]);
    for (member, banned) in forbidden {
        let used = dependencies(&format!("crates/{member}/Cargo.toml"))?;
        for name in used {
            assert!(!banned.contains(&name.as_str()), "`{member}` must not know `{name}`");
            assert!(!name.starts_with("tauri"), "`{member}` must not know `{name}`");
        }
    }
    let shell = dependencies("src-tauri/Cargo.toml")?;
    for banned in ["sqlx", "reqwest", "knowledge", "confluence"] {
        assert!(!shell.iter().any(|name| name == banned), "the shell must not know `{banned}`");
    }
    Ok(())
}

/// Every file that names one of these words must lie below one of these places. Beside the stores, `sqlx` may be named
/// where an error or an enum that is stored as a word is defined.
#[test]
fn each_library_has_its_room() -> Result<()> {
    let rooms: [(&str, &[&str]); 4] = [
        (
            "sqlx::",
            &[
                "crates/knowledge/src/store",
                "crates/coagentor/src/store",
                "crates/coagentor/src/connection.rs",
                "crates/coagentor/src/error.rs",
                "crates/coagentor/src/sync/report.rs",
            ],
        ),
        // Only `confluence::transport`, the broker and `chat` send HTTP.
        (
            "reqwest::",
            &[
                "crates/confluence/src/transport",
                "crates/broker/src/upstream.rs",
                "crates/broker/src/error.rs",
                "crates/chat/src/client.rs",
            ],
        ),
        ("keyring::", &["crates/coagentor/src/secrets"]),
        ("tantivy::", &["crates/knowledge/src/index", "crates/knowledge/src/error.rs", "crates/knowledge/src/search"]),
    ];
    for (path, text) in production()? {
        for (word, places) in rooms {
            let allowed = places.iter().any(|place| path.starts_with(place));
            assert!(allowed || !body(&text).contains(word), "`{word}` in {}", path.display());
        }
    }
    Ok(())
}

#[test]
fn pure_code_stays_pure() -> Result<()> {
    let pure = [
        "crates/captions/src",
        "crates/confluence/src/storage",
        "crates/confluence/src/adf",
        "crates/markup/src",
        "crates/files/src",
        "crates/knowledge/src/split",
        "crates/knowledge/src/search/fusion.rs",
        "crates/coagentor/src/notice.rs",
        "crates/coagentor/src/sync/plan.rs",
        "crates/coagentor/src/tray_words.rs",
    ];
    for (path, text) in production()? {
        if pure.iter().any(|place| path.starts_with(place)) {
            for word in ["async fn", "std::fs", "std::net", "Instant::now", "tokio::", "SystemTime"] {
                assert!(!body(&text).contains(word), "`{word}` in {}", path.display());
            }
        }
    }
    Ok(())
}

#[test]
fn files_are_rooms() -> Result<()> {
    for (path, text) in production()? {
        let lines = body(&text).lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
    }
    Ok(())
}

#[test]
fn no_crate_keeps_global_state_or_string_errors() -> Result<()> {
    for (path, text) in production()? {
        let body = body(&text);
        assert!(!body.contains("static mut") && !body.contains("lazy_static!"), "global state in {}", path.display());
        if path.starts_with("src-tauri") {
            assert!(!body.contains(", String>"), "`String` is no error type: {}", path.display());
        }
    }
    Ok(())
}

/// Migrations are append-only, so their numbers run on.
#[test]
fn migrations_are_numbered_without_gaps() -> Result<()> {
    for folder in ["crates/coagentor/migrations", "crates/knowledge/migrations"] {
        let mut names: Vec<String> = std::fs::read_dir(root().join(folder))?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_>>()?;
        names.sort();
        for (index, name) in names.iter().enumerate() {
            assert!(name.starts_with(&format!("{:04}_", index + 1)), "{folder}/{name}");
        }
        assert!(!names.is_empty(), "{folder} is empty");
    }
    Ok(())
}

#[test]
fn the_window_never_inserts_html() -> Result<()> {
    let mut open = vec![root().join("ui/src")];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(&path)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for word in ["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval("] {
                assert!(!text.contains(word) || is_test(&path), "`{word}` in {}", path.display());
            }
        }
    }
    Ok(())
}

fn is_test(path: &Path) -> bool {
    path.to_string_lossy().contains(".test.")
}

/// The sentences between quotes that `pieces` hold, with continued lines joined.
fn quoted(pieces: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut rest = pieces;
    while let Some((_, begun)) = rest.split_once('"') {
        let Some((said, after)) = begun.split_once('"') else { break };
        sentences.push(joined(said));
        rest = after;
    }
    sentences
}

/// A text of Rust without the breaks that a backslash takes back.
fn joined(text: &str) -> String {
    let mut lines = text.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| text + line.trim_start())
}

/// The sentences that the window's German has words for.
fn known_in_german() -> Result<Vec<String>> {
    let table = std::fs::read_to_string(root().join("ui/src/lib/strings/de/said.ts"))?;
    let keys = table.lines().filter_map(|line| line.strip_prefix("  \"")?.split_once("\":"));
    Ok(keys.map(|(key, _)| key.to_owned()).collect())
}

#[test]
fn every_error_has_german_words_in_the_window() -> Result<()> {
    let known = known_in_german()?;
    let rooms = ["coagentor", "confluence", "knowledge", "files", "chat", "caption-server"];
    let rooms = rooms.map(|name| PathBuf::from(format!("crates/{name}")));
    for (path, text) in production()? {
        if !path.ends_with("error.rs") || !rooms.iter().any(|room| path.starts_with(room)) {
            continue;
        }
        let messages = text.split("#[error(").skip(1).filter_map(|rest| rest.strip_prefix('"')?.split_once('"'));
        let mut said: Vec<String> = messages.map(|(message, _)| joined(message)).collect();
        for hints in text.split("pub fn hint").skip(1) {
            said.extend(quoted(hints.split("\n    }\n").next().unwrap_or_default()));
        }
        for sentence in said {
            let is_bare = sentence == "`{0}`";
            assert!(is_bare || known.contains(&sentence), "{}: no German for {sentence:?}", path.display());
        }
    }
    Ok(())
}

#[test]
fn german_has_words_for_sentences_that_exist() -> Result<()> {
    let sources = production()?.into_iter().map(|(_, text)| joined(&text)).collect::<Vec<_>>();
    for sentence in known_in_german()? {
        let literal = format!("\"{sentence}\"");
        assert!(sources.iter().any(|text| text.contains(&literal)), "nothing says {sentence:?} any more");
    }
    Ok(())
}
