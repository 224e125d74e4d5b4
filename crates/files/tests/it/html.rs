//! Web pages.

use files::Format;
use rstest::rstest;

use crate::shown::{read_text, shown};

const PAGE: &str = r#"<!doctype html><html><head><title>Tide &amp; time</title><style>p{}</style></head><body>
<nav><a href="/">Home</a></nav>
<h1 id="top">Tides</h1>
<p>The <b>moon</b> pulls
the sea<sup>2</sup>,<br>twice&nbsp;a day. <img src="a.png" alt="Chart of tides"></p>
<div>loose text <span>in a span</span><p>inner</p>after</div>
<ul><li>spring<ul><li>high</li></ul></li><li><input type="checkbox" checked> neap</li></ul>
<ol start="3"><li><p>first</p><p>more</p></li><li>second</li></ol>
<table><caption>Heights</caption><thead><tr><th>Port</th><th colspan="2">Height</th></tr></thead>
<tbody><tr><td rowspan="2">Sandvik</td><td>2.1</td><td>m</td></tr><tr><td>2.3</td><td><ul><li>a</li><li>b</li></ul></td></tr></tbody></table>
<h2><a name="code"></a>Code</h2>
<pre><code class="language-sh">tide --port &lt;name&gt;
  exit
</code></pre>
<h2>Code</h2><script>var x = "never";</script><p hidden>unseen</p><blockquote>said <em>he</em></blockquote>
<svg><text>drawn</text></svg>
<table role="presentation"><tr><td><h3>Laid out</h3><p>by a table</p></td></tr></table>
</body></html>"#;

#[test]
fn everything() {
    insta::assert_snapshot!(shown(&read_text(PAGE, Format::Html)));
}

#[rstest]
#[case(b"<meta charset=iso-8859-2><p>\xb1\xe6\xea".as_slice(), "ąćę")]
#[case(b"<p>\x93caf\xe9\x94", "“café”")]
#[case(b"\xef\xbb\xbf<p>caf\xc3\xa9", "café")]
#[case(b"\xff\xfe<\0p\0>\0h\0i\0", "hi")]
fn encodings(#[case] bytes: &[u8], #[case] text: &str) {
    let read = files::read(bytes, Format::Html).unwrap();
    assert_eq!(read.sections[0].parts[0].text, text);
}

#[rstest]
#[case("<p>unclosed <b>bold <i>both</b> italic</i> end", "unclosed bold both italic end")]
#[case("a<wbr>b c&shy;d", "ab cd")]
#[case("the 1<sup>st</sup> of m<sup>2</sup> <s>old</s> <code>x</code>", "the 1st of m² old x")]
#[case("<p>5 < 6 &amp; 7 &unknown;", "5 < 6 & 7 &unknown;")]
#[case("<td>cell without a table", "cell without a table")]
fn broken_or_odd(#[case] html: &str, #[case] text: &str) {
    assert_eq!(read_text(html, Format::Html).sections[0].parts[0].text, text);
}

#[rstest]
#[case("<p>unclosed\n".repeat(20_000), "ok")]
#[case("<ul><li>".repeat(500) + "end", "ok")]
#[case("<div>".repeat(1_500) + "end", "ok")]
#[case("<table><tr><td>".repeat(600) + "end", "ok")]
#[case("<div>".repeat(100_000) + "end", "damaged")]
#[case("<b><i><a href=x>".repeat(50_000) + "end", "damaged")]
fn deep(#[case] html: String, #[case] code: &str) {
    let read = files::read(html.as_bytes(), Format::Html);
    assert_eq!(read.map_or_else(|error| error.code(), |_| "ok"), code);
}

#[test]
fn long_lines_are_not_wrapped() {
    let line = "a very long line ".repeat(2_000);
    assert_eq!(read_text(&line, Format::Html).sections[0].parts[0].text, line.trim_end());
}

#[test]
fn what_is_nested_too_deeply_keeps_its_words() {
    let text = read_text(&("<div>".repeat(105) + "<table><tr><td>a<td>b</table>c<p>d"), Format::Html);
    assert_eq!(text.sections[0].parts[0].text, "a b c d");
    assert_eq!((text.losses[0].element.as_str(), text.losses[0].count), ("nesting", 1));
}
