//! Letters that can be seen. Foreign text may hide others, to look like what it is not.

/// The letter as it may go on: kinds of line breaks become one, and what can't be seen is none.
pub(crate) fn visible(letter: char) -> Option<char> {
    match letter {
        '\n' | '\t' => Some(letter),
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        _ if letter.is_control() || is_hidden(letter) => None,
        _ => Some(letter),
    }
}

/// Text of visible letters alone.
pub(crate) fn visible_text(text: &str) -> String {
    text.chars().filter_map(visible).collect()
}

/// Format characters without a shape: directions, joins and tags. The two joiners that scripts and emoji need are kept.
fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The first `most` letters.
pub(crate) fn first(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
