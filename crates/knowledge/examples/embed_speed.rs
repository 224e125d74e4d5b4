//! How fast and how large embedding is here: `cargo run -p knowledge --example embed_speed -- MODEL_DIR [SESSIONS]`.

#![allow(clippy::print_stdout, reason = "a figure on the terminal is its purpose")]

use std::{
    error::Error,
    fs,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use knowledge::embed::{Embedder, EmbedderOptions};

const WORDS: [&str; 12] = [
    "rotate",
    "the",
    "signing",
    "certificate",
    "before",
    "deployment",
    "and",
    "restart",
    "every",
    "gateway",
    "node",
    "on",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: embed_speed MODEL_DIR [SESSIONS]")?);
    let mut options = EmbedderOptions::default();
    if let Some(sessions) = arguments.next() {
        options.sessions = sessions.parse()?;
    }
    println!("before opening: {}", memory());
    let start = Instant::now();
    let embedder = Embedder::open(&folder, options)?;
    println!(
        "opened `{}` with up to {} sessions in {:.0?}: {}",
        embedder.id(),
        options.sessions,
        start.elapsed(),
        memory()
    );
    queries(&embedder, "no passages")?;

    // Lengths spread evenly from 11 to 251 tokens.
    let passages: Vec<String> = (0..200).map(|n| passage(9 + n * 37 % 241)).collect();
    embedder.embed_passages(passages.get(..8).unwrap_or_default())?;
    let (start, cpu) = (Instant::now(), cpu_seconds());
    embedder.embed_passages(&passages)?;
    let rate = passages.len() as f64;
    println!(
        "{rate} passages of mixed length: {:.1} a second, {:.1} a CPU second; {}",
        rate / start.elapsed().as_secs_f64(),
        rate / (cpu_seconds() - cpu),
        memory(),
    );
    let finished = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let background = scope.spawn(|| {
            let result = embedder.embed_passages(&passages);
            finished.store(true, Ordering::Relaxed);
            result
        });
        std::thread::sleep(Duration::from_millis(200));
        queries(&embedder, "200 passages queued")?;
        println!("the queue was {}", if finished.load(Ordering::Relaxed) { "empty" } else { "still at work" });
        background.join().map_err(|_| "the background thread panicked")??;
        Ok(())
    })
}

fn queries(embedder: &Embedder, label: &str) -> Result<(), Box<dyn Error>> {
    let mut times = Vec::new();
    for n in 0..40 {
        let start = Instant::now();
        embedder.embed_query(&passage(5 + n % 8))?;
        times.push(start.elapsed());
    }
    times.sort();
    println!("query with {label}: p50 {:.1?}, slowest {:.1?}", times[times.len() / 2], times[times.len() - 1]);
    Ok(())
}

fn passage(words: usize) -> String {
    WORDS.iter().cycle().take(words).copied().collect::<Vec<_>>().join(" ")
}

fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let megabytes = |key: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
    };
    format!("{} MB resident, {} MB at most", megabytes("VmRSS:"), megabytes("VmHWM:"))
}

/// User and system time of all threads, in seconds; Linux counts it in hundredths.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}
