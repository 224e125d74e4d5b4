//! Embedding: text to vectors of length 1, on this machine, without a network.
//!
//! The model, its tokenizer and the runtime library lie in one folder together with a manifest that pins them by hash.
//! Passages go one at a time to one thread and session per core, because on a CPU every padding token costs as much as
//! a real one; a query overtakes all passages that wait.

mod counter;
mod error;
mod hashed;
mod manifest;
mod onnx;
mod queue;
mod runtime;
#[cfg(test)]
pub(crate) mod tests;
mod workers;

use std::path::Path;

pub use counter::TokenCounter;
pub use error::EmbedError;
pub use hashed::HashedEmbedder;
pub use manifest::{FileFacts, Manifest};
pub use onnx::OnnxEmbedder;

/// How an [`Embedder`] uses the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmbedderOptions {
    /// Upper bound of sessions, each with a thread of its own and about 100 MB while it has work; at least 1. Passages
    /// go through all of them, and all but one are given back after a minute without passages.
    pub sessions: usize,
    /// Whether to compare every file with its hash, not with its size alone.
    pub check_hashes: bool,
}

impl Default for EmbedderOptions {
    /// One session per core, at most two: about 250 MB in all, and the rest of the machine stays with its owner.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { sessions: cores.min(2), check_hashes: true }
    }
}

/// Turns text into vectors of length 1. Calls block: use a blocking thread from async code.
#[derive(Debug)]
pub enum Embedder {
    /// The real model.
    Onnx(OnnxEmbedder),
    /// Word hashes, for tests and for a machine without the model.
    Hashed(HashedEmbedder),
}

impl Embedder {
    /// Opens the model in `model_dir` and checks it against its manifest.
    pub fn open(model_dir: &Path, options: EmbedderOptions) -> Result<Self, EmbedError> {
        OnnxEmbedder::open(model_dir, options).map(Self::Onnx)
    }

    /// Needs no model: equal words make near vectors, and the same text the same vector on every machine.
    pub fn hashed() -> Self {
        Self::Hashed(HashedEmbedder)
    }

    /// Names model and revision; vectors of different ids cannot be compared.
    pub fn id(&self) -> &str {
        match self {
            Self::Onnx(embedder) => embedder.id(),
            Self::Hashed(_) => HashedEmbedder::ID,
        }
    }

    /// How many numbers a vector has.
    pub fn dimension(&self) -> usize {
        match self {
            Self::Onnx(embedder) => embedder.manifest().dimension,
            Self::Hashed(_) => HashedEmbedder::DIMENSION,
        }
    }

    /// How many tokens of a text are read, the two special ones included; the rest is cut off.
    pub fn max_tokens(&self) -> usize {
        match self {
            Self::Onnx(embedder) => embedder.manifest().max_tokens,
            Self::Hashed(_) => HashedEmbedder::MAX_TOKENS,
        }
    }

    /// Embeds stored text, one vector per text in the order given. Blocks until all are done.
    pub fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        match self {
            Self::Onnx(embedder) => embedder.embed_passages(texts),
            Self::Hashed(_) => Ok(texts.iter().map(|text| HashedEmbedder::embed(text)).collect()),
        }
    }

    /// Embeds a question. Waits for one passage at most, however many are queued.
    pub fn embed_query(&self, text: &str) -> Result<Vec<f32>, EmbedError> {
        match self {
            Self::Onnx(embedder) => embedder.embed_query(text),
            Self::Hashed(_) => Ok(HashedEmbedder::embed(text)),
        }
    }

    /// Counts tokens as this embedder does; cheap to clone, and independent of the embedder's life.
    pub fn counter(&self) -> TokenCounter {
        match self {
            Self::Onnx(embedder) => embedder.counter(),
            Self::Hashed(_) => TokenCounter::words(),
        }
    }
}
