//! Runs of text between boxes, as html2text renders them.

use super::bare::Bare;
use html2text::config::{Config, with_decorator};
use html2text::{Handle, RcDom};

use crate::ReadError;

/// Wider than any line: we want the author's line breaks alone.
const WIDTH: usize = 1 << 28;

/// Renders runs of inline nodes.
pub(super) struct Runs {
    config: Config<Bare>,
    paper: RcDom,
    holder: Handle,
}

impl Runs {
    pub(super) fn new() -> Result<Self, ReadError> {
        let config = with_decorator(Bare).unicode_strikeout(false).allow_width_overflow();
        let paper = config.parse_html("<p></p>".as_bytes()).map_err(|error| damaged(&error))?;
        let path = ["html", "body", "p"];
        let holder = path.iter().try_fold(paper.document.clone(), |node, name| super::walk::child(&node, name));
        let holder = holder.ok_or_else(|| ReadError::damaged("no place to render it"))?;
        Ok(Self { config, paper, holder })
    }

    /// The tree of a page.
    pub(super) fn parse(&self, html: &str) -> Result<RcDom, ReadError> {
        self.config.parse_html(html.as_bytes()).map_err(|error| damaged(&error))
    }

    /// The text of neighbouring nodes; a line break is one that the author made.
    pub(super) fn text(&self, nodes: Vec<Handle>) -> String {
        self.holder.children.replace(nodes);
        let rendered = self
            .config
            .dom_to_render_tree(&self.paper)
            .and_then(|tree| self.config.render_to_string(tree, WIDTH))
            .unwrap_or_default();
        self.holder.children.replace(Vec::new());
        markup::normalize_lines(&rendered)
    }
}

fn damaged(error: &html2text::Error) -> ReadError {
    ReadError::damaged(error.to_string())
}
