//! What can go wrong between a folder and a vector.

use std::path::PathBuf;

/// Why text could not be embedded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbedError {
    /// The folder or one of the model's files is not there.
    #[error("the embedding model is missing: no `{}`", path.display())]
    ModelMissing {
        /// The file that was looked for.
        path: PathBuf,
        /// What to do about it.
        hint: &'static str,
    },
    /// The model is there, the library that runs it is not.
    #[error("the embedding runtime is missing: no `{}`", path.display())]
    RuntimeMissing {
        /// The library that was looked for.
        path: PathBuf,
        /// What to do about it.
        hint: &'static str,
    },
    /// A file is not the one that the manifest names.
    #[error("`{}` is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// A file could not be read.
    #[error("could not read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The manifest is not one.
    #[error("`{}` is not a model manifest", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The runtime library does not load on this machine.
    #[error("the embedding runtime `{}` does not load", path.display())]
    RuntimeLoad {
        /// The library.
        path: PathBuf,
        /// Why.
        #[source]
        source: ort::LoadDynamicError,
    },
    /// The runtime library loads but does not start.
    #[error("the embedding runtime does not start")]
    RuntimeStart(#[source] ort::Error),
    /// The model's tokenizer is not one.
    #[error("`{}` is not a tokenizer", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The runtime does not accept the model.
    #[error("the embedding model does not load")]
    Load(#[source] fastembed::Error),
    /// The model failed on a text.
    #[error("a text could not be embedded")]
    Embed(#[source] fastembed::Error),
    /// The model's answer has another shape than its manifest says.
    #[error("the embedding model returned {actual} numbers, expected {expected}")]
    Shape {
        /// Numbers in a vector by the manifest.
        expected: usize,
        /// Numbers in this answer.
        actual: usize,
    },
    /// An embedding thread could not be started.
    #[error("could not start an embedding thread")]
    Thread(#[source] std::io::Error),
    /// The embedding threads have ended.
    #[error("embedding has stopped")]
    Stopped,
}

impl EmbedError {
    /// What a person can do about it, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::ModelMissing { hint, .. } | Self::RuntimeMissing { hint, .. } | Self::Damaged { hint, .. } => {
                Some(hint)
            }
            _ => None,
        }
    }
}
