//! What had to be left out, by name.

use std::collections::BTreeMap;

use crate::Loss;

/// Losses by name.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    losses: BTreeMap<&'static str, u32>,
}

impl Ledger {
    /// Counts an element that could not be read.
    pub(crate) fn lose(&mut self, element: &'static str) {
        self.lose_many(element, 1);
    }

    /// Counts elements that could not be read, if there are any.
    pub(crate) fn lose_many(&mut self, element: &'static str, count: usize) {
        if count > 0 {
            let total = self.losses.entry(element).or_default();
            *total = total.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        }
    }

    /// Losses sorted by name.
    pub(crate) fn finish(self) -> Vec<Loss> {
        self.losses.into_iter().map(|(element, count)| Loss { element: element.to_owned(), count }).collect()
    }
}
