//! Derived indexes: keywords on disk, vectors in memory. Both follow the database by replaying its tail of changes.

mod dot;
mod keyword;
mod replay;
mod segment;
mod stamp;
pub(crate) mod tokens;
mod top;
mod vector;
mod whole;

pub(crate) use keyword::{KeywordHits, KeywordIndex};
pub(crate) use vector::VectorIndex;
