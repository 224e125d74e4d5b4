//! How many chunks of the sample workspace's pages keep their text, and with it their vector, when a person edits one
//! paragraph.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use confluence::storage::{self, PartKind};
use knowledge::{
    embed::TokenCounter,
    model::{Block, BlockKind, Section},
    split::{SplitOptions, passage, split},
};

fn bodies(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("lists").flatten() {
        let path = entry.path();
        if path.is_dir() {
            bodies(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            found.push(path);
        }
    }
}

fn passages(body: &str, options: SplitOptions) -> BTreeSet<String> {
    let page = storage::convert(body, &storage::Options::new("A page"));
    let kind = |kind| match kind {
        PartKind::Prose => BlockKind::Prose,
        PartKind::List => BlockKind::List,
        PartKind::Code => BlockKind::Code,
        PartKind::Table { header_rows } => BlockKind::Table { header_rows },
    };
    let section = |section: storage::Section| Section {
        heading_path: section.heading_path,
        anchor: section.anchor,
        blocks: section.parts.into_iter().map(|part| Block { kind: kind(part.kind), text: part.text }).collect(),
    };
    let sections: Vec<Section> = page.sections.into_iter().map(section).collect();
    split("A page", &sections, &TokenCounter::words(), &options).iter().map(passage).collect()
}

/// The body with one more sentence in a paragraph, once for each paragraph.
fn edits(body: &str) -> impl Iterator<Item = String> {
    body.match_indices("</p>").map(|(end, _)| format!("{} Ask before you change this.{}", &body[..end], &body[end..]))
}

#[test]
fn an_edit_of_one_paragraph_keeps_nine_tenths_of_a_sample_pages_chunks() {
    let mut paths = Vec::new();
    bodies(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample"), &mut paths);
    assert!(paths.len() >= 40);
    // Small chunks, so that the short pages of the sample have about as many as a long one of a real wiki.
    let options = SplitOptions { max_tokens: 64, overlap_tokens: 8 };
    let (mut kept, mut all, mut most) = (0, 0, 0);
    for path in paths {
        let body = fs::read_to_string(&path).expect("reads");
        let before = passages(&body, options);
        for after in edits(&body).map(|body| passages(&body, options)) {
            let same = before.intersection(&after).count();
            if before.len() >= 15 {
                kept += same;
                all += before.len();
            }
            most = most.max(after.len() - same);
        }
    }
    let share = f64::from(kept as u32) / f64::from(all as u32);
    println!("sample pages of 15 chunks or more: {:.1} % kept; at most {most} chunks new", share * 100.0);
    assert!(all > 0 && share >= 0.9, "{share}");
    assert!(most <= 6, "{most}");
}
