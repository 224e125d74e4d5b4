//! Works off the embedding queue.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::Error;
use crate::embed::{EmbedError, Embedder};
use crate::store::{Id, PendingChunk, Store};

/// How many chunks are committed together: about a second of work, the most that a kill costs.
const BATCH: u32 = 32;

/// How far embedding has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EmbedProgress {
    /// Chunks embedded by this call.
    pub done: u64,
    /// Chunks embedded by this call and chunks that still wait.
    pub total: u64,
}

/// What a call embedded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct EmbedReport {
    /// Chunks that got their vector.
    pub embedded: u64,
    /// Chunks that the model failed on; they wait on and are tried again by the next call.
    pub failed: u64,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// One run over the queue.
pub(crate) struct Embedding<'a> {
    pub store: &'a Store,
    pub embedder: &'a Arc<Embedder>,
    pub stop: &'a CancellationToken,
}

impl Embedding<'_> {
    pub(crate) async fn run(&self, mut on_progress: impl FnMut(EmbedProgress) + Send) -> Result<EmbedReport, Error> {
        let mut report = EmbedReport::default();
        let mut failed: HashSet<Id> = HashSet::new();
        let (mut after, mut found_new) = (0, false);
        on_progress(self.progress(report.embedded).await?);
        loop {
            if self.stop.is_cancelled() {
                report.stopped = true;
                break;
            }
            let batch = self.store.pending_chunks(after, BATCH).await?;
            let last = batch.last().map(|chunk| chunk.id);
            let batch: Vec<PendingChunk> = batch.into_iter().filter(|chunk| !failed.contains(&chunk.id)).collect();
            match (last, batch.is_empty()) {
                // At the end; what was passed may have been reworded meanwhile.
                (None, _) if found_new => (after, found_new) = (0, false),
                (None, _) => break,
                // Only what has failed already is left of this batch.
                (Some(last), true) => after = last,
                (Some(last), false) => {
                    (after, found_new) = (last, true);
                    report.embedded += self.embed(batch, &mut failed).await?;
                    on_progress(self.progress(report.embedded).await?);
                }
            }
        }
        report.failed = failed.len() as u64;
        Ok(report)
    }

    async fn progress(&self, done: u64) -> Result<EmbedProgress, Error> {
        Ok(EmbedProgress { done, total: done + self.store.pending_count().await? })
    }

    async fn embed(&self, batch: Vec<PendingChunk>, failed: &mut HashSet<Id>) -> Result<u64, Error> {
        let model = Arc::clone(self.embedder);
        let (vectors, refused) = tokio::task::spawn_blocking(move || embed(&model, batch)).await??;
        failed.extend(refused);
        if vectors.is_empty() {
            return Ok(0);
        }
        self.store.put_vectors(self.embedder.id(), &vectors).await
    }
}

type Embedded = (Vec<(PendingChunk, Vec<f32>)>, Vec<Id>);

/// Embeds a batch; when it fails as a whole, one by one, so that a single text cannot hold up the queue. When every one
/// fails it is the model's fault, and an error.
fn embed(model: &Embedder, batch: Vec<PendingChunk>) -> Result<Embedded, EmbedError> {
    let texts: Vec<String> = batch.iter().map(embedded_text).collect();
    if let Ok(vectors) = model.embed_passages(&texts) {
        return Ok((batch.into_iter().zip(vectors).collect(), Vec::new()));
    }
    let (mut embedded, mut refused, mut last_error) = (Vec::new(), Vec::new(), None);
    for (chunk, text) in batch.into_iter().zip(texts) {
        match model.embed_passages(&[text]).map(|vectors| vectors.into_iter().next()) {
            Ok(Some(vector)) => embedded.push((chunk, vector)),
            Ok(None) => refused.push(chunk.id),
            Err(error) => {
                tracing::warn!(chunk = chunk.id, %error, "a chunk could not be embedded");
                refused.push(chunk.id);
                last_error = Some(error);
            }
        }
    }
    match last_error {
        Some(error) if embedded.is_empty() => Err(error),
        _ => Ok((embedded, refused)),
    }
}

fn embedded_text(chunk: &PendingChunk) -> String {
    if chunk.prefix.is_empty() { chunk.text.clone() } else { format!("{}\n{}", chunk.prefix, chunk.text) }
}
