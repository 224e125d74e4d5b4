//! Values separated by commas, semicolons, tabs or bars.

use csv::{ReaderBuilder, StringRecord};
use markup::Losses;

use crate::grid::Grid;
use crate::{FileText, sections};

/// The separators, the less ambiguous first: a comma also stands in numbers and sentences.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];
/// Records that are looked at to find the separator.
const SAMPLE: usize = 200;

/// Reads a table; the separator is the one that gives the most records the same number of fields.
pub(crate) fn read(text: &str) -> FileText {
    let (told, text) = told(text);
    let separator = told.unwrap_or_else(|| sniffed(text));
    let mut grid = Grid::default();
    for record in records(text, separator) {
        grid.push(record.iter().map(markup::normalize).collect());
    }
    let mut losses = Losses::default();
    let blocks = grid.finish(&mut losses);
    FileText { title: None, sections: sections::plain(blocks), losses: losses.finish() }
}

/// Excel's first line `sep=;`, and the text without it.
fn told(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => (Some(*separator), rest),
        _ if first.trim_end() == "sep=" => (Some(b'\t'), rest),
        _ => (None, text),
    }
}

fn records(text: &str, separator: u8) -> impl Iterator<Item = StringRecord> {
    let reader =
        ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.into_records().filter_map(Result::ok)
}

fn sniffed(text: &str) -> u8 {
    let mut best = (0, b',');
    for separator in SEPARATORS {
        let score = agreement(text, separator);
        if score > best.0 {
            best = (score, separator);
        }
    }
    best.1
}

/// Thousandths of the records that have the most common number of fields, if that is more than one.
fn agreement(text: &str, separator: u8) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for record in records(text, separator).take(SAMPLE) {
        *counts.entry(record.len()).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let most = counts.into_iter().filter(|&(fields, _)| fields > 1).map(|(_, records)| records).max().unwrap_or(0);
    (most * 1000).checked_div(all).unwrap_or(0)
}
