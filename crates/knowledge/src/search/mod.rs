//! Search: by word, by meaning, or both; fused, spread over documents, each hit with an exact quote.

mod diversify;
mod fusion;
mod query;
mod quote;
mod retrieve;
mod section;
mod whole;

pub use fusion::ScoreDetails;
pub(crate) use query::{Allowed, Only};
pub use query::{Evidence, Filter, Mode, SearchHit, SearchQuery, SearchResults, Took};
pub use quote::Quote;
pub(crate) use retrieve::Retriever;
