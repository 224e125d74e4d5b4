//! What a conversion notes beside the text: losses and edges.

use std::collections::{BTreeMap, HashSet};

use super::{Edge, Loss, line};

/// Losses by name, and edges each once in order of first mention.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    losses: BTreeMap<String, u32>,
    named: HashSet<String>,
    edges: Vec<Edge>,
    seen: HashSet<Edge>,
}

/// Names of losses beyond this number are counted together.
const MAX_NAMES: usize = 500;
/// A name longer than this many characters is cut.
const MAX_NAME: usize = 80;

impl Ledger {
    /// Counts an element or macro that could not be read.
    pub(crate) fn lose(&mut self, name: &str) {
        let mut name = printable(name);
        if self.losses.len() >= MAX_NAMES && !self.losses.contains_key(&name) {
            "other".clone_into(&mut name);
        }
        let count = self.losses.entry(name).or_default();
        *count = count.saturating_add(1);
    }

    /// Counts a macro that has no text of its own and gives the words that stand for it, which it gets once a page.
    pub(crate) fn lose_macro(&mut self, name: &str) -> Option<String> {
        self.lose(name);
        let name = printable(name);
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
        let losses = self.losses.into_iter().map(|(element, count)| Loss { element, count }).collect();
        (losses, self.edges)
    }
}

fn printable(name: &str) -> String {
    let name: String = line::normalize(name).chars().take(MAX_NAME).collect();
    if name.is_empty() { "unnamed".to_owned() } else { name }
}
