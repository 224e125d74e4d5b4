//! A loopback server that any captioning program can feed.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `POST /captions` | captions in any format that [`captions::Reader`] knows, or a JSON object or array of objects; at most 1 MiB and 400 captions | `{"taken": n, "problems": ["line 3: …"]}` |
//! | `GET /captions`, upgraded to a WebSocket | each text message at most 64 KiB of the same | |
//!
//! Both take the token as `Authorization: Bearer …` or, since pages can't set headers for a WebSocket, as `?token=…`. A
//! request is refused where its `Host` is not this server (a foreign name that was made to lead here), where its `Origin` is
//! not on this machine, and without the token. Everybody together may say 200 captions a second; what the receiver does not
//! take waits, and so do those who send. The token is in no log and no `Debug`.

mod address;
mod answer;
mod body;
mod error;
mod guard;
mod options;
mod post;
mod rate;
mod server;
mod shared;
mod web_socket;

pub use error::ServerError;
pub use options::Options;
pub use server::Server;

/// What a captioning program delivered.
#[derive(Debug, Clone, PartialEq)]
pub enum Fed {
    /// A caption.
    Caption(captions::Caption),
    /// What could not be read, for a person.
    Problem(String),
    /// A WebSocket was closed, by either side; requests by POST have no end that tells anything.
    Ended,
}
