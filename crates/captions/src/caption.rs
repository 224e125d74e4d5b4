//! What a captioning tool delivers.

use crate::Problem;

/// One caption as a tool delivered it.
#[derive(Debug, Clone, PartialEq)]
pub struct Caption {
    /// The tool's own id; a later caption with the same key replaces this one.
    pub key: Option<String>,
    /// When it begins, in seconds from the start of the talk.
    pub at: Option<f64>,
    /// Who speaks, as the tool names them.
    pub speaker: Option<String>,
    /// What is said: one line, not empty, without control characters.
    pub text: String,
    /// Whether the tool is done with it; otherwise the next caption of this speaker says the same again and more.
    pub is_final: bool,
}

/// How captions are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Cues below a line `WEBVTT`, as Teams, Zoom and browsers write them.
    WebVtt,
    /// Numbered cues with a comma in their times.
    Srt,
    /// A JSON object a line: `{"at": 62.5, "speaker": "Ann", "text": "Hello"}`, and optional `id`, `final`.
    Ndjson,
    /// A turn a line, with a time and a speaker or without.
    Plain,
}

/// What a [`Reader`](crate::Reader) makes of what it is fed.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    /// A caption.
    Caption(Caption),
    /// What could not be read, or not as it stands.
    Problem(Problem),
}
