//! The server as captioning programs and strangers see it, over real sockets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops, helpers included")]

mod doors;
mod flood;
mod posting;
mod stage;
mod web_socket;
