//! Markup that no writer should store, and none of it loses text.

use proptest::prelude::*;
use rstest::rstest;

use super::{converted, losses, text};

#[rstest]
#[case::end_without_start("a</p></b> b", "a b")]
#[case::start_without_end("<p>a <b>b<p>c", "a b\n\nc")]
#[case::crossed_ends("<p><b>a<i>b</b>c</i> d</p>e", "abc d\n\ne")]
#[case::bare_less_than("<p>1 < 2 and 3 << 4 <= 5</p>", "1 < 2 and 3 << 4 <= 5")]
#[case::bare_ampersand("<p>R&D & co &; &amp</p>", "R&D & co &; &amp")]
#[case::unclosed_cdata(
    "<p>a</p><ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[x < y",
    "a\n\n```\nx < y\n```"
)]
#[case::cdata_closed_by_its_element(
    "<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[x</ac:plain-text-body></ac:structured-macro><p>a</p>",
    "```\nx\n```\n\na"
)]
#[case::unclosed_comment("<p>a</p><!-- b <p>c</p>", "a\n\nb\n\nc")]
#[case::comment("<p>a<!-- no <b> -- > -->b</p>", "ab")]
#[case::cut_tag("<p>a</p><ac:structured-macro ac:na", "a")]
#[case::unclosed_quote("<p title=\"x>a</p><p class=\"y\">b</p>", "a\n\nb")]
#[case::attributes_without_quotes("<p><time datetime=2026-01-02 /></p>", "2026-01-02")]
#[case::html_void_elements("<p>a<br>b</p><hr><p>c</p>", "a\nb\n\nc")]
#[case::declaration("<?xml version=\"1.0\"?><!DOCTYPE x><p>a</p>", "a")]
#[case::byte_order_mark("\u{feff}<p>a</p>", "a")]
#[case::empty("", "")]
#[case::tag_soup("<><</>&<p", "<><</>&")]
#[case::stray_parameter("</ac:parameter><ac:parameter ac:name=\"compressed\">true</ac:parameter><p>a</p>", "a")]
#[case::stray_body("<ac:rich-text-body>a</ac:rich-text-body><ac:task-body>b</ac:task-body>", "a\n\nb")]
fn recovers(#[case] storage: &str, #[case] expected: &str) {
    assert_eq!(text(storage), expected);
}

#[test]
fn deep_nesting_keeps_words_apart_and_is_a_listed_loss() {
    let storage = format!("{}<p>one</p><p>two</p><b>th</b>ree{}", "<div>".repeat(300), "</div>".repeat(300));
    assert_eq!(text(&storage), "one two three");
    assert_eq!(losses(&storage), ["nesting x1"]);
}

#[test]
fn deep_parameters_stay_hidden() {
    let hidden =
        r#"<ac:structured-macro ac:name="x"><ac:parameter ac:name="a">secret</ac:parameter></ac:structured-macro>"#;
    assert_eq!(text(&format!("{}a {hidden} b", "<div>".repeat(300))), "a b");
}

/// Pieces that storage format is made of, well and badly joined.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<h2>",
    "</h2>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td rowspan=\"3\">",
    "<th colspan='2'>",
    "</td>",
    "</tr>",
    "</table>",
    "<ac:structured-macro ac:name=\"info\">",
    "<ac:structured-macro ac:name=\"code\">",
    "</ac:structured-macro>",
    "<ac:parameter ac:name=\"title\">",
    "</ac:parameter>",
    "<ac:rich-text-body>",
    "</ac:rich-text-body>",
    "<ac:plain-text-body>",
    "</ac:plain-text-body>",
    "<![CDATA[",
    "]]>",
    "]]",
    "<ac:task-list>",
    "<ac:task>",
    "<ac:task-body>",
    "<ac:link>",
    "<ri:page ri:content-title=\"T\"/>",
    "<ac:link-body>",
    "<ac:adf-extension>",
    "<ac:adf-node type=\"decision-list\">",
    "<ac:adf-content>",
    "<ac:image ac:alt=\"x\">",
    "<br/>",
    "<a href=\"",
    "\"",
    "'",
    ">",
    "<",
    "&",
    "&amp;",
    "&nbsp;",
    "&#8212;",
    ";",
    "<!--",
    "-->",
    "<?",
    "word",
    " ",
    "\n",
    "é",
    "\u{200b}",
    "日本",
    "\u{0}",
    "<pre>",
    "<time datetime=\"2026-01-01\"/>",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_converts(storage in any::<String>()) {
        converted(&storage);
    }

    #[test]
    fn any_bytes_convert(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        converted(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_soup_converts(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..120)) {
        let converted = converted(&pieces.concat());
        for part in converted.sections.iter().flat_map(|section| &section.parts) {
            prop_assert!(!part.text.is_empty());
        }
    }

    /// Prose survives whatever inline markup surrounds it: same words, same order.
    #[test]
    fn words_survive_marks(words in proptest::collection::vec("[a-zé]{1,8}", 1..30), marks in proptest::collection::vec(0usize..4, 30)) {
        let tags = ["strong", "em", "span", "ac:inline-comment-marker"];
        let marked = words.iter().zip(&marks).map(|(word, &mark)| {
            let tag = tags.get(mark).copied().unwrap_or("u");
            format!("<{tag}>{word}</{tag}>")
        });
        let storage = format!("<p>{}</p>", marked.collect::<Vec<_>>().join(" "));
        prop_assert_eq!(text(&storage), words.join(" "));
    }

    /// Code survives whatever it holds, once `]]>` is split as Confluence splits it.
    #[test]
    fn code_survives(code in "[ -~\\n\\té日]{1,80}") {
        prop_assume!(!code.trim().is_empty());
        let stored = code.replace("]]>", "]]]]><![CDATA[>");
        let storage = format!(r#"<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[{stored}]]></ac:plain-text-body></ac:structured-macro>"#);
        let text = text(&storage);
        let inner = text.split_once('\n').and_then(|(_, rest)| rest.rsplit_once('\n')).map(|(inner, _)| inner.to_owned());
        prop_assert_eq!(inner.as_deref(), Some(code.strip_suffix('\n').unwrap_or(&code)));
    }
}
