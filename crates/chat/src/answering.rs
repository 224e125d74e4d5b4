//! What of a reply may be shown: whole sentences that cite a source, and whose numbers stand in it.

use crate::{
    Source,
    cutter::Cutter,
    marks::take_out,
    numbers::{Numbers, are_known},
    plain::plain,
    thought::Thought,
};

/// Most that is shown of a reply, in letters.
const MOST: usize = 1_500;
/// What a model says when the sources don't answer.
const NO_ANSWER: &str = "NO_ANSWER";

/// Follows a reply as it streams and gives whole sentences with what they cite.
///
/// A sentence is left out that cites no source, or has a number (in digits) that stands in none of those it cites, in text,
/// title or headings. What is given is plain text on one line. However a reply is cut into pieces, the sentences are the
/// same.
#[derive(Debug)]
pub struct Answering {
    known: Vec<Numbers>,
    thought: Thought,
    cutter: Cutter,
    state: State,
}

#[derive(Debug, Default)]
struct State {
    given: usize,
    letters: usize,
    dropped: usize,
    over: bool,
}

/// A sentence that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Plain text, without citation marks.
    pub text: String,
    /// What it cites: places in the sources, from 0, each once and in the order of the marks. Never empty.
    pub sources: Vec<usize>,
}

/// Whether there is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// At least one sentence was given.
    Answered,
    /// The sections do not support an answer; no sentence was given.
    Refused,
}

impl Answering {
    /// Follows a reply to a prompt with these sources, in this order.
    pub fn new(sources: &[Source]) -> Self {
        let known = sources.iter().map(numbers_of).collect();
        Self { known, thought: Thought::new(), cutter: Cutter::default(), state: State::default() }
    }

    /// Takes a piece of the reply; the sentences that ended with it.
    pub fn push(&mut self, piece: &str) -> Vec<Sentence> {
        let mut ended = Vec::new();
        for letter in piece.chars() {
            if self.state.over {
                break;
            }
            for letter in self.thought.take(letter).chars() {
                self.cutter.take(letter, &mut ended);
            }
        }
        self.state.judge(&self.known, ended)
    }

    /// Sentences that were left out up to now, since they are not grounded.
    pub fn dropped(&self) -> usize {
        self.state.dropped
    }

    /// Whether nothing that follows will be shown: 1,500 letters were given, or the model said that it has no answer. The
    /// rest of the reply need not be read.
    pub fn is_over(&self) -> bool {
        self.state.over
    }

    /// The reply has ended: its last sentences, which may have waited for what follows, without the verdict.
    /// [`Answering::dropped`] then counts all.
    pub fn flush(&mut self) -> Vec<Sentence> {
        let mut ended = Vec::new();
        let held = self.thought.finish();
        let mut cutter = std::mem::take(&mut self.cutter);
        for letter in held.chars() {
            cutter.take(letter, &mut ended);
        }
        cutter.finish(&mut ended);
        let last = self.state.judge(&self.known, ended);
        self.state.over = true;
        last
    }

    /// The reply has ended: its last sentences, and whether it is an answer.
    pub fn finish(mut self) -> (Vec<Sentence>, Verdict) {
        let last = self.flush();
        (last, if self.state.given > 0 { Verdict::Answered } else { Verdict::Refused })
    }
}

impl State {
    fn judge(&mut self, known: &[Numbers], ended: Vec<String>) -> Vec<Sentence> {
        let mut given = Vec::new();
        for raw in ended {
            if self.over {
                break;
            }
            if raw.replace('\\', "").contains(NO_ANSWER) {
                self.over = true;
            } else if let Some(sentence) = sentence(&raw, known) {
                self.letters += sentence.text.chars().count();
                self.over = self.letters > MOST;
                if !self.over {
                    given.push(sentence);
                }
            } else {
                self.dropped += 1;
            }
        }
        self.given += given.len();
        given
    }
}

/// The sentence as it may be shown, if it is grounded.
fn sentence(raw: &str, known: &[Numbers]) -> Option<Sentence> {
    let (text, cited) = unmarked(raw);
    let mut sources: Vec<usize> = Vec::new();
    for place in cited.into_iter().filter_map(|number| number.checked_sub(1)) {
        if place < known.len() && !sources.contains(&place) {
            sources.push(place);
        }
    }
    let numbers: Vec<&Numbers> = sources.iter().filter_map(|place| known.get(*place)).collect();
    let is_grounded = !sources.is_empty() && text.contains(char::is_alphanumeric) && are_known(&text, &numbers);
    is_grounded.then_some(Sentence { text, sources })
}

/// Plain text and the numbers of its marks. What is taken out may leave markup behind, so it is looked at until it stays.
fn unmarked(raw: &str) -> (String, Vec<usize>) {
    let mut cited = Vec::new();
    let mut text = raw.to_owned();
    loop {
        let next = plain(&take_out(&text, &mut cited));
        if next == text {
            return (text, cited);
        }
        text = next;
    }
}

fn numbers_of(source: &Source) -> Numbers {
    let mut numbers = Numbers::default();
    for text in [&source.title, &source.text].into_iter().chain(&source.heading_path) {
        numbers.add(text);
    }
    numbers
}
