//! Counting words, before and after.

use super::names;
use super::tree::{Kind, Node, Tree};
use super::walk;

/// The words of a body's text that is content, not configuration. Words do not end where an inline element begins.
pub(super) fn visible(tree: &Tree<'_>) -> Words {
    let mut words = Words::default();
    let mut block = 0;
    let mut places: Vec<Place> = Vec::new();
    for node in tree.nodes() {
        let place = place(node, &places);
        match node.kind() {
            Kind::Element(name) if names::is_block(name) => words.end_word(),
            Kind::Text(text) | Kind::Cdata(text) if !place.hidden => {
                if std::mem::replace(&mut block, place.block) != place.block {
                    words.end_word();
                }
                words.push(text);
            }
            _ => {}
        }
        places.push(place);
    }
    words
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
        place.hidden |= names::is_hidden(name) || repeats(node, name);
        if names::is_block(name) {
            place.block = node.index();
        }
    }
    place
}

/// Whether an element says again what another one has said: the fallback of a node, the picture of a formula, the signs of
/// one whose source is there.
fn repeats(node: Node<'_>, name: &str) -> bool {
    match name {
        "ac:adf-fallback" => node.before().any(Node::has_text),
        "mrow" => node.parent_name() == "semantics",
        "span" => walk::is_math_picture(node),
        _ => false,
    }
}

/// Words of a text, runs of letters and digits, each as a number: enough to find out how many of them arrived.
#[derive(Debug, Default)]
pub(crate) struct Words {
    words: Vec<u64>,
    word: u64,
}

/// Start and factor of FNV-1a, which is quick and good enough to tell words apart.
const START: u64 = 0xcbf2_9ce4_8422_2325;
const FACTOR: u64 = 0x0100_0000_01b3;

impl Words {
    /// Ends a word, as the end of a block does.
    pub(crate) fn end_word(&mut self) {
        if self.word != 0 {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    /// Adds a piece; a word may go on from the piece before.
    pub(crate) fn push(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_alphanumeric() {
                let word = if self.word == 0 { START } else { self.word };
                self.word = (word ^ u64::from(u32::from(character))).wrapping_mul(FACTOR);
            } else if !markup::is_invisible(character) {
                self.end_word();
            }
        }
    }

    /// Adds a piece that is apart from those before and behind it.
    pub(crate) fn push_apart(&mut self, text: &str) {
        self.end_word();
        self.push(text);
        self.end_word();
    }

    /// How many words there are, and how many of them the other text has, too.
    pub(crate) fn among(mut self, mut other: Self) -> (usize, usize) {
        self.end_word();
        other.end_word();
        self.words.sort_unstable();
        other.words.sort_unstable();
        let mut there = other.words.iter().peekable();
        let mut kept = 0;
        for word in &self.words {
            while there.next_if(|other| *other < word).is_some() {}
            kept += usize::from(there.next_if(|other| *other == word).is_some());
        }
        (self.words.len(), kept)
    }

    /// How many words there are.
    pub(crate) fn count(&self) -> usize {
        self.words.len() + usize::from(self.word != 0)
    }
}
