//! What a server is started with.

use std::fmt;

/// Captions that may wait where nothing else is said.
const QUEUE: usize = 1024;

/// What a server is started with.
#[derive(Clone, PartialEq, Eq)]
pub struct Options {
    /// What a program has to show: visible ASCII characters.
    pub token: String,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Captions that may wait for the receiver before those who send have to wait; at least 1.
    pub queue: usize,
}

impl Options {
    /// Any port, and a queue of 1,024.
    pub fn with_token(token: impl Into<String>) -> Self {
        Self { token: token.into(), port: 0, queue: QUEUE }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Options").field("port", &self.port).field("queue", &self.queue).finish_non_exhaustive()
    }
}
