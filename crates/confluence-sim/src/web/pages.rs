//! Spaces and pages as plain, safe HTML. They need no sign-in, so that a link in a note simply opens.

use std::fmt::Write;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::api::render_view;
use crate::clock::iso;
use crate::escape;
use crate::oauth::page;
use crate::shared::Shared;
use crate::site::model::{Node, NodeKind, Space, Status};
use crate::site::{Site, links};

/// `/wiki`: the spaces of the first site.
pub(crate) async fn home(State(shared): State<Arc<Shared>>) -> Response {
    match shared.sites().first() {
        Some(site) => space_list(site),
        None => missing(),
    }
}

/// `/site/{name}/wiki`: the spaces of another site.
pub(crate) async fn site_home(State(shared): State<Arc<Shared>>, Path(name): Path<String>) -> Response {
    match shared.sites().iter().find(|site| site.name == name) {
        Some(site) => space_list(site),
        None => missing(),
    }
}

/// Anything below `/wiki/`.
pub(crate) async fn open(State(shared): State<Arc<Shared>>, Path(path): Path<String>) -> Response {
    shared.sites().first().and_then(|site| find(site, &path)).unwrap_or_else(missing)
}

/// Anything below `/site/{name}/wiki/`.
pub(crate) async fn site_open(
    State(shared): State<Arc<Shared>>,
    Path((name, path)): Path<(String, String)>,
) -> Response {
    shared.sites().iter().find(|site| site.name == name).and_then(|site| find(site, &path)).unwrap_or_else(missing)
}

/// `/x/{code}`: a short link without `/wiki`.
pub(crate) async fn short(State(shared): State<Arc<Shared>>, Path(code): Path<String>) -> Response {
    shared.sites().first().and_then(|site| tiny(site, &code)).unwrap_or_else(missing)
}

fn find(site: &Site, path: &str) -> Option<Response> {
    let parts: Vec<&str> = path.trim_end_matches('/').splitn(5, '/').collect();
    match parts.as_slice() {
        ["x", code] => tiny(site, code),
        ["spaces", key] | ["spaces", key, "overview"] => Some(overview(site, site.space_by_key(key)?)),
        ["spaces", _, "pages" | "folder", id, ..] => {
            let node = shown(site, id.parse().ok()?)?;
            Some(content(site, site.space(node.space_id)?, node))
        }
        _ => None,
    }
}

fn tiny(site: &Site, code: &str) -> Option<Response> {
    let node = shown(site, links::from_tiny(code)?)?;
    let location = format!("{}{}", site.base, links::webui(site.space(node.space_id)?, node));
    Some((StatusCode::FOUND, [(header::LOCATION, location)]).into_response())
}

fn shown(site: &Site, id: u64) -> Option<&Node> {
    site.visible(id).filter(|node| node.status != Status::Trashed)
}

fn overview(site: &Site, space: &Space) -> Response {
    if let Some(home) = space.homepage.and_then(|id| shown(site, id)) {
        return content(site, space, home);
    }
    let tops = site.nodes.values().filter(|node| node.space_id == space.id && node.parent.is_none());
    let tops: Vec<&Node> = tops.filter(|node| shown(site, node.id).is_some()).collect();
    let body = format!("<h1>{}</h1>{}", escape::text(&space.name), list(site, space, &tops));
    page(StatusCode::OK, &space.name, &body)
}

fn content(site: &Site, space: &Space, node: &Node) -> Response {
    let mut trail = format!("<a href=\"{}{}\">{}</a>", site.base, links::overview(space), escape::text(&space.name));
    for above in site.ancestors(node) {
        let _ = write!(trail, " / {}", anchor(site, space, above));
    }
    let body = if node.kind == NodeKind::Page { render_view(site, node) } else { String::new() };
    let children: Vec<&Node> =
        site.children(node.id).into_iter().filter(|child| shown(site, child.id).is_some()).collect();
    let below = if children.is_empty() { String::new() } else { format!("<hr>{}", list(site, space, &children)) };
    let html = format!(
        "<nav>{trail}</nav><main><h1>{title}</h1>{body}</main>{below}<footer><p>Version {version}, {date}</p></footer>",
        title = escape::text(&node.title),
        version = node.version.number,
        date = iso(node.version.created_at),
    );
    page(StatusCode::OK, &node.title, &html)
}

fn list(site: &Site, space: &Space, nodes: &[&Node]) -> String {
    let items = nodes.iter().map(|node| format!("<li>{}</li>", anchor(site, space, node))).collect::<Vec<_>>().concat();
    format!("<ul>{items}</ul>")
}

fn anchor(site: &Site, space: &Space, node: &Node) -> String {
    let href = escape::text(&format!("{}{}", site.base, links::webui(space, node)));
    format!("<a href=\"{href}\">{}</a>", escape::text(&node.title))
}

fn space_list(site: &Site) -> Response {
    let items = site
        .spaces
        .values()
        .map(|space| {
            let href = format!("{}{}", site.base, links::overview(space));
            format!("<li><a href=\"{}\">{}</a></li>", escape::text(&href), escape::text(&space.name))
        })
        .collect::<Vec<_>>()
        .concat();
    page(StatusCode::OK, &site.name, &format!("<h1>{}</h1><ul>{items}</ul>", escape::text(&site.name)))
}

fn missing() -> Response {
    page(
        StatusCode::NOT_FOUND,
        "Page not found",
        "<h1>Page not found</h1><p>It may have moved, or you may not see it.</p>",
    )
}
