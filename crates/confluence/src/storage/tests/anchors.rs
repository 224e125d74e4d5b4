//! Anchors of headings, in both editors.

use rstest::rstest;

use super::super::{Editor, Options, convert};

fn anchors(storage: &str, editor: Editor) -> Vec<String> {
    let options = Options { editor: Some(editor), ..Options::new("On call: \u{a0}Week 2") };
    convert(storage, &options).sections.into_iter().filter_map(|section| section.anchor).collect()
}

#[rstest]
#[case::words("<h2>Heading With  Words</h2>", "Heading-With-Words")]
#[case::breaks("<h2>One<br/>two</h2>", "One-two")]
#[case::punctuation("<h2>What's new (v2.1), really?</h2>", "What's-new-(v2.1),-really?")]
#[case::encoded("<h2>100 % &lt;b&gt; [x] &quot;q&quot; #1</h2>", "100-%25-%3Cb%3E-%5Bx%5D-%22q%22-%231")]
#[case::other_scripts("<h2>Übung 東京</h2>", "%C3%9Cbung-%E6%9D%B1%E4%BA%AC")]
#[case::macro_before(
    r#"<h2><ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">x</ac:parameter></ac:structured-macro>HTTP</h2>"#,
    "%5BinlineExtension%5DHTTP"
)]
#[case::macro_after(
    r#"<h2>As Dynamic <ac:structured-macro ac:name="anchor"/></h2>"#,
    "As-Dynamic-%5BinlineExtension%5D"
)]
#[case::macro_with_text(
    r#"<h2>See <ac:structured-macro ac:name="jira"><ac:parameter ac:name="key">A-1</ac:parameter></ac:structured-macro></h2>"#,
    "See-%5BinlineExtension%5D"
)]
#[case::status_is_no_extension(
    r#"<h2>Plan <ac:structured-macro ac:name="status"><ac:parameter ac:name="title">DONE</ac:parameter></ac:structured-macro></h2>"#,
    "Plan-DONE"
)]
fn new_editor(#[case] storage: &str, #[case] expected: &str) {
    assert_eq!(anchors(storage, Editor::New), [expected]);
}

#[test]
fn old_editor_joins_title_and_heading_without_space() {
    assert_eq!(anchors("<h1>Who to call</h1>", Editor::Old), ["Oncall:Week2-Whotocall"]);
}

#[test]
fn repeated_headings_are_numbered_from_the_second() {
    let storage = "<h1>A b</h1><h2>C</h2><h1>A b</h1><h3>A b</h3>";
    assert_eq!(anchors(storage, Editor::New), ["A-b", "C", "A-b.1", "A-b.2"]);
    assert_eq!(
        anchors(storage, Editor::Old),
        ["Oncall:Week2-Ab", "Oncall:Week2-C", "Oncall:Week2-Ab.1", "Oncall:Week2-Ab.2"]
    );
}

#[rstest]
#[case::no_sign("<p>x</p>", "A-b")]
#[case::legacy_paragraph(r#"<p class="auto-cursor-target"><br/></p>"#, "Oncall:Week2-Ab")]
#[case::legacy_table(r#"<table class="wrapped relative-table"><tr><td>x</td></tr></table>"#, "Oncall:Week2-Ab")]
#[case::legacy_columns(
    r#"<ac:structured-macro ac:name="section" ac:schema-version="1"><ac:rich-text-body>x</ac:rich-text-body></ac:structured-macro>"#,
    "Oncall:Week2-Ab"
)]
#[case::present_paragraph(r#"<p local-id="1">x</p>"#, "A-b")]
#[case::present_node("<ac:adf-extension><ac:adf-fallback>x</ac:adf-fallback></ac:adf-extension>", "A-b")]
#[case::taken_over(r#"<p class="auto-cursor-target"/><table data-layout="default"><tr><td>x</td></tr></table>"#, "A-b")]
#[case::sign_in_the_text("<p>class=\"auto-cursor-target\"</p>", "A-b")]
fn the_editor_shows_in_its_markup(#[case] storage: &str, #[case] expected: &str) {
    let converted = convert(&format!("<h2>A b</h2>{storage}"), &Options::new("On call: Week 2"));
    assert_eq!(converted.sections[0].anchor.as_deref(), Some(expected));
}

#[test]
fn a_given_editor_decides_before_any_sign() {
    let storage = r#"<h2>A b</h2><p class="auto-cursor-target"/>"#;
    assert_eq!(anchors(storage, Editor::New), ["A-b"]);
}
