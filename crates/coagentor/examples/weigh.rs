//! Writes what live retrieval makes of each turn of talk, for fitting its judge: JSON lines of features and hits.
//! `weigh DATA_DIR TURNS.jsonl AGENT` (each line {"id", "before", "text"})

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program for measuring: it reads the environment and prints figures"
)]

use std::{io::Write, path::PathBuf, sync::Arc};

use coagentor::{App, Config, ModelUse, SearchScope, SystemClock};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (data, turns) = (arguments.next().ok_or("no data folder")?, arguments.next().ok_or("no turns")?);
    let agent = arguments.next().ok_or("no agent")?;
    let mut config = Config::from_vars(|name| std::env::var(name).ok())?;
    config.data_dir = PathBuf::from(data);
    let app = App::open(config, Arc::new(SystemClock), ModelUse::Load).await?;
    let scope = SearchScope::Agent(app.agent_named(&agent).await?);
    let mut out = std::io::stdout().lock();
    for line in std::fs::read_to_string(turns)?.lines() {
        let turn: serde_json::Value = serde_json::from_str(line)?;
        let text = turn["text"].as_str().unwrap_or_default();
        let found = app.weigh_turn(&scope, text, turn["before"].as_str()).await?;
        let found: Vec<_> = found
            .iter()
            .map(|weighed| {
                let hits: Vec<_> = weighed.hits.iter().map(|hit| (&hit.page_id, &hit.heading_path, &hit.title)).collect();
                serde_json::json!({
                    "query": weighed.query, "features": weighed.features.0, "confidence": weighed.confidence, "hits": hits,
                    "ms": weighed.took.total.as_secs_f64() * 1000.0,
                })
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({ "id": turn["id"], "found": found }))?;
    }
    Ok(())
}
