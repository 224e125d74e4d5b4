//! The numbers of a text: what a sentence says in digits has to stand in what it cites. Pure.

use std::collections::HashSet;

/// First digits of the decimal digits that are read as ASCII's: wide, Arabic, Persian, Devanagari.
const ZEROS: [u32; 4] = [0xff10, 0x660, 0x6f0, 0x966];

/// Numbers of a text, each as it is written and without the marks between thousands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Numbers(HashSet<String>);

impl Numbers {
    pub(crate) fn add(&mut self, text: &str) {
        for number in numbers(text) {
            self.0.extend(without_marks(&number));
            self.0.insert(number);
        }
    }

    fn has(&self, number: &str) -> bool {
        self.0.contains(number) || without_marks(number).is_some_and(|number| self.0.contains(&number))
    }
}

/// Whether each number of `text` is one of `known`. Numbers in words are not looked at.
pub(crate) fn are_known(text: &str, known: &[&Numbers]) -> bool {
    numbers(text).iter().all(|number| known.iter().any(|numbers| numbers.has(number)))
}

/// Runs of digits, with what may stand within a number: `3.5`, `1,500`, `1'500`, and narrow spaces. So 5 is not in 15, and
/// 3.5 is neither 3 nor 5; dates and times fall into their parts.
fn numbers(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut open = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_numeric() {
            open.push(digit(letter));
        } else if is_within(letter) && !open.is_empty() && letters.peek().is_some_and(|next| next.is_numeric()) {
            open.push(letter);
        } else if !open.is_empty() {
            all.push(std::mem::take(&mut open));
        }
    }
    if !open.is_empty() {
        all.push(open);
    }
    all
}

fn is_within(letter: char) -> bool {
    letter == '.' || is_thousands(letter)
}

fn is_thousands(letter: char) -> bool {
    matches!(letter, ',' | '\'' | '’' | '٬' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn digit(letter: char) -> char {
    let value = ZEROS.iter().find_map(|zero| u32::from(letter).checked_sub(*zero).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(letter)
}

/// `1,500.5` as `1500.5`; none where nothing stands between thousands.
fn without_marks(number: &str) -> Option<String> {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut groups = whole.split(is_thousands);
    let is_first = groups.next().is_some_and(|group| (1..=3).contains(&group.chars().count()));
    let is_grouped = is_first && whole.contains(is_thousands) && groups.all(|group| group.chars().count() == 3);
    is_grouped.then(|| whole.chars().filter(|letter| !is_thousands(*letter)).chain(rest.chars()).collect())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::same("wait 30 seconds", "after 30 s", true)]
    #[case::other("wait 31 seconds", "after 30 s", false)]
    #[case::part_of_another("5 tries", "15 tries", false)]
    #[case::decimal("3.5 GB", "needs 3.5 GB", true)]
    #[case::decimal_from_parts("3.5 GB", "3 nodes, 5 GB", false)]
    #[case::whole_from_decimal("3 GB", "3.5 GB", false)]
    #[case::full_stop("It is 30.", "30 s", true)]
    #[case::thousands("1,500 rows", "1500 rows", true)]
    #[case::thousands_in_source("1500 rows", "1'500 rows", true)]
    #[case::narrow_space("10\u{202f}000 rows", "10,000 rows", true)]
    #[case::with_decimals("1,500.5", "1500.5", true)]
    #[case::decimal_comma("3,5", "35", false)]
    #[case::in_a_word("error E404", "E404", true)]
    #[case::date("on 22 November 2026", "2026-11-22", true)]
    #[case::time("at 10:20", "at 10:21", false)]
    #[case::wide("３０秒", "30 s", true)]
    #[case::arabic("٣٠", "30", true)]
    #[case::no_digits("three tries", "two tries", true)]
    #[case::exponent("5 m²", "5 m", false)]
    #[case::list("1, 2 and 3", "3 2 1", true)]
    fn a_number_has_to_stand_there(#[case] sentence: &str, #[case] source: &str, #[case] known: bool) {
        let mut numbers = Numbers::default();
        numbers.add(source);
        assert_eq!(are_known(sentence, &[&numbers]), known);
    }

    #[test]
    fn any_cited_source_will_do() {
        let (mut one, mut two) = (Numbers::default(), Numbers::default());
        one.add("1");
        two.add("2");
        assert!(are_known("1 of 2", &[&one, &two]) && !are_known("1 of 2", &[&one]) && !are_known("1", &[]));
    }
}
