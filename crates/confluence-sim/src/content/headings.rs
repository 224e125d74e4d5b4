//! The anchors that links in Markdown name, and those that Confluence's new editor gives the same headings.

use std::collections::HashMap;

use super::markdown;
use crate::body::html::Anchors;

/// Anchors of a page's headings: by the slug that Markdown renderers make, the id that the new editor makes.
pub(crate) fn anchors(markdown: &str, drop_heading: bool) -> HashMap<String, String> {
    let (mut ids, mut slugs, mut found) = (Anchors::default(), HashMap::new(), HashMap::new());
    let headings = markdown::headings(markdown);
    // The first top heading has become the title, which has no anchor of its own.
    let title = headings.iter().position(|(level, _)| *level == 1).filter(|_| drop_heading);
    for (at, (_, text)) in headings.iter().enumerate() {
        let slug = unique_slug(text, &mut slugs);
        if title != Some(at) {
            found.insert(slug, ids.next(text));
        }
    }
    found
}

/// Lower case, punctuation dropped, spaces as `-`; a repeated slug gets `-1`, `-2` after it.
fn unique_slug(heading: &str, seen: &mut HashMap<String, usize>) -> String {
    let kept = heading.to_lowercase();
    let slug: String = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect();
    let count = seen.entry(slug.clone()).and_modify(|count| *count += 1).or_insert(0);
    if *count == 0 { slug } else { format!("{slug}-{count}") }
}

#[cfg(test)]
mod tests {
    use super::anchors;

    #[test]
    fn slugs_find_the_ids_of_the_new_editor() {
        let found = anchors("# Title\n\n## What's `new`?\n\n### Steps\n\n## Steps\n", true);
        let mut found: Vec<(String, String)> = found.into_iter().collect();
        found.sort();
        let expected = [("steps", "Steps"), ("steps-1", "Steps.1"), ("whats-new", "What's-new?")];
        assert_eq!(found, expected.map(|(slug, id)| (slug.to_owned(), id.to_owned())));
    }
}
