//! Work and memory stay linear in the length of the body; counted, not timed.

use rstest::rstest;

use super::super::tree::Tree;
use super::{converted, text};

/// Bytes read per byte of source.
fn work(storage: &str) -> f64 {
    Tree::parse(storage).scanned() as f64 / storage.len() as f64
}

#[rstest]
#[case::plain_tags("<p>word</p>")]
#[case::open_tags("<p><ac:layout><b>")]
#[case::end_tags("</p></b>")]
#[case::bare_less_than("<")]
#[case::bare_less_than_and_space("< ")]
#[case::cut_tags("<a ")]
#[case::open_double_quotes("<a b=\"")]
#[case::open_single_quotes("<a b='c>")]
#[case::open_cdata("<![CDATA[x")]
#[case::open_comments("<!--")]
#[case::open_instructions("<?x ")]
#[case::open_declarations("<!DOCTYPE [")]
#[case::ampersands("&")]
#[case::long_references("&aaaaaaaaaaaaaaaaaaaa")]
#[case::brackets("]]>")]
fn work_is_linear(#[case] piece: &str) {
    for length in [1_000, 20_000] {
        let storage = piece.repeat(length);
        assert!(work(&storage) <= 7.0, "{piece:?} x {length}: {}", work(&storage));
    }
}

#[rstest]
#[case::elements("<div>", "</div>")]
#[case::inline("<b>", "</b>")]
#[case::lists("<ul><li>x", "</li></ul>")]
#[case::tables("<table><tr><td>x", "</td></tr></table>")]
#[case::macros(
    r#"<ac:structured-macro ac:name="info"><ac:rich-text-body>x"#,
    "</ac:rich-text-body></ac:structured-macro>"
)]
#[case::unknown_macros(
    r#"<ac:structured-macro ac:name="zzz"><ac:rich-text-body>"#,
    "</ac:rich-text-body></ac:structured-macro>"
)]
#[case::nodes("<ac:adf-extension><ac:adf-node><ac:adf-content>", "</ac:adf-content></ac:adf-node></ac:adf-extension>")]
#[case::links("<ac:link><ac:link-body>", "</ac:link-body></ac:link>")]
fn ten_thousand_levels_fit_a_small_stack(#[case] open: &str, #[case] close: &str) {
    let storage = format!("{}deep{}", open.repeat(10_000), close.repeat(10_000));
    let thread = std::thread::Builder::new().stack_size(512 * 1024).spawn(move || text(&storage).contains("deep"));
    assert!(thread.unwrap().join().unwrap());
}

#[test]
fn a_body_of_ten_megabytes_converts_whole() {
    let row = "<tr><td><p>alpha &amp; beta</p></td><td><strong>gamma</strong></td></tr>";
    let storage = format!("<h1>A</h1><table>{}</table>", row.repeat(10_000_000 / row.len()));
    let words = converted(&storage).words;
    assert!(words.kept >= words.visible && words.visible > 400_000, "{words:?}");
}

#[test]
fn paths_stay_within_bounds() {
    let long = "w".repeat(900);
    let storage = format!("<h1>{long}</h1><h2>{long}</h2>{}", "<h3>a</h3>".repeat(30_000));
    let sections = converted(&storage).sections;
    let bytes: usize = sections.iter().flat_map(|section| &section.heading_path).map(String::len).sum();
    assert!(bytes < 20_000_000, "{bytes}");
    assert!(sections.iter().all(|section| section.heading_path.last().is_some()));
}

#[test]
fn output_stays_near_the_size_of_the_input() {
    let storage = format!("{}{}", "<ul><li>".repeat(60), "<li>x</li>".repeat(5_000));
    assert!(text(&storage).len() <= storage.len() * 3);
}

fn bytes(storage: &str) -> usize {
    converted(storage).sections.iter().flat_map(|section| &section.parts).map(|part| part.text.len()).sum()
}

#[rstest]
#[case::unread("<p class=\"", "\">a</p>", "a")]
#[case::unread_on_a_macro("<ac:structured-macro ac:macro-id=\"", "\" ac:name=\"toc\"/>a", "a")]
#[case::before_the_one_that_is_read(
    "<ac:structured-macro ac:macro-id=\"",
    "\" ac:name=\"info\"><ac:rich-text-body>a</ac:rich-text-body></ac:structured-macro>",
    "Info: a"
)]
#[case::never_closed("a<p class=\"", "", "a")]
fn an_attribute_of_a_megabyte_is_read_over(#[case] before: &str, #[case] after: &str, #[case] expected: &str) {
    let storage = format!("{before}{}{after}", "x".repeat(1_000_000));
    assert_eq!(text(&storage), expected);
    assert!(work(&storage) <= 7.0, "{}", work(&storage));
}

#[test]
fn many_attributes_are_read_over() {
    let storage = format!("<ac:image {} ac:alt=\"x\"/>", "a=\"b\" ".repeat(200_000));
    assert_eq!(text(&storage), "[image: x]");
}

#[rstest]
#[case::paragraphs("<p>a</p>")]
#[case::marks("<b>a</b> ")]
#[case::links(r#"<ac:link><ri:page ri:content-title="b"/><ac:link-body>a</ac:link-body></ac:link> "#)]
#[case::fallbacks("<ac:adf-extension><ac:adf-fallback>a</ac:adf-fallback></ac:adf-extension>")]
#[case::headings("<h2>a</h2>")]
#[case::unclosed("<p>a")]
fn a_million_siblings_keep_their_words(#[case] sibling: &str) {
    let words = converted(&sibling.repeat(1_000_000)).words;
    assert_eq!((words.visible, words.kept), (1_000_000, 1_000_000));
}

#[test]
fn a_hundred_thousand_cells_of_any_span_stay_within_bounds() {
    let row = format!("<tr>{}</tr>", r#"<td rowspan="1000" colspan="1000">word</td>"#.repeat(100));
    let storage = format!("<table>{}</table>", row.repeat(1_000));
    assert!(bytes(&storage) <= storage.len() * 3, "{} from {}", bytes(&storage), storage.len());
    assert_eq!(converted(&storage).words.kept, 100_000);
}

#[test]
fn a_cell_of_a_megabyte_is_repeated_within_bounds() {
    let storage = format!(
        r#"<table><tr><td rowspan="1000" colspan="100">{}</td></tr>{}</table>"#,
        "word ".repeat(200_000),
        "<tr><td>x</td></tr>".repeat(1_000)
    );
    assert!(bytes(&storage) <= storage.len() * 3, "{} from {}", bytes(&storage), storage.len());
}
