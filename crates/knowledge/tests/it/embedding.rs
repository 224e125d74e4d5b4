//! The embedding queue.

use knowledge::embed::Embedder;
use knowledge::{EmbedProgress, EmbedReport, Error, KnowledgeBase, Mode, Options, SearchQuery};
use tokio_util::sync::CancellationToken;

use crate::support::{Bench, document, open};

fn many(count: usize) -> Vec<knowledge::model::Document> {
    (0..count).map(|n| document(&format!("d{n}"), &format!("Title {n}"), &["First text.", "Second text."])).collect()
}

#[tokio::test]
async fn progress_counts_up_to_the_end() {
    let bench = Bench::new().await;
    bench.put(many(40)).await;
    let mut seen: Vec<EmbedProgress> = Vec::new();
    let report = bench.base.embed_pending(&CancellationToken::new(), |progress| seen.push(progress)).await.unwrap();
    assert_eq!(report, EmbedReport { embedded: 80, failed: 0, stopped: false });
    let done: Vec<(u64, u64)> = seen.iter().map(|progress| (progress.done, progress.total)).collect();
    assert_eq!(done, [(0, 80), (32, 80), (64, 80), (80, 80)]);
    assert_eq!((bench.counts().await.ready, bench.counts().await.embedded), (40, 80));
    assert_eq!(bench.embed().await, EmbedReport::default());
}

#[tokio::test]
async fn a_stop_keeps_what_is_done_and_the_rest_waits() {
    let bench = Bench::new().await;
    bench.put(many(40)).await;
    let stop = CancellationToken::new();
    let report = bench
        .base
        .embed_pending(&stop, |progress| {
            if progress.done >= 32 {
                stop.cancel();
            }
        })
        .await
        .unwrap();
    assert_eq!(report, EmbedReport { embedded: 32, failed: 0, stopped: true });
    let bench = bench.reopen().await;
    assert_eq!(bench.counts().await.embedded, 32);
    assert_eq!(bench.embed().await.embedded, 48);
}

#[tokio::test]
async fn two_that_embed_at_once_do_no_harm() {
    let bench = Bench::new().await;
    bench.put(many(60)).await;
    let other = open(&bench.folder).await;
    let stop = CancellationToken::new();
    let (ours, theirs) = tokio::join!(bench.base.embed_pending(&stop, |_| ()), other.embed_pending(&stop, |_| ()));
    assert_eq!(ours.unwrap().embedded + theirs.unwrap().embedded, 120);
    assert_eq!((bench.counts().await.ready, bench.counts().await.embedded), (60, 120));
}

#[tokio::test]
async fn without_a_model_search_is_by_word_and_chunks_wait() {
    let bench = Bench::new().await;
    bench.base.close().await;
    let base = KnowledgeBase::open(bench.folder.path(), None, Options::default()).await.unwrap();
    let bench = Bench { folder: bench.folder, base };
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    let results = bench.base.search(SearchQuery::new("zebra")).await.unwrap();
    assert_eq!((results.mode, results.hits.len(), results.pending_documents), (Mode::Keyword, 1, 1));
    let semantic = SearchQuery { mode: Mode::Semantic, ..SearchQuery::new("zebra") };
    assert!(matches!(bench.base.search(semantic).await, Err(Error::NoEmbedder)));
    let embedding = bench.base.embed_pending(&CancellationToken::new(), |_| ()).await;
    assert!(matches!(embedding, Err(Error::NoEmbedder)));
    let bench = bench.reopen().await;
    assert_eq!(bench.embed().await.embedded, 1);
    assert_eq!(bench.found("zebra", Mode::Semantic).await, ["d"]);
}

#[tokio::test]
async fn opening_without_a_model_keeps_vectors() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    bench.embed().await;
    let _ = KnowledgeBase::open(bench.folder.path(), None, Options::default()).await.unwrap();
    assert_eq!(bench.base.search(SearchQuery::new("zebra")).await.unwrap().pending_documents, 0);
    assert_eq!(bench.reopen().await.embed().await.embedded, 0);
}

#[test]
fn embedders_have_names_of_their_own() {
    assert!(!Embedder::hashed().id().is_empty());
}
