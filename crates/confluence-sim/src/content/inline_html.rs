//! HTML inside Markdown: its text is kept, its tags are not; what only looks like a tag is text.

use crate::escape::entity;

/// Elements whose tags are dropped; a name that is not here (`<your-project>`) is a placeholder and stays as text.
const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "object",
    "ol",
    "p",
    "param",
    "path",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
];

/// What a tag in running text becomes.
#[derive(Debug, PartialEq)]
pub(crate) enum InlineTag {
    /// A line break.
    Break,
    /// Nothing: a known tag or a comment.
    Dropped,
    /// Text, to be escaped.
    Text,
}

/// Judges one inline tag, comment or look-alike.
pub(crate) fn judge(tag: &str) -> InlineTag {
    if tag.starts_with("<!") || tag.starts_with("<?") {
        return InlineTag::Dropped;
    }
    match name(tag).as_str() {
        "br" => InlineTag::Break,
        known if KNOWN.contains(&known) => InlineTag::Dropped,
        _ => InlineTag::Text,
    }
}

fn name(tag: &str) -> String {
    let inner = tag.trim_start_matches('<').trim_start_matches('/');
    let name = inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    // `<h1-title>` is no heading.
    let ended = inner
        .get(name.len()..)
        .is_none_or(|rest| rest.is_empty() || rest.starts_with(['>', '/', ' ', '\n', '\t', '\r']));
    if ended { name } else { String::new() }
}

/// The lines of text in a block of HTML, without tags, comments, scripts and styles.
pub(crate) fn block_text(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, from)) = split_at(rest, '<') {
        text.push_str(before);
        rest = after_tag(from, &mut text);
    }
    text.push_str(rest);
    text.lines().map(|line| decode(line.trim())).filter(|line| !line.is_empty()).collect()
}

fn split_at(text: &str, mark: char) -> Option<(&str, &str)> {
    text.find(mark).and_then(|at| text.split_at_checked(at))
}

/// Steps over the tag, comment or script at the start of `from`; a look-alike is kept as text.
fn after_tag<'a>(from: &'a str, text: &mut String) -> &'a str {
    if from.starts_with("<!--") {
        return from.split_once("-->").map_or("", |(_, after)| after);
    }
    let Some((tag, after)) = from.split_once('>') else {
        text.push_str(from);
        return "";
    };
    match name(tag).as_str() {
        skipped @ ("script" | "style") if !tag.starts_with("</") => {
            after.split_once(&format!("</{skipped}>")).map_or("", |(_, after)| after)
        }
        "br" | "p" | "div" | "tr" | "li" | "summary" | "details" => {
            text.push('\n');
            after
        }
        "td" | "th" => {
            text.push(' ');
            after
        }
        known if KNOWN.contains(&known) || tag.starts_with("<!") || tag.starts_with("<?") => after,
        _ => {
            text.push_str(tag);
            text.push('>');
            after
        }
    }
}

fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = split_at(rest, '&') {
        out.push_str(before);
        let found = from
            .get(1..)
            .and_then(|inner| inner.split_once(';'))
            .and_then(|(name, after)| Some((entity(name)?, after)));
        let (c, after) = found.unwrap_or_else(|| ('&', from.get(1..).unwrap_or("")));
        out.push(c);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{InlineTag, block_text, judge};

    #[rstest]
    #[case("<br/>", InlineTag::Break)]
    #[case("</b>", InlineTag::Dropped)]
    #[case("<!-- note -->", InlineTag::Dropped)]
    #[case("<your-project>", InlineTag::Text)]
    #[case("<b-side>", InlineTag::Text)]
    fn inline(#[case] tag: &str, #[case] expected: InlineTag) {
        assert_eq!(judge(tag), expected);
    }

    #[rstest]
    #[case("<div class=\"x\">A &amp; B<br>C</div>", &["A & B", "C"])]
    #[case("<!-- gone --><style>p { }</style><p>kept</p>", &["kept"])]
    #[case("<script>1 < 2</script>", &[])]
    #[case("<summary>More</summary>", &["More"])]
    #[case("a < b", &["a < b"])]
    fn blocks(#[case] html: &str, #[case] expected: &[&str]) {
        assert_eq!(block_text(html), expected);
    }
}
