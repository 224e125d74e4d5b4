//! `eval`.

use std::path::Path;

use coagentor::SearchMode;

use crate::{args::EvalMode, failure::Failure, output::Output};

pub(super) async fn run(dir: &Path, mode: EvalMode, output: Output) -> Result<(), Failure> {
    let mode = match mode {
        EvalMode::Keyword => SearchMode::Keyword,
        EvalMode::Semantic => SearchMode::Semantic,
        EvalMode::Hybrid => SearchMode::Hybrid,
    };
    let report = coagentor::evaluate(&super::config()?, dir, mode).await?;
    output.show(&report, |report| {
        format!(
            "nDCG@10 {:.4}  recall@10 {:.4}  MRR@10 {:.4}  over {} queries\np50 {:.1} ms  p95 {:.1} ms  p99 {:.1} ms",
            report.ndcg,
            report.recall,
            report.mrr,
            report.queries,
            report.took_ms.p50,
            report.took_ms.p95,
            report.took_ms.p99
        )
    })
}
