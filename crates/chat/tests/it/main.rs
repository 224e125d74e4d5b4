//! The crate through its own door: a fake endpoint on loopback, and replies as models write them.

mod answers;
mod endpoint;
mod transport;
