//! Two knowledge bases on one folder, as two processes have them.

use knowledge::{Batch, Mode};

use crate::support::{Bench, NOW, document, document_key, in_collection, open};

#[tokio::test]
async fn each_sees_what_the_other_commits() {
    let here = Bench::new().await;
    let there = Bench { base: open(&here.folder).await, folder: tempfile::tempdir().unwrap() };
    here.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    assert_eq!(there.found("zebra", Mode::Keyword).await, ["d"]);
    there.embed().await;
    assert_eq!(here.found("zebra", Mode::Semantic).await, ["d"]);
    there.put(vec![in_collection(document("d", "Deploy", &["The zebra rests."]), "b")]).await;
    for mode in [Mode::Keyword, Mode::Semantic] {
        assert_eq!(here.find("zebra", mode).await[0].collection.as_str(), "b");
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
    assert_eq!((all(&here).await, all(&there).await), (20, 20));
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
