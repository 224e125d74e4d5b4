//! Hits: their places, quotes and scores.

use knowledge::model::{Block, BlockKind};
use knowledge::{Mode, SearchQuery};

use crate::support::{Bench, NOW, document};

#[tokio::test]
async fn a_hit_cites_its_section_exactly() {
    let bench = Bench::new().await;
    let text = "Deployments happen on Mondays. Rollbacks need two approvals. Ask whoever is on call.";
    bench.put(vec![document("d", "Runbook", &["Unrelated words stand here.", text])]).await;
    bench.embed().await;
    for mode in [Mode::Keyword, Mode::Semantic, Mode::Hybrid] {
        let hit = bench.find("how many approvals for a rollback", mode).await.remove(0);
        assert_eq!((hit.title.as_str(), hit.version, hit.path.as_slice()), ("Runbook", 1, &["Home".to_owned()][..]));
        assert_eq!(hit.heading_path, ["Part 1"]);
        assert_eq!(hit.url, "https://wiki.example/d#Part-1");
        assert_eq!(hit.quote.text, text, "a short text is quoted whole");
        let marked: Vec<&str> = hit.quote.marks.iter().map(|mark| &hit.quote.text[mark.clone()]).collect();
        assert_eq!(marked, ["Rollbacks", "approvals"]);
        let page = bench.base.document(&hit.document).await.unwrap().unwrap().text;
        assert_eq!(page[hit.span.clone()], hit.text);
        assert_eq!(page[hit.quote.span.clone()], hit.quote.text);
        assert_eq!(hit.synced_at, Some(NOW));
        assert!((0.0..=1.0).contains(&hit.score));
        assert_eq!(hit.scores.keyword.is_some(), mode != Mode::Semantic);
        assert_eq!(hit.scores.semantic.is_some(), mode != Mode::Keyword);
    }
}

#[tokio::test]
async fn identifiers_are_found_whole_and_by_part() {
    let bench = Bench::new().await;
    let documents = vec![
        document("ops", "Incident", &["See OPS-42 for the outage."]),
        document("map", "Settings", &["The config_map holds them."]),
        document("tool", "Tools", &["Run kubectl to list pods."]),
        document("ja", "当番", &["オンコールの当番表を確認する。"]),
    ];
    bench.put(documents).await;
    for (query, expected) in [
        ("OPS-42", "ops"),
        ("ops 42", "ops"),
        ("config_map", "map"),
        ("configuration config", "map"),
        ("kubectl", "tool"),
        ("POD", "tool"),
        ("当番表", "ja"),
        ("オンコール", "ja"),
    ] {
        assert_eq!(bench.found(query, Mode::Keyword).await, [expected], "{query}");
    }
}

#[tokio::test]
async fn a_title_counts_for_all_its_sections() {
    let bench = Bench::new().await;
    let documents = vec![
        document("d", "Zebra handbook", &["They rest.", "They eat."]),
        document("e", "Lions", &["A lion once saw a zebra and many other animals of the savanna far away."]),
    ];
    bench.put(documents).await;
    assert_eq!(bench.found("zebra", Mode::Keyword).await, ["d", "e"]);
}

#[tokio::test]
async fn a_page_without_text_is_found_by_title_and_headings() {
    let bench = Bench::new().await;
    let mut landing = document("d", "Runbook index", &[]);
    landing.sections.clear();
    let mut outline = document("e", "Offsite", &["", ""]);
    outline.sections[1].heading_path = vec!["Zebra watching".to_owned()];
    bench.put(vec![landing, outline]).await;
    bench.embed().await;
    for mode in [Mode::Keyword, Mode::Semantic, Mode::Hybrid] {
        let hit = bench.find("runbook index", mode).await.remove(0);
        assert_eq!((hit.url.as_str(), hit.text.as_str(), hit.quote.text.as_str()), ("https://wiki.example/d", "", ""));
        let hit = bench.find("zebra watching", mode).await.remove(0);
        assert_eq!((hit.document.as_str(), hit.url.as_str()), ("e", "https://wiki.example/e#Part-0"));
        assert_eq!(hit.quote.text, "Part 0\n\nZebra watching");
    }
    assert_eq!(bench.counts().await.ready, 2);
}

#[tokio::test]
async fn one_document_does_not_fill_the_answer() {
    let bench = Bench::new().await;
    let sections: Vec<String> = (0..9).map(|n| format!("The zebra number {n} rests.")).collect();
    let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
    bench.put(vec![document("d", "Zebra", &sections), document("e", "Other", &["There was a zebra."])]).await;
    bench.embed().await;
    for mode in [Mode::Keyword, Mode::Semantic, Mode::Hybrid] {
        let query = SearchQuery { mode, limit: 5, per_document: 2, ..SearchQuery::new("zebra") };
        let hits = bench.base.search(query).await.unwrap().hits;
        let of = |key: &str| hits.iter().filter(|hit| hit.document.as_str() == key).count();
        assert_eq!((of("d"), of("e")), (2, 1));
    }
}

#[tokio::test]
async fn a_document_that_answers_both_parts_of_a_question_comes_first() {
    let bench = Bench::new().await;
    let (zebra, okapi) = ("The zebra rests at noon.", "The okapi eats at dusk.");
    bench.put(vec![document("half", "Animals", &[zebra, "The lion roars at night."])]).await;
    bench.put(vec![document("other half", "Animals", &[okapi, "The lion roars at night."])]).await;
    bench.put(vec![document("none", "Animals", &["The lion roars at night.", "The owl hunts at night."])]).await;
    bench.put(vec![document("both", "Animals", &["To be reworded.", okapi])]).await;
    bench.put(vec![document("both", "Animals", &[zebra, okapi])]).await;
    bench.embed().await;
    let hits = bench.find("When does the zebra rest, and when does the okapi eat?", Mode::Hybrid).await;
    let order: Vec<&str> = hits.iter().map(|hit| hit.document.as_str()).collect();
    let place = |key: &str| order.iter().position(|document| *document == key);
    assert_eq!(place("both"), Some(0), "{order:?}");
    assert!(place("half") < place("none") && place("other half") < place("none"), "{order:?}");
}

#[tokio::test]
async fn what_asks_nothing_finds_nothing() {
    let bench = Bench::new().await;
    bench.put(vec![document("d", "Deploy", &["The zebra rests."])]).await;
    for text in ["", "  \n", "?!"] {
        assert!(bench.found(text, Mode::Keyword).await.is_empty(), "{text:?}");
    }
    let none = SearchQuery { limit: 0, ..SearchQuery::new("zebra") };
    assert!(bench.base.search(none).await.unwrap().hits.is_empty());
    let results = bench.base.search(SearchQuery::new("zebra")).await.unwrap();
    assert_eq!((results.hits.len(), results.pending_documents, results.mode), (1, 1, Mode::Hybrid));
}

#[tokio::test]
async fn rows_of_a_table_are_quoted_whole() {
    let bench = Bench::new().await;
    let mut put = document("d", "Ports", &[""]);
    let text = "Service | Port\nThe api. Public | 8080\nThe database. Private | 5432".to_owned();
    put.sections[0].blocks = vec![Block { kind: BlockKind::Table { header_rows: 1 }, text }];
    bench.put(vec![put]).await;
    let hit = bench.find("database", Mode::Keyword).await.remove(0);
    let lines: Vec<&str> = hit.quote.text.lines().collect();
    assert_eq!(lines, ["Service | Port", "The api. Public | 8080", "The database. Private | 5432"]);
}
