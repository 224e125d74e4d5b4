//! Storage format, the XHTML in which Confluence keeps a page, to sections of plain text.
//!
//! The way is tokens, a tree, blocks, sections: [`tokens`] forgives broken markup, [`tree`] bounds its depth and size,
//! [`walk`] and its neighbours read elements and macros as blocks, [`sections`] puts the blocks under their headings.
//! Conversion is pure and never fails: what cannot be read as text is a listed [`Loss`]. Nothing here knows who reads
//! the text.

pub(crate) mod anchors;
mod converted;
mod editor;
mod entities;
pub(crate) mod extensions;
pub(crate) mod flow;
pub(crate) mod ledger;
pub(crate) mod links;
mod lists;
pub(crate) mod macros;
pub(crate) mod names;
pub(crate) mod sections;
mod tables;
mod tokens;
mod tree;
mod walk;
pub(crate) mod words;

#[cfg(test)]
pub(crate) mod tests;

pub use converted::{Converted, Edge, PageRef, WordCount};
pub use markup::{Loss, Part, PartKind, Section};

/// Which editor a page was written in; it decides how Confluence names the anchors of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Editor {
    /// The present editor: the content property `editor` is `v2`.
    #[default]
    New,
    /// The legacy editor.
    Old,
}

/// What the conversion needs to know from outside the body.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The page's title, part of the anchors of the old editor.
    pub title: &'a str,
    /// The page's editor; where it is not given, the one whose signs the body has, and the present one without any.
    pub editor: Option<Editor>,
    /// The display name of an account id (or of a legacy user key), where it is known. A page carries account ids alone;
    /// [`crate::Client::user_names`] tells names. A mention of somebody unknown is `@user`: short, and it keeps the sentence
    /// whole, where the id would be noise to read and to search. Atlas document format stores the name that was shown when the
    /// page was written; that is used instead.
    pub user_name: &'a dyn Fn(&str) -> Option<String>,
    /// The title of the page at an address, where it is known; it replaces the bare address of a smart link.
    pub card_title: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Options<'a> {
    /// For a page of this title, with nobody's name and no other page known.
    pub fn new(title: &'a str) -> Self {
        Self { title, editor: None, user_name: &unknown, card_title: &unknown }
    }
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").field("title", &self.title).field("editor", &self.editor).finish_non_exhaustive()
    }
}

fn unknown(_key: &str) -> Option<String> {
    None
}

/// Accounts that a body in storage format mentions, each once, in no particular order.
pub fn mentioned_accounts(storage: &str) -> std::collections::BTreeSet<&str> {
    const ATTRIBUTE: &str = "ri:account-id=\"";
    let values = storage.split(ATTRIBUTE).skip(1);
    values.filter_map(|rest| rest.split_once('"')).map(|(id, _)| id).filter(|id| !id.is_empty()).collect()
}

/// Converts a body in storage format to sections of plain text.
///
/// Never fails and never panics, whatever the input. Time and memory are linear in its length; elements nested more
/// than a hundred deep, or beyond the millionth, keep their text but not their structure.
pub fn convert(storage: &str, options: &Options<'_>) -> Converted {
    let tree = tree::Tree::parse(storage);
    let mut walker = walk::Walker::new(options, storage.len());
    let blocks = walker.blocks(tree.root());
    let visible = words::visible(&tree);
    let mut ledger = walker.into_ledger();
    if tree.is_flattened() {
        ledger.lose("nesting");
    }
    let editor = options.editor.or_else(|| editor::told_by(&tree)).unwrap_or_default();
    sections::convert(blocks, ledger, visible, &Options { editor: Some(editor), ..*options })
}
