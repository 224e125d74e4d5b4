//! Lists: what stands before an item is counted here, since the file does not say it.

use std::collections::HashMap;

use markup::Mark;

use crate::xml::Element;

/// Levels that a list may have.
pub(super) const LEVELS: usize = 9;

/// How the items of one level are marked.
#[derive(Debug, Clone)]
struct Level {
    format: String,
    start: u64,
}

/// The lists of a file and how far they are counted.
#[derive(Debug, Default)]
pub(super) struct Listing {
    levels: HashMap<(String, usize), Level>,
    counted: HashMap<(String, usize), u64>,
}

impl Listing {
    pub(super) fn new(part: Option<&Element>) -> Self {
        let mut listing = Self::default();
        let mut abstracts: HashMap<&str, &Element> = HashMap::new();
        for element in part.into_iter().flat_map(Element::elements) {
            match (element.name.as_str(), element.attribute("abstractNumId"), element.attribute("numId")) {
                ("abstractNum", Some(id), _) => {
                    abstracts.insert(id, element);
                }
                ("num", _, Some(id)) => listing.add(id, element, &abstracts),
                _ => {}
            }
        }
        listing
    }

    fn add(&mut self, id: &str, list: &Element, abstracts: &HashMap<&str, &Element>) {
        let Some(shared) = list.value("abstractNumId") else { return };
        let own = list.elements().filter_map(|change| change.child("lvl"));
        let inherited = abstracts.get(shared).into_iter().flat_map(|list| list.elements());
        for level in inherited.filter(|element| element.name == "lvl").chain(own) {
            let Some(depth) = level.attribute("ilvl").and_then(|depth| depth.parse().ok()) else { continue };
            let format = level.value("numFmt").unwrap_or("decimal").to_owned();
            let start = level.value("start").and_then(|start| start.parse().ok()).unwrap_or(1);
            self.levels.insert((id.to_owned(), depth), Level { format, start });
        }
    }

    /// The mark of the next item of a list at a level; deeper levels begin again after it.
    pub(super) fn next(&mut self, list: &str, depth: usize) -> Mark {
        let level = self.levels.get(&(list.to_owned(), depth));
        let format = level.map_or("bullet", |level| level.format.as_str());
        let start = level.map_or(1, |level| level.start);
        let mark = match format {
            "bullet" => Mark::Bullet,
            "none" => Mark::Bare,
            _ => Mark::Number(self.count(list, depth, start)),
        };
        for deeper in depth + 1..LEVELS {
            self.counted.remove(&(list.to_owned(), deeper));
        }
        mark
    }

    fn count(&mut self, list: &str, depth: usize, start: u64) -> u64 {
        let count = self
            .counted
            .entry((list.to_owned(), depth))
            .and_modify(|count| *count = count.saturating_add(1))
            .or_insert(start);
        *count
    }
}
