//! A filter is a promise: nothing outside is ever found, and everything inside can be.

use std::collections::BTreeSet;

use knowledge::model::CollectionKey;
use knowledge::{Filter, Mode};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{Bench, document, document_key, in_collection};

const COLLECTIONS: [&str; 3] = ["a", "b", "c"];

#[derive(Debug, Clone)]
struct Case {
    /// Which collection each document lies in.
    documents: Vec<usize>,
    only: Option<Only>,
}

#[derive(Debug, Clone)]
struct Only {
    collections: BTreeSet<usize>,
    documents: BTreeSet<usize>,
}

fn case() -> impl Strategy<Value = Case> {
    let documents = proptest::collection::vec(0..COLLECTIONS.len(), 1..12);
    let collections = proptest::collection::btree_set(0..COLLECTIONS.len() + 1, 0..3);
    let listed = proptest::collection::btree_set(0..14_usize, 0..8);
    let only = (collections, listed).prop_map(|(collections, documents)| Only { collections, documents });
    (documents, proptest::option::weighted(0.9, only)).prop_map(|(documents, only)| Case { documents, only })
}

fn name(number: usize) -> &'static str {
    COLLECTIONS.get(number).copied().unwrap_or("unknown")
}

async fn check(case: &Case) -> Result<(), TestCaseError> {
    let bench = Bench::new().await;
    let documents = case.documents.iter().enumerate().map(|(number, collection)| {
        let text = format!("The zebra number {number} rests.");
        in_collection(document(&number.to_string(), "Deploy", &[&text, "A zebra again."]), name(*collection))
    });
    bench.put(documents.collect()).await;
    bench.embed().await;
    let filter = match &case.only {
        None => Filter::All,
        Some(only) => Filter::Only {
            collections: only.collections.iter().map(|number| CollectionKey::new(name(*number))).collect(),
            documents: only.documents.iter().map(|number| document_key(&number.to_string())).collect(),
        },
    };
    let allowed = |(number, collection): &(usize, &usize)| {
        case.only.as_ref().is_none_or(|only| only.collections.contains(collection) || only.documents.contains(number))
    };
    let expected: BTreeSet<String> =
        case.documents.iter().enumerate().filter(allowed).map(|(number, _)| number.to_string()).collect();
    for mode in [Mode::Keyword, Mode::Semantic, Mode::Hybrid] {
        let found: BTreeSet<String> = bench.found_in("zebra", mode, filter.clone()).await.into_iter().collect();
        prop_assert_eq!(&found, &expected, "{:?}", mode);
    }
    Ok(())
}

#[test]
fn a_search_finds_what_the_filter_allows_and_nothing_else() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    runner.run(&case(), |case| runtime.block_on(check(&case))).unwrap();
}
