//! Confluence Cloud REST v2, the part that reads.

mod answer;
pub(crate) mod auth;
mod cursor;
mod folders;
mod listing;
mod operation;
mod pages;
mod properties;
mod query;
mod render;
pub(crate) mod serve;
mod spaces;
mod tree;
mod users;

pub(crate) use render::view as render_view;
