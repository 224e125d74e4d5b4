//! Crashes, lost and damaged files, other versions.

use std::fs;
use std::path::Path;
use std::task::Poll;
use std::time::Duration;

use knowledge::embed::Embedder;
use knowledge::{Batch, Checkpoint, Error, KnowledgeBase, Mode, Options};
use rstest::rstest;
use serde_json::json;

use crate::support::{Bench, NOW, document};

#[derive(Debug, Clone, Copy)]
enum Harm {
    FolderGone,
    MetaGone,
    MetaGarbled,
    AllGarbled,
    AllEmpty,
    FileInPlaceOfFolder,
}

fn inflict(harm: Harm, folder: &Path) {
    match harm {
        Harm::FolderGone => fs::remove_dir_all(folder).unwrap(),
        Harm::MetaGone => fs::remove_file(folder.join("meta.json")).unwrap(),
        Harm::MetaGarbled => fs::write(folder.join("meta.json"), "{ no").unwrap(),
        Harm::AllGarbled => overwrite(folder, b"garbage of a certain length"),
        Harm::AllEmpty => overwrite(folder, b""),
        Harm::FileInPlaceOfFolder => {
            fs::remove_dir_all(folder).unwrap();
            fs::write(folder, "a file").unwrap();
        }
    }
}

fn overwrite(folder: &Path, bytes: &[u8]) {
    for entry in fs::read_dir(folder).unwrap() {
        fs::write(entry.unwrap().path(), bytes).unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn a_lost_or_damaged_keyword_index_is_built_again(
    #[values(
        Harm::FolderGone,
        Harm::MetaGone,
        Harm::MetaGarbled,
        Harm::AllGarbled,
        Harm::AllEmpty,
        Harm::FileInPlaceOfFolder
    )]
    harm: Harm,
) {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."]), document("e", "Other", &["A lion."])]).await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["d"]);
    bench.base.close().await;
    inflict(harm, &bench.folder.path().join("keyword-index"));
    let bench = bench.reopen().await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["d"]);
    assert_eq!(bench.found("lion", Mode::Keyword).await, ["e"]);
}

#[tokio::test]
async fn an_index_that_is_lost_while_open_is_built_again() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["d"]);
    fs::remove_dir_all(bench.folder.path().join("keyword-index")).unwrap();
    bench.put(vec![document("e", "Other", &["A lion."])]).await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["d"]);
    assert_eq!(bench.found("lion", Mode::Keyword).await, ["e"]);
}

#[tokio::test]
async fn an_index_of_another_database_is_not_trusted() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["d"]);
    bench.base.close().await;
    for file in ["knowledge.db", "knowledge.db-wal", "knowledge.db-shm"] {
        let _ = fs::remove_file(bench.folder.path().join(file));
    }
    let bench = bench.reopen().await;
    assert!(bench.found("zebra", Mode::Keyword).await.is_empty());
    assert_eq!(bench.counts().await.documents(), 0);
}

#[rstest]
#[case::no_database(b"this is not a database, it is a note of some length for a header".as_slice())]
#[case::half_a_header(b"SQLite format 3\0".as_slice())]
#[tokio::test]
async fn a_damaged_database_is_said_to_be_one(#[case] bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("knowledge.db");
    fs::write(&path, [bytes, &[7; 9000]].concat()).unwrap();
    let error = KnowledgeBase::open(folder.path(), None, Options::default()).await.unwrap_err();
    assert!(matches!(&error, Error::Corrupt { path: named, .. } if *named == path), "{error:?}");
    assert_eq!(error.code(), "knowledge_corrupt");
    assert!(error.hint().contains("knowledge.db"));
}

/// A commit that is dropped at any point of its way has happened wholly or not at all.
#[tokio::test]
async fn a_commit_cut_off_leaves_all_or_nothing() {
    let bench = Bench::new().await;
    for polls in (0..60).step_by(3) {
        let key = format!("d{polls}");
        let upserts = (0..4).map(|n| document(&format!("{key}-{n}"), "Cut", &["One.", "Two."])).collect();
        let checkpoint = Some(Checkpoint { name: key.clone(), value: json!(polls) });
        let mut commit = Box::pin(bench.base.commit(Batch { upserts, checkpoint, ..Batch::new(NOW) }));
        for _ in 0..polls {
            if std::future::poll_fn(|context| Poll::Ready(commit.as_mut().poll(context).is_ready())).await {
                break;
            }
            tokio::task::yield_now().await;
            std::thread::sleep(Duration::from_micros(200));
        }
        drop(commit);
        let there = bench.base.heads(None).await.unwrap();
        let there = there.iter().filter(|head| head.key.as_str().starts_with(&format!("{key}-"))).count();
        let checkpoint = bench.base.checkpoint(&key).await.unwrap().is_some();
        assert!(there == 0 && !checkpoint || there == 4 && checkpoint, "{there} documents, checkpoint {checkpoint}");
    }
    let bench = bench.reopen().await;
    bench.put(vec![document("after", "After", &["The zebra rests."])]).await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["after"]);
}

#[tokio::test]
async fn a_database_without_closing_is_whole_at_the_next_opening() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    let copy = tempfile::tempdir().unwrap();
    // What a crash leaves: the files as they stand, with everything still in the log.
    for file in ["knowledge.db", "knowledge.db-wal"] {
        fs::copy(bench.folder.path().join(file), copy.path().join(file)).unwrap();
    }
    let base = KnowledgeBase::open(copy.path(), Some(Embedder::hashed()), Options::default()).await.unwrap();
    let copied = Bench { folder: copy, base };
    assert_eq!(copied.counts().await.pending, 1);
    assert_eq!(copied.embed().await.embedded, 1);
    assert_eq!(copied.found("zebra", Mode::Hybrid).await, ["d"]);
}
