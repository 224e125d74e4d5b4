//! The layer around every answer: methods that are refused, faults, and the log.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, HttpBody};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use serde_json::json;

use super::connection::Scissors;
use super::faults::FaultEffect;
use super::log::{Authorized, RequestRecord};
use super::rewrite;
use crate::clock::iso;
use crate::shared::Shared;
use crate::site::mutate::Mutation;

/// Answers one request, spoiled where a fault says so, and writes it down.
pub(crate) async fn observe(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/__sim") {
        return next.run(request).await;
    }
    let query = request.uri().query().unwrap_or("").to_owned();
    let method = request.method().clone();
    let time = iso(shared.clock.now());
    let spoiling = shared.faults().spoil(method.as_str(), &path, &query);
    let fault = spoiling.is_fault();
    if spoiling.delay_ms > 0 {
        delay(&shared, spoiling.delay_ms).await;
    }
    let dropped = matches!(spoiling.effect, Some(FaultEffect::DropConnection));
    let response = match spoiling.effect {
        None => answer(request, next).await,
        Some(FaultEffect::TruncateBody { bytes }) => truncated(answer(request, next).await, bytes).await,
        Some(FaultEffect::IgnoreCursor) => answer(rewrite::without_cursor(request), next).await,
        Some(FaultEffect::Change { mutation }) => {
            let response = answer(request, next).await;
            change(&shared, &path, mutation);
            response
        }
        Some(effect) if rewrite::concerns(&effect) => {
            rewrite::rewritten(&effect, &query, answer(request, next).await).await
        }
        Some(effect) => spoiled(&effect, &request),
    };
    let record = RequestRecord {
        time,
        method: method.to_string(),
        path,
        query,
        status: if dropped { 0 } else { response.status().as_u16() },
        authorized: response.extensions().get::<Authorized>().is_some(),
        bytes: response.body().size_hint().exact().unwrap_or(0),
    };
    shared.log().push(record, fault);
    response
}

async fn answer(request: Request, next: Next) -> Response {
    if !may_pass(request.method(), request.uri().path()) {
        let body = json!({ "statusCode": 405, "message": "Method Not Allowed" });
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET")], Json(body)).into_response();
    }
    next.run(request).await
}

/// Reading is all that this server offers: GET, and the three POSTs that change no content.
fn may_pass(method: &Method, path: &str) -> bool {
    *method == Method::GET
        || *method == Method::POST
            && (path == "/oauth/token" || path == "/authorize" || path.ends_with("/wiki/api/v2/users-bulk"))
}

async fn delay(shared: &Shared, milliseconds: u64) {
    let mut stopping = shared.stopping.clone();
    tokio::select! {
        () = tokio::time::sleep(Duration::from_millis(milliseconds)) => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}

/// Changes the site that the request asked.
fn change(shared: &Shared, path: &str, mutation: Mutation) {
    let now = shared.clock.now();
    let mut sites = shared.sites_mut();
    let at = sites.iter().position(|site| path.contains(&site.cloud_id)).unwrap_or(0);
    if let Some(Err(error)) = sites.get_mut(at).map(|site| site.apply(mutation, now)) {
        tracing::warn!(%error, "the change of a fault was refused");
    }
}

fn spoiled(effect: &FaultEffect, request: &Request) -> Response {
    match effect {
        FaultEffect::Status { code, headers, body } => status(*code, headers, body),
        FaultEffect::Html { code } => {
            let page = "<!doctype html><html><body><h1>We'll be right back</h1></body></html>";
            status(*code, &[("content-type".to_owned(), "text/html;charset=UTF-8".to_owned())], page)
        }
        FaultEffect::InvalidJson => status(200, &[], "{\"results\": [{\"id\": \"1\", "),
        _ => {
            if let Some(ConnectInfo(scissors)) = request.extensions().get::<ConnectInfo<Scissors>>() {
                scissors.cut();
            }
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn status(code: u16, headers: &[(String, String)], body: &str) -> Response {
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name.as_str()), HeaderValue::from_str(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The whole length in the header, some of the bytes, then an error that makes the server close the connection.
async fn truncated(response: Response, bytes: usize) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let sent = whole.slice(..bytes.min(whole.len()));
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let broken = async {
        // Headers and bytes leave only once the body has nothing more to give.
        tokio::time::sleep(Duration::from_millis(10)).await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    };
    let stream = futures::stream::once(async { Ok(sent) }).chain(futures::stream::once(broken));
    Response::from_parts(parts, Body::from_stream(stream))
}
