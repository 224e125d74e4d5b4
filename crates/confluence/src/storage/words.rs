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
    let mut places: Vec<Place> = Vec::new();
    for node in tree.nodes() {
        let place = place(node, &places);
        match node.kind() {
            Kind::Element(name) if names::is_block(name) => counter.end_word(),
            Kind::Text(text) | Kind::Cdata(text) if !place.hidden => counter.text(text, place.block),
            _ => {}
        }
        places.push(place);
    }
    counter.end_word();
    counter.words
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

#[derive(Default)]
struct Counter {
    words: usize,
    block: usize,
    in_word: bool,
    counted: bool,
}

impl Counter {
    fn end_word(&mut self) {
        self.words += usize::from(self.in_word && self.counted);
        self.in_word = false;
        self.counted = false;
    }

    fn text(&mut self, text: &str, block: usize) {
        if block != self.block {
            self.end_word();
            self.block = block;
        }
        for character in text.chars() {
            if character.is_whitespace() {
                self.end_word();
            } else {
                self.in_word = true;
                self.counted |= character.is_alphanumeric();
            }
        }
    }
}
