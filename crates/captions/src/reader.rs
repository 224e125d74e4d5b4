//! Bytes as they arrive to captions.

use crate::{
    Format, ProblemKind, Read,
    cues::{self, Cues},
    decode::Decoder,
    given::Given,
    lines::{Body, Line, Lines},
    ndjson, plain,
    times::{self, Timing},
};

/// Reads captions from bytes as they arrive, in any cut, and finds out the format itself. A cue is given out at its blank
/// line or when the next begins, a line at its line break. It keeps no more than a line and a cue, whatever is fed.
#[derive(Debug, Default)]
pub struct Reader {
    decoder: Decoder,
    lines: Lines,
    hearing: Hearing,
}

impl Reader {
    /// A reader that finds out the format by the first lines.
    pub fn new() -> Self {
        Self::default()
    }

    /// A reader of this format.
    pub fn of(format: Format) -> Self {
        let mut reader = Self::default();
        reader.hearing.parser = Parser::of(format);
        reader
    }

    /// Takes bytes and gives out what came to its end in them.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Read> {
        let Self { decoder, lines, hearing } = self;
        decoder.feed(bytes, |text| lines.feed(text, |line| hearing.line(line)));
        hearing.given.take()
    }

    /// The end of the input: what is left counts.
    pub fn finish(&mut self) -> Vec<Read> {
        let Self { decoder, lines, hearing } = self;
        decoder.finish(|text| lines.feed(text, |line| hearing.line(line)));
        lines.finish(|line| hearing.line(line));
        hearing.finish();
        hearing.given.take()
    }

    /// The format, as soon as it is known.
    pub fn format(&self) -> Option<Format> {
        match &self.hearing.parser {
            Parser::Unknown(_) => None,
            Parser::WebVtt(_) => Some(Format::WebVtt),
            Parser::Srt(_) => Some(Format::Srt),
            Parser::Ndjson => Some(Format::Ndjson),
            Parser::Plain => Some(Format::Plain),
        }
    }
}

/// Lines to what is given out.
#[derive(Debug, Default)]
struct Hearing {
    parser: Parser,
    given: Given,
    is_damage_told: bool,
}

#[derive(Debug)]
enum Parser {
    /// With a number that may be that of an SRT cue, and its line.
    Unknown(Option<(u64, String)>),
    WebVtt(Cues),
    Srt(Cues),
    Ndjson,
    Plain,
}

impl Default for Parser {
    fn default() -> Self {
        Self::Unknown(None)
    }
}

impl Parser {
    fn of(format: Format) -> Self {
        match format {
            Format::WebVtt => Self::WebVtt(Cues::web_vtt()),
            Format::Srt => Self::Srt(Cues::srt()),
            Format::Ndjson => Self::Ndjson,
            Format::Plain => Self::Plain,
        }
    }
}

impl Hearing {
    fn line(&mut self, Line { number, body }: Line) {
        match body {
            Body::Text(text) => self.text(number, &text),
            Body::Damaged(text) => {
                if !std::mem::replace(&mut self.is_damage_told, true) {
                    self.given.problem(number, ProblemKind::Encoding);
                }
                self.text(number, &text);
            }
            Body::TooLong(bytes) => self.given.problem(number, ProblemKind::LineTooLong(bytes)),
            Body::NotText => self.given.problem(number, ProblemKind::NotText),
        }
    }

    fn text(&mut self, number: u64, text: &str) {
        let line = text.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
        let given = &mut self.given;
        match &mut self.parser {
            Parser::Unknown(held) => {
                let held = held.take();
                self.detect(held, number, line);
            }
            Parser::WebVtt(cues) | Parser::Srt(cues) => cues.line(number, line, given),
            Parser::Ndjson => ndjson::line(number, line, given),
            Parser::Plain => plain::line(number, line, given),
        }
    }

    /// Decides on the format, or holds on to what does not tell yet.
    fn detect(&mut self, held: Option<(u64, String)>, number: u64, line: &str) {
        if line.is_empty() || (held.is_none() && times::is_digits(line)) {
            self.parser = Parser::Unknown(held.or_else(|| (!line.is_empty()).then(|| (number, line.to_owned()))));
            return;
        }
        self.parser = Parser::of(format(line, held.is_some()));
        if let Some((held_number, held)) = held {
            self.text(held_number, &held);
        }
        self.text(number, line);
    }

    fn finish(&mut self) {
        if let Parser::Unknown(held) = &mut self.parser
            && let Some((number, text)) = held.take()
        {
            self.parser = Parser::Plain;
            self.text(number, &text);
        }
        if let Parser::WebVtt(cues) | Parser::Srt(cues) = &mut self.parser {
            cues.finish(&mut self.given);
        }
    }
}

/// The format by the first line with something on it, or the second where the first is a number.
fn format(line: &str, is_after_number: bool) -> Format {
    match Timing::of(line) {
        Some(timing) if is_after_number || timing.has_comma => Format::Srt,
        Some(_) => Format::WebVtt,
        None if is_after_number => Format::Plain,
        None if cues::is_header(line) => Format::WebVtt,
        None if line.starts_with('{') => Format::Ndjson,
        None => Format::Plain,
    }
}
