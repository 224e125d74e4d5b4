//! Answers that arrive whole and say something else: bent lists and strange words.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Uri, header};
use axum::response::Response;
use serde_json::Value;
use url::form_urlencoded;

use super::faults::FaultEffect;

/// Whether [`rewritten`] does anything for this effect.
pub(super) fn concerns(effect: &FaultEffect) -> bool {
    matches!(
        effect,
        FaultEffect::Replace { .. }
            | FaultEffect::LeaveOut { .. }
            | FaultEffect::RepeatCursor
            | FaultEffect::EncodeCursor
    )
}

/// The request as if it had named no cursor.
pub(super) fn without_cursor(mut request: Request) -> Request {
    let query = request.uri().query().unwrap_or_default();
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("cursor=")).collect();
    if let Ok(uri) = format!("{}?{}", request.uri().path(), pairs.join("&")).parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

/// The answer to a request with this query, bent as `effect` says. What is not the JSON of a list stays as it is.
pub(super) async fn rewritten(effect: &FaultEffect, query: &str, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    if let FaultEffect::Replace { text, with } = effect {
        let body = String::from_utf8_lossy(&whole).replace(text, with);
        return Response::from_parts(parts, Body::from(body));
    }
    let Ok(mut list) = serde_json::from_slice::<Value>(&whole) else {
        return Response::from_parts(parts, Body::from(whole));
    };
    if let FaultEffect::LeaveOut { ids } = effect {
        leave_out(&mut list, ids);
    } else if let Some(next) = list["_links"]["next"].as_str().map(str::to_owned) {
        let bent = bent(&next, effect, query);
        if let Some(link) = parts.headers.get(header::LINK).and_then(|link| link.to_str().ok())
            && let Ok(link) = HeaderValue::from_str(&link.replace(&next, &bent))
        {
            parts.headers.insert(header::LINK, link);
        }
        list["_links"]["next"] = Value::from(bent);
    }
    Response::from_parts(parts, Body::from(list.to_string()))
}

fn leave_out(list: &mut Value, ids: &[String]) {
    if let Some(results) = list["results"].as_array_mut() {
        results.retain(|result| result["id"].as_str().is_none_or(|id| ids.iter().all(|out| out != id)));
    }
}

/// A next link with its cursor encoded, or with the cursor of the request.
fn bent(next: &str, effect: &FaultEffect, query: &str) -> String {
    let mut asked = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "cursor");
    let asked = asked.next().map(|(_, cursor)| cursor.into_owned());
    let cursor = |cursor: &str| match effect {
        FaultEffect::EncodeCursor => form_urlencoded::byte_serialize(cursor.as_bytes()).collect(),
        _ => asked.clone().unwrap_or_else(|| cursor.to_owned()),
    };
    let Some((path, parameters)) = next.split_once('?') else { return next.to_owned() };
    let parameters: Vec<String> = parameters
        .split('&')
        .map(|pair| match pair.strip_prefix("cursor=") {
            Some(value) => format!("cursor={}", cursor(value)),
            None => pair.to_owned(),
        })
        .collect();
    format!("{path}?{}", parameters.join("&"))
}
