//! What a conversion notes beside the text: losses and edges.

use std::collections::HashSet;

use markup::{Loss, Losses};

use super::Edge;

/// Losses by name, and edges each once in order of first mention.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    losses: Losses,
    named: HashSet<String>,
    edges: Vec<Edge>,
    seen: HashSet<Edge>,
}

impl Ledger {
    /// Counts an element or macro that could not be read.
    pub(crate) fn lose(&mut self, name: &str) {
        self.losses.lose(name);
    }

    /// Counts a macro that has no text of its own and gives the words that stand for it, which it gets once a page.
    pub(crate) fn lose_macro(&mut self, name: &str) -> Option<String> {
        self.losses.lose(name);
        let name = Losses::name_of(name);
        let words = format!("[macro {name}]");
        self.named.insert(name).then_some(words)
    }

    /// Notes what the text points to.
    pub(crate) fn edge(&mut self, edge: Edge) {
        if self.seen.insert(edge.clone()) {
            self.edges.push(edge);
        }
    }

    /// Losses sorted by name, and edges.
    pub(crate) fn into_parts(self) -> (Vec<Loss>, Vec<Edge>) {
        (self.losses.finish(), self.edges)
    }
}
