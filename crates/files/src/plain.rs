//! Plain text: paragraphs between empty lines.

use markup::{Block, Line, push_paragraph};

use crate::{FileText, sections};

/// Reads a text. An end of a line that only wraps a sentence (the next line goes on in lower case) is a space; any other one
/// is kept.
pub(crate) fn read(text: &str) -> FileText {
    FileText { title: None, sections: sections::plain(blocks(text)), losses: Vec::new() }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut line = Line::default();
    for piece in text.split(['\n', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).flat_map(carriage_returns) {
        if piece.trim().is_empty() {
            push_paragraph(&mut blocks, line.take());
            continue;
        }
        if wraps(piece) {
            line.push(" ");
        } else {
            line.break_line();
        }
        line.push(piece);
    }
    push_paragraph(&mut blocks, line.take());
    blocks
}

/// The lines of a text whose lines end as they did on old Macs; one line otherwise.
fn carriage_returns(piece: &str) -> impl Iterator<Item = &str> {
    piece.strip_suffix('\r').unwrap_or(piece).split('\r')
}

fn wraps(next: &str) -> bool {
    next.chars().next().is_some_and(char::is_lowercase)
}
