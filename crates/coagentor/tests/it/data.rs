//! What is stored: listed a part at a time, exported, told about, deleted.

use std::path::Path;

use coagentor::{
    dto::{ConnectionState, PageFilter, PageState, Settings},
    sync::RunStatus,
};
use confluence_sim::{Simulator, SpaceSource};
use rstest::rstest;

use crate::desk::{Desk, space};

fn filter(space: &str, state: Option<PageState>, text: &str) -> PageFilter {
    PageFilter { space_key: Some(space.to_owned()).filter(|key| !key.is_empty()), state, text: text.to_owned() }
}

#[rstest]
#[case::all(filter("", None, ""), 0, 99, 7, "a1 a2 a3 a4 b1 b2 b3")]
#[case::part(filter("", None, ""), 3, 2, 7, "a4 b1")]
#[case::beyond(filter("", None, ""), 99, 10, 7, "")]
#[case::one_space(filter("B", None, ""), 0, 99, 3, "b1 b2 b3")]
#[case::pending(filter("", Some(PageState::Pending), ""), 0, 99, 4, "a1 a2 a3 a4")]
#[case::of_a_space_that_is_left(filter("B", Some(PageState::Pending), ""), 0, 99, 0, "")]
#[case::unavailable(filter("", Some(PageState::Unavailable), ""), 0, 99, 3, "b1 b2 b3")]
#[case::failed(filter("", Some(PageState::Failed), ""), 0, 99, 0, "")]
#[case::by_title(filter("", None, " A3 "), 0, 99, 1, "a3")]
#[case::no_such_space(filter("X", None, ""), 0, 99, 0, "")]
#[tokio::test]
async fn pages_are_listed_in_parts(
    #[case] filter: PageFilter,
    #[case] offset: u32,
    #[case] limit: u32,
    #[case] total: u32,
    #[case] titles: &str,
) {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    // The pages of a space that is left stay, out of retrieval.
    desk.select(&["A"]).await;
    let part = desk.app.list_pages(&filter, offset, limit).await.expect("lists");
    let shown: Vec<&str> = part.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!((part.total, shown.join(" ").as_str()), (total, titles));
    for row in &part.rows {
        assert_eq!(row.state == PageState::Unavailable, row.space_key == "B");
        assert_eq!(row.reason.is_some(), row.state == PageState::Unavailable);
        assert!(row.synced_at.is_some() && row.url.is_some());
    }
}

#[tokio::test]
async fn a_row_says_how_much_of_its_page_was_kept() {
    let macro_without_text = r#"<p>Two words.</p><ac:structured-macro ac:name="drawio"><ac:parameter ac:name="x">y</ac:parameter></ac:structured-macro>"#;
    let files = vec![
        ("whole.md".to_owned(), "# whole\n\nAll of it.\n".to_owned()),
        ("lossy.xml".to_owned(), macro_without_text.to_owned()),
    ];
    let sim = Simulator::builder().space(SpaceSource::from_files("A", files).expect("a space"));
    let desk = Desk::selected(sim, &["A"]).await;
    desk.sync().await;
    let rows = desk.app.list_pages(&PageFilter::default(), 0, 10).await.expect("lists").rows;
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert!((0.0..=1.0).contains(&row.kept_share), "{row:?}");
        assert_eq!(row.losses.is_empty(), row.title != "lossy", "{row:?}");
    }
    // A page that only moves keeps what is known of its text.
    let before = desk.app.list_pages(&filter("", None, "whole"), 0, 1).await.expect("lists").rows;
    desk.control().rename(&desk.page("A", "whole"), "renamed").expect("renames");
    desk.sweep().await;
    let after = desk.app.list_pages(&filter("", None, "renamed"), 0, 1).await.expect("lists").rows;
    assert_eq!(before.first().map(|row| row.kept_share.to_bits()), after.first().map(|row| row.kept_share.to_bits()));
}

fn read_all(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).expect("lists").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("lies below").to_string_lossy().replace('\\', "/");
                found.push((below, std::fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn everything_can_be_taken_away_as_markdown() {
    let titled = |title: &str| format!("# {title}\n\nAll about it.\n\n## Steps\n\n- one\n- two\n");
    let files = vec![
        ("one.md".to_owned(), titled("Deploy: \"now\"")),
        ("two.md".to_owned(), titled("../../escape")),
        ("three.md".to_owned(), titled("deploy- -now-")),
    ];
    let sim = Simulator::builder().space(SpaceSource::from_files("A", files).expect("a space"));
    let desk = Desk::selected(sim, &["A"]).await;
    desk.sync().await;
    let notes = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(notes.path().join("notes/deep")).expect("makes");
    std::fs::write(notes.path().join("notes/deep/note.md"), "# A note\n\nWith text.\n").expect("writes");
    desk.app.add_files(&notes.path().join("notes")).await.expect("adds");

    let target = tempfile::tempdir().expect("a folder");
    let folder = desk.app.export_folder(target.path());
    assert_eq!(folder, target.path().join("coagentor-export-2026-11-22"));
    let report = desk.app.export(&folder).await.expect("exports");
    assert_eq!((report.pages, report.files), (3, 1));
    assert_eq!(desk.app.export_folder(target.path()), target.path().join("coagentor-export-2026-11-22-2"));
    assert_eq!(desk.app.export(&folder).await.expect_err("is not empty").code(), "folder_not_empty");

    let written = read_all(target.path());
    let names: Vec<&str> = written.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.iter().all(|name| name.starts_with("coagentor-export-2026-11-22/")), "{names:?}");
    let below: Vec<&str> = names.iter().filter_map(|name| name.split_once('/')).map(|(_, below)| below).collect();
    assert_eq!(
        below,
        [
            "files/notes/deep/note.md",
            "pages/A/-..-escape.md",
            "pages/A/Deploy- -now- 2.md",
            "pages/A/deploy- -now-.md",
            "settings.json"
        ]
    );
    let page = &written[2].1;
    assert!(page.starts_with("---\ntitle: \"Deploy: \\\"now\\\"\"\nurl: \"http"), "{page}");
    assert!(page.contains("\nversion: 1\nspace: \"A\"\n"), "{page}");
    assert!(page.contains("\n## Steps\n\n- one\n- two\n") || page.contains("\n# Steps\n\n- one\n- two\n"), "{page}");
    let settings: Settings = serde_json::from_str(&written[4].1).expect("is JSON");
    assert_eq!(settings, Settings::default());
}

#[tokio::test]
async fn storage_is_counted() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    let storage = desk.app.storage().await.expect("counts");
    assert_eq!((storage.pages, storage.files), (7, 0));
    assert!(storage.chunks >= 7 && storage.bytes > 10_000, "{storage:?}");
    assert_eq!(Path::new(&storage.path), desk.config().data_dir);
}

#[tokio::test]
async fn diagnostics_name_nothing_of_the_person() {
    let sim = Simulator::builder().site_name("canarysite").space(space("CANARYKEY", &["canarytitle"]));
    let desk = Desk::selected(sim, &["CANARYKEY"]).await;
    desk.sync().await;
    desk.spoil("*/wiki/api/v2/*", confluence_sim::FaultEffect::DropConnection);
    assert_ne!(desk.sync().await.status, RunStatus::Complete);
    let report = desk.app.diagnostics().await.expect("tells");
    for line in ["version: ", "connection: connected", "secret store: File, Ready", "run 2: ", "error network"] {
        assert!(report.contains(line), "`{line}` is not in {report}");
    }
    let secrets = std::fs::read_to_string(desk.config().data_dir.join("secrets.json")).expect("reads");
    let secrets = secrets.split(['"', '\\']).filter(|text| text.len() > 20).map(str::to_owned);
    let folder = desk.config().data_dir.display().to_string();
    let private = ["canary".to_owned(), desk.sim.url().to_owned(), "127.0.0.1".to_owned(), folder];
    for word in private.into_iter().chain(secrets) {
        assert!(!report.to_lowercase().contains(&word.to_lowercase()), "`{word}` is in {report}");
    }
}

#[tokio::test]
async fn deleting_all_data_leaves_a_first_start() {
    let sim = Simulator::builder().space(space("A", &["ornithorhynchus"]));
    let desk = Desk::selected(sim, &["A"]).await;
    let fresh = desk.app_with(|config| config.data_dir = config.data_dir.join("fresh")).await;
    let at_first = fresh.overview().await.expect("reads");
    desk.sync().await;
    assert_eq!(desk.found().await.len(), 1);
    desk.app.save_settings(&Settings { sync_every_hours: None, ..Settings::default() }).await.expect("saves");
    desk.app.pause_for_an_hour().await.expect("pauses");
    assert!(
        desk.app.is_first_time("tray").await.expect("notes") && !desk.app.is_first_time("tray").await.expect("notes")
    );
    std::fs::create_dir_all(desk.app.log_dir()).expect("makes");
    std::fs::write(desk.app.log_dir().join("coagentor.2026-11-22.log"), "ornithorhynchus").expect("writes");

    desk.app.delete_all_data().await.expect("deletes");
    let mut now = desk.app.overview().await.expect("reads");
    assert_eq!(now.confluence.state, ConnectionState::Never);
    now.data_dir.clone_from(&at_first.data_dir);
    assert_eq!(now, at_first);
    assert!(desk.app.is_first_time("tray").await.expect("notes"));
    for (name, text) in read_all(&desk.config().data_dir) {
        assert!(!text.contains("ornithorhynchus"), "{name} still says it");
    }
    for file in ["coagentor.db", "coagentor.db-wal", "knowledge.db", "knowledge.db-wal"] {
        let bytes = std::fs::read(desk.config().data_dir.join(file)).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("ornithorhynchus"), "{file} still says it");
    }
    assert!(!desk.config().data_dir.join("secrets.json").exists());

    desk.sign_in().await;
    desk.select(&["A"]).await;
    assert_eq!(desk.sync().await.tally.added, 1, "and everything works again");
}

#[tokio::test]
async fn a_run_under_way_is_ended_before_data_is_deleted() {
    let desk = Desk::two_spaces().await;
    desk.app.start_sync().await.expect("starts");
    desk.app.delete_all_data().await.expect("deletes");
    assert_eq!(desk.app.overview().await.expect("reads").confluence.state, ConnectionState::Never);
    assert_eq!(desk.app.storage().await.expect("counts").pages, 0);
}
