//! Grounded answers from any OpenAI-compatible chat endpoint.
//!
//! [`Prompt::grounded`] puts a question and its sources in words, [`Client`] sends them, and [`Answering`] lets through only
//! sentences that cite a source and whose numbers stand in it. What a model says is data: it is shown as plain text.

mod answering;
mod boundary;
mod client;
mod cutter;
mod endpoint;
mod error;
mod letters;
mod marks;
mod numbers;
mod plain;
mod prompt;
mod reply;
mod said;
mod share;
mod thought;
mod tls;

pub use answering::{Answering, Sentence, Verdict};
pub use client::Client;
pub use endpoint::{Endpoint, Patience};
pub use error::ChatError;
pub use prompt::{Prompt, Source};
