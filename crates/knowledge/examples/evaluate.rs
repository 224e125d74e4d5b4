//! Evaluates retrieval on sets in BEIR layout.
//!
//! `cargo run --release -p knowledge --example evaluate -- MODEL_DIR STORE_DIR SET_DIR...`; `hashed` or `none` in place of
//! the model's folder evaluates without the model.
#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::path::{Path, PathBuf};

use knowledge::Mode;
use knowledge::embed::{Embedder, EmbedderOptions};
use knowledge::eval::Evaluation;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(model), Some(stores)) = (arguments.next(), arguments.next()) else {
        return Err("usage: evaluate MODEL_DIR STORE_DIR SET_DIR...".into());
    };
    println!("{:<12} {:<9} {:>7} {:>9} {:>7}   p50, p95, p99", "set", "mode", "nDCG@10", "recall@10", "MRR@10");
    for set in arguments.map(PathBuf::from) {
        let name = set.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let embedder = embedder(&model)?;
        let asked: &[Mode] =
            if embedder.is_some() { &[Mode::Keyword, Mode::Semantic, Mode::Hybrid] } else { &[Mode::Keyword] };
        let evaluation = Evaluation::prepare(&set, &Path::new(&stores).join(&name), embedder).await?;
        for mode in asked {
            let report = evaluation.run(*mode).await?;
            let mode = format!("{mode:?}");
            println!(
                "{name:<12} {mode:<9} {:>7.4} {:>9.4} {:>7.4}   {:.1?}, {:.1?}, {:.1?}",
                report.ndcg10, report.recall10, report.mrr10, report.p50, report.p95, report.p99
            );
        }
    }
    Ok(())
}

fn embedder(model: &str) -> Result<Option<Embedder>, knowledge::embed::EmbedError> {
    match model {
        "none" => Ok(None),
        "hashed" => Ok(Some(Embedder::hashed())),
        folder => Embedder::open(Path::new(folder), EmbedderOptions::default()).map(Some),
    }
}
