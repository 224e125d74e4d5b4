//! The application against a simulated Confluence site.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops, helpers included")]

mod browser;
mod contexts;
mod data;
mod deep_links;
mod desk;
mod failures;
mod files;
mod histories;
mod meetings;
mod runs;
mod schedule;
mod settings;
mod stability;
