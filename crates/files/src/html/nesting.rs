//! How deep the elements of a page are nested, before it is parsed: a parser that follows the standard looks at all open
//! elements for many a tag, which takes hours where a million of them are open.

use std::collections::HashMap;

/// More open elements than any page has that was meant to be read.
const DEEPEST: usize = 2_000;

/// Elements without an end tag, or whose end tag is mostly left out.
const UNCLOSED: [&str; 31] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li",
    "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead",
    "tr", "track",
];

/// Whether more elements are open at once than we let a parser keep.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut open = HashMap::<String, usize>::new();
    let mut depth = 0_usize;
    for tag in html.split('<').skip(1) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = name(tag);
        if name.is_empty() || UNCLOSED.contains(&name.as_str()) {
            continue;
        }
        let count = open.entry(name).or_default();
        if closes {
            depth -= usize::from(*count > 0);
            *count = count.saturating_sub(1);
        } else if !is_self_closed(tag) {
            *count += 1;
            depth += 1;
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

fn name(tag: &str) -> String {
    let letters = tag.chars().take_while(char::is_ascii_alphanumeric).take(20);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

fn is_self_closed(tag: &str) -> bool {
    tag.split('>').next().is_some_and(|inside| inside.ends_with('/'))
}
