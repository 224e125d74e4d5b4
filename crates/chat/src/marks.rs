//! Citation marks: `[1]`, `[1, 2]`, `[1-3]`, `[^1]`, `【1】`, also as the text of a link. Pure.

/// Longest mark, in bytes; what is longer is text.
const LONGEST: usize = 60;
/// Longest address behind a mark, in bytes.
const LONGEST_TARGET: usize = 300;
/// Most numbers that a range stands for.
const WIDEST: usize = 50;

/// What stands at the beginning of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    /// A mark of so many bytes. What could follow it, an address, may be missing at the end of a text.
    Mark { length: usize, numbers: Vec<usize> },
    /// The text ends before it can be told.
    Partial,
    /// Something else.
    Nothing,
}

/// Whether `text` begins with a mark.
pub(crate) fn at_start(text: &str) -> Seen {
    let (open, close) = match text.chars().next() {
        Some('[') => ('[', ']'),
        Some('【') => ('【', '】'),
        _ => return Seen::Nothing,
    };
    let inside = text.get(open.len_utf8()..).unwrap_or_default();
    let end = inside.find(|letter: char| !is_part(letter)).unwrap_or(inside.len());
    let (within, rest) = inside.split_at(end);
    if within.len() > LONGEST {
        return Seen::Nothing;
    }
    match rest.chars().next() {
        None => Seen::Partial,
        Some(letter) if letter == close && within.contains(|letter: char| letter.is_ascii_digit()) => {
            let length = open.len_utf8() + within.len() + close.len_utf8();
            let Some(target) = target(rest.get(close.len_utf8()..).unwrap_or_default()) else { return Seen::Partial };
            Seen::Mark { length: length + target, numbers: numbers(within) }
        }
        Some(_) => Seen::Nothing,
    }
}

/// Takes all marks out of `text`, with the white space before them, and adds their numbers to `cited`.
pub(crate) fn take_out(text: &str, cited: &mut Vec<usize>) -> String {
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(['[', '【']) {
        let (before, from) = rest.split_at(at);
        kept.push_str(before);
        let length = if let Seen::Mark { length, numbers } = at_start(from) {
            cited.extend(numbers);
            kept.truncate(kept.trim_end().len());
            keep_words_apart(&mut kept, from.get(length..).unwrap_or_default());
            length
        } else {
            let length = from.chars().next().map_or(0, char::len_utf8);
            kept.push_str(from.get(..length).unwrap_or_default());
            length
        };
        rest = from.get(length..).unwrap_or_default();
    }
    kept + rest
}

/// Whether `text` ends with a mark.
pub(crate) fn ends_with_mark(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with([']', '】', ')'])
        && text
            .rfind(['[', '【'])
            .and_then(|at| text.get(at..))
            .is_some_and(|last| matches!(at_start(last), Seen::Mark { length, .. } if length == last.len()))
}

/// Whether there is a mark in `text`.
pub(crate) fn has_mark(text: &str) -> bool {
    text.match_indices(['[', '【']).any(|(at, _)| matches!(text.get(at..).map(at_start), Some(Seen::Mark { .. })))
}

fn is_part(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, ',' | ';' | ' ' | '-' | '–' | '^')
}

/// How long the address behind a mark is; none while that can't be told.
fn target(after: &str) -> Option<usize> {
    let Some(inside) = after.strip_prefix('(') else { return Some(0) };
    match inside.find(|letter: char| letter == ')' || letter.is_whitespace()) {
        Some(end) if inside.get(end..).is_some_and(|rest| rest.starts_with(')')) => Some(end + 2),
        None if inside.len() <= LONGEST_TARGET => None,
        _ => Some(0),
    }
}

fn numbers(within: &str) -> Vec<usize> {
    let number = |text: &str| text.trim_matches([' ', '^']).parse::<usize>().unwrap_or_default();
    let mut all = Vec::new();
    for part in within.split([',', ';']) {
        match part.split_once(['-', '–']) {
            Some((from, to)) => all.extend((number(from)..=number(to)).take(WIDEST)),
            None => all.extend(part.split_whitespace().map(number)),
        }
    }
    all
}

/// `a [1] b` has its space behind the mark; `a[1]b` gets one.
fn keep_words_apart(kept: &mut String, after: &str) {
    let is_word = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    if is_word(kept.chars().next_back()) && is_word(after.chars().next()) {
        kept.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::one("[1] x", Some((3, vec![1])))]
    #[case::list("[1, 2]", Some((6, vec![1, 2])))]
    #[case::semicolon("[3;1]", Some((5, vec![3, 1])))]
    #[case::spaces("[1 2]", Some((5, vec![1, 2])))]
    #[case::range("[1-3]", Some((5, vec![1, 2, 3])))]
    #[case::note("[^2]", Some((4, vec![2])))]
    #[case::wide("【1】", Some((7, vec![1])))]
    #[case::linked("[1](https://x.example/a).", Some((24, vec![1])))]
    #[case::in_words("[1](see there)", Some((3, vec![1])))]
    #[case::too_large("[99999999999999999999999]", Some((25, vec![0])))]
    #[case::huge_range("[1-99999999]", Some((12, (1..=50).collect())))]
    #[case::word("[a]", None)]
    #[case::no_number("[ ]", None)]
    #[case::mixed("[1】", None)]
    #[case::none("1", None)]
    fn a_mark_is_seen(#[case] text: &str, #[case] mark: Option<(usize, Vec<usize>)>) {
        let expected = mark.map_or(Seen::Nothing, |(length, numbers)| Seen::Mark { length, numbers });
        assert_eq!(at_start(text), expected);
    }

    #[rstest]
    #[case("[")]
    #[case("[1")]
    #[case("[1, ")]
    #[case("[1](https://x")]
    fn half_a_mark_is_waited_for(#[case] text: &str) {
        assert_eq!(at_start(text), Seen::Partial);
    }

    #[rstest]
    #[case::end("Foo [1].", "Foo.", &[1])]
    #[case::middle("Foo [1] and bar [2][3].", "Foo and bar.", &[1, 2, 3])]
    #[case::between("a[1]b", "a b", &[1])]
    #[case::wide("これ[1]です。", "これです。", &[1])]
    #[case::nested("[[1]2]", "[2]", &[1])]
    #[case::text("see [the guide] and list[a]", "see [the guide] and list[a]", &[])]
    fn marks_are_taken_out(#[case] text: &str, #[case] kept: &str, #[case] numbers: &[usize]) {
        let mut cited = Vec::new();
        assert_eq!(take_out(text, &mut cited), kept);
        assert_eq!(cited, numbers);
    }

    #[rstest]
    #[case("Foo [1]", true)]
    #[case("Foo [1](http://x) ", true)]
    #[case("Foo [1].", false)]
    #[case("Foo [a]", false)]
    fn an_end_is_seen(#[case] text: &str, #[case] ends: bool) {
        assert_eq!(ends_with_mark(text), ends);
    }
}
