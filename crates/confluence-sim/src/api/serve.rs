//! From a request to an answer: who calls, with which scope, at what price.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::answer::{Answer, ApiError};
use super::auth::{bearer, has_api_token};
use super::operation::Operation;
use super::query::Query;
use super::{folders, pages, properties, spaces, tree, users};
use crate::shared::Shared;
use crate::site::Site;
use crate::traffic::log::Authorized;

/// `/ex/confluence/{cloudId}/wiki/api/v2/…` with a bearer token.
pub(crate) async fn gateway(
    State(shared): State<Arc<Shared>>,
    Path((cloud_id, path)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let call = Call { path: &path, query: query.as_deref().unwrap_or(""), body: &body };
    call.answer(&shared, |operation| {
        let caller = bearer(&shared, &headers).ok_or(ApiError::Unauthorized)?;
        let sites = shared.sites();
        let at = sites.iter().position(|site| site.cloud_id == cloud_id).ok_or(ApiError::NoSuchSite)?;
        if operation.is_some_and(|operation| !caller.scopes.contains(operation.scope())) {
            return Err(ApiError::ScopeMismatch);
        }
        let reached = sites.get(at).is_some_and(|site| site.has_confluence && caller.sites.contains(&cloud_id));
        if reached { Ok(at) } else { Err(ApiError::NotPermitted) }
    })
}

/// `/wiki/api/v2/…` of the direct site (the first), with email and API token. A bearer token is of no use here.
pub(crate) async fn direct(
    State(shared): State<Arc<Shared>>,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let call = Call { path: &path, query: query.as_deref().unwrap_or(""), body: &body };
    call.answer(&shared, |_| {
        if !has_api_token(&shared, &headers) {
            return Err(ApiError::BadApiToken);
        }
        let there = shared.sites().first().is_some_and(|site| site.has_confluence);
        if there { Ok(0) } else { Err(ApiError::NoSuchSite) }
    })
}

/// `/_edge/tenant_info` of the direct site, which needs no credentials.
pub(crate) async fn tenant_info(State(shared): State<Arc<Shared>>) -> Response {
    match shared.sites().first() {
        Some(site) => axum::Json(json!({ "cloudId": site.cloud_id })).into_response(),
        None => ApiError::NoSuchSite.into_response(),
    }
}

/// REST v1, whose content operations have been removed.
pub(crate) async fn gone() -> Response {
    let body = json!({ "statusCode": 410, "message": "GoneException: This deprecated endpoint has been removed." });
    (StatusCode::GONE, axum::Json(body)).into_response()
}

/// Any other path.
pub(crate) async fn not_found() -> Response {
    ApiError::NotFound.into_response()
}

struct Call<'a> {
    path: &'a str,
    query: &'a str,
    body: &'a [u8],
}

impl Call<'_> {
    /// Runs the call on the site that `admit` names by its number.
    fn answer(
        &self,
        shared: &Shared,
        admit: impl FnOnce(Option<Operation<'_>>) -> Result<usize, ApiError>,
    ) -> Response {
        let started = Instant::now();
        let operation = Operation::of(self.path);
        let admitted = admit(operation);
        let authorized = !matches!(admitted, Err(ApiError::Unauthorized | ApiError::BadApiToken));
        let mut response = match admitted {
            Ok(at) => self.paid(shared, at, operation),
            Err(error) => error.into_response(),
        };
        if authorized {
            response.extensions_mut().insert(Authorized);
        }
        edge_headers(response.headers_mut(), started);
        response
    }

    /// The answer, if there are points left for it.
    fn paid(&self, shared: &Shared, at: usize, operation: Option<Operation<'_>>) -> Response {
        let now = shared.clock.now();
        let may_spend = shared.points().as_mut().is_none_or(|points| points.may_spend(now));
        let (mut response, objects) =
            if may_spend { self.run(shared, at, operation) } else { (ApiError::RateLimited.into_response(), 0) };
        if let Some(points) = shared.points().as_mut() {
            if may_spend {
                points.spend(objects);
            }
            points.tell(now, !may_spend, response.headers_mut());
        }
        response
    }

    fn run(&self, shared: &Shared, at: usize, operation: Option<Operation<'_>>) -> (Response, usize) {
        let sites = shared.sites();
        let Some((site, operation)) = sites.get(at).zip(operation) else {
            return (ApiError::NotFound.into_response(), 0);
        };
        match self.operate(site, operation) {
            Ok(answer) => {
                let objects = answer.objects;
                (answer.into_response(&site.base), objects)
            }
            Err(error) => (error.into_response(), 0),
        }
    }

    fn operate(&self, site: &Site, operation: Operation<'_>) -> Result<Answer, ApiError> {
        let query = &Query::parse(self.query);
        match operation {
            Operation::Spaces => spaces::list(site, query),
            Operation::Space(id) => spaces::single(site, id, query),
            Operation::PagesInSpace(id) => pages::list_in_space(site, id, query),
            Operation::Pages => pages::list(site, query),
            Operation::Page(id) => pages::single(site, id, query),
            Operation::Ancestors(id) => tree::ancestors(site, id, query),
            Operation::DirectChildren(id) => tree::direct_children(site, self.path, id, query),
            Operation::Descendants(id) => tree::descendants(site, self.path, id, query),
            Operation::Folder(id) => folders::single(site, id, query),
            Operation::PageProperties(id) => properties::properties(site, id, query),
            Operation::PageLabels(id) => properties::labels(site, id, query),
            Operation::PageAttachments(id) => properties::nothing(site, id, query, 50),
            Operation::PageComments(id) => properties::nothing(site, id, query, 25),
            Operation::PageVersions(id) => properties::versions(site, id, query),
            Operation::BlogPosts => Ok(Answer::list([], None, &site.base)),
            Operation::BlogPostsInSpace(id) => {
                spaces::single(site, id, query).map(|_| Answer::list([], None, &site.base))
            }
            Operation::UsersBulk => users::bulk(site, self.body),
        }
    }
}

/// The headers that live answers carry; those that make a browser report elsewhere are left out.
fn edge_headers(headers: &mut HeaderMap, started: Instant) {
    let trace = format!("{:032x}", rand::random::<u128>());
    let values = [
        ("server", "AtlassianEdge".to_owned()),
        ("atl-traceid", trace.clone()),
        ("atl-request-id", trace),
        ("x-confluence-request-time", started.elapsed().as_millis().to_string()),
        ("vary", "Accept".to_owned()),
    ];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}
