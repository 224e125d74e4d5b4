//! What a conversion delivers.

use markup::{Loss, Section};

/// A page's body as text, with what was learnt on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Converted {
    /// The text under each heading, in reading order.
    pub sections: Vec<Section>,
    /// What could not be converted to text.
    pub losses: Vec<Loss>,
    /// Pages, people and addresses that the text points to, each once, in order of first mention.
    pub edges: Vec<Edge>,
    /// How much of the text arrived.
    pub words: WordCount,
}

/// A page as another page names it: titles are unique in a space only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageRef {
    /// Key of its space; none means the space of the page that names it.
    pub space_key: Option<String>,
    /// Title.
    pub title: String,
}

/// Something that the text points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Edge {
    /// The page shows another page, or an excerpt of it, in this place.
    Includes(PageRef),
    /// A link to another page.
    Links(PageRef),
    /// A smart link: an address that Confluence shows as a card.
    Card {
        /// The address.
        url: String,
    },
    /// A person, by account id.
    Mentions {
        /// The account id.
        account_id: String,
    },
}

/// Words before and after: runs of letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordCount {
    /// Words of the body's text, without macro parameters and other configuration.
    pub visible: usize,
    /// Those of them that the sections have, too.
    pub kept: usize,
    /// Words of the sections, including the labels that stand for elements without text and repeated cells.
    pub written: usize,
}

impl WordCount {
    /// The share of the visible words that was kept, 0 to 1; 1 where there are none.
    pub fn kept_share(self) -> f64 {
        if self.visible == 0 { 1.0 } else { self.kept as f64 / self.visible as f64 }
    }
}
