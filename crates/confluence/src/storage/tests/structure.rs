//! Lists, tasks, layouts, headings: what hangs under what.

use rstest::rstest;

use super::super::PartKind;
use super::super::words::Words;
use super::{converted, text};

#[rstest]
#[case::nested(
    "<ul><li>a</li><li>b<ol><li>c<ul><li>d</li></ul></li><li>e</li></ol></li></ul>",
    "- a\n- b\n  1. c\n    - d\n  2. e"
)]
#[case::ordered_from("<ol start=\"4\"><li>a</li><li></li><li>b</li></ol>", "4. a\n6. b")]
#[case::paragraphs_in_items(
    "<ul><li><p>a</p><p>more<br/>lines</p></li><li><p>b</p></li></ul>",
    "- a\n  more\n  lines\n- b"
)]
#[case::list_in_list_without_item("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b")]
#[case::panel_in_item(
    r#"<ul><li>a<ac:structured-macro ac:name="note"><ac:rich-text-body><p>b</p></ac:rich-text-body></ac:structured-macro></li></ul>"#,
    "- a\n  Note: b"
)]
#[case::code_in_item(
    r#"<ol><li>a<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[ x]]></ac:plain-text-body></ac:structured-macro></li><li>b</li></ol>"#,
    "1. a\n\n```\n x\n```\n\n2. b"
)]
#[case::tasks(
    "<ac:task-list><ac:task><ac:task-id>19</ac:task-id><ac:task-uuid>d-4</ac:task-uuid><ac:task-status>complete</ac:task-status><ac:task-body>Rotate <strong>keys</strong></ac:task-body></ac:task><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body><span>Tell</span></ac:task-body></ac:task></ac:task-list>",
    "[x] Rotate keys\n[ ] Tell"
)]
#[case::nested_tasks(
    "<ac:task-list><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>a</ac:task-body></ac:task><ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>b</ac:task-body></ac:task></ac:task-list></ac:task-list>",
    "[ ] a\n  [x] b"
)]
#[case::layout_cells_in_order(
    "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell><p>left</p></ac:layout-cell><ac:layout-cell>right</ac:layout-cell></ac:layout-section></ac:layout>",
    "left\n\nright"
)]
#[case::quote("<blockquote><p>a</p><p>b</p></blockquote>c", "a\n\nb\n\nc")]
#[case::rule("a<hr/>b", "a\n\nb")]
#[case::pre("<pre>a\n  <b>b</b>\t&amp;</pre>", "```\na\n  b\t&\n```")]
#[case::definition_list("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb")]
fn lists_and_boxes(#[case] storage: &str, #[case] expected: &str) {
    assert_eq!(text(storage), expected);
}

#[rstest]
#[case::no_heading("<p>a</p>", &["0 "])]
#[case::nesting("<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2><h1>E</h1>", &["1 A", "2 A/B", "3 A/B/C", "2 A/D", "1 E"])]
#[case::skipped_levels("<p>x</p><h3>A</h3><h1>B</h1><h4>C</h4><h4>D</h4>", &["0 ", "3 A", "1 B", "4 B/C", "4 B/D"])]
#[case::empty_heading_is_none("<h1> </h1><p>x</p>", &["0 "])]
#[case::in_layout(
    "<ac:layout><ac:layout-section><ac:layout-cell><h2>A</h2>x</ac:layout-cell><ac:layout-cell><h2>B</h2>y</ac:layout-cell></ac:layout-section></ac:layout>",
    &["2 A", "2 B"]
)]
#[case::in_boxes(
    r#"<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">T</ac:parameter><ac:rich-text-body><h2>A</h2><ac:structured-macro ac:name="info"><ac:rich-text-body><h3>B</h3></ac:rich-text-body></ac:structured-macro></ac:rich-text-body></ac:structured-macro>"#,
    &["0 ", "2 A", "3 A/B"]
)]
#[case::not_in_cells("<h1>A</h1><table><tr><td><h2>B</h2></td></tr></table>", &["1 A"])]
#[case::marks_and_breaks("<h2>a <strong>b</strong><br/>c</h2>", &["2 a b c"])]
fn heading_paths(#[case] storage: &str, #[case] expected: &[&str]) {
    let paths = converted(storage).sections.into_iter();
    let paths: Vec<_> = paths.map(|section| format!("{} {}", section.level, section.heading_path.join("/"))).collect();
    assert_eq!(paths, expected);
}

#[test]
fn a_monstrous_heading_is_prose() {
    let storage = format!("<h1>{}</h1>", "word ".repeat(300));
    let sections = converted(&storage).sections;
    assert_eq!((sections.len(), sections[0].level, sections[0].parts.len()), (1, 0, 1));
}

#[test]
fn a_panel_label_stays_before_a_heading_inside() {
    let storage = r#"<ac:structured-macro ac:name="info"><ac:rich-text-body><h2>A</h2><p>x</p></ac:rich-text-body></ac:structured-macro>"#;
    assert_eq!(text(storage), "Info:\n\n# A\n\nx");
}

#[test]
fn kinds_say_how_a_part_may_be_cut() {
    let storage = "<p>a</p><ul><li>b</li></ul><pre>c</pre><table><tr><th>d</th></tr><tr><td>e</td></tr></table>";
    let sections = converted(storage).sections;
    let kinds: Vec<_> = sections.iter().flat_map(|section| &section.parts).map(|part| part.kind).collect();
    assert_eq!(kinds, [PartKind::Prose, PartKind::List, PartKind::Code, PartKind::Table { header_rows: 1 }]);
}

#[test]
fn words_are_counted_on_both_sides() {
    let words = converted("<h1>One two</h1><p>th<b>ree</b> – four</p><ac:placeholder>no</ac:placeholder>").words;
    assert_eq!((words.visible, words.kept, words.written), (4, 4, 4));
}

#[rstest]
#[case::all("one two", "Info: two, one", (2, 2))]
#[case::lost("one two three", "one three", (3, 2))]
#[case::once_of_twice("one two one", "two one", (3, 2))]
#[case::glued("one two", "onetwo", (2, 0))]
#[case::invisible_signs("co\u{ad}op\u{200b}", "coop", (1, 1))]
fn lost_words_are_counted(#[case] before: &str, #[case] after: &str, #[case] expected: (usize, usize)) {
    let words = |text: &str| {
        let mut words = Words::default();
        words.push(text);
        words
    };
    assert_eq!(words(before).among(words(after)), expected);
}

#[test]
fn the_share_of_nothing_is_all_of_it() {
    assert_eq!(converted("<ac:placeholder>no</ac:placeholder>").words.kept_share().to_bits(), 1.0_f64.to_bits());
}
