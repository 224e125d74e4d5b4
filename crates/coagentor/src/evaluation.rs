//! Retrieval quality on a BEIR set, with the model that the app uses.

use std::{path::Path, time::Duration};

use knowledge::Mode;
use serde::Serialize;

use crate::{Config, Error, app::open_model};

/// How well, and how fast, a set was answered.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct EvalReport {
    /// Normalised discounted cumulative gain of the first ten documents.
    #[serde(rename = "ndcg@10")]
    pub ndcg: f64,
    /// Share of the right documents among the first ten.
    #[serde(rename = "recall@10")]
    pub recall: f64,
    /// Mean of one divided by the rank of the first right document.
    #[serde(rename = "mrr@10")]
    pub mrr: f64,
    /// Questions asked.
    pub queries: usize,
    /// Time of a search, in milliseconds.
    pub took_ms: Percentiles,
}

/// Percentiles in milliseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Percentiles {
    /// Median.
    pub p50: f64,
    /// 95 of 100 took no longer.
    pub p95: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
}

/// Indexes the set in `dir` in a temporary store and asks all its questions. Searching by words needs no model.
pub async fn evaluate(config: &Config, dir: &Path, mode: Mode) -> Result<EvalReport, Error> {
    let embedder = if mode == Mode::Keyword { None } else { Some(open_model(config).await?) };
    let report = knowledge::eval::evaluate(dir, embedder, mode).await?;
    Ok(EvalReport {
        ndcg: report.ndcg10,
        recall: report.recall10,
        mrr: report.mrr10,
        queries: report.queries,
        took_ms: Percentiles { p50: ms(report.p50), p95: ms(report.p95), p99: ms(report.p99) },
    })
}

fn ms(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 100_000.0).round() / 100.0
}
