//! Cuts a text into sentences while it streams. It takes one letter at a time, so that it can't matter how a text is cut
//! on its way.

use crate::{
    boundary::{Decision, decide, next_stop},
    letters::visible,
    marks::ends_with_mark,
};

/// Longest sentence, in bytes; a longer one is no sentence, and is left out.
const LONGEST: usize = 6_000;
/// What a sentence that was not cut off ends with, beside its marks and what closes it.
const ENDS: [char; 12] = ['.', '!', '?', '…', '。', '！', '？', '｡', '؟', '۔', '।', '։'];

/// Holds the sentence that has not ended yet.
#[derive(Debug, Default)]
pub(crate) struct Cutter {
    open: String,
    /// All stops before this are decided.
    from: usize,
    is_too_long: bool,
}

impl Cutter {
    /// Takes a letter, and adds what has ended with it to `ended`. What is left out for its length is added as nothing.
    pub(crate) fn take(&mut self, letter: char, ended: &mut Vec<String>) {
        let Some(letter) = visible(letter).map(simple_space) else { return };
        if letter.is_whitespace() && self.is_spaced(letter) {
            return;
        }
        self.open.push(letter);
        self.cut(ended);
        if self.open.len() > LONGEST {
            self.open.clear();
            (self.from, self.is_too_long) = (0, true);
        }
    }

    /// What is left when no letter follows. A rest that ends in neither a stop nor a mark was cut off, and says who knows
    /// what: it is added as nothing.
    pub(crate) fn finish(mut self, ended: &mut Vec<String>) {
        // What was waited for does not come: an empty line decides every stop before it.
        let mut last = Vec::new();
        for letter in ['\n', '\n', ' '] {
            self.open.push(letter);
            self.cut(&mut last);
        }
        if let Some(rest) = last.last_mut().filter(|rest| !is_whole(rest)) {
            rest.clear();
        }
        ended.append(&mut last);
    }

    fn cut(&mut self, ended: &mut Vec<String>) {
        while let Some(stop) = next_stop(&self.open, self.from) {
            match decide(&self.open, stop) {
                Decision::Wait => {
                    self.from = stop.at;
                    return;
                }
                Decision::GoesOn => self.from = stop.end,
                Decision::End(end) => self.end(end, ended),
            }
        }
        self.from = self.open.len();
    }

    fn end(&mut self, end: usize, ended: &mut Vec<String>) {
        let rest = self.open.get(end..).unwrap_or_default().trim_start().to_owned();
        let mut sentence = std::mem::replace(&mut self.open, rest);
        sentence.truncate(end);
        self.from = 0;
        if std::mem::take(&mut self.is_too_long) {
            sentence.clear();
            ended.push(sentence);
        } else if !sentence.trim().is_empty() {
            ended.push(sentence);
        }
    }

    /// Whether there is such white space already: one space, two line breaks, and nothing at the beginning.
    fn is_spaced(&self, letter: char) -> bool {
        match letter {
            '\n' => self.open.is_empty() || self.open.ends_with("\n\n"),
            _ => self.open.is_empty() || self.open.ends_with(char::is_whitespace),
        }
    }
}

/// One kind of space, but for those that stand within numbers.
fn simple_space(letter: char) -> char {
    let is_within_numbers = matches!(letter, '\n' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    if letter.is_whitespace() && !is_within_numbers { ' ' } else { letter }
}

fn is_whole(rest: &str) -> bool {
    let closed = rest.trim_end().trim_end_matches(['*', '"', '\'', ')', '”', '’', '»', '」', '』', '）', '`', '_']);
    closed.ends_with(ENDS) || ends_with_mark(rest)
}
