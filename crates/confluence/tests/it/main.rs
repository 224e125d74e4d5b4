//! The client through its public door, against a simulated Confluence Cloud.
#![allow(clippy::expect_used, reason = "helpers of tests fail the test that calls them")]

mod api_token;
mod bodies;
mod fetch;
mod lists;
mod loopback;
mod names;
mod rate_limits;
mod read_only;
mod secrecy;
mod sign_in;
mod sites;
mod support;
mod tokens;
