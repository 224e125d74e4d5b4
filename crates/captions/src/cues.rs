//! `WebVTT` and SRT: blocks of lines, each a cue with its times.

use crate::{
    Caption, LONGEST_TEXT, ProblemKind,
    clean::{clean, cut},
    given::Given,
    markup,
    times::{self, Timing},
};

/// Most bytes of a cue that are kept; more than its longest text takes, tags included.
const LONGEST_CUE: usize = 4 * LONGEST_TEXT;

/// Where in the input we are.
#[derive(Debug)]
enum Place {
    /// Before the first line of `WebVTT`.
    Start,
    /// In a block without captions: header, comment, style, region.
    Aside,
    Between,
    /// After the first line of a block: an id, or text whose times are missing.
    First(u64, String),
    In(Cue),
}

#[derive(Debug)]
struct Cue {
    line: u64,
    id: Option<String>,
    at: Option<f64>,
    text: String,
    is_cut: bool,
}

/// Reads cues line by line.
#[derive(Debug)]
pub(crate) struct Cues {
    is_vtt: bool,
    place: Place,
}

impl Cues {
    pub(crate) fn web_vtt() -> Self {
        Self { is_vtt: true, place: Place::Start }
    }

    pub(crate) fn srt() -> Self {
        Self { is_vtt: false, place: Place::Between }
    }

    /// Takes a line, trimmed.
    pub(crate) fn line(&mut self, number: u64, line: &str, given: &mut Given) {
        if line.is_empty() {
            return self.blank(given);
        }
        if matches!(self.place, Place::Start) {
            self.place = Place::Between;
            if !is_header(line) {
                given.problem(number, ProblemKind::NoHeader);
            }
        }
        if let Some(timing) = Timing::of(line) {
            return self.timing(number, timing, given);
        }
        match &mut self.place {
            Place::Start | Place::Aside => {}
            Place::Between if self.is_vtt && is_aside(line) => self.place = Place::Aside,
            Place::Between => self.place = Place::First(number, line.to_owned()),
            Place::First(first, text) => {
                given.problem(*first, ProblemKind::NoTime);
                let mut cue = Cue::untimed(*first, text);
                cue.push(line);
                self.place = Place::In(cue);
            }
            Place::In(cue) => cue.push(line),
        }
    }

    /// The end of the input: what is left counts.
    pub(crate) fn finish(&mut self, given: &mut Given) {
        self.blank(given);
    }

    fn blank(&mut self, given: &mut Given) {
        if matches!(self.place, Place::Start) {
            return;
        }
        match std::mem::replace(&mut self.place, Place::Between) {
            // A number by itself is that of a cue to come.
            Place::First(line, text) if !times::is_digits(&text) => {
                given.problem(line, ProblemKind::NoTime);
                self.give(Cue::untimed(line, &text), given);
            }
            Place::In(cue) => self.give(cue, given),
            Place::Start | Place::Aside | Place::Between | Place::First(..) => {}
        }
    }

    fn timing(&mut self, number: u64, timing: Timing, given: &mut Given) {
        let id = match std::mem::replace(&mut self.place, Place::Between) {
            Place::First(_, id) => Some(id),
            Place::Start | Place::Between => None,
            Place::Aside => {
                given.problem(number, ProblemKind::NoBlankLine);
                None
            }
            Place::In(mut cue) => {
                let id = cue.next_id();
                self.give(cue, given);
                given.problem(number, ProblemKind::NoBlankLine);
                id
            }
        };
        if let Some(kind) = timing.problem {
            given.problem(number, kind);
        }
        self.place = Place::In(Cue { line: number, id, at: timing.at, text: String::new(), is_cut: false });
    }

    fn give(&self, cue: Cue, given: &mut Given) {
        if cue.is_cut {
            given.problem(cue.line, ProblemKind::TextTooLong);
        }
        let text = if self.is_vtt { cue.text } else { markup::without_overrides(&cue.text) };
        // SRT's numbers only count, and begin again where a tool does: they are no ids.
        let id = cue.id.filter(|_| self.is_vtt);
        for (index, voice) in markup::voices(&text).into_iter().enumerate() {
            let key = id.as_ref().map(|id| if index == 0 { id.clone() } else { format!("{id}#{}", index + 1) });
            let (at, is_final) = (cue.at, true);
            // Said above, once for the cue.
            let text = if cue.is_cut { cut(clean(&voice.text), LONGEST_TEXT).0 } else { voice.text };
            let caption = Caption { key, at, speaker: voice.speaker, text, is_final };
            given.caption_of_someone(cue.line, caption);
        }
    }
}

impl Cue {
    fn untimed(line: u64, text: &str) -> Self {
        let mut cue = Self { line, id: None, at: None, text: String::new(), is_cut: false };
        if !times::is_digits(text) {
            cue.push(text);
        }
        cue
    }

    fn push(&mut self, line: &str) {
        if self.is_cut || self.text.len() + line.len() >= LONGEST_CUE {
            self.is_cut |= true;
            let (fits, _) = cut(line.to_owned(), LONGEST_CUE.saturating_sub(self.text.len()) / 4);
            self.text.push_str(&fits);
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
    }

    /// Takes the last line off where it must be the id of a cue that follows without a blank line: a number below text, or
    /// an id of the same shape as this cue's.
    fn next_id(&mut self) -> Option<String> {
        let (text, last) = self.text.rsplit_once('\n').unwrap_or(("", &self.text));
        let is_number = times::is_digits(last) && !text.is_empty();
        if !is_number && self.id.as_deref().map(shape) != Some(shape(last)) {
            return None;
        }
        let (text, last) = (text.len(), last.to_owned());
        self.text.truncate(text);
        Some(last)
    }
}

/// An id with a sign for each run of digits.
fn shape(id: &str) -> String {
    let mut shape = String::new();
    for character in id.chars() {
        if !character.is_ascii_digit() {
            shape.push(character);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

/// The first line of `WebVTT`.
pub(crate) fn is_header(line: &str) -> bool {
    line.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// The first line of a block without captions; a header again is what two files one behind the other have.
fn is_aside(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    word == "NOTE" || line == "STYLE" || line == "REGION" || is_header(line)
}
