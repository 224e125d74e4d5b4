//! What every request passes first: is it for this server, from this machine, and from somebody who has the token.

use std::collections::HashMap;

use axum::{
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};

use crate::{address, answer::refuse, shared::Shared};

/// Lets a request through or refuses it. Logs method and outcome, never an address with its query.
pub(crate) async fn pass(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let mut response = match check(&shared, request.headers(), request.uri()) {
        Ok(()) => next.run(request).await,
        Err((status, why)) => refuse(status, why),
    };
    let status = response.status();
    tracing::debug!(%method, status = status.as_u16(), "answered");
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if status != StatusCode::SWITCHING_PROTOCOLS {
        // There are few places, and a program that keeps one without using it would keep others out.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

fn check(shared: &Shared, headers: &HeaderMap, uri: &Uri) -> Result<(), (StatusCode, &'static str)> {
    let is_ours = |host: &str| address::is_ours(host, shared.port);
    let has_host = headers.contains_key(header::HOST) && every(headers, header::HOST, is_ours);
    if !has_host || !uri.authority().is_none_or(|authority| is_ours(authority.as_str())) {
        return Err((StatusCode::MISDIRECTED_REQUEST, "this is not the host that was asked for"));
    }
    if !every(headers, header::ORIGIN, address::is_local) {
        return Err((StatusCode::FORBIDDEN, "pages of this origin may not ask"));
    }
    if !token(headers, uri).is_some_and(|token| shared.knows(&token)) {
        return Err((StatusCode::UNAUTHORIZED, "the token is missing or wrong"));
    }
    Ok(())
}

fn every(headers: &HeaderMap, name: HeaderName, is_fine: impl Fn(&str) -> bool) -> bool {
    headers.get_all(name).iter().all(|value| value.to_str().is_ok_and(&is_fine))
}

/// The token of the header, or else of the query.
fn token(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        return scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned());
    }
    let Query(mut query) = Query::<HashMap<String, String>>::try_from_uri(uri).ok()?;
    query.remove("token")
}
