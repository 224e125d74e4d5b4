//! Where a sentence ends. Pure: text in, a decision out, or the wish for more text.

use crate::{
    marks::{Seen, at_start, ends_with_mark, has_mark},
    plain::{is_inside, line_mark},
};

/// Ends of sentences that are followed by white space.
const STOPS: [char; 8] = ['.', '!', '?', '…', '؟', '۔', '।', '։'];
/// Ends of sentences that need none.
const WIDE_STOPS: [char; 4] = ['。', '！', '？', '｡'];
/// What may stand between the end of a sentence and its white space.
const CLOSERS: [char; 12] = ['"', '\'', ')', '”', '’', '»', '」', '』', '）', '*', '`', '_'];

/// Abbreviations that never end a sentence.
const OPEN: [&str; 30] = [
    "e.g", "eg", "i.e", "ie", "z.b", "d.h", "u.a", "o.ä", "n.b", "p.ej", "i.d.r", "vs", "cf", "ca", "approx", "resp",
    "bzw", "vgl", "ggf", "evtl", "inkl", "zzgl", "dr", "mr", "mrs", "ms", "prof", "st", "sog", "incl",
];
/// Abbreviations before a number.
const BEFORE_NUMBERS: [&str; 16] =
    ["no", "nos", "nr", "fig", "abb", "sec", "vol", "p", "pp", "s", "art", "kap", "ch", "eq", "ver", "v"];
/// Abbreviations that end a sentence unless it goes on in small letters.
const EITHER: [&str; 20] = [
    "etc", "usw", "inc", "ltd", "co", "corp", "max", "min", "excl", "est", "dept", "gov", "temp", "avg", "std", "orig",
    "ref", "jr", "sr", "al",
];
/// German dates: `3. Mai`.
const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// A place where a sentence may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stop {
    /// Where the stop begins, in bytes.
    pub(crate) at: usize,
    /// Where it ends, with quotation marks and the like.
    pub(crate) end: usize,
}

/// What a stop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// The sentence ends here, in bytes.
    End(usize),
    /// It goes on.
    GoesOn,
    /// What follows has to be seen first.
    Wait,
}

/// The first stop at or after `from`.
pub(crate) fn next_stop(text: &str, from: usize) -> Option<Stop> {
    let rest = text.get(from..)?;
    let at = rest.find(|letter: char| letter == '\n' || is_stop(letter))?;
    let run = rest.get(at..)?;
    let stops = if run.starts_with('\n') { 1 } else { run.find(|letter| !is_stop(letter)).unwrap_or(run.len()) };
    let closed = run.get(stops..)?;
    let closers = if run.starts_with('\n') {
        0
    } else {
        closed.find(|letter| !CLOSERS.contains(&letter)).unwrap_or(closed.len())
    };
    Some(Stop { at: from + at, end: from + at + stops + closers })
}

/// Whether the sentence ends at `stop`.
pub(crate) fn decide(text: &str, stop: Stop) -> Decision {
    let before = text.get(..stop.at).unwrap_or_default();
    let run = text.get(stop.at..stop.end).unwrap_or_default();
    let after = text.get(stop.end..).unwrap_or_default();
    if after.is_empty() {
        return Decision::Wait;
    }
    if run == "\n" { line_end(before, after, stop.end) } else { sentence_end(before, run, after, stop.end) }
}

/// A line ends a sentence before an empty line, before a list, and after a mark or a colon; others are wrapped.
fn line_end(before: &str, after: &str, end: usize) -> Decision {
    let line = after.trim_start_matches(' ');
    if line.starts_with('\n') {
        return Decision::End(end);
    }
    // The longest mark before its space is `123.`.
    if line.len() < 8 && !line.contains([' ', '\n']) {
        return Decision::Wait;
    }
    let is_over = line_mark(line).is_some() || before.trim_end().ends_with([':', '：']) || ends_with_mark(before);
    if is_over { Decision::End(end) } else { Decision::GoesOn }
}

fn sentence_end(before: &str, run: &str, after: &str, end: usize) -> Decision {
    if is_inside(before) {
        return Decision::GoesOn;
    }
    let is_wide = run.contains(WIDE_STOPS);
    let next = after.trim_start();
    let gap = after.len() - next.len();
    let is_marked = ends_with_mark(before);
    // What follows with a space after a sentence that has its marks begins the next one.
    if gap == 0 || !has_mark(before) {
        match marks_end(after) {
            Marks::End(_) if is_open(before, run) => return Decision::GoesOn,
            Marks::End(length) => return Decision::End(end + length),
            Marks::Wait => return Decision::Wait,
            Marks::None => {}
        }
    }
    if gap == 0 {
        return if is_wide { Decision::End(end) } else { Decision::GoesOn };
    }
    let has_empty_line = after.get(..gap).unwrap_or_default().matches('\n').count() > 1;
    if is_wide || is_marked || has_empty_line {
        return Decision::End(end);
    }
    if next.is_empty() {
        return Decision::Wait;
    }
    follows(before, run, next)
        .map_or(Decision::Wait, |goes_on| if goes_on { Decision::GoesOn } else { Decision::End(end) })
}

enum Marks {
    End(usize),
    Wait,
    None,
}

/// Where the marks end that follow a stop.
fn marks_end(after: &str) -> Marks {
    let mut end = 0;
    loop {
        let rest = after.get(end..).unwrap_or_default();
        let next = rest.trim_start_matches(' ');
        match at_start(next) {
            Seen::Mark { length, .. } => end += rest.len() - next.len() + length,
            Seen::Partial => return Marks::Wait,
            Seen::Nothing if end == 0 => return if next.is_empty() { Marks::Wait } else { Marks::None },
            Seen::Nothing if next.is_empty() => return Marks::Wait,
            // A further stop, or a word that the mark is a part of.
            Seen::Nothing if next.len() == rest.len() && !rest.starts_with('\n') && rest.starts_with(is_word) => {
                return Marks::None;
            }
            Seen::Nothing => return Marks::End(end),
        }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
}

/// Whether the sentence goes on with `next`; none while that can't be told.
fn follows(before: &str, run: &str, next: &str) -> Option<bool> {
    let goes_small = next.starts_with(char::is_lowercase);
    if run != "." {
        // "…" and quoted questions in the middle of a sentence.
        let is_soft =
            run.len() > 1 && run != "…" && !run.ends_with(is_stop) || run.starts_with("..") || run.starts_with('…');
        return Some(is_soft && goes_small);
    }
    if is_open(before, run) {
        return Some(true);
    }
    let word = last_word(before);
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        // The number of a list's item, an ordinal, or a German date.
        if before.trim_start_matches(['*', '#', '>', '-', ' ', '\n']).len() == word.len() && word.len() <= 3 {
            return Some(true);
        }
        return if word.len() > 2 {
            Some(false)
        } else {
            goes_small.then_some(true).map_or_else(|| is_month(next), Some)
        };
    }
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    if is_initial && !is_wide_script(&word) {
        return Some(true);
    }
    let is_dotted = word.split('.').all(|part| part.chars().count() == 1);
    let goes_on_small = is_dotted || EITHER.contains(&word.as_str());
    let takes_number = BEFORE_NUMBERS.contains(&word.as_str()) || EITHER.contains(&word.as_str());
    Some((goes_on_small && goes_small) || (takes_number && next.starts_with(|letter: char| letter.is_ascii_digit())))
}

/// Whether an abbreviation stands before the stop that never ends a sentence.
fn is_open(before: &str, run: &str) -> bool {
    run == "." && OPEN.contains(&last_word(before).as_str())
}

/// A month; none while the word may go on.
fn is_month(next: &str) -> Option<bool> {
    let word = next.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    if word.len() < next.len() {
        return Some(MONTHS.contains(&word));
    }
    if MONTHS.iter().any(|month| month.starts_with(word)) { None } else { Some(false) }
}

/// The word before a stop, in small letters, without what opens it.
fn last_word(before: &str) -> String {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.trim_start_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

/// Scripts whose letters are words.
fn is_wide_script(word: &str) -> bool {
    word.chars().any(|letter| u32::from(letter) >= 0x2e80)
}

fn is_stop(letter: char) -> bool {
    STOPS.contains(&letter) || WIDE_STOPS.contains(&letter)
}
