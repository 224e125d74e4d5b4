//! Search by meaning against the exact answer, and the evaluation of a small set.

use std::fs;

use knowledge::embed::Embedder;
use knowledge::{Mode, Options, SearchQuery};

use crate::support::{Bench, document};

const WORDS: [&str; 24] = [
    "deploy", "rollback", "approval", "monday", "incident", "pager", "database", "replica", "backup", "restore",
    "token", "rotate", "invoice", "vacation", "travel", "expense", "office", "laptop", "security", "review", "release",
    "branch", "merge", "customer",
];

/// Texts of words drawn from a fixed sequence.
fn texts(count: usize) -> Vec<String> {
    let mut state = 7_u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(state >> 33) as usize % WORDS.len()]
    };
    (0..count).map(|_| (0..12).map(|_| word()).collect::<Vec<_>>().join(" ")).collect()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Share of the exact ten best that a search finds, scanning by codes or by signs first.
async fn recall(coarse_above: usize) -> f64 {
    let mut bench = Bench::new().await;
    let options = Options { coarse_above, ..Options::default() };
    bench.base = knowledge::KnowledgeBase::open(bench.folder.path(), Some(Embedder::hashed()), options).await.unwrap();
    let texts = texts(600);
    bench.put(texts.iter().enumerate().map(|(n, text)| document(&n.to_string(), "", &[text])).collect()).await;
    bench.embed().await;
    let embedder = Embedder::hashed();
    let mut stored = Vec::new();
    for n in 0..texts.len() {
        let hit = bench.base.document(&crate::support::document_key(&n.to_string())).await.unwrap().unwrap();
        let section = &hit.sections[0];
        let text = format!("{}\n{}", section.heading_path.join(" › "), section.text());
        stored.push(embedder.embed_passages(&[text]).unwrap().remove(0));
    }
    let (mut right, mut asked) = (0, 0);
    for query in ["rollback approval monday", "rotate token security", "travel expense invoice", "merge branch release"]
    {
        let vector = embedder.embed_query(query).unwrap();
        let mut exact: Vec<f32> = stored.iter().map(|row| cosine(row, &vector)).collect();
        exact.sort_by(|a, b| b.total_cmp(a));
        let search = SearchQuery { mode: Mode::Semantic, ..SearchQuery::new(query) };
        let hits = bench.base.search(search).await.unwrap().hits;
        assert_eq!(hits.len(), 10);
        // Equal texts are equally right, so it is their scores that count.
        right += hits.iter().filter(|hit| hit.scores.semantic.unwrap() >= exact[9] - 1e-4).count();
        asked += 10;
    }
    f64::from(u32::try_from(right).unwrap()) / f64::from(asked)
}

#[tokio::test]
async fn a_scan_by_codes_finds_the_exact_best() {
    assert!(recall(1_000_000).await > 0.99);
}

#[tokio::test]
async fn a_scan_by_signs_finds_the_exact_best() {
    assert!(recall(0).await > 0.99);
}

#[tokio::test]
async fn a_set_is_evaluated() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = [
        r#"{"_id":"1","title":"Zebra","text":"It has stripes."}"#,
        r#"{"_id":"2","title":"Lion","text":"It sleeps all day."}"#,
        r#"{"_id":"3","title":"Owl","text":"It hunts at night."}"#,
    ];
    fs::write(folder.path().join("corpus.jsonl"), corpus.join("\n")).unwrap();
    let queries =
        [r#"{"_id":"a","text":"stripes"}"#, r#"{"_id":"b","text":"who sleeps"}"#, r#"{"_id":"c","text":"?"}"#];
    fs::write(folder.path().join("queries.jsonl"), queries.join("\n")).unwrap();
    let qrels = "query-id\tcorpus-id\tscore\na\t1\t1\nb\t3\t1\nb\t2\t0\n";
    fs::write(folder.path().join("qrels.tsv"), qrels).unwrap();
    let report = knowledge::eval::evaluate(folder.path(), Some(Embedder::hashed()), Mode::Keyword).await.unwrap();
    assert_eq!((report.queries, report.documents), (2, 3));
    assert_eq!((report.ndcg10, report.recall10, report.mrr10), (0.5, 0.5, 0.5));
    fs::write(folder.path().join("qrels.tsv"), "query-id\tcorpus-id\tscore\na 1 1\n").unwrap();
    let error = knowledge::eval::evaluate(folder.path(), None, Mode::Keyword).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("cannot read the evaluation set at `{}`, line 2", folder.path().join("qrels.tsv").display())
    );
}
