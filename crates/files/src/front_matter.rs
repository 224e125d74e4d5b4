//! The metadata block at the start of a Markdown file.

/// The value of `title`, in YAML (`title: x`) or TOML (`title = "x"`).
pub(crate) fn title(block: &str) -> Option<String> {
    block.lines().find_map(value).filter(|title| !title.is_empty())
}

fn value(line: &str) -> Option<String> {
    let rest = line.strip_prefix("title")?.trim_start();
    let value = rest.strip_prefix(':').or_else(|| rest.strip_prefix('='))?.trim();
    Some(markup::normalize(unquoted(value)))
}

fn unquoted(value: &str) -> &str {
    let inside = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

/// Whether the block says more than the title.
pub(crate) fn has_more(block: &str) -> bool {
    block.lines().any(|line| !line.trim().is_empty() && value(line).is_none())
}
