//! The broker between the real application and a simulated Atlassian.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops, helpers included")]

mod clients;
mod requests;
mod stage;
