//! Tests of the knowledge base through its public door.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod commit;
mod damage;
mod embedding;
mod filter;
mod followers;
mod lists;
mod quality;
mod search;
mod support;
