//! Takes from a page what is no text of it, and finds out which elements are boxes.

use std::collections::HashSet;

use html2text::Handle;
use markup::Losses;

use super::walk::{attribute, name};

/// Elements that hold no text of the page, and those of them that are worth a word.
const SILENT: [&str; 10] =
    ["head", "script", "style", "template", "nav", "noscript", "datalist", "title", "link", "meta"];
const LOST: [&str; 10] = ["svg", "math", "object", "embed", "iframe", "canvas", "video", "audio", "select", "textarea"];

/// Elements that begin and end a line.
const BOXES: [&str; 45] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// The nodes that are boxes or hold one.
pub(super) type Boxes = HashSet<usize>;

/// A name for a node, for as long as the tree lives.
pub(super) fn key(node: &Handle) -> usize {
    std::rc::Rc::as_ptr(node).addr()
}

/// Removes what is not to be read, counts what is lost by that, and says where the boxes are.
pub(super) fn prune(document: &Handle, losses: &mut Losses) -> Boxes {
    let mut boxes = Boxes::new();
    let mut open = vec![document.clone()];
    while let Some(node) = open.pop() {
        node.children.borrow_mut().retain(|child| is_kept(child, losses));
        if name(&node).is_some_and(|name| BOXES.contains(&name.as_str())) {
            mark(&node, &mut boxes);
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    boxes
}

fn mark(node: &Handle, boxes: &mut Boxes) {
    let mut next = Some(node.clone());
    while let Some(node) = next.filter(|node| boxes.insert(key(node))) {
        next = node.get_parent();
    }
}

fn is_kept(node: &Handle, losses: &mut Losses) -> bool {
    let Some(name) = name(node) else { return !matches!(node.data, html2text::Comment { .. }) };
    if SILENT.contains(&name.as_str()) || is_hidden(node) {
        return false;
    }
    if let Some(lost) = LOST.iter().find(|&&lost| lost == name) {
        losses.lose(lost);
        return false;
    }
    if name == "img" {
        losses.lose("image");
    }
    true
}

fn is_hidden(node: &Handle) -> bool {
    let style = attribute(node, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    attribute(node, "hidden").is_some()
        || style.contains("display:none")
        || attribute(node, "role").is_some_and(|role| role == "navigation")
}
