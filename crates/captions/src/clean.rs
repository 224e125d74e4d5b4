//! Text as it may go on: one line, without what is not seen.

/// Most characters in the text of a caption; the rest is cut.
pub const LONGEST_TEXT: usize = 8_000;

/// White space of any kind becomes one space; control characters and what is invisible or turns the direction of writing
/// are dropped. Doing it twice changes nothing.
pub(crate) fn clean(text: &str) -> String {
    let mut seen = text.chars().filter(|character| !is_dropped(*character)).peekable();
    let mut clean = String::with_capacity(text.len());
    let mut is_apart = false;
    while let Some(character) = seen.next() {
        if character.is_whitespace() {
            is_apart = !clean.is_empty();
            continue;
        }
        if is_joiner(character) && (is_apart || !joins(clean.chars().next_back(), seen.peek().copied())) {
            continue;
        }
        if std::mem::take(&mut is_apart) {
            clean.push(' ');
        }
        clean.push(character);
    }
    clean
}

/// The text cut to so many characters, and whether it was cut.
pub(crate) fn cut(mut text: String, most: usize) -> (String, bool) {
    let Some((end, _)) = text.char_indices().nth(most) else { return (text, false) };
    text.truncate(end);
    text.truncate(text.trim_end_matches(|last: char| last == ' ' || is_joiner(last)).len());
    (text, true)
}

/// Tags and bidirectional controls too: they are how text is hidden from the person who reads it.
fn is_dropped(character: char) -> bool {
    (character.is_control() && !character.is_whitespace())
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// Words of several scripts and emoji need the zero-width joiners inside them; nothing else does.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let needs = |one: char| !one.is_ascii() && !one.is_whitespace() && !is_joiner(one);
    before.is_some_and(needs) && after.is_some_and(needs)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::spaces("  a \t\r\n b\u{a0}\u{2028}c ", "a b c")]
    #[case::controls("a\u{0}b\u{7}c\u{1b}[1m\u{9f}", "abc[1m")]
    #[case::bidi("a\u{202e}b\u{2066}c\u{200f}", "abc")]
    #[case::zero_width("in\u{200b}vis\u{feff}ib\u{ad}le\u{2060}", "invisible")]
    #[case::tags("hi\u{e0041}\u{e0042}", "hi")]
    #[case::joiner_between_latin_letters("a\u{200d}b\u{200c}", "ab")]
    #[case::persian("می\u{200c}خواهم", "می\u{200c}خواهم")]
    #[case::emoji("👩\u{200d}💻\u{200d}", "👩\u{200d}💻")]
    #[case::joiner_behind_a_space("é \u{200d}é", "é é")]
    #[case::nothing("\u{200b} \u{0}", "")]
    fn what_stays(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[rstest]
    #[case("abc", 3, "abc", false)]
    #[case("äöüß", 2, "äö", true)]
    #[case("ab cd", 3, "ab", true)]
    fn cutting(#[case] text: &str, #[case] most: usize, #[case] expected: &str, #[case] is_cut: bool) {
        assert_eq!(cut(text.to_owned(), most), (expected.to_owned(), is_cut));
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "(\\PC|[ab \u{200d}\u{200c}\u{200b}\u{a0}é\u{0}\u{85}]){0,40}") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert!(!once.chars().any(char::is_control));
        }
    }
}
