//! Elements within each other, and what writers other than Confluence's editors put in unexpected places.

use rstest::rstest;

use super::{converted, losses, text};

const CODE: &str = r#"<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sh</ac:parameter><ac:plain-text-body><![CDATA[ls  -l
cd x]]></ac:plain-text-body></ac:structured-macro>"#;
const STATUS: &str = r#"<ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Red</ac:parameter><ac:parameter ac:name="title">LATE</ac:parameter></ac:structured-macro>"#;
const TASKS: &str = "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Rotate</ac:task-body></ac:task><ac:task><ac:task-id>2</ac:task-id><ac:task-body>Tell</ac:task-body></ac:task></ac:task-list>";

/// A macro around rich text.
fn around(name: &str, title: &str, body: &str) -> String {
    let title = if title.is_empty() {
        String::new()
    } else {
        format!(r#"<ac:parameter ac:name="title">{title}</ac:parameter>"#)
    };
    format!(
        r#"<ac:structured-macro ac:name="{name}">{title}<ac:rich-text-body>{body}</ac:rich-text-body></ac:structured-macro>"#
    )
}

fn cell(body: &str) -> String {
    format!("<table><tbody><tr><td>{body}</td><td>x</td></tr></tbody></table>")
}

#[rstest]
#[case::macro_in_cell_in_item_in_layout(
    format!("<ac:layout><ac:layout-section ac:type=\"single\" ac:breakout-mode=\"wide\"><ac:layout-cell><ul><li>a{}</li></ul></ac:layout-cell></ac:layout-section></ac:layout>", cell(&around("note", "", "<p>b</p>"))),
    "- a\n\nNote: b | x"
)]
#[case::panel_in_a_cell(cell(&around("info", "Mind", "<p>a</p><ul><li>b</li></ul>")), "Info: Mind a b | x")]
#[case::code_in_a_cell(cell(CODE), "ls  -l cd x | x")]
#[case::tasks_in_a_cell(cell(TASKS), "[x] Rotate; [ ] Tell | x")]
#[case::table_in_a_cell(cell(&cell("a")), "a x | x")]
#[case::code_in_a_quote(format!("<blockquote><p>a</p>{CODE}</blockquote>"), "a\n\n```sh\nls  -l\ncd x\n```")]
#[case::code_in_a_panel_in_an_item(
    format!("<ol><li><p>a</p>{}</li><li>c</li></ol>", around("tip", "", CODE)),
    "1. a\n  Tip:\n\n```sh\nls  -l\ncd x\n```\n\n2. c"
)]
#[case::tasks_in_expand(around("expand", "Steps", TASKS), "Steps:\n\n[x] Rotate\n[ ] Tell")]
#[case::table_in_expand_in_panel(around("panel", "P", &around("expand", "E", &cell("a"))), "P\n\nE:\n\na | x")]
#[case::status_in_a_heading(format!("<h2>Plan {STATUS}</h2><p>a</p>"), "# Plan LATE\n\na")]
#[case::status_beside_words(format!("<p>Now{STATUS}{STATUS}since,{STATUS}.</p>"), "Now LATE LATE since,LATE.")]
#[case::status_in_a_link(format!(r#"<p><ac:link><ri:page ri:content-title="P"/><ac:link-body>See {STATUS}</ac:link-body></ac:link></p>"#), "See LATE")]
#[case::tasks_in_tasks(
    format!("<ac:task-list><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>All{TASKS}</ac:task-body></ac:task></ac:task-list>"),
    "[ ] All\n  [x] Rotate\n  [ ] Tell"
)]
#[case::excerpt_around_an_excerpt_of_another_page(
    around("excerpt", "", r#"<p>a <ac:structured-macro ac:name="excerpt-include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="T"/></ac:link></ac:parameter></ac:structured-macro></p>"#),
    "a [included page: T]"
)]
#[case::properties_in_an_excerpt(
    around("excerpt", "", &around("details", "", &format!("<table><tr><th>State</th><td>{STATUS}</td></tr><tr><th>Who</th><td><ul><li>A</li><li>B</li></ul></td></tr></table>"))),
    "State: LATE\nWho: A; B"
)]
#[case::properties_of_several_rows(
    around(
        "details",
        "",
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    ),
    "A | B\n1 | 2\n3 | 4"
)]
#[case::more_values_than_keys(
    around("details", "", "<table><tr><th>A</th></tr><tr><td>1</td><td>2</td></tr></table>"),
    "A: 1\n2"
)]
#[case::marker_across_marks(
    r#"<p>in<ac:inline-comment-marker ac:ref="1">t<strong>er</strong></ac:inline-comment-marker><em>nal</em>ly</p>"#,
    "internally"
)]
#[case::marker_around_a_link(
    r#"<p>a<ac:inline-comment-marker ac:ref="1"> <ac:link><ri:page ri:content-title="T"/><ac:plain-text-link-body><![CDATA[b]]></ac:plain-text-link-body></ac:link></ac:inline-comment-marker>.</p>"#,
    "a b."
)]
#[case::white_space_in_a_link(
    r#"<p>see<ac:link><ri:page ri:content-title="T"/><ac:link-body> the page </ac:link-body></ac:link>now</p>"#,
    "see the page now"
)]
#[case::picture_in_a_link(
    r#"<p><ac:link><ri:page ri:content-title="T"/><ac:link-body><ac:image ac:alt="Plan"><ri:attachment ri:filename="a.png"/></ac:image></ac:link-body></ac:link></p>"#,
    "[image: Plan]"
)]
#[case::names_of_targets_stand_apart(
    r#"<p><ac:link><ri:page ri:content-title="A" ri:space-key="S"/></ac:link><ac:link ac:anchor="x"><ri:page ri:content-title="B"/></ac:link><time datetime="2026-01-02"/>on</p>"#,
    "A B 2026-01-02 on"
)]
fn within_each_other(#[case] storage: String, #[case] expected: &str) {
    assert_eq!(text(&storage), expected);
    assert!(losses(&storage).is_empty());
}

#[rstest]
#[case::verbatim_body_of_a_panel(
    r#"<ac:structured-macro ac:name="panel"><ac:plain-text-body><![CDATA[a < b]]></ac:plain-text-body></ac:structured-macro>"#,
    "```\na < b\n```"
)]
#[case::both_bodies(
    r#"<ac:structured-macro ac:name="expand"><ac:rich-text-body><p>a</p></ac:rich-text-body><ac:plain-text-body><![CDATA[b]]></ac:plain-text-body></ac:structured-macro>"#,
    "a\n\n```\nb\n```"
)]
#[case::paragraphs_in_code(
    r#"<ac:structured-macro ac:name="code"><ac:parameter ac:name="title">t</ac:parameter><ac:rich-text-body><p>a</p><p>b</p></ac:rich-text-body></ac:structured-macro>"#,
    "t\n\na\n\nb"
)]
#[case::text_beside_the_body(
    r#"<ac:structured-macro ac:name="info">one<ac:rich-text-body><p>two</p></ac:rich-text-body><p>three</p></ac:structured-macro>"#,
    "Info: one\n\ntwo\n\nthree"
)]
#[case::body_of_a_macro_that_has_none(
    r#"<ac:structured-macro ac:name="toc"><ac:rich-text-body><p>a</p></ac:rich-text-body></ac:structured-macro>"#,
    "a"
)]
#[case::body_of_an_issue(
    r#"<ac:structured-macro ac:name="jira"><ac:parameter ac:name="key">OPS-1</ac:parameter><ac:rich-text-body><p>a</p></ac:rich-text-body></ac:structured-macro>"#,
    "OPS-1\n\na"
)]
#[case::parameter_without_end(
    r#"<ac:structured-macro ac:name="info"><ac:parameter ac:name="icon">false<ac:rich-text-body><p>a</p></ac:rich-text-body></ac:structured-macro>b"#,
    "Info: a\n\nb"
)]
#[case::parameters_without_ends(
    r#"<ac:structured-macro ac:name="code"><ac:parameter ac:name="theme">x<ac:parameter ac:name="title">T<ac:plain-text-body><![CDATA[a]]></ac:plain-text-body></ac:structured-macro>"#,
    "T\n\n```\na\n```"
)]
#[case::code_without_a_body(
    r#"<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sh</ac:parameter><![CDATA[a  <b]]></ac:structured-macro>"#,
    "```sh\na  <b\n```"
)]
#[case::text_in_a_link(r#"<p><ac:link><ri:page ri:content-title="T"/>see <b>here</b></ac:link></p>"#, "see here")]
#[case::resource_without_end(
    r#"<p><ac:link><ri:page ri:content-title="T"><ac:link-body>here</ac:link-body></ac:link></p>"#,
    "here"
)]
#[case::legacy_macro(
    r#"<ac:macro ac:name="excerpt-include"><ac:default-parameter>OPS:T</ac:default-parameter><ac:parameter ac:name="nopanel">true</ac:parameter></ac:macro>"#,
    "[included page: T]"
)]
#[case::local_ids_and_data(
    r#"<p local-id="a1" ac:local-id="a2" data-x="a3">a</p><table data-layout="wide" data-table-width="760" ac:local-id="a4"><colgroup><col style="width: 1px"/></colgroup><tr><td data-highlight-colour="red">b</td></tr></table>"#,
    "a\n\nb"
)]
#[case::extension_with_a_body(
    r#"<ac:adf-extension><ac:adf-node type="bodied-extension"><ac:adf-attribute key="parameters"><ac:adf-parameter key="guest-params"><ac:adf-parameter key="name">no</ac:adf-parameter></ac:adf-parameter></ac:adf-attribute><ac:adf-content><p>a</p><ac:structured-macro ac:name="note"><ac:rich-text-body>b</ac:rich-text-body></ac:structured-macro></ac:adf-content></ac:adf-node><ac:adf-fallback><p>a</p><p>b</p></ac:adf-fallback></ac:adf-extension>"#,
    "a\n\nNote: b"
)]
#[case::decision_without_a_state(
    r#"<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item"><ac:adf-content>a</ac:adf-content></ac:adf-node></ac:adf-node></ac:adf-extension>"#,
    "Decision: a"
)]
fn in_unexpected_places(#[case] storage: &str, #[case] expected: &str) {
    assert_eq!(text(storage), expected);
    let words = converted(storage).words;
    assert_eq!(words.kept, words.visible);
}

#[rstest]
#[case::page_by_its_id(r#"<ac:link><ri:content-entity ri:content-id="7"/></ac:link>"#, &["ac:link x1"])]
#[case::page_by_its_id_with_text(r#"<ac:link><ri:content-entity ri:content-id="7"/><ac:link-body>a</ac:link-body></ac:link>"#, &[])]
#[case::space(r#"<ac:link><ri:space ri:space-key="OPS"/></ac:link>"#, &[])]
#[case::shortcut(r#"<ac:link><ri:shortcut ri:key="jira" ri:parameter="OPS-1"/></ac:link>"#, &[])]
#[case::blog_post(r#"<ac:link><ri:blog-post ri:content-title="T" ri:posting-day="2026/01/02"/></ac:link>"#, &[])]
#[case::picture_without_a_name(r#"<ac:image><ri:page ri:content-title="T"/></ac:image>"#, &["ac:image x1"])]
#[case::found_when_it_is_shown(r#"<ac:structured-macro ac:name="contentbylabel"><ac:parameter ac:name="cql">x</ac:parameter></ac:structured-macro>"#, &["contentbylabel x1"])]
#[case::search_box(r#"<ac:structured-macro ac:name="livesearch"><ac:parameter ac:name="size">x</ac:parameter></ac:structured-macro>"#, &[])]
fn what_cannot_be_read_is_listed(#[case] storage: &str, #[case] expected: &[&str]) {
    assert_eq!(losses(&format!("<p>{storage}</p>")), expected);
}
