//! Web pages.
//!
//! `html2text` parses a page as browsers do and renders each run of text; we read from its tree what a rendering in columns
//! of characters loses: headings with their ids, items, rows of cells, verbatim text ([`walk`]).

mod bare;
mod nesting;
mod prune;
mod run;
mod table;
mod walk;

use markup::{Block, Losses};

use crate::{FileText, ReadError, sections};

/// Reads a page.
pub(crate) fn read(html: &str) -> Result<FileText, ReadError> {
    let mut losses = Losses::default();
    let (title, blocks) = page(html, &mut losses)?;
    let title = title.or_else(|| markup::first_heading(&blocks));
    Ok(FileText { title, sections: sections::anchored(blocks), losses: losses.finish() })
}

/// The blocks of a piece of a page, as it stands in a Markdown file.
pub(crate) fn fragment(html: &str, losses: &mut Losses) -> Vec<Block> {
    if let Ok((_, blocks)) = page(html, losses) {
        return blocks;
    }
    losses.lose("HTML");
    Vec::new()
}

fn page(html: &str, losses: &mut Losses) -> Result<(Option<String>, Vec<Block>), ReadError> {
    if nesting::is_too_deep(html) {
        return Err(ReadError::damaged("its elements are nested too deeply"));
    }
    let runs = run::Runs::new()?;
    let dom = runs.parse(html)?;
    let title = walk::title(&dom.document).map(|title| markup::normalize(&title)).filter(|title| !title.is_empty());
    let boxes = prune::prune(&dom.document, losses);
    let mut walker = walk::Walker::new(runs, boxes, losses, html.len());
    let blocks = walker.blocks(&dom.document);
    Ok((title, blocks))
}
