//! What is stored, as lists and counts show it.

use knowledge::model::{CollectionKey, Loss};
use knowledge::{Counts, DocumentQuery, DocumentState};
use time::macros::datetime;

use crate::support::{Bench, NOW, collection, document, document_key, in_collection};

#[tokio::test]
async fn a_document_comes_back_as_it_was_put() {
    let bench = Bench::new().await;
    let mut put = document("d", "Deploy", &["One.", "Zwei: größer."]);
    put.losses = vec![Loss { element: "jira".to_owned(), count: 2 }];
    bench.put(vec![put.clone()]).await;
    let stored = bench.base.document(&document_key("d")).await.unwrap().unwrap();
    assert_eq!(stored.sections, put.sections);
    assert_eq!(stored.text, "Part 0\n\nOne.\n\nPart 1\n\nZwei: größer.");
    let row = stored.row;
    assert_eq!((row.key, row.collection, row.title), (put.key, put.collection, put.title));
    assert_eq!((row.version, row.url, row.path), (put.version, put.url, put.path));
    assert_eq!((row.losses, row.metadata, row.failure), (put.losses, put.metadata, None));
    assert_eq!((row.state, row.chunks, row.pending_chunks), (DocumentState::Pending, 2, 2));
    assert_eq!((row.modified_at, row.synced_at), (Some(datetime!(2025-01-02 03:04:05 UTC)), Some(NOW)));
}

#[tokio::test]
async fn lists_are_filtered_and_paged_by_title() {
    let bench = Bench::new().await;
    let documents = vec![
        document("1", "beta", &["Text."]),
        document("2", "Alpha", &["Text."]),
        in_collection(document("3", "gamma", &["Text."]), "b"),
        document("4", "empty", &[]),
    ];
    bench.put(documents).await;
    let list = async |query: DocumentQuery| -> Vec<String> {
        bench.base.documents(&query).await.unwrap().into_iter().map(|row| row.title).collect()
    };
    assert_eq!(list(DocumentQuery::default()).await, ["Alpha", "beta", "empty", "gamma"]);
    let page = DocumentQuery { limit: Some(2), offset: 1, ..DocumentQuery::default() };
    assert_eq!(list(page).await, ["beta", "empty"]);
    let of_b = DocumentQuery { collections: Some(vec![CollectionKey::new("b")]), ..DocumentQuery::default() };
    assert_eq!(list(of_b).await, ["gamma"]);
    let ready = DocumentQuery { states: Some(vec![DocumentState::Ready]), ..DocumentQuery::default() };
    assert_eq!(list(ready).await, ["empty"], "without text there is nothing to wait for");
    let heads = bench.base.heads(Some(&[CollectionKey::new("b")])).await.unwrap();
    assert_eq!(heads.iter().map(|head| head.key.as_str()).collect::<Vec<_>>(), ["3"]);
    let counts = bench.base.counts(Some(&[CollectionKey::new("a")])).await.unwrap();
    assert_eq!(counts, Counts { ready: 1, pending: 2, chunks: 2, ..Counts::default() });
}

#[tokio::test]
async fn collections_are_renamed_in_place() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["Text."])]).await;
    let renamed = knowledge::model::Collection { name: "Zoo".to_owned(), ..collection("a") };
    bench.base.put_collection(&renamed).await.unwrap();
    let names: Vec<String> = bench.base.list_collections().await.unwrap().into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["Collection b", "Collection c", "Zoo"]);
    assert_eq!(bench.counts().await.documents(), 1);
}

#[tokio::test]
async fn an_opened_knowledge_base_keeps_everything() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["One.", "Two."])]).await;
    bench.embed().await;
    let before = (bench.counts().await, bench.base.documents(&DocumentQuery::default()).await.unwrap());
    let bench = bench.reopen().await;
    assert_eq!((bench.counts().await, bench.base.documents(&DocumentQuery::default()).await.unwrap()), before);
}
