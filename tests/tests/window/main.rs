//! Stories in the real window, each ending in what the person sees. `make test` gives them a display, a session bus and a
//! keyring of their own.

#![allow(clippy::print_stdout, reason = "a story that is skipped says so")]

mod background;
mod card;
mod client;
mod connect;
mod files;
mod gallery;
mod main_job;
mod meeting;
mod problems;
mod settings;
mod stage;
mod store;
