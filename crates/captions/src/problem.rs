//! What could not be read, in words for a person.

use std::fmt;

use crate::LONGEST_TEXT;

/// What could not be read, or not as it stands; its `Display` says it to a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct Problem {
    /// Line of the input, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A time that is none, as it stands there.
    #[error("the time `{0}` can't be read; its text was taken")]
    BadTime(String),
    /// A cue whose end lies before its start.
    #[error("the caption ends before it starts; its text was taken")]
    EndBeforeStart,
    /// `WebVTT` without its first line.
    #[error("`WEBVTT` is missing in the first line; read all the same")]
    NoHeader,
    /// A cue that follows another block at once.
    #[error("a blank line is missing before the caption; read all the same")]
    NoBlankLine,
    /// Text of a cue without the line of its times.
    #[error("text without a time; taken")]
    NoTime,
    /// A line that should be a JSON object, with what is wrong.
    #[error("not a JSON object ({0}); skipped")]
    NotJson(String),
    /// A JSON object without a text.
    #[error("`text` is missing or is no string; skipped")]
    NoText,
    /// A line of more than [`LONGEST_LINE`](crate::LONGEST_LINE) bytes, with their number.
    #[error("{} without a line break; skipped", Bytes(*.0))]
    LineTooLong(u64),
    /// A text of more than [`LONGEST_TEXT`] characters.
    #[error("longer than {} characters; cut there", Thousands(LONGEST_TEXT as u64))]
    TextTooLong,
    /// Bytes that are no text in the encoding; said once for an input.
    #[error("some of it is in no known encoding; what can't be read became `\u{fffd}`")]
    Encoding,
    /// Bytes that are no text at all.
    #[error("not text; skipped")]
    NotText,
}

struct Bytes(u64);

impl fmt::Display for Bytes {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            count if count < 1_000_000 => write!(to, "{} KB", count / 1_000),
            count => write!(to, "{:.1} MB", count as f64 / 1e6),
        }
    }
}

struct Thousands(u64);

impl fmt::Display for Thousands {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{},{:03}", self.0 / 1_000, self.0 % 1_000)
    }
}
