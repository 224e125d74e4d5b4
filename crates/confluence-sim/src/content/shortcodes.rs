//! Directives of other wiki engines that no reader of a Confluence page would see.

use std::borrow::Cow;

/// `source` without Hugo shortcodes (`{{< … >}}`, `{{% … %}}`) and table-of-contents directives, fenced code untouched.
pub(crate) fn strip(source: &str) -> Cow<'_, str> {
    if !["{{<", "{{%", "[[_TOC_]]", "[TOC]"].iter().any(|mark| source.contains(mark)) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut fence: Option<&str> = None;
    for line in source.split_inclusive('\n') {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(opened)) => fence = Some(opened),
            (Some(open), Some(found)) if open == found => fence = None,
            _ => {}
        }
        if fence.is_some() || mark.is_some() {
            out.push_str(line);
        } else if !matches!(line.trim(), "[[_TOC_]]" | "[TOC]") {
            push_without_shortcodes(&mut out, line);
        }
    }
    Cow::Owned(out)
}

fn push_without_shortcodes(out: &mut String, line: &str) {
    let mut rest = line;
    while let Some((before, close, inside)) = next_shortcode(rest) {
        let in_code_span = before.matches('`').count() % 2 == 1;
        let Some((code, after)) = inside.split_once(close) else { break };
        out.push_str(before);
        if in_code_span {
            out.push_str(if close == ">}}" { "{{<" } else { "{{%" });
            out.push_str(code);
            out.push_str(close);
        }
        rest = after;
    }
    out.push_str(rest);
}

fn next_shortcode(text: &str) -> Option<(&str, &'static str, &str)> {
    let found =
        [("{{<", ">}}"), ("{{%", "%}}")].into_iter().filter_map(|(open, close)| Some((text.find(open)?, close)));
    let (at, close) = found.min_by_key(|(at, _)| *at)?;
    Some((text.get(..at)?, close, text.get(at + 3..)?))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::strip;

    #[rstest]
    #[case("a {{< label name=\"x\" >}} b", "a  b")]
    #[case("{{% alert %}}\ntext\n{{% /alert %}}\n", "\ntext\n\n")]
    #[case("use `{{< ref >}}` here", "use `{{< ref >}}` here")]
    #[case("```\n{{< kept >}}\n```\n{{< gone >}}\n", "```\n{{< kept >}}\n```\n\n")]
    #[case("{{< never closed", "{{< never closed")]
    #[case("[[_TOC_]]\n# T\n", "# T\n")]
    fn shortcodes(#[case] source: &str, #[case] expected: &str) {
        assert_eq!(strip(source), expected);
    }
}
