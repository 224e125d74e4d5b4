//! The block of settings before a Markdown page: stripped, its `title` used.

/// A page's text without its front matter, and the title that the front matter gave.
pub(crate) fn split(source: &str) -> (Option<String>, &str) {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    for (fence, separator) in [("---", ':'), ("+++", '=')] {
        if let Some((block, body)) = fenced(source, fence) {
            return (title(block, separator), body);
        }
    }
    (None, source)
}

fn fenced<'a>(source: &'a str, fence: &str) -> Option<(&'a str, &'a str)> {
    let rest = source.strip_prefix(fence)?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((rest.get(..at)?, rest.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}

fn title(block: &str, separator: char) -> Option<String> {
    let value = block.lines().find_map(|line| line.strip_prefix("title")?.trim_start().strip_prefix(separator))?;
    let value = unquoted(value.trim());
    (!value.is_empty()).then_some(value)
}

fn unquoted(value: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            let doubled: String = [quote, quote].iter().collect();
            return inner.replace("\\\"", "\"").replace(&doubled, &quote.to_string()).trim().to_owned();
        }
    }
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::split;

    #[rstest]
    #[case("---\ntitle: Plain words\n---\nbody", Some("Plain words"), "body")]
    #[case("---\ntitle: \"Quoted: words\"\nweight: 2\n---\nbody", Some("Quoted: words"), "body")]
    #[case("---\r\ntitle: 'It''s'\r\n---\r\nbody", Some("It's"), "body")]
    #[case("+++\ntitle = \"Toml\"\n+++\nbody", Some("Toml"), "body")]
    #[case("---\nsubtitle: no\n---\nbody", None, "body")]
    #[case("---\nnever closed", None, "---\nnever closed")]
    #[case("no front matter\n---\n", None, "no front matter\n---\n")]
    fn front_matter(#[case] source: &str, #[case] title: Option<&str>, #[case] body: &str) {
        assert_eq!(split(source), (title.map(str::to_owned), body));
    }
}
