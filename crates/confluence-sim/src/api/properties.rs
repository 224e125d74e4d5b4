//! What hangs on a page: properties, labels, versions; attachments and comments, of which simulated pages have none.

use serde_json::{Value, json};

use super::answer::{Answer, ApiError};
use super::cursor::SortValue;
use super::listing::{Keyed, Listing, Order};
use super::pages::find;
use super::query::Query;
use super::render;
use crate::content::ids;
use crate::site::Site;
use crate::site::model::Node;

/// The content property that says that a page was written in the new editor, which decides how its anchors are made.
pub(super) fn editor(node: &Node) -> Value {
    let id = ids::stable("property", &node.id.to_string());
    json!({ "id": id.to_string(), "key": "editor", "value": "v2", "version": render::version(&node.version) })
}

/// The labels of a page.
pub(super) fn labels_of(node: &Node) -> Vec<Value> {
    node.labels.iter().map(|name| label(name)).collect()
}

fn label(name: &str) -> Value {
    json!({ "id": ids::stable("label", name).to_string(), "name": name, "prefix": "global" })
}

/// The versions of a page, newest first.
pub(super) fn versions_of(node: &Node) -> Vec<Value> {
    let older = node.history.iter().rev().map(|old| &old.version);
    std::iter::once(&node.version).chain(older).map(render::version).collect()
}

/// `GET /pages/{id}/properties`.
pub(super) fn properties(site: &Site, page_id: &str, query: &Query) -> Result<Answer, ApiError> {
    let key = query.text("key");
    let found = Some(editor(find(site, page_id)?)).filter(|_| key.is_none_or(|key| key == "editor"));
    keyed(site, &format!("pages/{page_id}/properties"), query, &["key"], "key", found.into_iter().collect())
}

/// `GET /pages/{id}/labels`.
pub(super) fn labels(site: &Site, page_id: &str, query: &Query) -> Result<Answer, ApiError> {
    let prefix = query.one_of("prefix", &["my", "team", "global", "system"])?;
    let mut found = labels_of(find(site, page_id)?);
    found.retain(|_| prefix.is_none_or(|prefix| prefix == "global"));
    keyed(site, &format!("pages/{page_id}/labels"), query, &["created-date", "id", "name"], "name", found)
}

/// `GET /pages/{id}/versions`, newest first.
pub(super) fn versions(site: &Site, page_id: &str, query: &Query) -> Result<Answer, ApiError> {
    query.one_of("sort", &["modified-date", "-modified-date"])?;
    let found = versions_of(find(site, page_id)?);
    let order = Order::fixed("number");
    let items: Vec<Keyed<Value>> =
        found.into_iter().zip(1_i64..).map(|(value, at)| (SortValue::Number(at), at.unsigned_abs(), value)).collect();
    let path = format!("pages/{page_id}/versions");
    let listing = Listing { path: &path, query, order, default_limit: 25, base: &site.base };
    listing.answer(items, Value::clone)
}

/// An empty list of something that a page could have.
pub(super) fn nothing(site: &Site, page_id: &str, query: &Query, default_limit: usize) -> Result<Answer, ApiError> {
    find(site, page_id)?;
    query.limit(default_limit)?;
    Ok(Answer::list([], None, &site.base))
}

fn keyed<'a>(
    site: &Site,
    path: &str,
    query: &'a Query,
    fields: &[&'a str],
    key: &'a str,
    found: Vec<Value>,
) -> Result<Answer, ApiError> {
    let order = Order::of(query, fields, key)?;
    let items: Vec<Keyed<Value>> = found
        .into_iter()
        .map(|value| {
            let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
            let id = text("id").parse().unwrap_or(0);
            (SortValue::Text(text(if order.field == "id" { "id" } else { key })), id, value)
        })
        .collect();
    let listing = Listing { path, query, order, default_limit: 25, base: &site.base };
    listing.answer(items, Value::clone)
}
