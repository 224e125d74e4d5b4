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
        document("4", "", &[]),
    ];
    bench.put(documents).await;
    let list = async |query: DocumentQuery| -> Vec<String> {
        bench.base.documents(&query).await.unwrap().into_iter().map(|row| row.title).collect()
    };
    assert_eq!(list(DocumentQuery::default()).await, ["", "Alpha", "beta", "gamma"]);
    let page = DocumentQuery { limit: Some(2), offset: 1, ..DocumentQuery::default() };
    assert_eq!(list(page).await, ["Alpha", "beta"]);
    let of_b = DocumentQuery { collections: Some(vec![CollectionKey::new("b")]), ..DocumentQuery::default() };
    assert_eq!(list(of_b).await, ["gamma"]);
    let ready = DocumentQuery { states: Some(vec![DocumentState::Ready]), ..DocumentQuery::default() };
    assert_eq!(list(ready.clone()).await, [""], "without a title or text there is nothing to wait for");
    let ready_and_all_of_b = DocumentQuery { whole: vec![CollectionKey::new("b")], ..ready };
    assert_eq!(list(ready_and_all_of_b.clone()).await, ["", "gamma"]);
    assert_eq!(bench.base.count_documents(&ready_and_all_of_b).await.unwrap(), 2);
    let second = DocumentQuery { limit: Some(1), offset: 1, ..ready_and_all_of_b };
    assert_eq!(
        (list(second.clone()).await, bench.base.count_documents(&second).await.unwrap()),
        (vec!["gamma".into()], 2)
    );
    let heads = bench.base.heads(Some(&[CollectionKey::new("b")])).await.unwrap();
    assert_eq!(heads.iter().map(|head| head.key.as_str()).collect::<Vec<_>>(), ["3"]);
    let counts = bench.base.counts(Some(&[CollectionKey::new("a")])).await.unwrap();
    assert_eq!(counts, Counts { ready: 1, pending: 2, chunks: 2, ..Counts::default() });
}

#[rstest::rstest]
#[case::part("LPH", &["Alpha 1_0", "alphabet 110"])]
#[case::other_case("über", &["Über uns"])]
#[case::capitals("ÜBER", &["Über uns"])]
#[case::no_wildcard("1_0", &["Alpha 1_0"])]
#[case::no_wildcard_either("%", &[])]
#[case::all("", &["Alpha 1_0", "alphabet 110", "Über uns"])]
#[tokio::test]
async fn titles_are_looked_through(#[case] text: &str, #[case] found: &[&str]) {
    let bench = Bench::new().await;
    let titles = ["Über uns", "Alpha 1_0", "alphabet 110"];
    let named = |(key, title): (usize, &&str)| document(&key.to_string(), title, &["Text."]);
    bench.put(titles.iter().enumerate().map(named).collect()).await;
    let query = DocumentQuery { title: text.to_owned(), ..DocumentQuery::default() };
    let rows: Vec<String> = bench.base.documents(&query).await.unwrap().into_iter().map(|row| row.title).collect();
    assert_eq!(rows, found);
}

#[tokio::test]
async fn cleared_is_as_new() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The canary word is ornithorhynchus."])]).await;
    bench.embed().await;
    assert_eq!(bench.found("ornithorhynchus", knowledge::Mode::Hybrid).await, ["d"]);
    bench.base.clear().await.unwrap();
    assert_eq!(bench.counts().await, Counts::default());
    assert!(bench.found("ornithorhynchus", knowledge::Mode::Hybrid).await.is_empty());
    assert!(bench.base.list_collections().await.unwrap().is_empty());
    let mut open = vec![bench.folder.path().to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let left = bytes.windows(15).any(|window| window == b"ornithorhynchus");
            assert!(!left, "{} still says it", path.display());
        }
    }
    bench.base.put_collection(&collection("a")).await.unwrap();
    bench.put(vec![document("e", "Anew", &["A platypus."])]).await;
    bench.embed().await;
    assert_eq!(bench.found("platypus", knowledge::Mode::Hybrid).await, ["e"]);
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
