//! What people say, from whatever a captioning tool writes, to segments of talk.
//!
//! A [`Reader`] takes bytes as they arrive, in any cut, finds out the format itself (`WebVTT`, SRT, lines of JSON, plain
//! lines) and gives [`Caption`]s; what it can't read is a listed [`Problem`] and never an end. A [`Talk`] makes
//! [`Segment`]s of captions: interim texts, corrections, repetitions and rolling captions become one segment each, which is
//! revised in place. Pure, and bounded in memory whatever is fed.

mod caption;
mod clean;
mod cues;
mod decode;
mod given;
mod lines;
mod markup;
mod ndjson;
mod plain;
mod problem;
mod reader;
mod rolling;
mod speaker;
mod talk;
mod times;

pub use caption::{Caption, Format, Read};
pub use clean::LONGEST_TEXT;
pub use lines::LONGEST_LINE;
pub use problem::{Problem, ProblemKind};
pub use reader::Reader;
pub use talk::{Change, Heard, Segment, Talk};
