//! Macros: which parameters are prose, which bodies are text, what is lost.

use rstest::rstest;

use super::{losses, text};

fn parameter(name: &str, value: &str) -> String {
    format!(r#"<ac:parameter ac:name="{name}">{value}</ac:parameter>"#)
}

fn of(name: &str, content: &str) -> String {
    format!(
        r#"<ac:structured-macro ac:name="{name}" ac:schema-version="1" ac:macro-id="m-1">{content}</ac:structured-macro>"#
    )
}

fn rich(content: &str) -> String {
    format!("<ac:rich-text-body>{content}</ac:rich-text-body>")
}

fn plain(content: &str) -> String {
    format!("<ac:plain-text-body>{content}</ac:plain-text-body>")
}

#[rstest]
#[case::language_and_title(
    "code",
    parameter("language", "sql") + &parameter("title", "top.sql") + &parameter("linenumbers", "true") + &plain("<![CDATA[SELECT 1\n  FROM t;]]>"),
    "top.sql\n\n```sql\nSELECT 1\n  FROM t;\n```"
)]
#[case::split_cdata_is_joined("code", plain("<![CDATA[a[b[0]]]]><![CDATA[>c]]>"), "```\na[b[0]]>c\n```")]
#[case::markup_inside(
    "code",
    plain("<![CDATA[<p>x</p> 1 < 2 && \"y\" > z]]>"),
    "```\n<p>x</p> 1 < 2 && \"y\" > z\n```"
)]
#[case::white_space_is_exact(
    "code",
    plain("<![CDATA[\n\n\tif x:\u{a0}\n        y  z\n\n]]>"),
    "```\n\n\n\tif x:\u{a0}\n        y  z\n\n```"
)]
#[case::carriage_returns("code", plain("<![CDATA[a\r\nb\rc]]>"), "```\na\nb\nc\n```")]
#[case::without_cdata("code", plain("def f():\n    return a &lt; b"), "```\ndef f():\n    return a < b\n```")]
#[case::indented_markup("code", plain("\n  <![CDATA[x]]>\n  "), "```\nx\n```")]
#[case::no_language("code", parameter("language", "none") + &plain("<![CDATA[x]]>"), "```\nx\n```")]
#[case::backticks_inside("code", plain("<![CDATA[```js\nx\n```]]>"), "````\n```js\nx\n```\n````")]
#[case::noformat("noformat", plain("<![CDATA[ a\n  b]]>"), "```\n a\n  b\n```")]
#[case::markdown("markdown", plain("<![CDATA[# T\n\n* a]]>"), "```markdown\n# T\n\n* a\n```")]
#[case::markdown_of_another_vendor("mohamicorp-markdown", plain("<![CDATA[# T]]>"), "```markdown\n# T\n```")]
#[case::diagram_source("plantuml", plain("<![CDATA[A -> B]]>"), "```plantuml\nA -> B\n```")]
fn verbatim(#[case] name: &str, #[case] content: String, #[case] expected: &str) {
    assert_eq!(text(&of(name, &content)), expected);
    assert!(losses(&of(name, &content)).is_empty());
}

#[rstest]
#[case::info("info", parameter("icon", "false") + &rich("<p>Body</p><p>more</p>"), "Info: Body\n\nmore")]
#[case::note("note", rich("Body"), "Note: Body")]
#[case::warning("warning", parameter("title", "Mind the gap") + &rich("<p>Body</p>"), "Warning: Mind the gap\nBody")]
#[case::tip("tip", rich("<ul><li>a</li></ul>"), "Tip:\n\n- a")]
#[case::empty_info("info", rich(""), "")]
#[case::panel(
    "panel",
    parameter("panelIcon", ":check_mark:") + &parameter("panelIconId", "atlassian-check") + &parameter("panelIconText", "x") + &parameter("bgColor", "#FFF0B3") + &rich("<p>Body</p>"),
    "Body"
)]
#[case::panel_with_title("panel", parameter("title", "Notice") + &parameter("borderStyle", "solid") + &rich("<p>Body</p>"), "Notice\nBody")]
#[case::expand("expand", parameter("title", "Show details") + &rich("<p>Body</p>"), "Show details:\nBody")]
#[case::expand_asking("expand", parameter("title", "Why?") + &rich("<ol><li>a</li></ol>"), "Why?\n\n1. a")]
#[case::expand_without_title("expand", rich("<p>Body</p>"), "Body")]
#[case::excerpt("excerpt", parameter("atlassian-macro-output-type", "INLINE") + &parameter("hidden", "true") + &rich("<p>Body</p>"), "Body")]
#[case::section("section", rich(&(of("column", &(parameter("width", "50%") + &rich("<p>left</p>"))) + &of("column", &rich("<p>right</p>")))), "left\n\nright")]
#[case::details(
    "details",
    parameter("hidden", "true") + &parameter("id", "meta") + &rich("<table><tbody><tr><th>Owner</th><td>Infra</td></tr><tr><th>State:</th><td>live</td></tr></tbody></table>"),
    "Owner: Infra\nState: live"
)]
#[case::details_across(
    "details",
    rich("<table><tbody><tr><th>Owner</th><th>State</th></tr><tr><td>Infra</td><td>live</td></tr></tbody></table>"),
    "Owner: Infra\nState: live"
)]
#[case::status("status", parameter("colour", "Yellow") + &parameter("title", "IN PROGRESS"), "IN PROGRESS")]
#[case::jira_key("jira", parameter("server", "System Jira") + &parameter("serverId", "0f1-2") + &parameter("key", "OPS-42"), "OPS-42")]
#[case::jira_query("jira", parameter("columns", "key,summary") + &parameter("jqlQuery", "project = OPS"), "[Jira query: project = OPS]")]
#[case::toc("toc", parameter("maxLevel", "3") + &parameter("outline", "none"), "")]
#[case::anchor("anchor", parameter("", "section-one"), "")]
#[case::include(
    "include",
    parameter("", r#"<ac:link><ri:page ri:content-title="Shared &amp; common"/></ac:link>"#),
    "[included page: Shared & common]"
)]
#[case::excerpt_include(
    "excerpt-include",
    parameter("", r#"<ac:link><ri:page ri:content-title="Shared"/></ac:link>"#) + &parameter("nopanel", "true"),
    "[included page: Shared]"
)]
#[case::include_in_words("excerpt-include", parameter("", "OPS:Shared"), "[included page: Shared]")]
#[case::profile_of_a_known_person("profile", parameter("user", r#"<ri:user ri:account-id="known"/>"#), "Ada Lovelace")]
#[case::foreign_with_body("vendor-tabs", parameter("fullName", "nick") + &parameter("x", "false") + &rich("<p>Body</p>"), "Body")]
fn read(#[case] name: &str, #[case] content: String, #[case] expected: &str) {
    assert_eq!(text(&of(name, &content)), expected);
    assert!(losses(&of(name, &content)).is_empty());
}

#[rstest]
#[case("children", "3", "")]
#[case("pagetree", "none", "")]
#[case("attachments", "false", "")]
#[case("gallery", "2", "")]
#[case("recently-updated", "all", "")]
#[case("contentbylabel", "kb", "")]
#[case("profile", "nick", "[macro profile]")]
#[case("view-file", "report.pdf", "[macro view-file]")]
#[case("drawio", "release-topology", "[macro drawio]")]
#[case("gliffy", "diagram", "[macro gliffy]")]
#[case("vendor-chart", "falsefalse", "[macro vendor-chart]")]
fn lost(#[case] name: &str, #[case] value: &str, #[case] expected: &str) {
    let storage = of(name, &(parameter("name", value) + &parameter("fullName", value)));
    assert_eq!(text(&storage), expected);
    assert_eq!(losses(&storage), [format!("{name} x1")]);
}

#[test]
fn a_lost_macro_is_named_once_and_counted_always() {
    let storage = of("drawio", "") + "<p>between</p>" + &of("drawio", "") + &of("vendor", &rich(" "));
    assert_eq!(text(&storage), "[macro drawio]\n\nbetween\n\n[macro vendor]");
    assert_eq!(losses(&storage), ["drawio x2", "vendor x1"]);
}

#[test]
fn macros_in_a_line_stay_in_it() {
    let status = of("status", &parameter("title", "DONE"));
    let excerpt = of("excerpt", &rich("a <em>short</em> one"));
    let storage = format!("<p>It is {status}, {excerpt}, and {}.</p>", of("drawio", ""));
    assert_eq!(text(&storage), "It is DONE, a short one, and [macro drawio] .");
}

const PANEL: &str = r#"<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute>
<ac:adf-content><p>Mind this</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div class="panel"><p>Mind this</p></div></ac:adf-fallback></ac:adf-extension>"#;
const DECISIONS: &str = r#"<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-attribute key="local-id">x1</ac:adf-attribute>
<ac:adf-node type="decision-item"><ac:adf-attribute key="local-id">x2</ac:adf-attribute><ac:adf-attribute key="state">DECIDED</ac:adf-attribute>
<ac:adf-content>Use <strong>Rust</strong></ac:adf-content></ac:adf-node></ac:adf-node><ac:adf-fallback><ul class="decision-list"><li>Use Rust</li></ul></ac:adf-fallback></ac:adf-extension>"#;
const UNKNOWN: &str = r#"<ac:adf-extension><ac:adf-node type="new-thing"><ac:adf-attribute key="a">b</ac:adf-attribute></ac:adf-node>
<ac:adf-fallback><p>as text</p></ac:adf-fallback></ac:adf-extension>"#;

const EXTENSION: &str = r#"<ac:adf-extension><ac:adf-node type="extension"><ac:adf-attribute key="extension-key">0f1-2/static/embed</ac:adf-attribute>
<ac:adf-parameter key="__bodyContent">secret</ac:adf-parameter></ac:adf-node><ac:adf-fallback><ac:adf-node type="extension"><ac:adf-attribute key="extension-key">0f1-2/static/embed</ac:adf-attribute></ac:adf-node></ac:adf-fallback></ac:adf-extension>"#;

#[rstest]
#[case::extension(EXTENSION, "[macro embed]")]
#[case::panel(PANEL, "Mind this")]
#[case::decisions(DECISIONS, "Decision (decided): Use Rust")]
#[case::fallback_where_there_is_no_content(UNKNOWN, "as text")]
fn nodes_of_the_new_editor_are_read_once(#[case] storage: &str, #[case] expected: &str) {
    assert_eq!(text(storage), expected);
}
