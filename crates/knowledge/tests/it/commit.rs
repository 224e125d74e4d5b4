//! What a commit keeps, and what it changes.

use knowledge::{Batch, Checkpoint, CommitReport, DocumentFailure, DocumentState, Error, Mode, Relocation};
use serde_json::json;

use crate::support::{Bench, NOW, document, document_key, in_collection};

fn relocation(key: &str, collection: &str, title: &str) -> Relocation {
    Relocation {
        key: document_key(key),
        collection: knowledge::model::CollectionKey::new(collection),
        title: title.to_owned(),
        url: format!("https://wiki.example/moved/{key}"),
        path: vec!["Elsewhere".to_owned()],
        version: 2,
        metadata: json!({ "parent": "elsewhere" }),
    }
}

#[tokio::test]
async fn an_edit_keeps_the_vectors_of_what_stayed() {
    let bench = Bench::new().await;
    let report =
        bench.put(vec![document("d", "Deploy", &["One paragraph.", "Two paragraph.", "Three paragraph."])]).await;
    assert_eq!((report.added, report.chunks_added), (1, 3));
    assert_eq!(bench.embed().await.embedded, 3);
    let edited = document("d", "Deploy", &["One paragraph.", "Another paragraph.", "Three paragraph."]);
    let report = bench.put(vec![edited.clone()]).await;
    let expected = CommitReport {
        updated: 1,
        chunks_added: 1,
        chunks_kept: 2,
        chunks_removed: 1,
        vectors_kept: 2,
        change: report.change,
        ..CommitReport::default()
    };
    assert_eq!(report, expected);
    assert_eq!(bench.head("d").await.unwrap().state, DocumentState::Pending);
    assert_eq!(bench.embed().await.embedded, 1);
    let report = bench.put(vec![edited]).await;
    assert_eq!((report.chunks_kept, report.vectors_kept, report.chunks_added), (3, 3, 0));
    assert_eq!(bench.head("d").await.unwrap().state, DocumentState::Ready);
}

#[tokio::test]
async fn text_that_was_edited_away_is_not_found() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    bench.embed().await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["d"]);
    bench.put(vec![document("d", "Deploy", &["The giraffe rests."])]).await;
    assert!(bench.found("zebra", Mode::Keyword).await.is_empty());
    assert_eq!(bench.found("giraffe", Mode::Hybrid).await, ["d"]);
    assert!(bench.found("giraffe", Mode::Semantic).await.is_empty(), "its vector is not there yet");
    bench.embed().await;
    assert_eq!(bench.found("giraffe", Mode::Semantic).await, ["d"]);
}

#[tokio::test]
async fn a_move_keeps_all_vectors_and_changes_what_a_filter_finds() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    bench.embed().await;
    let relocations = vec![relocation("d", "b", "Deploy")];
    let report = bench.base.commit(Batch { relocations, ..Batch::new(NOW) }).await.unwrap();
    assert_eq!((report.relocated, report.chunks_added, report.chunks_removed), (1, 0, 0));
    assert_eq!(bench.counts().await.embedded, 1);
    for mode in [Mode::Keyword, Mode::Semantic, Mode::Hybrid] {
        let hits = bench.find("zebra", mode).await;
        assert_eq!(hits[0].collection.as_str(), "b");
        assert_eq!(hits[0].url, "https://wiki.example/moved/d#Part-0");
        assert_eq!(hits[0].version, 2);
        let filter = |key| knowledge::Filter::collections([knowledge::model::CollectionKey::new(key)]);
        assert!(bench.found_in("zebra", mode, filter("a")).await.is_empty());
        assert_eq!(bench.found_in("zebra", mode, filter("b")).await, ["d"]);
    }
}

#[tokio::test]
async fn a_new_title_is_embedded_again_and_found() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests.", "The lion sleeps."])]).await;
    bench.embed().await;
    let relocations = vec![relocation("d", "a", "Savanna")];
    let report = bench.base.commit(Batch { relocations, ..Batch::new(NOW) }).await.unwrap();
    assert_eq!((report.chunks_kept, report.vectors_kept, report.chunks_added, report.chunks_removed), (2, 0, 0, 0));
    assert_eq!(bench.found("savanna", Mode::Keyword).await, ["d"]);
    assert!(bench.found("deploy", Mode::Keyword).await.is_empty());
    assert!(bench.found("savanna zebra", Mode::Semantic).await.is_empty());
    assert_eq!(bench.embed().await.embedded, 2);
    assert_eq!(bench.find("savanna zebra", Mode::Semantic).await[0].title, "Savanna");
}

#[tokio::test]
async fn a_document_that_moves_with_new_content_is_found_in_its_new_place_only() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    bench.embed().await;
    let report = bench.put(vec![in_collection(document("d", "Deploy", &["The zebra rests."]), "c")]).await;
    assert_eq!(report.vectors_kept, 1);
    for mode in [Mode::Keyword, Mode::Semantic] {
        assert_eq!(bench.find("zebra", mode).await[0].collection.as_str(), "c");
    }
}

#[tokio::test]
async fn unavailable_documents_leave_retrieval_and_come_back_whole() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."]), document("e", "Other", &["A zebra too."])]).await;
    bench.embed().await;
    let unavailable = vec![(document_key("d"), "archived".to_owned())];
    let report = bench.base.commit(Batch { unavailable, ..Batch::new(NOW) }).await.unwrap();
    assert_eq!(report.unavailable, 1);
    for mode in [Mode::Keyword, Mode::Semantic, Mode::Hybrid] {
        assert_eq!(bench.found("zebra", mode).await, ["e"]);
    }
    let stored = bench.base.document(&document_key("d")).await.unwrap().unwrap();
    assert_eq!(stored.row.state, DocumentState::Unavailable);
    assert_eq!(stored.row.failure.as_deref(), Some("archived"));
    let available = vec![document_key("d")];
    let report = bench.base.commit(Batch { available, ..Batch::new(NOW) }).await.unwrap();
    assert_eq!(report.restored, 1);
    assert_eq!(bench.counts().await.ready, 2);
    assert_eq!(bench.embed().await.embedded, 0);
    for mode in [Mode::Keyword, Mode::Semantic] {
        assert_eq!(bench.found("zebra", mode).await.len(), 2);
    }
}

#[tokio::test]
async fn removals_leave_nothing() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."]), document("e", "Other", &["A zebra too."])]).await;
    bench.embed().await;
    assert_eq!(bench.found("zebra", Mode::Hybrid).await.len(), 2);
    let removals = vec![document_key("d"), document_key("unknown")];
    let report = bench.base.commit(Batch { removals, ..Batch::new(NOW) }).await.unwrap();
    assert_eq!((report.removed, report.chunks_removed), (1, 1));
    for mode in [Mode::Keyword, Mode::Semantic] {
        assert_eq!(bench.found("zebra", mode).await, ["e"]);
    }
    assert!(bench.base.document(&document_key("d")).await.unwrap().is_none());
}

#[tokio::test]
async fn a_failure_keeps_older_content_searchable_until_a_success() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    bench.embed().await;
    let failure = |key: &str| DocumentFailure {
        key: document_key(key),
        collection: knowledge::model::CollectionKey::new("a"),
        title: "Broken".to_owned(),
        url: String::new(),
        reason: "too large".to_owned(),
        metadata: json!(null),
    };
    let failures = vec![failure("d"), failure("new")];
    let report = bench.base.commit(Batch { failures, ..Batch::new(NOW) }).await.unwrap();
    assert_eq!(report.failed, 2);
    assert_eq!(bench.counts().await.failed, 2);
    let hits = bench.find("zebra", Mode::Hybrid).await;
    assert_eq!((hits[0].title.as_str(), hits[0].state), ("Deploy", DocumentState::Failed));
    let new = bench.head("new").await.unwrap();
    assert_eq!((new.version, new.title.as_str(), new.state), (0, "Broken", DocumentState::Failed));
    bench.put(vec![document("d", "Deploy", &["The zebra rests."]), document("new", "Fine", &["Text."])]).await;
    bench.embed().await;
    assert_eq!((bench.counts().await.failed, bench.counts().await.ready), (0, 2));
}

#[tokio::test]
async fn a_checkpoint_commits_with_its_documents_or_not_at_all() {
    let bench = Bench::new().await;
    let checkpoint = |value| Some(Checkpoint { name: "space".to_owned(), value });
    let first = Batch {
        upserts: vec![document("d", "Deploy", &["Text."])],
        checkpoint: checkpoint(json!({ "page": 1 })),
        ..Batch::new(NOW)
    };
    bench.base.commit(first).await.unwrap();
    let refused = Batch {
        upserts: vec![document("e", "Other", &["Text."]), in_collection(document("f", "Lost", &["Text."]), "unknown")],
        checkpoint: checkpoint(json!({ "page": 2 })),
        ..Batch::new(NOW)
    };
    let error = bench.base.commit(refused).await.unwrap_err();
    assert!(matches!(error, Error::UnknownCollection { .. }), "{error}");
    assert_eq!(bench.base.checkpoint("space").await.unwrap(), Some(json!({ "page": 1 })));
    assert_eq!(bench.base.checkpoint("other").await.unwrap(), None);
    assert!(bench.head("e").await.is_none());
    let only = Batch { checkpoint: checkpoint(json!({ "page": 3 })), ..Batch::new(NOW) };
    assert_eq!(bench.base.commit(only).await.unwrap(), CommitReport::default());
    assert_eq!(bench.base.checkpoint("space").await.unwrap(), Some(json!({ "page": 3 })));
}

#[tokio::test]
async fn a_removed_collection_takes_its_content_along() {
    let bench = Bench::new().await;
    let other = in_collection(document("e", "Other", &["A zebra too."]), "b");
    bench.put(vec![document("d", "Deploy", &["The zebra rests."]), other]).await;
    bench.embed().await;
    assert_eq!(bench.found("zebra", Mode::Hybrid).await.len(), 2);
    let key = knowledge::model::CollectionKey::new("a");
    assert!(bench.base.remove_collection(&key).await.unwrap());
    assert!(!bench.base.remove_collection(&key).await.unwrap());
    for mode in [Mode::Keyword, Mode::Semantic] {
        assert_eq!(bench.found("zebra", mode).await, ["e"]);
    }
    assert_eq!(bench.base.list_collections().await.unwrap().len(), 2);
    assert_eq!(bench.counts().await.documents(), 1);
}
