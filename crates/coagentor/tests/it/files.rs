//! Folders and files through the same store and search as pages.

use std::path::Path;

use coagentor::{App, FileReport, FileWatch, SearchMode};

use crate::desk::Desk;

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes the folder");
    std::fs::write(path, text).expect("writes");
}

async fn desk() -> (Desk, tempfile::TempDir) {
    (Desk::new(confluence_sim::Simulator::builder().no_sites()).await, tempfile::tempdir().expect("a folder"))
}

/// State and path of each file, in lines.
async fn states(app: &App, folder: &Path) -> String {
    let folder = folder.canonicalize().expect("is there");
    let rows = app.files().await.expect("lists");
    let line = |row: &coagentor::FileRow| {
        let path = Path::new(&row.path).strip_prefix(&folder).unwrap_or(Path::new(&row.path)).display().to_string();
        format!("{} {path} {}", row.state, row.reason.as_deref().unwrap_or_default()).trim().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Title and heading of each hit.
async fn found(app: &App, query: &str) -> Vec<String> {
    let answer = app.search(query, 10, SearchMode::Keyword).await.expect("searches");
    answer.hits.iter().map(|hit| format!("{}: {}", hit.title, hit.heading_path.join(" > "))).collect()
}

#[tokio::test]
async fn a_folder_is_read_and_cited_by_path_and_heading() {
    let (desk, folder) = desk().await;
    write(folder.path(), "guide.md", "# The guide\n\n## Rollback plan\n\nTwo engineers approve a rollback.\n");
    write(folder.path(), "sub/notes.txt", "Nothing about it.\n");
    let report = desk.app.add_files(folder.path()).await.expect("adds");
    assert_eq!((report.added, report.failed.len()), (2, 0));
    let answer = desk.app.search("who approves a rollback", 3, SearchMode::Keyword).await.expect("searches");
    let hit = answer.hits.first().expect("a hit");
    assert_eq!((hit.source, hit.title.as_str(), hit.space_key.as_str()), ("files", "The guide", ""));
    assert_eq!(hit.heading_path, ["Rollback plan"], "the title is not said twice");
    assert!(hit.url.starts_with("file://") && hit.url.ends_with("/guide.md#rollback-plan"), "{}", hit.url);
    assert!(hit.quote.contains("Two engineers approve a rollback."));
    let page = desk.app.page(&hit.page_id).await.expect("is stored");
    assert!(page.text.contains(&hit.quote));
}

#[tokio::test]
async fn edits_renames_and_removals_are_followed() {
    let (desk, folder) = desk().await;
    for (path, text) in [
        ("a.md", "# Apples\n\nAll about apples.\n"),
        ("b.md", "# Bananas\n\nAll about bananas.\n"),
        ("c.md", "# Cherries\n\nAll about cherries.\n"),
    ] {
        write(folder.path(), path, text);
    }
    desk.app.add_files(folder.path()).await.expect("adds");
    let again = desk.app.add_files(folder.path()).await.expect("scans");
    assert_eq!(again, FileReport { unchanged: 3, ..FileReport::default() });

    write(folder.path(), "a.md", "# Apples\n\nNow with apricots.\n");
    std::fs::rename(folder.path().join("b.md"), folder.path().join("moved.md")).expect("renames");
    std::fs::remove_file(folder.path().join("c.md")).expect("removes");
    let report = desk.app.add_files(folder.path()).await.expect("scans");
    assert_eq!((report.updated, report.renamed, report.removed, report.added), (1, 1, 1, 0));
    assert_eq!(
        states(&desk.app, folder.path()).await,
        "pending a.md\nunavailable c.md the file is gone\npending moved.md"
    );
    assert_eq!(found(&desk.app, "apricots").await, ["Apples: Apples"]);
    assert_eq!(found(&desk.app, "cherries").await, [""; 0]);

    // Another file takes the old name, and what was gone comes back.
    write(folder.path(), "b.md", "# Blackberries\n\nAll about blackberries.\n");
    write(folder.path(), "c.md", "# Cherries\n\nAll about cherries.\n");
    let report = desk.app.add_files(folder.path()).await.expect("scans");
    assert_eq!((report.added, report.removed, report.unchanged), (1, 0, 2));
    assert_eq!(states(&desk.app, folder.path()).await, "pending a.md\npending b.md\npending c.md\npending moved.md");
    assert_eq!(found(&desk.app, "bananas").await, ["Bananas: Bananas"]);
}

#[tokio::test]
async fn what_cannot_be_read_is_named_and_what_was_read_before_is_kept() {
    let (desk, folder) = desk().await;
    write(folder.path(), "good.csv", "name;port\napi;8080\n");
    write(folder.path(), "broken.pdf", "%PDF-1.7 and nothing more");
    write(folder.path(), "picture.txt", "\u{0}\u{1}\u{2}binary\u{0}\u{0}\u{0}\u{0}\u{0}");
    let report = desk.app.add_files(folder.path()).await.expect("adds");
    let mut failed: Vec<&str> = report.failed.iter().map(|file| file.page_id.as_str()).collect();
    failed.sort_unstable();
    assert_eq!((report.added, failed), (1, vec!["broken.pdf", "picture.txt"]));
    std::fs::write(folder.path().join("good.csv"), [0_u8; 64]).expect("writes");
    let report = desk.app.add_files(folder.path()).await.expect("scans");
    assert_eq!(report.failed.len(), 1);
    assert_eq!(found(&desk.app, "8080").await.len(), 1, "the text of before stays");
}

#[tokio::test]
async fn a_source_that_is_away_keeps_its_texts_and_a_removed_one_does_not() {
    let (desk, folder) = desk().await;
    let usb = folder.path().join("usb");
    write(&usb, "a.md", "# Apples\n\nAll about apples.\n");
    desk.app.add_files(&usb).await.expect("adds");
    std::fs::rename(&usb, folder.path().join("unplugged")).expect("renames");
    let reports = desk.app.scan_files().await.expect("scans");
    assert!(reports[0].is_missing);
    assert!(desk.app.file_sources().await.expect("lists")[0].is_missing);
    assert_eq!(found(&desk.app, "apples").await, ["Apples: Apples"]);

    std::fs::rename(folder.path().join("unplugged"), &usb).expect("renames");
    desk.app.scan_files().await.expect("scans");
    assert!(!desk.app.file_sources().await.expect("lists")[0].is_missing);
    desk.app.remove_files(&usb).await.expect("removes");
    assert_eq!(found(&desk.app, "apples").await, [""; 0]);
    assert!(usb.join("a.md").exists(), "the file itself is the user's");
    assert_eq!(desk.app.remove_files(&usb).await.expect_err("is gone").code(), "unknown_file_source");
}

#[tokio::test]
async fn pages_and_files_answer_together_and_are_counted_apart() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "c1.md", "# c1\n\nAll about c1.\n");
    desk.app.add_files(folder.path()).await.expect("adds");
    let titles = desk.found().await;
    assert_eq!(titles.len(), 8);
    assert!(titles.contains("c1") && titles.contains("a1"));
    let status = desk.app.status().await.expect("tells");
    assert_eq!((status.plan.used, status.pages.unavailable), (7, 0), "files take no place in the plan");
}

#[tokio::test]
async fn a_folder_inside_an_added_one_and_other_kinds_are_refused() {
    let (desk, folder) = desk().await;
    write(folder.path(), "sub/a.md", "# Apples\n\nAll about apples.\n");
    write(folder.path(), "photo.jpg", "no text");
    desk.app.add_files(folder.path()).await.expect("adds");
    for (path, code) in [("sub", "file_inside"), ("photo.jpg", "unreadable_file"), ("absent.md", "file")] {
        let error = desk.app.add_files(&folder.path().join(path)).await.expect_err("is refused");
        assert_eq!(error.code(), code, "{error}");
        assert!(!error.hints().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watched_folder_is_kept_in_step() {
    let (desk, folder) = desk().await;
    write(folder.path(), "a.md", "# Apples\n\nAll about apples.\n");
    desk.app.add_files(folder.path()).await.expect("adds");
    let _watch = FileWatch::start(desk.app.clone());
    // The watch begins in a task of its own; a change before it would be found by its first scan.
    write(folder.path(), "b.md", "# Bananas\n\nAll about bananas.\n");
    for _ in 0..300 {
        if found(&desk.app, "bananas").await.len() == 1 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the new file was not read: {}", states(&desk.app, folder.path()).await);
}

/// Every format through the same store and search: a word of each file finds it, with the place that a citation names.
#[tokio::test]
async fn all_seven_formats_are_read_and_found() {
    let (desk, folder) = desk().await;
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("../files/tests/fixtures");
    for name in
        ["handbook.pdf", "orchard.docx", "fleet.xlsx", "prices.csv", "letter-utf16.txt", "encrypted.pdf", "scanned.pdf"]
    {
        std::fs::copy(made.join(name), folder.path().join(name)).expect("copies");
    }
    write(folder.path(), "note.md", "# Note\n\n## Ferry\n\nThe quixotic ferry leaves at nine.\n");
    write(folder.path(), "page.html", "<html><body><h1>Harbour</h1><p>A jocular pilot waits.</p></body></html>");
    let report = desk.app.add_files(folder.path()).await.expect("adds");
    let mut failed: Vec<(&str, &str)> =
        report.failed.iter().map(|file| (file.page_id.as_str(), file.reason.as_str())).collect();
    failed.sort_unstable();
    assert_eq!(report.added, 7, "{failed:?}");
    assert_eq!(failed.iter().map(|(path, _)| *path).collect::<Vec<_>>(), ["encrypted.pdf", "scanned.pdf"]);
    for row in desk.app.files().await.expect("lists").iter().filter(|row| row.state == "pending") {
        let text = desk.app.page(&row.page_id).await.expect("is stored").text;
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 4).collect();
        let rarest = words.iter().max_by_key(|word| word.len()).copied().unwrap_or_default();
        let answer = desk.app.search(rarest, 20, SearchMode::Keyword).await.expect("searches");
        let hit = answer.hits.iter().find(|hit| hit.page_id == row.page_id);
        let hit = hit.unwrap_or_else(|| panic!("`{rarest}` does not find {}", row.path));
        assert!(text.contains(&hit.quote), "{}", row.path);
        assert_eq!(hit.url.split('#').next(), Some(row.url.as_str()));
    }
    let pdf = desk.app.search("handbook page", 20, SearchMode::Keyword).await.expect("searches").hits;
    let pdf = pdf.iter().find(|hit| hit.url.contains("handbook.pdf")).expect("the PDF");
    assert!(pdf.url.contains("#page="), "{}", pdf.url);
}
