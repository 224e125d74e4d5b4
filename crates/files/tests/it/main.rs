//! Files as bytes, read as a user of the crate reads them.

#![allow(clippy::unwrap_used, clippy::format_collect, reason = "helpers of tests fail by panicking, and may be slow")]

mod delimited;
mod errors;
mod fixtures;
mod html;
mod markdown;
mod properties;
mod shown;
mod words;
