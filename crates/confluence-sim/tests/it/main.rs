//! The simulator through its public doors: HTTP, the library's builder and control, the binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops, helpers included")]

mod bent;
mod binary;
mod bodies;
mod content;
mod faults;
mod limits;
mod listing;
mod mutations;
mod oauth;
mod schemas;
mod scopes;
mod support;
mod tree;
mod web;
