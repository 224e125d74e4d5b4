//! The file that says which model a folder holds, and pins every file of it.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::EmbedError;

/// Name of the manifest in a model folder.
pub(super) const FILE: &str = "manifest.json";
/// The encoder, as an ONNX graph that ends in unit vectors.
pub(super) const MODEL: &str = "model.onnx";
/// The word pieces.
pub(super) const TOKENIZER: &str = "tokenizer.json";

const FETCH: &str = "fetch the model with `make setup`, or set COAGENTOR_MODEL_DIR to a folder that holds it";

/// What a model folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The model's name.
    pub name: String,
    /// Changes when the same text gets another vector.
    pub revision: String,
    /// Numbers in a vector.
    pub dimension: usize,
    /// Longest text that is embedded, in tokens, special ones included.
    pub max_tokens: usize,
    /// The runtime library's file name.
    pub runtime: String,
    /// Every file that must be there, by name.
    pub files: BTreeMap<String, FileFacts>,
}

/// What a file must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// Length.
    pub bytes: u64,
}

impl Manifest {
    /// Reads the manifest of a folder.
    pub fn read(model_dir: &Path) -> Result<Self, EmbedError> {
        let path = model_dir.join(FILE);
        let text = std::fs::read(&path).map_err(|error| missing_or_unreadable(path.clone(), error))?;
        serde_json::from_slice(&text).map_err(|source| EmbedError::Manifest { path, source })
    }

    /// Compares the folder with the manifest: sizes, and with `hashes` the content.
    pub fn check(&self, model_dir: &Path, hashes: bool) -> Result<(), EmbedError> {
        for required in [MODEL, TOKENIZER, self.runtime.as_str()] {
            if !self.files.contains_key(required) {
                return Err(damaged(model_dir.join(FILE), format!("it does not list `{required}`")));
            }
        }
        self.files.iter().try_for_each(|(name, facts)| {
            let path = model_dir.join(name);
            if name == &self.runtime && !path.exists() {
                return Err(EmbedError::RuntimeMissing { path, hint: FETCH });
            }
            facts.check(path, hashes)
        })
    }
}

impl FileFacts {
    fn check(&self, path: PathBuf, hashes: bool) -> Result<(), EmbedError> {
        let unreadable = |error| missing_or_unreadable(path.clone(), error);
        let mut file = File::open(&path).map_err(unreadable)?;
        let bytes = file.metadata().map_err(unreadable)?.len();
        if bytes != self.bytes {
            return Err(damaged(path, format!("it has {bytes} bytes, expected {}", self.bytes)));
        }
        if hashes && sha256(&mut file).map_err(unreadable)? != self.sha256 {
            return Err(damaged(path, "its SHA-256 is another than the manifest's".to_owned()));
        }
        Ok(())
    }
}

fn sha256(file: &mut File) -> std::io::Result<String> {
    let mut digest = Sha256::new();
    let mut block = vec![0; 1 << 18];
    loop {
        let count = file.read(&mut block)?;
        let Some(read) = block.get(..count).filter(|read| !read.is_empty()) else { break };
        digest.update(read);
    }
    Ok(format!("{:x}", digest.finalize()))
}

fn missing_or_unreadable(path: PathBuf, source: std::io::Error) -> EmbedError {
    if source.kind() == ErrorKind::NotFound {
        EmbedError::ModelMissing { path, hint: FETCH }
    } else {
        EmbedError::Read { path, source }
    }
}

fn damaged(path: PathBuf, what: String) -> EmbedError {
    EmbedError::Damaged { path, what, hint: FETCH }
}
