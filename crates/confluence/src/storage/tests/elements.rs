//! Elements that flow in a line: links, people, pictures, dates, white space.

use rstest::rstest;

use super::super::{Edge, PageRef};
use super::{converted, text};

#[rstest]
#[case::page_link_names_the_page(
    r#"<ac:link><ri:page ri:content-title="Plain Page" ri:space-key="OPS"/></ac:link>"#,
    "Plain Page"
)]
#[case::page_link_with_plain_body(
    r#"<ac:link><ri:page ri:content-title="Plain Page"/><ac:plain-text-link-body><![CDATA[see <here>]]></ac:plain-text-link-body></ac:link>"#,
    "see <here>"
)]
#[case::page_link_with_rich_body(
    r#"<ac:link><ri:page ri:content-title="Plain Page"/><ac:link-body>see <strong>here</strong></ac:link-body></ac:link>"#,
    "see here"
)]
#[case::empty_body_falls_back_to_the_title(
    r#"<ac:link><ri:page ri:content-title="P"/><ac:link-body> </ac:link-body></ac:link>"#,
    "P"
)]
#[case::anchor_link(r#"<ac:link ac:anchor="part-two"/>"#, "part-two")]
#[case::attachment_link(r#"<ac:link><ri:attachment ri:filename="plan &amp; cost.pdf"/></ac:link>"#, "plan & cost.pdf")]
#[case::known_person(r#"Ask <ac:link><ri:user ri:account-id="known"/></ac:link>."#, "Ask Ada Lovelace.")]
#[case::unknown_person(r#"Ask <ac:link><ri:user ri:account-id="5b10"/></ac:link>."#, "Ask @user.")]
#[case::person_with_a_name_of_its_own(
    r#"<ac:link><ri:user ri:account-id="known"/><ac:link-body>@the owner</ac:link-body></ac:link>"#,
    "@the owner"
)]
#[case::empty_link("before<ac:link></ac:link> after", "before after")]
#[case::address_keeps_its_text(r#"<a href="https://example.net/a?b=1&amp;c=2">the <em>docs</em></a>"#, "the docs")]
#[case::card_of_an_unknown_page(
    r#"<a href="https://example.net/x" data-card-appearance="inline">https://example.net/x</a>"#,
    "https://example.net/x"
)]
#[case::card_of_a_known_page(
    r#"See <a href="https://example.net/known" data-card-appearance="inline">https://example.net/known</a>."#,
    "See Known page."
)]
#[case::block_cards_stand_alone(
    r#"<a href="https://a.net" data-card-appearance="block">https://a.net</a><a href="https://b.net" data-card-appearance="embed"></a>"#,
    "https://a.net\n\nhttps://b.net"
)]
#[case::picture_by_alt(
    r#"<ac:image ac:alt="Network plan" ac:width="544"><ri:attachment ri:filename="n.png"/></ac:image>"#,
    "[image: Network plan]"
)]
#[case::picture_by_file_and_caption(
    r#"<ac:image ac:alt=""><ri:attachment ri:filename="n.png"/><ac:caption><p>Network <em>plan</em></p></ac:caption></ac:image>"#,
    "[image: n.png] Network plan"
)]
#[case::picture_by_address(
    r#"<p>See<ac:image><ri:url ri:value="https://example.net/i/logo.png?v=2&amp;w=1"/></ac:image>here</p>"#,
    "See [image: logo.png] here"
)]
#[case::caption_stored_as_plain_text(
    r#"<ac:image><ri:attachment ri:filename="a.png"/><ac:caption><ac:plain-text-body><![CDATA[Cap A]]></ac:plain-text-body></ac:caption></ac:image>"#,
    "[image: a.png] Cap A"
)]
#[case::pictures_between_blocks_stand_alone(
    r#"<ac:image><ri:attachment ri:filename="a.png"/></ac:image><ac:image><ri:attachment ri:filename="b.png"/></ac:image>"#,
    "[image: a.png]\n\n[image: b.png]"
)]
#[case::emoji_as_character(
    r#"Go <ac:emoticon ac:name="blue-star" ac:emoji-shortname=":rocket:" ac:emoji-fallback="🚀"/>!"#,
    "Go 🚀!"
)]
#[case::emoji_by_short_name(r#"<ac:emoticon ac:name="x" ac:emoji-shortname=":rocket:"/>"#, ":rocket:")]
#[case::emoji_by_name(r#"<ac:emoticon ac:name="smile"/>"#, ":smile:")]
#[case::date(r#"Due <time datetime="2026-05-01"/>."#, "Due 2026-05-01.")]
#[case::date_with_text(r#"Due <time datetime="2026-05-01">May Day</time>."#, "Due May Day (2026-05-01).")]
#[case::comment_marker_is_transparent(
    r#"quick bro<ac:inline-comment-marker ac:ref="1">wn f</ac:inline-comment-marker>ox"#,
    "quick brown fox"
)]
#[case::placeholder_is_dropped("<p>Goal: <ac:placeholder>Type the goal here</ac:placeholder>speed</p>", "Goal: speed")]
#[case::marks_are_transparent("H<sub>2</sub>O <strong>bo</strong>ld <unknown-tag>kept</unknown-tag>", "H2O bold kept")]
#[case::formula_by_its_source(
    r#"<math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow><annotation encoding="application/x-tex">E = m</annotation></semantics></math><span class="katex-html" aria-hidden="true">E=m</span>"#,
    "E = m"
)]
fn text_of_an_element(#[case] storage: &str, #[case] expected: &str) {
    assert_eq!(text(storage), expected);
}

#[rstest]
#[case::white_space_of_any_kind("<p>a\u{a0}\u{2009}b&nbsp;&nbsp;c\n\t d\u{3000}e</p>", "a b c d e")]
#[case::invisible_characters("<p>in\u{ad}vis\u{200b}i&shy;ble\u{feff}</p>", "invisible")]
#[case::joiners_stay("<p>👩\u{200d}💻</p>", "👩\u{200d}💻")]
#[case::named_entities("<p>&eacute;t&eacute; &rarr; &hellip; &amp;lt;</p>", "été → … &lt;")]
#[case::numeric_entities("<p>&#8212;&#x2014;&#160;x</p>", "—— x")]
#[case::unknown_entity_stays("<p>a &bogus; b & c &#xD800; d</p>", "a &bogus; b & c &#xD800; d")]
#[case::control_characters("<p>a\u{1}b\u{8}c</p>", "a b c")]
#[case::breaks_are_lines("<p>one<br/>two <br /> three<br/></p>", "one\ntwo\nthree")]
#[case::blocks_never_glue(
    "<p>one</p><p>two</p><div>three</div>four<h2>five</h2>",
    "one\n\ntwo\n\nthree\n\nfour\n\n# five"
)]
#[case::inline_code_with_cdata("<p>if <code><![CDATA[a < b && c]]></code></p>", "if a < b && c")]
fn white_space_and_entities(#[case] storage: &str, #[case] expected: &str) {
    assert_eq!(text(storage), expected);
}

#[test]
fn edges_are_listed_once_in_order_of_mention() {
    let page =
        |title: &str, space: Option<&str>| PageRef { space_key: space.map(str::to_owned), title: title.to_owned() };
    let edges = converted(
        r#"<ac:link><ri:page ri:content-title="B" ri:space-key="OPS"/></ac:link>
        <ac:link><ri:user ri:account-id="known"/></ac:link><ac:link><ri:user ri:account-id="known"/></ac:link>
        <ac:structured-macro ac:name="excerpt-include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="A"/></ac:link></ac:parameter></ac:structured-macro>
        <a href="https://a.net" data-card-appearance="block">https://a.net</a>
        <ac:link><ri:page ri:content-title="B" ri:space-key="OPS"/></ac:link>"#,
    )
    .edges;
    let expected = [
        Edge::Links(page("B", Some("OPS"))),
        Edge::Mentions { account_id: "known".to_owned() },
        Edge::Includes(page("A", None)),
        Edge::Card { url: "https://a.net".to_owned() },
    ];
    assert_eq!(edges, expected);
}
