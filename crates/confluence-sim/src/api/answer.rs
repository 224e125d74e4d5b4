//! Answers of the API: a body with links, or an error in one of Atlassian's several shapes.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// What an operation found.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) body: Value,
    /// Host-relative address of the next page of results.
    pub(super) next: Option<String>,
    /// How many objects are in the body: they cost points.
    pub(super) objects: usize,
}

impl Answer {
    /// A single object; `_links.base` is put beside its own links.
    pub(super) fn single(mut body: Value, base: &str) -> Self {
        body["_links"]["base"] = json!(base);
        Self { body, next: None, objects: 1 }
    }

    /// A list in its envelope.
    pub(super) fn list(results: impl IntoIterator<Item = Value>, next: Option<String>, base: &str) -> Self {
        let results: Vec<Value> = results.into_iter().collect();
        let objects = results.len();
        let mut links = json!({ "base": base });
        if let Some(next) = &next {
            links["next"] = json!(next);
        }
        Self { body: json!({ "results": results, "_links": links }), next, objects }
    }

    /// The response, with its `Link` header.
    pub(super) fn into_response(self, base: &str) -> Response {
        let mut headers = HeaderMap::new();
        let next = self.next.map(|next| format!("<{next}>; rel=\"next\", ")).unwrap_or_default();
        if let Ok(link) = HeaderValue::from_str(&format!("{next}<{base}>; rel=\"base\"")) {
            headers.insert(header::LINK, link);
        }
        (StatusCode::OK, headers, Json(self.body)).into_response()
    }
}

/// Why an operation has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ApiError {
    /// No credentials, or none that are good, at the gateway.
    Unauthorized,
    /// The token lacks the scope of the path.
    ScopeMismatch,
    /// Wrong email or API token on the direct site.
    BadApiToken,
    /// The site has no Confluence, or the grant does not reach it.
    NotPermitted,
    /// The gateway knows no such site.
    NoSuchSite,
    /// Absent, trashed and purged, or not to be seen: they look the same.
    NotFound,
    /// A parameter that the API does not take.
    Invalid {
        /// Name of the parameter.
        title: String,
        /// More words, where the live API has them.
        detail: Option<&'static str>,
    },
    /// The points of the hour are spent.
    RateLimited,
}

impl ApiError {
    /// A parameter of the wrong type or out of range.
    pub(super) fn parameter(name: &str, expected: &str) -> Self {
        let title = format!("Provided value for '{name}' is not the correct type. Expected type is {expected}.");
        Self::Invalid { title, detail: None }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized | Self::ScopeMismatch | Self::BadApiToken => StatusCode::UNAUTHORIZED,
            Self::NotPermitted => StatusCode::FORBIDDEN,
            Self::NoSuchSite | Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid { .. } => StatusCode::BAD_REQUEST,
            Self::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    fn body(&self) -> Value {
        match self {
            Self::Unauthorized => json!({ "code": 401, "message": "Unauthorized" }),
            Self::ScopeMismatch => json!({ "code": 401, "message": "Unauthorized; scope does not match" }),
            Self::BadApiToken => errors(401, "UNAUTHORIZED", "Unauthorized", None),
            Self::NotPermitted => {
                json!({ "message": "Current user not permitted to use Confluence", "statusCode": 403 })
            }
            Self::NoSuchSite => json!({ "code": 404, "message": "Not Found" }),
            Self::NotFound => errors(404, "NOT_FOUND", "Not Found", None),
            Self::Invalid { title, detail } => errors(400, "INVALID_REQUEST_PARAMETER", title, *detail),
            Self::RateLimited => json!({ "code": 429, "message": "Rate limit exceeded" }),
        }
    }
}

fn errors(status: u16, code: &str, title: &str, detail: Option<&str>) -> Value {
    json!({ "errors": [{ "status": status, "code": code, "title": title, "detail": detail }] })
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status(), Json(self.body())).into_response()
    }
}
