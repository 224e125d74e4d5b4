//! What captioning tools write, and the talk it becomes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops, helpers included")]

mod formats;
mod properties;
mod shown;
mod talk;
mod trouble;
