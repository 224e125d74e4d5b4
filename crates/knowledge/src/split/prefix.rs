//! What stands before a chunk's text: title and headings, so that a piece of a page says what it is about.

use super::count::{CountTokens, Measured, weight};

const ARROW: &str = " › ";

/// Title and headings, outermost first. Too long a path loses its outer headings first, the title last.
pub(super) fn path(title: &str, headings: &[String], counter: &impl CountTokens, room: usize) -> String {
    let mut parts: Vec<String> = Vec::with_capacity(headings.len() + 1);
    for part in std::iter::once(title).chain(headings.iter().map(String::as_str)) {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        if !part.is_empty() && parts.last() != Some(&part) {
            parts.push(part);
        }
    }
    while parts.len() > 2 && Measured::new(&parts.join(ARROW), counter).all() > room {
        parts.remove(1);
    }
    if Measured::new(&parts.join(ARROW), counter).all() > room {
        let share = (room / parts.len()).saturating_sub(1);
        parts = parts.iter().map(|part| shortened(part, counter, share)).filter(|part| !part.is_empty()).collect();
    }
    parts.join(ARROW)
}

/// The beginning of a text that has at most `room` tokens.
pub(super) fn shortened(text: &str, counter: &impl CountTokens, room: usize) -> String {
    let mut text = text.trim();
    let mut keep = room;
    while Measured::new(text, counter).all() > room {
        let mut tokens = 0;
        let tokens = counter.tokens(text).into_iter().take_while(|token| {
            tokens += weight(token.len());
            tokens <= keep
        });
        let end = tokens.last().map_or(0, |token| text.floor_char_boundary(token.end));
        text = text.get(..end).unwrap_or_default().trim_end();
        // A cut inside a word can make more tokens of it.
        keep = keep.saturating_sub(1);
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::embed::TokenCounter;

    #[rstest]
    #[case("Page", &[], 16, "Page")]
    #[case("Page", &["Page", "Steps"], 16, "Page › Steps")]
    #[case("", &["Steps"], 16, "Steps")]
    #[case("", &[], 16, "")]
    #[case(" Two\nlines ", &["  ", "b"], 16, "Two lines › b")]
    #[case("Page", &["one two three", "four five", "last"], 6, "Page › four five › last")]
    #[case("Page", &["one two three", "four five", "last"], 4, "Page › last")]
    #[case("a b c d e f", &["g h i j k"], 8, "a b c › g h i")]
    fn paths_keep_title_and_last_heading(
        #[case] title: &str,
        #[case] headings: &[&str],
        #[case] room: usize,
        #[case] expected: &str,
    ) {
        let headings: Vec<String> = headings.iter().map(ToString::to_string).collect();
        assert_eq!(path(title, &headings, &TokenCounter::words(), room), expected);
    }
}
