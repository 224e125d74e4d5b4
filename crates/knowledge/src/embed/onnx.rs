//! The real model: a folder opened, checked and put to work.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use fastembed::{InitOptionsUserDefined, TextEmbedding, TokenizerFiles, UserDefinedEmbeddingModel};
use ort::environment::Environment;

use super::{
    EmbedderOptions,
    counter::TokenCounter,
    error::EmbedError,
    manifest::{MODEL, Manifest, TOKENIZER},
    runtime,
    workers::{OpenSession, Workers},
};

/// A sentence encoder on ONNX Runtime.
#[derive(Debug)]
pub struct OnnxEmbedder {
    id: String,
    manifest: Manifest,
    counter: TokenCounter,
    workers: Workers,
}

impl OnnxEmbedder {
    /// Opens the model in `model_dir`.
    pub(super) fn open(model_dir: &Path, options: EmbedderOptions) -> Result<Self, EmbedError> {
        let manifest = Manifest::read(model_dir)?;
        manifest.check(model_dir, options.check_hashes)?;
        let counter = read_counter(&model_dir.join(TOKENIZER))?;
        let library = model_dir.join(&manifest.runtime);
        let library = library.canonicalize().map_err(|source| EmbedError::Read { path: library, source })?;
        let open = opener(model_dir.to_owned(), runtime::environment(&library)?, manifest.max_tokens);
        let workers = Workers::start(&open, options.sessions.max(1), manifest.dimension)?;
        Ok(Self { id: format!("{}@{}", manifest.name, manifest.revision), manifest, counter, workers })
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// What the model's folder says about it.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub(super) fn counter(&self) -> TokenCounter {
        self.counter.clone()
    }

    pub(super) fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        self.workers.embed_passages(texts)
    }

    pub(super) fn embed_query(&self, text: &str) -> Result<Vec<f32>, EmbedError> {
        self.workers.embed_query(text)
    }
}

fn read_counter(path: &Path) -> Result<TokenCounter, EmbedError> {
    let json = read(path)?;
    TokenCounter::from_json(&json).map_err(|source| EmbedError::Tokenizer { path: path.to_owned(), source })
}

fn read(path: &Path) -> Result<Vec<u8>, EmbedError> {
    fs::read(path).map_err(|source: io::Error| EmbedError::Read { path: path.to_owned(), source })
}

/// The files are read anew for each session, so that no copy of them stays in memory.
fn opener(folder: PathBuf, environment: Environment, max_tokens: usize) -> OpenSession {
    Arc::new(move || {
        let model = UserDefinedEmbeddingModel::new(read(&folder.join(MODEL))?, tokenizer_files(&folder, max_tokens)?);
        let options = InitOptionsUserDefined::new()
            .with_environment(environment.clone())
            .with_max_length(max_tokens)
            .with_intra_threads(1);
        TextEmbedding::try_new_from_user_defined(model, options).map_err(EmbedError::Load)
    })
}

/// `tokenizer.json` says everything; the three files beside it are asked for out of habit.
fn tokenizer_files(folder: &Path, max_tokens: usize) -> Result<TokenizerFiles, EmbedError> {
    let config = serde_json::json!({ "model_max_length": max_tokens, "pad_token": "[PAD]" });
    Ok(TokenizerFiles {
        tokenizer_file: read(&folder.join(TOKENIZER))?,
        config_file: br#"{"pad_token_id": 0}"#.to_vec(),
        special_tokens_map_file: b"{}".to_vec(),
        tokenizer_config_file: config.to_string().into_bytes(),
    })
}
