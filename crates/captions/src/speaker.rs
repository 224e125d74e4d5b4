//! Whether a text begins with who says it: `Ann Lee: Hello`.

/// Most words and characters of a name.
const MOST_WORDS: usize = 4;
const MOST_CHARACTERS: usize = 40;
/// What people put before a colon and is no name.
const LABELS: [&str; 44] = [
    "action",
    "agenda",
    "also",
    "answer",
    "attention",
    "but",
    "caution",
    "conclusion",
    "correction",
    "decision",
    "example",
    "finally",
    "first",
    "fwd",
    "goal",
    "hint",
    "http",
    "https",
    "idea",
    "important",
    "next",
    "no",
    "note",
    "ok",
    "okay",
    "option",
    "problem",
    "question",
    "re",
    "reminder",
    "result",
    "second",
    "so",
    "solution",
    "spoiler",
    "step",
    "summary",
    "third",
    "time",
    "tip",
    "todo",
    "update",
    "warning",
    "yes",
];
/// Parts of names that are written small.
const PARTICLES: [&str; 19] = [
    "al", "and", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "ter", "und",
    "van", "von",
];
/// Abbreviations in names, without their full stop.
const TITLES: [&str; 9] = ["Dr", "Jr", "Mr", "Mrs", "Ms", "Prof", "Sr", "St", "Mx"];

/// Name and text where the text begins with a name and a colon: up to four words that begin as names do; one word is a name
/// where it is no usual label (`Note: …`).
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let (name, said) = text.split_once(": ")?;
    let is_one_word = !name.contains(' ');
    (is_name(name) && !(is_one_word && is_label(name))).then_some((name, said))
}

fn is_label(word: &str) -> bool {
    LABELS.contains(&word.to_lowercase().as_str())
}

fn is_name(name: &str) -> bool {
    name.chars().count() <= MOST_CHARACTERS
        && name.split(' ').count() <= MOST_WORDS
        && name.starts_with(begins)
        && name.split(' ').all(is_part)
        && !is_label(name.split(' ').next().unwrap_or(name))
}

/// A letter as names begin with; scripts without cases have only such.
fn begins(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_lowercase()
}

fn is_part(word: &str) -> bool {
    let core = word.trim_matches(['(', ')', '[', ']', ',', '@', '"']);
    let stem = core.strip_suffix('.');
    let is_abbreviation = stem.is_none_or(|stem| stem.chars().count() == 1 || TITLES.contains(&stem));
    let is_spelled =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '\'' | '’' | '-' | '_' | '&' | '/');
    let is_begun = core.starts_with(|first: char| begins(first) || first.is_numeric() || first == '&')
        || PARTICLES.contains(&core)
        || core.starts_with("d'")
        || core == "-";
    is_abbreviation && is_begun && core.chars().all(|letter| is_spelled(letter) || is_mark(letter))
}

/// A sign that belongs to the letter before it, as in Devanagari.
fn is_mark(letter: char) -> bool {
    !letter.is_ascii() && !letter.is_whitespace() && !letter.is_control()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Ann Lee: Hello", Some("Ann Lee"))]
    #[case("Ann: Hello", Some("Ann"))]
    #[case("Ann Lee: and then", Some("Ann Lee"))]
    #[case("Speaker 1: hello", Some("Speaker 1"))]
    #[case("Lee, Ann (ACME): Yes", Some("Lee, Ann (ACME)"))]
    #[case("Ludwig van der Rohe: less is more", Some("Ludwig van der Rohe"))]
    #[case("Dr. J. O’Neill: fine", Some("Dr. J. O’Neill"))]
    #[case("李小龙: 你好", Some("李小龙"))]
    #[case("Élodie Dupont: oui", Some("Élodie Dupont"))]
    #[case("ANN: HELLO", Some("ANN"))]
    #[case::small_after_a_name("Ann: hello", Some("Ann"))]
    #[case::label("Note: This is late", None)]
    #[case::label_of_two_words("Question One: Why", None)]
    #[case::small("ann: Hello", None)]
    #[case::sentence("I have two words: Yes and no", None)]
    #[case::two_sentences("Yes. Bob: hello", None)]
    #[case::five_words("Ann Bea Cid Dan Eve: Hello", None)]
    #[case::long("Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: Hello", None)]
    #[case::time("At 10:30 we meet", None)]
    #[case::address("https://example.com", None)]
    #[case::question("Ready? Bob: Yes", None)]
    #[case::no_name(": Hello", None)]
    #[case::nothing_said("Ann:", None)]
    fn who_speaks(#[case] text: &str, #[case] name: Option<&str>) {
        assert_eq!(split(text).map(|(name, _)| name), name);
    }
}
