//! Markdown and HTML to plain text: links lose their addresses, elements their tags, lines the marks before them. Pure.

/// Longest tag, in bytes; what is longer is text.
const LONGEST_TAG: usize = 400;

/// Elements whose tags are taken out. Others are text, as the `<namespace>` that a person has to fill in.
const ELEMENTS: [&str; 76] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "link",
    "main",
    "mark",
    "math",
    "meta",
    "nav",
    "object",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// Elements that stand apart from the text around them.
const APART: [&str; 12] = ["br", "p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "hr", "blockquote"];

/// `text` without markup, on one line.
pub(crate) fn plain(text: &str) -> String {
    let text = without_line_mark(text.trim());
    let text = without_tags(&without_links(text)).replace("()", "");
    let text = text.replace("**", "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a stop at the end of `before` would stand within a tag or an address.
pub(crate) fn is_inside(before: &str) -> bool {
    let is_near = |at: usize| before.len() - at <= LONGEST_TAG;
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let tag = before.rfind('<').filter(|at| *at >= line && is_near(*at)).and_then(|at| before.get(at..));
    let in_tag = tag.is_some_and(|tag| !tag.contains('>') && element(tag).is_some_and(is_element));
    let target = before.rfind("](").filter(|at| *at >= line && is_near(*at)).and_then(|at| before.get(at..));
    in_tag || target.is_some_and(|target| !target.contains(')'))
}

/// How long the mark of a list, heading, quote or table row at the start of a line is; none where there is none.
pub(crate) fn line_mark(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    let length = match line.chars().next()? {
        '|' | '>' => return Some(1),
        letter @ ('-' | '*' | '+' | '•') => letter.len_utf8(),
        '#' if hashes <= 6 => hashes,
        '0'..='9' if digits <= 3 && line.get(digits..)?.starts_with(['.', ')']) => digits + 1,
        _ => return None,
    };
    line.get(length..)?.starts_with([' ', '\n']).then_some(length)
}

fn without_line_mark(mut line: &str) -> &str {
    while let Some(length) = line_mark(line) {
        line = line.get(length..).unwrap_or_default().trim_start();
    }
    line
}

/// `[text](address)` and `![text](address)` as `text`.
fn without_links(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let Some(end) = after.find(')') else { break };
        kept.push_str(before);
        if let Some(open) = kept.rfind('[') {
            kept.remove(open);
            if open > 0 && kept.get(..open).is_some_and(|before| before.ends_with('!')) {
                kept.remove(open - 1);
            }
        }
        rest = after.get(end + 1..).unwrap_or_default();
    }
    kept + rest
}

fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.find('<').map(|at| rest.split_at(at)) {
        kept.push_str(before);
        let length = tag_length(from);
        match length.and_then(|length| from.get(1..length - 1)) {
            Some(inside) if is_address(inside) => kept.push_str(inside),
            Some(_) if element(from).is_some_and(|name| APART.contains(&name.to_ascii_lowercase().as_str())) => {
                kept.push(' ');
            }
            Some(_) => {}
            None => kept.push('<'),
        }
        rest = from.get(length.unwrap_or(1)..).unwrap_or_default();
    }
    kept + rest
}

/// How long the tag, comment or bracketed address is that `text` begins with.
fn tag_length(text: &str) -> Option<usize> {
    let length = text.find('>').filter(|end| *end <= LONGEST_TAG)? + 1;
    let inside = text.get(1..length - 1)?;
    let is_tag = element(text).is_some_and(|name| is_element(name) || inside.contains('='));
    (is_tag || is_address(inside) || inside.starts_with(['!', '?'])).then_some(length)
}

/// The name of the element whose tag `text` begins with.
fn element(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('<')?;
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let end = inside.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(inside.len());
    inside.get(..end).filter(|name| !name.is_empty())
}

fn is_element(name: &str) -> bool {
    ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}

fn is_address(inside: &str) -> bool {
    !inside.contains(char::is_whitespace) && (inside.starts_with("http://") || inside.starts_with("https://"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::text("Keep  a < b\nand c > d.", "Keep a < b and c > d.")]
    #[case::link("See [the guide](https://x.example/a \"T. t\") now.", "See the guide now.")]
    #[case::image("![a picture](data:x) here", "a picture here")]
    #[case::script("Do <script>alert('x')</script>it", "Do alert('x')it")]
    #[case::attributes("<a href=\"javascript:x\" onclick=y>Press</a>", "Press")]
    #[case::unknown_with_attributes("<x-y onload=z>Press", "Press")]
    #[case::breaks("one<br/>two<p>three</p>", "one two three")]
    #[case::comment("a<!-- b -->c", "ac")]
    #[case::placeholder("kubectl -n <namespace> get", "kubectl -n <namespace> get")]
    #[case::address("<https://x.example>", "https://x.example")]
    #[case::bold("**Restart** it", "Restart it")]
    #[case::item("- Restart it", "Restart it")]
    #[case::numbered("12. **Restart** it", "Restart it")]
    #[case::heading("## > Restart", "Restart")]
    #[case::minus("-5 degrees", "-5 degrees")]
    #[case::year("2026. Next", "2026. Next")]
    #[case::code("run `a[0]` now", "run `a[0]` now")]
    #[case::open_link("[text](no end", "[text](no end")]
    fn markup_becomes_text(#[case] marked: &str, #[case] text: &str) {
        assert_eq!(plain(marked), text);
    }
}
