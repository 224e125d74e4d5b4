//! Captions that say again what was said, and more: how a new text relates to the one before it.

/// Fewest words that are no chance.
const FEWEST_WORDS: usize = 3;
/// Most words that are compared at the seam.
const MOST_WORDS: usize = 60;

/// How a new text goes on from the old one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rolling {
    /// It begins with all of the old text.
    Grown,
    /// It begins with the end of the old text; what is new begins at this byte.
    Beyond(usize),
    /// It is the end of the old text, or all of it.
    Inside,
}

/// How the new text goes on from the old one, if it does. Words are compared without case and punctuation, since tools
/// set both anew.
pub(crate) fn compare(old: &str, new: &str) -> Option<Rolling> {
    if new.len() > old.len() && new.starts_with(old) {
        return Some(Rolling::Grown);
    }
    let (before, after) = (words(old), words(new));
    if before.len() >= FEWEST_WORDS
        && after.len() > before.len()
        && before.iter().zip(&after).all(|(old, new)| old.word == new.word)
    {
        return Some(Rolling::Grown);
    }
    let most = before.len().min(after.len());
    let is_seam = |count: &usize| {
        let end = before.iter().skip(before.len() - count);
        end.zip(&after).all(|(old, new)| old.word == new.word)
    };
    let seam = (FEWEST_WORDS..=most.min(MOST_WORDS)).rev().find(is_seam)?;
    Some(after.get(seam).map_or(Rolling::Inside, |word| Rolling::Beyond(word.start)))
}

struct Word {
    word: String,
    start: usize,
}

/// The words of a text on one line; what has neither letter nor digit is none.
fn words(text: &str) -> Vec<Word> {
    let mut start = 0;
    let mut words = Vec::new();
    for piece in text.split(' ') {
        let word: String = piece.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if !word.is_empty() {
            words.push(Word { word, start });
        }
        start += piece.len() + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::grown("we ship", "we ship on Friday", Some(Rolling::Grown))]
    #[case::grown_in_a_word("we sh", "we ship", Some(Rolling::Grown))]
    #[case::grown_with_punctuation("so what is it", "So, what is it about?", Some(Rolling::Grown))]
    #[case::too_few_to_tell("so what", "So, what now", None)]
    #[case::overlap("a we ship it", "we ship it on Friday", Some(Rolling::Beyond(11)))]
    #[case::overlap_with_punctuation("a we ship it.", "We ship it – on Friday", Some(Rolling::Beyond(15)))]
    #[case::longest("a b a b a b", "a b a b a b c", Some(Rolling::Grown))]
    #[case::two_words_are_chance("a we ship", "we ship on Friday", None)]
    #[case::all_said("so we ship it", "we ship it", Some(Rolling::Inside))]
    #[case::the_same("we ship it", "we ship it", Some(Rolling::Inside))]
    #[case::the_same_but_short("Yes.", "Yes.", None)]
    #[case::another("we ship", "they sail", None)]
    #[case::nothing("", "", None)]
    fn two_texts(#[case] old: &str, #[case] new: &str, #[case] expected: Option<Rolling>) {
        assert_eq!(compare(old, new), expected);
    }

    #[test]
    fn what_is_new_begins_at_a_word() {
        let new = "and we ship it on Friday";
        let Some(Rolling::Beyond(start)) = compare("so and we ship", new) else { panic!("overlaps") };
        assert_eq!(new.get(start..), Some("it on Friday"));
    }
}
