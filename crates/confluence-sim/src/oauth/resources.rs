//! `GET /oauth/token/accessible-resources`: the sites that a token reaches.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::grants::Bearer;
use crate::api::auth::bearer;
use crate::shared::Shared;
use crate::site::Site;
use crate::traffic::log::Authorized;

/// The avatar that Atlassian gives a site that has none of its own.
const AVATAR: &str = "https://site-admin-avatar-cdn.prod.public.atl-paas.net/avatars/240/jersey.png";

/// Lists the sites of the caller's grant, each with the scopes that count there. The list does not say which site was
/// chosen last.
pub(crate) async fn accessible_resources(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let Some(caller) = bearer(&shared, &headers) else {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "code": 401, "message": "Unauthorized" }))).into_response();
    };
    let sites = shared.sites();
    let reached = sites.iter().filter(|site| caller.sites.contains(&site.cloud_id));
    let body: Vec<Value> = reached.map(|site| resource(site, &caller)).collect();
    let mut response = Json(body).into_response();
    response.extensions_mut().insert(Authorized);
    response
}

fn resource(site: &Site, caller: &Bearer) -> Value {
    let scopes: Vec<&str> = if site.has_confluence {
        caller.scopes.iter().map(String::as_str).filter(|scope| scope.contains("confluence")).collect()
    } else {
        vec!["read:jira-work"]
    };
    json!({ "id": site.cloud_id, "url": site.url, "name": site.name, "scopes": scopes, "avatarUrl": AVATAR })
}
