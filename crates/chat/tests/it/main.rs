//! The crate through its own door: a fake endpoint on loopback, and replies as models write them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't be set up has failed")]

mod answers;
mod endpoint;
mod transport;
