//! Spaces, pages and folders as JSON: the documented fields, and the ones that live sites add.

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::body::{adf, html};
use crate::clock::iso;
use crate::site::Site;
use crate::site::links;
use crate::site::model::{ACCOUNT_ID, Node, Space, Version};

/// A space, as a list or a single answer carries it.
pub(super) fn space(space: &Space, description: Option<&str>, icon: bool) -> Value {
    let text = match description {
        Some(format) => json!({ format: { "representation": format, "value": space.description } }),
        None => Value::Null,
    };
    let icon = icon.then(|| {
        let path = format!("/wiki/aa-avatar/{ACCOUNT_ID}");
        json!({ "path": path, "apiDownloadLink": path })
    });
    json!({
        "id": space.id.to_string(),
        "key": space.key,
        "name": space.name,
        "type": space.kind,
        "status": if space.archived { "archived" } else { "current" },
        "authorId": ACCOUNT_ID,
        "spaceOwnerId": ACCOUNT_ID,
        "currentActiveAlias": space.key,
        "createdAt": iso(space.created_at),
        "homepageId": space.homepage.map(|id| id.to_string()),
        "description": text,
        "icon": icon,
        "_links": { "webui": format!("/spaces/{}", space.key) },
    })
}

/// A page without `_links.base`; `format` names the representation of its body.
pub(super) fn page(site: &Site, node: &Node, format: Option<&str>) -> Value {
    let parent = node.parent.and_then(|id| site.nodes.get(&id));
    let mut value = json!({
        "id": node.id.to_string(),
        "status": node.status.name(),
        "title": node.title,
        "spaceId": node.space_id.to_string(),
        "parentId": parent.map(|parent| parent.id.to_string()),
        "parentType": parent.map(|parent| parent.kind.name()),
        "position": node.position,
        "authorId": ACCOUNT_ID,
        "ownerId": ACCOUNT_ID,
        "lastOwnerId": null,
        "subtype": node.live.then_some("live"),
        "createdAt": iso(node.created_at),
        "version": version(&node.version),
        "body": body(site, node, format),
    });
    value["_links"] = page_links(site, node);
    value
}

fn page_links(site: &Site, node: &Node) -> Value {
    let Some(space) = site.space(node.space_id) else { return json!({}) };
    json!({
        "webui": links::webui(space, node),
        "editui": format!("/pages/resumedraft.action?draftId={}", node.id),
        "edituiv2": format!("/spaces/{}/pages/edit-v2/{}", space.key, node.id),
        "tinyui": links::tiny(node.id),
    })
}

/// A version.
pub(super) fn version(version: &Version) -> Value {
    json!({
        "createdAt": iso(version.created_at),
        "message": version.message,
        "number": version.number,
        "minorEdit": version.minor,
        "authorId": ACCOUNT_ID,
        "ncsStepVersion": null,
    })
}

/// The body in the one format that was asked for; `{}` where none was.
fn body(site: &Site, node: &Node, format: Option<&str>) -> Value {
    let Some(format) = format else { return json!({}) };
    let value = match format {
        "storage" | "editor" => node.storage.to_string(),
        "atlas_doc_format" => node.adf.clone().unwrap_or_else(|| adf::from_storage(&node.storage)).to_string(),
        _ => view(site, node),
    };
    json!({ format: { "representation": format, "value": value } })
}

/// The page as HTML, its links resolved on the site.
pub(crate) fn view(site: &Site, node: &Node) -> String {
    html::render(&node.storage, &|key, title| {
        let space = if key.is_empty() { site.space(node.space_id) } else { site.space_by_key(key) }?;
        let same = |other: &&Node| other.space_id == space.id && other.title == title && site.may_see(other);
        let target = site.nodes.values().find(same)?;
        Some(format!("{}{}", site.base, links::webui(space, target)))
    })
}

/// A folder without `_links.base`.
pub(super) fn folder(site: &Site, node: &Node) -> Value {
    let parent = node.parent.and_then(|id| site.nodes.get(&id));
    let webui = site.space(node.space_id).map(|space| links::webui(space, node));
    json!({
        "id": node.id.to_string(),
        "type": "folder",
        "status": node.status.name(),
        "title": node.title,
        "parentId": parent.map(|parent| parent.id.to_string()),
        "parentType": parent.map(|parent| parent.kind.name()),
        "position": node.position,
        "authorId": ACCOUNT_ID,
        "ownerId": ACCOUNT_ID,
        "createdAt": iso(node.created_at),
        "spaceId": node.space_id.to_string(),
        "version": version(&node.version),
        "_links": { "webui": webui },
    })
}

/// Milliseconds of a date: the order value of cursors in date order.
pub(super) fn order_value(at: OffsetDateTime) -> i64 {
    crate::clock::milliseconds(at)
}
