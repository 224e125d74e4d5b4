//! Tables: headers, spans, and whatever stands in a cell.

use rstest::rstest;

use super::super::PartKind;
use super::converted;

fn table(rows: &str) -> (usize, String) {
    let sections = converted(&format!("<table>{rows}</table>")).sections;
    let mut tables = sections.into_iter().flat_map(|section| section.parts).filter_map(|part| match part.kind {
        PartKind::Table { header_rows } => Some((header_rows, part.text)),
        _ => None,
    });
    tables.next_back().unwrap_or_default()
}

#[rstest]
#[case::header_in_thead(
    "<colgroup><col/><col/></colgroup><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>",
    1,
    "A | B\n1 | 2"
)]
#[case::header_in_tbody("<tbody><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></tbody>", 1, "A | B\n1 | 2")]
#[case::two_header_rows(
    r#"<tr><th colspan="2">Year</th></tr><tr><th>2025</th><th>2026</th></tr><tr><td>1</td><td>2</td></tr>"#,
    2,
    "Year | Year\n2025 | 2026\n1 | 2"
)]
#[case::header_column("<tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr>", 0, "A | 1\nB | 2")]
#[case::both("<tr><th>#</th><th>En</th></tr><tr><th>1</th><td>one</td></tr>", 1, "# | En\n1 | one")]
#[case::headers_only("<tr><th>A</th><th>B</th></tr><tr><th>C</th><th>D</th></tr>", 1, "A | B\nC | D")]
#[case::no_header("<tr><td>Key</td><td>Value</td></tr>", 0, "Key | Value")]
#[case::rowspan(
    r#"<tr><td rowspan="2">A</td><td>1</td></tr><tr><td>2</td></tr><tr><td>B</td><td>3</td></tr>"#,
    0,
    "A | 1\nA | 2\nB | 3"
)]
#[case::rowspan_in_the_last_column(
    r#"<tr><td>1</td><td rowspan="0">A</td></tr><tr><td>2</td></tr>"#,
    0,
    "1 | A\n2 | A"
)]
#[case::block_span(
    r#"<tr><td>1</td><td rowspan="2" colspan="2">A</td></tr><tr><td>2</td></tr><tr><td>3</td><td>4</td><td>5</td></tr>"#,
    0,
    "1 | A | A\n2 | A | A\n3 | 4 | 5"
)]
#[case::numbering_column(
    r#"<tr><th class="numberingColumn"></th><th>A</th></tr><tr><td class="numberingColumn">1</td><td>x</td></tr>"#,
    1,
    "| A\n1 | x"
)]
#[case::paragraphs_and_breaks("<tr><td><p>one</p><p>two<br/>three</p></td><td>x</td></tr>", 0, "one two three | x")]
#[case::lists("<tr><td><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul></td></tr>", 0, "a; b c")]
#[case::tasks(
    "<tr><td><ac:task-list><ac:task><ac:task-id>9</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Rotate</ac:task-body></ac:task></ac:task-list></td></tr>",
    0,
    "[x] Rotate"
)]
#[case::code(
    r#"<tr><td><ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[a
  b]]></ac:plain-text-body></ac:structured-macro></td><td>x</td></tr>"#,
    0,
    "a b | x"
)]
#[case::nested_table(
    "<tr><td><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table></td><td>x</td></tr>",
    0,
    "1 2; 3 4 | x"
)]
#[case::heading_in_a_cell_is_text("<tr><td><h2>Title</h2>text</td></tr>", 0, "Title text")]
#[case::empty_rows_are_left_out("<tr><td>1</td></tr><tr><td> </td><td>&nbsp;</td></tr>", 0, "1")]
fn cells(#[case] rows: &str, #[case] header_rows: usize, #[case] expected: &str) {
    assert_eq!(table(rows), (header_rows, expected.to_owned()));
}

#[test]
fn content_outside_of_cells_goes_before_the_table() {
    let text = super::text("<table><caption>Prices</caption>stray<tr><td>1</td></tr></table>");
    assert_eq!(text, "Prices\n\nstray\n\n1");
}

#[test]
fn monstrous_spans_stay_within_bounds() {
    let row = format!(r#"<tr><td rowspan="65534" colspan="65534">{}</td></tr>"#, "word ".repeat(200));
    let storage = format!("<table>{}</table>", row.repeat(300));
    let length: usize =
        converted(&storage).sections.iter().flat_map(|section| &section.parts).map(|part| part.text.len()).sum();
    assert!(length <= storage.len() * 4, "{length} from {}", storage.len());
}
