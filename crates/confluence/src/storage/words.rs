//! Counting words, before and after.

use super::names;
use super::tree::{Kind, Node, Tree};

/// Words of a text: runs of non-white space that hold a letter or a digit.
pub(crate) fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Words of a body's text that is content, not configuration. Words do not end where an inline element begins.
pub(super) fn visible(tree: &Tree<'_>) -> usize {
    let mut counter = Counter::default();
    let mut block = 0;
    let mut places: Vec<Place> = Vec::new();
    for node in tree.nodes() {
        let place = place(node, &places);
        match node.kind() {
            Kind::Element(name) if names::is_block(name) => counter.end_word(),
            Kind::Text(text) | Kind::Cdata(text) if !place.hidden => {
                if std::mem::replace(&mut block, place.block) != place.block {
                    counter.end_word();
                }
                counter.push(text);
            }
            _ => {}
        }
        places.push(place);
    }
    counter.finish()
}

/// Whether a node is configuration, and the block that it lies in.
#[derive(Clone, Copy, Default)]
struct Place {
    hidden: bool,
    block: usize,
}

fn place(node: Node<'_>, places: &[Place]) -> Place {
    let mut place = places.get(node.parent_index()).copied().unwrap_or_default();
    if let Kind::Element(name) = node.kind() {
        place.hidden |= names::is_hidden(name);
        if names::is_block(name) {
            place.block = node.index();
        }
    }
    place
}

/// Counts words of text that comes in pieces.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    words: usize,
    in_word: bool,
    counted: bool,
}

impl Counter {
    /// Ends a word, as the end of a block does.
    pub(crate) fn end_word(&mut self) {
        self.words += usize::from(self.in_word && self.counted);
        self.in_word = false;
        self.counted = false;
    }

    /// Adds a piece; a word may go on from the piece before.
    pub(crate) fn push(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_whitespace() {
                self.end_word();
            } else {
                self.in_word = true;
                self.counted |= character.is_alphanumeric();
            }
        }
    }

    /// The words so far.
    pub(crate) fn finish(mut self) -> usize {
        self.end_word();
        self.words
    }
}
