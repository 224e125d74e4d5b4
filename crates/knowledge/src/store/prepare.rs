//! From a document to the chunks that are stored: split, and hashed by what is embedded.

use sha2::{Digest, Sha256};

use crate::embed::TokenCounter;
use crate::model::{Chunk, Document, Section};
use crate::split::{SplitOptions, split};

/// How many bytes of SHA-256 are kept: 128 bits make a chance match impossible in practice.
const HASH_BYTES: usize = 16;

/// A chunk and the hash of its embedded text.
#[derive(Debug, Clone)]
pub(crate) struct HashedChunk {
    pub chunk: Chunk,
    pub hash: Vec<u8>,
}

/// A document whose chunks are made, so that the transaction that stores it is short.
#[derive(Debug, Clone)]
pub(crate) struct PreparedDocument {
    pub document: Document,
    pub chunks: Vec<HashedChunk>,
}

/// Splits documents for one embedding model.
#[derive(Clone)]
pub(crate) struct Splitter {
    counter: TokenCounter,
    options: SplitOptions,
}

impl Splitter {
    /// Splits to what the model can take in; `counter` counts as the model does.
    pub(crate) fn new(counter: TokenCounter, options: SplitOptions) -> Self {
        Self { counter, options }
    }

    pub(super) fn prepare(&self, mut document: Document) -> PreparedDocument {
        if document.sections.is_empty() {
            // A hit needs a section to stand in, even on an empty page.
            document.sections.push(Section { heading_path: Vec::new(), anchor: None, blocks: Vec::new() });
        }
        let chunks = self.split(&document.title, &document.sections);
        PreparedDocument { document, chunks }
    }

    pub(super) fn split(&self, title: &str, sections: &[Section]) -> Vec<HashedChunk> {
        let chunks = split(title, sections, &self.counter, &self.options);
        chunks.into_iter().map(|chunk| HashedChunk { hash: hash(&chunk), chunk }).collect()
    }
}

fn hash(chunk: &Chunk) -> Vec<u8> {
    let mut digest = Sha256::new();
    digest.update(chunk.prefix.as_bytes());
    // Neither part can hold the separator's meaning: the same joined text cut elsewhere is another chunk.
    digest.update([0]);
    digest.update(chunk.text.as_bytes());
    digest.finalize().iter().take(HASH_BYTES).copied().collect()
}
