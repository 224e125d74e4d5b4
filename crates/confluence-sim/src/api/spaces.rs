//! `GET /spaces` and `GET /spaces/{id}`.

use serde_json::{Value, json};

use super::answer::{Answer, ApiError};
use super::cursor::SortValue;
use super::listing::{Keyed, Listing, Order};
use super::query::{Query, id};
use super::render;
use crate::site::Site;
use crate::site::model::{SPACE_TYPES, Space};

const DESCRIPTIONS: [&str; 2] = ["plain", "view"];

/// Lists the spaces that the filters let through.
pub(super) fn list(site: &Site, query: &Query) -> Result<Answer, ApiError> {
    let order = Order::of(query, &["id", "key", "name"], "id")?;
    let description = query.one_of("description-format", &DESCRIPTIONS)?;
    let icon = query.flag("include-icon", false)?;
    let filter = Filter::of(query)?;
    let items: Vec<Keyed<&Space>> = site
        .spaces
        .values()
        .filter(|space| !space.restricted && filter.passes(space))
        .map(|space| (sort_value(space, order.field), space.id, space))
        .collect();
    let listing = Listing { path: "spaces", query, order, default_limit: 25, base: &site.base };
    listing.answer(items, |space| render::space(space, description, icon))
}

/// One space.
pub(super) fn single(site: &Site, space_id: &str, query: &Query) -> Result<Answer, ApiError> {
    let description = query.one_of("description-format", &DESCRIPTIONS)?;
    let icon = query.flag("include-icon", false)?;
    let space = site.space(id("id", space_id)?).ok_or(ApiError::NotFound)?;
    let mut body = render::space(space, description, icon);
    for part in ["labels", "properties", "operations", "permissions"] {
        if query.flag(&format!("include-{part}"), false)? {
            body[part] = included(&format!("/wiki/api/v2/spaces/{space_id}/{part}"), []);
        }
    }
    Ok(Answer::single(body, &site.base))
}

/// An optional part of a single answer: at most 50 results, and where the rest is.
pub(super) fn included(path: &str, results: impl IntoIterator<Item = Value>) -> Value {
    let results: Vec<Value> = results.into_iter().take(50).collect();
    json!({ "results": results, "meta": { "hasMore": false, "cursor": "" }, "_links": { "self": path } })
}

struct Filter<'a> {
    ids: Vec<u64>,
    keys: Vec<&'a str>,
    kind: Option<&'a str>,
    archived: Option<bool>,
    /// Nobody has labelled or starred a simulated space, so a filter for either lets nothing through.
    nothing: bool,
}

impl<'a> Filter<'a> {
    fn of(query: &'a Query) -> Result<Self, ApiError> {
        let status = query.one_of("status", &["current", "archived"])?;
        Ok(Self {
            ids: query.ids("ids", 250)?,
            keys: query.list("keys", 250)?,
            kind: query.one_of("type", &SPACE_TYPES)?,
            archived: status.map(|status| status == "archived"),
            nothing: !query.list("labels", 250)?.is_empty() || query.text("favorited-by").is_some(),
        })
    }

    fn passes(&self, space: &Space) -> bool {
        !self.nothing
            && (self.ids.is_empty() || self.ids.contains(&space.id))
            && (self.keys.is_empty() || self.keys.contains(&space.key.as_str()))
            && self.kind.is_none_or(|kind| kind == space.kind)
            && self.archived.is_none_or(|archived| archived == space.archived)
    }
}

fn sort_value(space: &Space, field: &str) -> SortValue {
    match field {
        "key" => SortValue::Text(space.key.to_lowercase()),
        "name" => SortValue::Text(space.name.to_lowercase()),
        _ => SortValue::Number(i64::try_from(space.id).unwrap_or(i64::MAX)),
    }
}
