//! How fast pages become text and text becomes chunks, each beside a peer in the same run: `html2text` on the same bodies, and
//! the tokenizer alone on the same texts. Run with `make bench`; one thread.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench prints, and finds the model as an app does"
)]

use std::{
    error::Error,
    hint::black_box,
    path::{Path, PathBuf},
    time::Instant,
};

use coagentor::Config;
use confluence::storage::{self, PartKind};
use knowledge::{
    embed::{Embedder, EmbedderOptions},
    model::{Block, BlockKind, Section, page_text},
    split::{CountTokens, SplitOptions, split},
};

/// Bytes of bodies that are converted.
const BODIES: usize = 24 * 1024 * 1024;
/// Bytes of text that are split.
const TEXTS: usize = 4 * 1024 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    let pages = bodies(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample"))?;
    let sizes: usize = pages.iter().map(String::len).sum();
    println!("{} pages, {sizes} bytes of storage format", pages.len());

    let ours = rate(BODIES, &pages, |page| {
        black_box(storage::convert(page, &storage::Options::new("A page")));
    });
    let peer = rate(BODIES / 4, &pages, |page| {
        let _ = black_box(html2text::from_read(page.as_bytes(), 100));
    });
    println!("conversion  {ours:6.1} MB/s   html2text {peer:6.1} MB/s   ratio {:.1}", ours / peer);

    let model = Config::from_vars(|name| std::env::var(name).ok())?.model_dir;
    let embedder = Embedder::open(&model, EmbedderOptions::default())?;
    let counter = embedder.counter();
    let texts: Vec<Vec<Section>> = pages.iter().map(|page| sections(page)).collect();
    let plain: Vec<String> = texts.iter().map(|sections| page_text(sections)).collect();
    let tokens = rate(TEXTS, &plain, |text| {
        black_box(counter.tokens(text));
    });
    let mut done = 0;
    let started = Instant::now();
    for sections in texts.iter().cycle() {
        black_box(split("A page", sections, &counter, &SplitOptions::default()));
        done += page_text(sections).len();
        if done > TEXTS {
            break;
        }
    }
    let chunks = megabytes(done) / started.elapsed().as_secs_f64();
    println!("chunking    {chunks:6.1} MB/s   tokenizer alone {tokens:6.1} MB/s   ratio {:.2}", chunks / tokens);
    Ok(())
}

/// Megabytes a second of `work` over the items, again and again until so many bytes are done.
fn rate(bytes: usize, items: &[String], mut work: impl FnMut(&String)) -> f64 {
    let mut done = 0;
    let started = Instant::now();
    for item in items.iter().cycle() {
        work(item);
        done += item.len();
        if done > bytes {
            break;
        }
    }
    megabytes(done) / started.elapsed().as_secs_f64()
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The bodies of the sample workspace.
fn bodies(folder: &Path) -> Result<Vec<String>, std::io::Error> {
    let mut folders = vec![folder.to_owned()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "xml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.iter().map(std::fs::read_to_string).collect()
}

fn sections(page: &str) -> Vec<Section> {
    let converted = storage::convert(page, &storage::Options::new("A page"));
    let block = |part: storage::Part| Block { kind: kind(part.kind), text: part.text };
    let section = |section: storage::Section| Section {
        heading_path: section.heading_path,
        anchor: section.anchor,
        blocks: section.parts.into_iter().map(block).collect(),
    };
    converted.sections.into_iter().map(section).collect()
}

fn kind(kind: PartKind) -> BlockKind {
    match kind {
        PartKind::Prose => BlockKind::Prose,
        PartKind::List => BlockKind::List,
        PartKind::Code => BlockKind::Code,
        PartKind::Table { header_rows } => BlockKind::Table { header_rows },
    }
}
