//! Time, injected.

use std::sync::Arc;

pub use confluence::{Clock, SystemClock};

/// The clock that all parts of one [`App`](crate::App) share.
pub type SharedClock = Arc<dyn Clock>;
