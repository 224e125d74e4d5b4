//! The simulator through its public doors: HTTP, the library's builder and control, the binary.

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
