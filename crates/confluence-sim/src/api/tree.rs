//! Ancestors, direct children and descendants of pages and folders.

use serde_json::{Value, json};

use super::answer::{Answer, ApiError};
use super::cursor::SortValue;
use super::listing::{Keyed, Listing, Order};
use super::pages::sort_value;
use super::query::{Query, id};
use crate::site::Site;
use crate::site::model::{Node, Status};

const CHILD_ORDERS: [&str; 5] = ["created-date", "id", "modified-date", "child-position", "title"];

/// The nodes above one, highest first. There is no cursor: a longer chain is continued from its highest member.
pub(super) fn ancestors(site: &Site, node_id: &str, query: &Query) -> Result<Answer, ApiError> {
    let limit = query.limit(25)?;
    let node = find(site, node_id)?;
    let chain = site.ancestors(node);
    let nearest = chain.into_iter().rev().take(limit).collect::<Vec<_>>();
    let results = nearest.into_iter().rev().map(|node| json!({ "id": node.id.to_string(), "type": node.kind.name() }));
    Ok(Answer::list(results, None, &site.base))
}

/// What lies directly below a page or folder, in the order of the tree.
pub(super) fn direct_children(site: &Site, path: &str, node_id: &str, query: &Query) -> Result<Answer, ApiError> {
    let order = Order::of(query, &CHILD_ORDERS, "child-position")?;
    let parent = find(site, node_id)?;
    let children = site.children(parent.id).into_iter().filter(|child| listed(site, child));
    let items: Vec<Keyed<&Node>> = children.map(|node| (sort_value(node, order.field), node.id, node)).collect();
    let listing = Listing { path, query, order, default_limit: 25, base: &site.base };
    listing.answer(items, |node| child(node))
}

/// Everything below a page or folder, to a depth of 1 to 10 (2 where none is given), parents before children.
pub(super) fn descendants(site: &Site, path: &str, node_id: &str, query: &Query) -> Result<Answer, ApiError> {
    let depth = query.number("depth", 2, 1..=10)?;
    let root = find(site, node_id)?;
    let mut found: Vec<(usize, &Node)> = Vec::new();
    collect(site, root.id, 1, depth, &mut found);
    let items: Vec<Keyed<(usize, &Node)>> =
        found.into_iter().zip(1..).map(|(item, at)| (SortValue::Number(at), item.1.id, item)).collect();
    let order = Order::fixed("position");
    let listing = Listing { path, query, order, default_limit: 25, base: &site.base };
    listing.answer(items, |(depth, node)| descendant(node, *depth))
}

fn collect<'a>(site: &'a Site, parent: u64, depth: usize, deepest: usize, found: &mut Vec<(usize, &'a Node)>) {
    for node in site.children(parent).into_iter().filter(|node| listed(site, node)) {
        found.push((depth, node));
        if depth < deepest {
            collect(site, node.id, depth + 1, deepest, found);
        }
    }
}

/// The short form of a child.
pub(super) fn child(node: &Node) -> Value {
    json!({
        "id": node.id.to_string(),
        "status": node.status.name(),
        "title": node.title,
        "type": node.kind.name(),
        "spaceId": node.space_id.to_string(),
        "childPosition": node.position,
    })
}

fn descendant(node: &Node, depth: usize) -> Value {
    json!({
        "id": node.id.to_string(),
        "status": node.status.name(),
        "title": node.title,
        "type": node.kind.name(),
        "parentId": node.parent.map(|id| id.to_string()),
        "depth": depth,
        "childPosition": node.position,
    })
}

/// Whether a tree listing shows a node: what is trashed has no place in the tree.
fn listed(site: &Site, node: &Node) -> bool {
    site.may_see(node) && node.status != Status::Trashed
}

fn find<'a>(site: &'a Site, node_id: &str) -> Result<&'a Node, ApiError> {
    site.visible(id("id", node_id)?).filter(|node| node.status != Status::Trashed).ok_or(ApiError::NotFound)
}
