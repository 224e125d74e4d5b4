//! Local knowledge base: store, chunk, embed, index, search, cite.

pub mod model;
