//! Nodes within each other, and documents that are cut off.

use rstest::rstest;

use super::{converted, text};
use crate::storage::Options;

/// A node of content.
fn of(kind: &str, attrs: &str, content: &str) -> String {
    format!(r#"{{"type":"{kind}","attrs":{{{attrs}}},"content":[{content}]}}"#)
}

fn t(text: &str) -> String {
    format!(r#"{{"type":"text","text":"{text}"}}"#)
}

fn p(content: &str) -> String {
    of("paragraph", r#""localId":"no""#, content)
}

fn status(text: &str) -> String {
    format!(r#"{{"type":"status","attrs":{{"text":"{text}","color":"red","style":"bold"}}}}"#)
}

fn tasks() -> String {
    let item = |state: &str, text: &str| of("taskItem", &format!(r#""localId":"no","state":"{state}""#), &t(text));
    of("taskList", r#""localId":"no""#, &[item("DONE", "a"), item("TODO", "b")].join(","))
}

fn table(cell: &str) -> String {
    let cells = [of("tableCell", r#""colwidth":[1]"#, cell), of("tableCell", "", &p(&t("x")))].join(",");
    of("table", r#""layout":"wide""#, &of("tableRow", "", &cells))
}

#[rstest]
#[case::status_in_a_heading(of("heading", r#""level":2"#, &(t("Plan ") + "," + &status("LATE"))) + "," + &p(&t("a")), "# Plan LATE\n\na")]
#[case::status_beside_words(p(&[t("Now"), status("LATE"), status("RISK"), t("since,"), status("LATE"), t(".")].join(",")), "Now LATE RISK since,LATE.")]
#[case::tasks_in_expand(of("nestedExpand", r#""title":"Steps""#, &tasks()), "Steps:\n\n[x] a\n[ ] b")]
#[case::tasks_in_a_cell(table(&tasks()), "[x] a; [ ] b | x")]
#[case::tasks_in_a_task(of("taskList", "", &of("taskItem", r#""state":"TODO""#, &(t("All") + "," + &tasks()))), "[ ] All\n  [x] a\n  [ ] b")]
#[case::panel_in_a_cell_in_a_layout(
    of("layoutSection", "", &of("layoutColumn", r#""width":50"#, &table(&of("panel", r#""panelType":"info""#, &p(&t("a")))))),
    "Info: a | x"
)]
#[case::code_in_an_item(of("bulletList", "", &of("listItem", "", &(p(&t("a")) + "," + &of("codeBlock", r#""language":"sh""#, &t("ls  -l"))))), "- a\n\n```sh\nls  -l\n```")]
#[case::table_in_a_cell(table(&table(&p(&t("a")))), "a x | x")]
#[case::excerpt_around_a_table(of("bodiedExtension", r#""extensionKey":"excerpt","parameters":{"macroParams":{"name":{"value":"no"}}},"text":"no""#, &table(&p(&t("a")))), "a | x")]
#[case::frames(
    of("multiBodiedExtension", r#""extensionKey":"tabs""#, &(of("extensionFrame", "", &p(&t("a"))) + "," + &of("extensionFrame", "", &p(&t("b"))))),
    "a\n\nb"
)]
#[case::body_of_a_macro_that_has_none(of("bodiedExtension", r#""extensionKey":"toc""#, &p(&t("a"))), "a")]
#[case::synchronised(of("bodiedSyncBlock", r#""resourceId":"no""#, &p(&t("a"))), "a")]
#[case::embedded_card(r#"{"type":"embedCard","attrs":{"url":"https://a.net","layout":"wide"}}"#.to_owned(), "https://a.net")]
#[case::file_in_a_line(p(&(t("see") + r#",{"type":"mediaInline","attrs":{"id":"no","type":"file","alt":"plan.pdf"}}"#)), "see [image: plan.pdf]")]
#[case::unknown_node_with_a_text(p(r#"{"type":"newThing","attrs":{"text":"a","id":"no"}}"#), "a")]
#[case::decision_without_a_state(of("decisionList", "", &of("decisionItem", "", &t("a"))), "Decision: a")]
fn within_each_other(#[case] content: String, #[case] expected: &str) {
    assert_eq!(text(&content), expected);
    let converted = converted(&content);
    assert_eq!((converted.words.kept, converted.losses.len()), (converted.words.visible, 0));
}

#[test]
fn properties_are_lines() {
    let row = |key: &str, value: &str| {
        of("tableRow", "", &(of("tableHeader", "", &p(&t(key))) + "," + &of("tableCell", "", &p(&t(value)))))
    };
    let table = of("table", "", &[row("Owner", "Infra"), row("State", "live")].join(","));
    let details =
        of("bodiedExtension", r#""extensionKey":"details","parameters":{"macroParams":{"id":{"value":"no"}}}"#, &table);
    assert_eq!(text(&details), "Owner: Infra\nState: live");
}

#[rstest]
#[case::cut_off(r#"{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"a ","marks":[{"type":"strong"}]},{"type":"text","text":"b"}]},{"type":"paragraph","content":[{"type":"status","attrs":{"text":"no"}},{"type":"text","text":"c \"d\" \u00e9"#, "a b\n\nc \"d\" é")]
#[case::deep(&format!(r#"{}{{"type":"text","text":"deep","attrs":{{"text":"no"}}}}{}"#, r#"{"type":"panel","content":["#.repeat(10_000), "]}".repeat(10_000)), "deep")]
#[case::broken_escape(r#"[{"text":"a\q"},{"text":"b"}"#, "a\\qb")]
fn what_is_no_whole_document_keeps_its_text(#[case] adf: &str, #[case] expected: &str) {
    let converted = super::super::convert(adf, &Options::new("T"));
    let text: Vec<_> =
        converted.sections.iter().flat_map(|section| &section.parts).map(|part| part.text.as_str()).collect();
    assert_eq!(text.join("\n\n"), expected);
    assert_eq!((converted.losses[0].element.as_str(), converted.words.kept_share()), ("atlas_doc_format", 1.0));
}

#[test]
fn monstrous_spans_stay_within_bounds() {
    let cells = vec![of("tableCell", r#""rowspan":1000,"colspan":1000"#, &p(&t("word"))); 20_000];
    let rows: Vec<_> = cells.chunks(10).map(|cells| of("tableRow", "", &cells.join(","))).collect();
    let adf = of("doc", "", &of("table", "", &rows.join(",")));
    let converted = super::super::convert(&adf, &Options::new("T"));
    let bytes: usize = converted.sections.iter().flat_map(|section| &section.parts).map(|part| part.text.len()).sum();
    assert!(bytes <= adf.len() * 3, "{bytes} from {}", adf.len());
    assert_eq!(converted.words.kept, 20_000);
}
