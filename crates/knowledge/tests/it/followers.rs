//! Two knowledge bases on one folder, as two processes have them.

use knowledge::{Batch, Mode};

use crate::support::{Bench, NOW, document, document_key, in_collection, open};

/// Looks again for as long as a slow machine may need; panics when it never comes true.
async fn eventually(mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..200 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it never came true");
}

#[tokio::test]
async fn each_sees_what_the_other_commits() {
    let here = Bench::new().await;
    let there = Bench { base: open(&here.folder).await, folder: tempfile::tempdir().unwrap() };
    here.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    // An index that the other is just writing is not waited for: the next search has the tail.
    eventually(async || there.found("zebra", Mode::Keyword).await == ["d"]).await;
    there.embed().await;
    assert_eq!(here.found("zebra", Mode::Semantic).await, ["d"]);
    there.put(vec![in_collection(document("d", "Deploy", &["The zebra rests."]), "b")]).await;
    for mode in [Mode::Keyword, Mode::Semantic] {
        eventually(async || here.find("zebra", mode).await.first().is_some_and(|hit| hit.collection.as_str() == "b"))
            .await;
    }
    let removals = vec![document_key("d")];
    here.base.commit(Batch { removals, ..Batch::new(NOW) }).await.unwrap();
    for mode in [Mode::Keyword, Mode::Semantic, Mode::Hybrid] {
        assert!(there.found("zebra", mode).await.is_empty());
    }
}

#[tokio::test]
async fn both_may_write_at_once() {
    let here = Bench::new().await;
    let there = Bench { base: open(&here.folder).await, folder: tempfile::tempdir().unwrap() };
    let write = async |bench: &Bench, name: &str| {
        for n in 0..10 {
            bench.put(vec![document(&format!("{name}{n}"), "Deploy", &["The zebra rests."])]).await;
        }
    };
    tokio::join!(write(&here, "x"), write(&there, "y"));
    assert_eq!(here.counts().await.documents(), 20);
    let all = async |bench: &Bench| bench.found_in("zebra", Mode::Keyword, knowledge::Filter::default()).await.len();
    eventually(async || (all(&here).await, all(&there).await) == (20, 20)).await;
}

#[tokio::test]
async fn another_process_that_holds_the_index_is_no_error() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["d"]);
    let lock = std::fs::File::create(bench.folder.path().join("keyword-index.lock")).unwrap();
    lock.lock().unwrap();
    bench.put(vec![document("e", "Other", &["A zebra too."])]).await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["d"], "what is there is searched");
    lock.unlock().unwrap();
    assert_eq!(bench.found("zebra", Mode::Keyword).await.len(), 2, "the tail comes with the next search");
}
