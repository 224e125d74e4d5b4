//! How fast splitting is here: `cargo run -p knowledge --example split_speed -- MODEL_DIR TEXT_FILE...`.

#![allow(clippy::print_stdout, reason = "a figure on the terminal is its purpose")]

use std::{error::Error, fs, path::PathBuf, time::Instant};

use knowledge::{
    embed::{Embedder, EmbedderOptions, TokenCounter},
    model::{Block, BlockKind, Chunk, Section},
    split::{CountTokens, SplitOptions, passage, split},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: split_speed MODEL_DIR TEXT_FILE...")?);
    let pages =
        arguments.map(|path| Ok(sections(&fs::read_to_string(path)?))).collect::<Result<Vec<_>, std::io::Error>>()?;
    let options = EmbedderOptions { sessions: 1, check_hashes: false };
    measure("the model's tokens", &pages, &Embedder::open(&folder, options)?.counter());
    measure("words", &pages, &TokenCounter::words());
    Ok(())
}

fn measure(label: &str, pages: &[Vec<Section>], counter: &TokenCounter) {
    let bytes: usize = pages.iter().flatten().flat_map(|section| &section.blocks).map(|block| block.text.len()).sum();
    let start = Instant::now();
    let chunks: Vec<Chunk> =
        pages.iter().flat_map(|sections| split("Page", sections, counter, &SplitOptions::default())).collect();
    let seconds = start.elapsed().as_secs_f64();
    let sizes: Vec<usize> = chunks.iter().map(|chunk| counter.tokens(&passage(chunk)).len() + 2).collect();
    println!(
        "{label}: {:.1} MB of {} pages to {} chunks at {:.1} MB/s; tokens a chunk: mean {:.0}, most {}",
        bytes as f64 / 1e6,
        pages.len(),
        chunks.len(),
        bytes as f64 / 1e6 / seconds,
        sizes.iter().sum::<usize>() as f64 / sizes.len().max(1) as f64,
        sizes.iter().max().copied().unwrap_or_default(),
    );
}

/// Reads Markdown roughly: headings, fences, lists, tables and paragraphs.
fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section { heading_path: Vec::new(), anchor: None, blocks: Vec::new() }];
    for block in text.split("\n\n").map(|block| block.trim_matches('\n')).filter(|block| !block.is_empty()) {
        let heading = block.strip_prefix('#').map(|heading| heading.trim_start_matches('#').trim());
        if let Some(heading) = heading.filter(|heading| !heading.contains('\n')) {
            sections.push(Section { heading_path: vec![heading.to_owned()], anchor: None, blocks: Vec::new() });
        } else if let Some(section) = sections.last_mut() {
            section.blocks.push(Block { kind: kind(block), text: block.to_owned() });
        }
    }
    sections
}

fn kind(block: &str) -> BlockKind {
    match block.chars().next() {
        Some('|') => BlockKind::Table { header_rows: 2 },
        Some('-' | '*' | '1') => BlockKind::List,
        Some('`' | ' ') => BlockKind::Code,
        _ => BlockKind::Prose,
    }
}
