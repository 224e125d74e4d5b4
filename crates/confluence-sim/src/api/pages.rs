//! `GET /pages`, `GET /spaces/{id}/pages` and `GET /pages/{id}`.

use serde_json::{Value, json};

use super::answer::{Answer, ApiError};
use super::cursor::SortValue;
use super::listing::{Keyed, Listing, Order};
use super::properties;
use super::query::{Query, id};
use super::render;
use super::spaces::included;
use crate::site::Site;
use crate::site::model::{ACCOUNT_ID, Node, NodeKind, Space, Status};

const LIST_FORMATS: [&str; 2] = ["storage", "atlas_doc_format"];
const SINGLE_FORMATS: [&str; 7] =
    ["storage", "atlas_doc_format", "view", "export_view", "anonymous_export_view", "styled_view", "editor"];
const LIST_STATUS: [&str; 4] = ["current", "archived", "deleted", "trashed"];
const SINGLE_STATUS: [&str; 6] = ["current", "archived", "trashed", "deleted", "historical", "draft"];

/// Lists pages of the whole site.
pub(super) fn list(site: &Site, query: &Query) -> Result<Answer, ApiError> {
    let ids = query.ids("id", 250)?;
    let spaces = query.ids("space-id", 100)?;
    let subtype = query.one_of("subtype", &["live", "page"])?;
    answer(site, "pages", query, |node| {
        (ids.is_empty() || ids.contains(&node.id))
            && (spaces.is_empty() || spaces.contains(&node.space_id))
            && subtype.is_none_or(|subtype| node.live == (subtype == "live"))
    })
}

/// Lists pages of one space.
pub(super) fn list_in_space(site: &Site, space_id: &str, query: &Query) -> Result<Answer, ApiError> {
    let depth = query.one_of("depth", &["all", "root"])?;
    let space: &Space = site.space(id("id", space_id)?).ok_or(ApiError::NotFound)?;
    answer(site, &format!("spaces/{space_id}/pages"), query, |node| {
        node.space_id == space.id && (depth != Some("root") || node.parent.is_none())
    })
}

fn answer(site: &Site, path: &str, query: &Query, wanted: impl Fn(&Node) -> bool) -> Result<Answer, ApiError> {
    let order = Order::of(query, &["id", "created-date", "modified-date", "title"], "id")?;
    let format = query.one_of("body-format", &LIST_FORMATS)?;
    let title = query.text("title");
    let mut status = query.many_of("status", &LIST_STATUS)?;
    if status.is_empty() {
        status = vec!["current", "archived"];
    }
    let items: Vec<Keyed<&Node>> = site
        .nodes
        .values()
        .filter(|node| node.kind == NodeKind::Page && status.contains(&node.status.name()))
        .filter(|node| node.status != Status::Trashed || !node.trashed_is_404)
        .filter(|node| title.is_none_or(|title| title == node.title) && wanted(node))
        .filter(|node| site.masks_after_limit || site.may_see(node))
        .map(|node| (sort_value(node, order.field), node.id, node))
        .collect();
    let listing = Listing { path, query, order, default_limit: 25, base: &site.base };
    listing.answer(items, |node| site.may_see(node).then(|| render::page(site, node, format)))
}

pub(super) fn sort_value(node: &Node, field: &str) -> SortValue {
    match field {
        "title" => SortValue::Text(node.title.to_lowercase()),
        "created-date" => SortValue::Number(render::order_value(node.created_at)),
        "modified-date" => SortValue::Number(render::order_value(node.version.created_at)),
        "child-position" => SortValue::Number(node.position.into()),
        _ => SortValue::Number(i64::try_from(node.id).unwrap_or(i64::MAX)),
    }
}

/// One page, in its current or an older version.
pub(super) fn single(site: &Site, page_id: &str, query: &Query) -> Result<Answer, ApiError> {
    let format = query.one_of("body-format", &SINGLE_FORMATS)?;
    let status = query.many_of("status", &SINGLE_STATUS)?;
    query.flag("get-draft", false)?;
    let version = query.text("version").map(|number| id("version", number)).transpose()?;
    let node = find(site, page_id)?;
    if !status.is_empty() && !status.contains(&node.status.name()) {
        return Err(ApiError::NotFound);
    }
    let shown = match version {
        Some(number) => in_version(node, number).ok_or(ApiError::NotFound)?,
        None => node.clone(),
    };
    let mut body = render::page(site, &shown, format);
    include(site, node, query, &mut body)?;
    Ok(Answer::single(body, &site.base))
}

/// A page by id, whatever its status; a trashed one may answer 404.
pub(super) fn find<'a>(site: &'a Site, page_id: &str) -> Result<&'a Node, ApiError> {
    let node = site.page(id("id", page_id)?).ok_or(ApiError::NotFound)?;
    if node.status == Status::Trashed && node.trashed_is_404 { Err(ApiError::NotFound) } else { Ok(node) }
}

fn in_version(node: &Node, number: u64) -> Option<Node> {
    if u64::from(node.version.number) == number {
        return Some(node.clone());
    }
    let old = node.history.iter().find(|old| u64::from(old.version.number) == number)?;
    let (title, storage, version) = (old.title.clone(), old.storage.clone(), old.version.clone());
    Some(Node { title, storage, version, adf: None, ..node.clone() })
}

fn include(site: &Site, node: &Node, query: &Query, body: &mut Value) -> Result<(), ApiError> {
    if !query.flag("include-version", true)? {
        body.as_object_mut().map(|body| body.remove("version"));
    }
    let parts: [(&str, &dyn Fn() -> Vec<Value>); 5] = [
        ("labels", &|| properties::labels_of(node)),
        ("properties", &|| vec![properties::editor(node)]),
        ("operations", &|| vec![json!({ "operation": "read", "targetType": "page" })]),
        ("likes", &|| vec![json!({ "accountId": ACCOUNT_ID })]),
        ("versions", &|| properties::versions_of(node)),
    ];
    for (part, results) in parts {
        if query.flag(&format!("include-{part}"), false)? {
            body[part] = included(&format!("/wiki/api/v2/pages/{}/{part}", node.id), results());
        }
    }
    if query.flag("include-favorited-by-current-user-status", false)? {
        body["isFavoritedByCurrentUser"] = json!(false);
    }
    if query.flag("include-direct-children", false)? {
        let children = site.children(node.id).into_iter().filter(|child| site.may_see(child));
        let children = children.map(super::tree::child);
        body["directChildren"] = included(&format!("/wiki/api/v2/pages/{}/direct-children", node.id), children);
    }
    Ok(())
}
