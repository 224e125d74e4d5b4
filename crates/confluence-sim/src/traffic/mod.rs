//! What happens to requests around their answers: the log, faults, rate limits, connections that break.

pub(crate) mod connection;
pub(crate) mod faults;
pub(crate) mod ledger;
pub(crate) mod log;
pub(crate) mod observe;
mod rewrite;
