//! Shared support for the end-to-end tests: the real binaries, a simulated site, a person with a browser.
#![allow(clippy::missing_panics_doc, reason = "support of tests: a panic is how they fail")]

pub mod binaries;
pub mod desk;
pub mod notifications;
pub mod person;
pub mod repository;
#[cfg(all(unix, not(target_os = "macos")))]
pub mod screen;
pub mod window;
