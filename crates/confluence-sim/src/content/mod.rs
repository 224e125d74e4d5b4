//! Where a space's pages come from: folders of Markdown and storage XML, lists in memory, a generator.

pub(crate) mod front_matter;
pub(crate) mod generate;
pub(crate) mod headings;
pub(crate) mod ids;
pub(crate) mod inline_html;
pub(crate) mod links;
pub(crate) mod markdown;
pub(crate) mod plant;
pub(crate) mod shortcodes;
pub(crate) mod source;
mod vocabulary;
