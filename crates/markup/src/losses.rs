//! What could not be read, by name.

use std::collections::BTreeMap;

use crate::{Loss, normalize};

/// Names beyond this number are counted together.
const MAX_NAMES: usize = 500;
/// A name longer than this many characters is cut.
const MAX_NAME: usize = 80;

/// Losses by name, within bounds whatever names there are.
#[derive(Debug, Default)]
pub struct Losses {
    losses: BTreeMap<String, u32>,
}

impl Losses {
    /// Counts something that could not be read.
    pub fn lose(&mut self, name: &str) {
        self.count(Self::name_of(name), 1);
    }

    /// The name that something is counted under: on one line, and cut where it is long.
    pub fn name_of(name: &str) -> String {
        let name: String = normalize(name).chars().take(MAX_NAME).collect();
        if name.is_empty() { "unnamed".to_owned() } else { name }
    }

    /// Counts several things that could not be read, if there are any.
    pub fn lose_many(&mut self, name: &str, count: usize) {
        if count > 0 {
            self.count(Self::name_of(name), u32::try_from(count).unwrap_or(u32::MAX));
        }
    }

    fn count(&mut self, name: String, count: u32) {
        let is_new = !self.losses.contains_key(&name);
        let name = if is_new && self.losses.len() >= MAX_NAMES { "other".to_owned() } else { name };
        let total = self.losses.entry(name).or_default();
        *total = total.saturating_add(count);
    }

    /// Losses sorted by name.
    pub fn finish(self) -> Vec<Loss> {
        self.losses.into_iter().map(|(element, count)| Loss { element, count }).collect()
    }
}
