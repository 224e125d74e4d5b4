//! Derived indexes: keywords on disk, vectors in memory. Both follow the database by replaying its tail of changes.

mod dot;
mod keyword;
mod matches;
mod replay;
mod segment;
mod stamp;
pub(crate) mod tokens;
mod top;
mod vector;

pub(crate) use keyword::{KeywordHits, KeywordIndex};
pub(crate) use matches::WordMatches;
pub(crate) use vector::VectorIndex;
