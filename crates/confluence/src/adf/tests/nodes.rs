//! One case for each kind of node.

use proptest::prelude::*;
use rstest::rstest;

use super::{converted, text};
use crate::storage::{Edge, Options, PageRef, PartKind};

/// A paragraph of inline nodes.
fn p(content: &str) -> String {
    format!(r#"{{"type":"paragraph","content":[{content}]}}"#)
}

/// A text node.
fn t(text: &str) -> String {
    format!(r#"{{"type":"text","text":"{text}"}}"#)
}

/// A node of content.
fn of(kind: &str, attrs: &str, content: &str) -> String {
    format!(r#"{{"type":"{kind}","attrs":{{{attrs}}},"content":[{content}]}}"#)
}

#[rstest]
#[case::marks(p(r#"{"type":"text","text":"bo","marks":[{"type":"strong"}]},{"type":"text","text":"ld, "},{"type":"text","text":"x","marks":[{"type":"annotation","attrs":{"id":"1"}}]}"#), "bold, x")]
#[case::hard_break(p(&format!(r#"{},{{"type":"hardBreak"}},{}"#, t("one"), t("two"))), "one\ntwo")]
#[case::known_person(p(r#"{"type":"mention","attrs":{"id":"known","text":"@ada"}}"#), "Ada Lovelace")]
#[case::unknown_person(p(r#"{"type":"mention","attrs":{"id":"x","text":"@Bob B"}}"#), "@Bob B")]
#[case::nameless_person(p(r#"{"type":"mention","attrs":{"id":"x","text":""}}"#), "@user")]
#[case::emoji(p(r#"{"type":"emoji","attrs":{"shortName":":smile:","text":"😄"}},{"type":"emoji","attrs":{"shortName":":own:"}}"#), "😄:own:")]
#[case::date(p(r#"{"type":"date","attrs":{"timestamp":"1767225600000"}}"#), "2026-01-01")]
#[case::date_before_1970(p(r#"{"type":"date","attrs":{"timestamp":"-86400000"}}"#), "1969-12-31")]
#[case::status(p(r#"{"type":"status","attrs":{"text":"DONE","color":"green","localId":"1"}}"#), "DONE")]
#[case::card(p(r#"{"type":"inlineCard","attrs":{"url":"https://a.net/x"}}"#), "https://a.net/x")]
#[case::known_card(p(r#"{"type":"inlineCard","attrs":{"url":"https://example.net/known"}}"#), "Known page")]
#[case::block_card(r#"{"type":"blockCard","attrs":{"data":{"url":"https://a.net","name":"A net"}}}"#.to_owned(), "A net")]
#[case::bullets(of("bulletList", "", &of("listItem", "", &(p(&t("a")) + "," + &of("orderedList", r#""order":3"#, &of("listItem", "", &p(&t("b"))))))), "- a\n  3. b")]
#[case::tasks(
    of("taskList", "", &[of("taskItem", r#""state":"DONE""#, &t("a")), of("taskList", "", &of("taskItem", r#""state":"TODO""#, &t("b")))].join(",")),
    "[x] a\n  [ ] b"
)]
#[case::task_of_blocks(of("taskList", "", &of("blockTaskItem", r#""state":"TODO""#, &p(&t("a")))), "[ ] a")]
#[case::decisions(of("decisionList", "", &of("decisionItem", r#""state":"DECIDED""#, &t("Use Rust"))), "Decision (decided): Use Rust")]
#[case::code(of("codeBlock", r#""language":"rust""#, &t("fn a() {\\n    b\\n}")), "```rust\nfn a() {\n    b\n}\n```")]
#[case::panel(of("panel", r#""panelType":"warning""#, &p(&t("Mind"))), "Warning: Mind")]
#[case::custom_panel(of("panel", r##""panelType":"custom","panelIcon":":x:","panelColor":"#fff""##, &p(&t("Mind"))), "Mind")]
#[case::expand(of("expand", r#""title":"More""#, &p(&t("a"))), "More:\na")]
#[case::quote_and_rule(of("blockquote", "", &p(&t("a"))) + r#",{"type":"rule"},"# + &p(&t("b")), "a\n\nb")]
#[case::layout(of("layoutSection", "", &(of("layoutColumn", r#""width":50"#, &p(&t("a"))) + "," + &of("layoutColumn", "", &p(&t("b"))))), "a\n\nb")]
#[case::picture(of("mediaSingle", "", &(r#"{"type":"media","attrs":{"type":"file","id":"1","alt":"Plan"}},"#.to_owned() + &of("caption", "", &t("The plan")))), "[image: Plan]\n\nThe plan")]
#[case::remote_picture(r#"{"type":"mediaGroup","content":[{"type":"media","attrs":{"type":"external","url":"https://a.net/b/c.png?d=1"}}]}"#.to_owned(), "[image: c.png]")]
#[case::placeholder(p(r#"{"type":"placeholder","attrs":{"text":"Type here"}}"#), "")]
#[case::unknown_with_content(of("bodiedSyncBlock", r#""resourceId":"r""#, &p(&t("shared"))), "shared")]
#[case::reference_to_shared_text(r#"{"type":"syncBlock","attrs":{"resourceId":"r"}}"#.to_owned(), "[macro syncBlock]")]
#[case::headings(of("heading", r#""level":2"#, &t("A")) + "," + &p(&t("x")) + "," + &of("heading", r#""level":3"#, &t("B")), "# A\n\nx\n\n# A > B")]
fn text_of_a_node(#[case] content: String, #[case] expected: &str) {
    assert_eq!(text(&content), expected);
}

fn extension(kind: &str, key: &str, parameters: &str, content: &str) -> String {
    let attrs = format!(r#""extensionKey":"{key}","parameters":{{"macroParams":{{{parameters}}}}}"#);
    of(kind, &attrs, content)
}

#[rstest]
#[case::toc(extension("extension", "toc", r#""maxLevel":{"value":"3"}"#, ""), "", &[])]
#[case::children(extension("extension", "children", "", ""), "", &["children"])]
#[case::status(extension("extension", "status", r#""title":{"value":"Done"},"colour":{"value":"Green"}"#, ""), "Done", &[])]
#[case::jira(extension("inlineExtension", "jira", r#""key":{"value":"OPS-42"},"server":{"value":"System"}"#, ""), "OPS-42", &[])]
#[case::include(extension("extension", "include", r#""":{"value":"OPS:Shared"}"#, ""), "[included page: Shared]", &[])]
#[case::excerpt(extension("bodiedExtension", "excerpt", r#""hidden":{"value":"true"}"#, &p(&t("Body"))), "Body", &[])]
#[case::plain_text(extension("extension", "mermaid", r#""__bodyContent":{"value":"A --> B"}"#, ""), "```mermaid\nA --> B\n```", &[])]
#[case::app(extension("extension", "0f1/2/static/chart", r#""x":{"value":"secret"}"#, ""), "[macro chart]", &["chart"])]
fn extensions(#[case] content: String, #[case] expected: &str, #[case] losses: &[&str]) {
    assert_eq!(text(&content), expected);
    let lost: Vec<_> = converted(&content).losses.into_iter().map(|loss| loss.element).collect();
    assert_eq!(lost, losses);
}

#[test]
fn tables_repeat_spans_and_know_their_header() {
    let row = |cells: &[String]| of("tableRow", "", &cells.join(","));
    let cell = |kind: &str, attrs: &str, text: &str| of(kind, attrs, &p(&t(text)));
    let header = row(&[cell("tableHeader", r#""colspan":2"#, "A"), cell("tableHeader", "", "B")]);
    let first =
        row(&[cell("tableCell", r#""rowspan":2"#, "1"), cell("tableCell", "", "2"), cell("tableCell", "", "3")]);
    let second = row(&[cell("tableCell", "", "4"), cell("tableCell", "", "5")]);
    let sections =
        converted(&of("table", r#""isNumberColumnEnabled":true"#, &[header, first, second].join(","))).sections;
    let part = &sections[0].parts[0];
    assert_eq!(
        (part.kind, part.text.as_str()),
        (PartKind::Table { header_rows: 1 }, "A | A | B\n1 | 2 | 3\n1 | 4 | 5")
    );
}

#[test]
fn anchors_hold_extensions_where_headings_do() {
    let content = of(
        "heading",
        r#""level":1"#,
        &(t("See ") + "," + &extension("inlineExtension", "jira", r#""key":{"value":"A-1"}"#, "")),
    );
    let sections = converted(&content).sections;
    assert_eq!(sections[0].anchor.as_deref(), Some("See-%5BinlineExtension%5D"));
}

#[test]
fn edges_come_from_links_cards_and_mentions() {
    let link = r#"{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":"https://a.net","__confluenceMetadata":{"linkType":"page","contentTitle":"T","spaceKey":"OPS"}}}]}"#;
    let card = r#"{"type":"inlineCard","attrs":{"url":"https://b.net"}}"#;
    let edges = converted(&p(&[link, card].join(","))).edges;
    let page = PageRef { space_key: Some("OPS".to_owned()), title: "T".to_owned() };
    assert_eq!(edges, [Edge::Links(page), Edge::Card { url: "https://b.net".to_owned() }]);
}

#[rstest]
#[case("")]
#[case("{")]
#[case("[[[[[")]
fn what_is_no_json_is_one_loss(#[case] adf: &str) {
    let converted = super::super::convert(adf, &Options::new("T"));
    assert_eq!((converted.sections.len(), converted.losses[0].element.as_str()), (0, "atlas_doc_format"));
}

#[test]
fn nesting_without_end_is_a_loss_and_no_crash() {
    let adf = r#"{"type":"panel","content":["#.repeat(10_000);
    assert_eq!(super::super::convert(&adf, &Options::new("T")).losses.len(), 1);
}

/// Any JSON, with the keys that the conversion looks for.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let key = proptest::sample::select(vec![
        "type",
        "content",
        "attrs",
        "text",
        "marks",
        "state",
        "level",
        "timestamp",
        "colspan",
        "rowspan",
    ]);
    let kind = proptest::sample::select(vec![
        "doc",
        "text",
        "table",
        "tableRow",
        "tableHeader",
        "heading",
        "taskList",
        "taskItem",
        "date",
        "mention",
        "panel",
        "media",
    ]);
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<i64>().prop_map(serde_json::Value::from),
        kind.prop_map(serde_json::Value::from),
        any::<String>().prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(6, 80, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            proptest::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_converts(value in json()) {
        super::super::convert(&value.to_string(), &Options::new("T"));
    }

    #[test]
    fn any_text_converts(text in any::<String>()) {
        super::super::convert(&text, &Options::new("T"));
    }
}
