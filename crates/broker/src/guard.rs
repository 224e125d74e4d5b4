//! What every request passes first: a limit for its address, for the number at once, and for its time.

use std::{
    net::{IpAddr, SocketAddr},
    sync::PoisonError,
    time::{Duration, Instant},
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::routes::Shared;

/// How long a request may take beyond what Atlassian takes: its body has to arrive.
const READING: Duration = Duration::from_secs(10);

/// Lets a request through, or says when to come again. Logs method, path and outcome, never a query or a body.
pub(crate) async fn pass(
    State(shared): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let address = if shared.settings.behind_proxy { told(request.headers()) } else { None };
    let address = address.unwrap_or_else(|| peer.ip());
    let (method, path) = (request.method().clone(), known_path(request.uri().path()));
    let mut response = limited(&shared, address, request, next).await;
    tracing::info!(%method, path, status = response.status().as_u16(), "answered");
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn limited(shared: &Shared, address: IpAddr, request: Request, next: Next) -> Response {
    let taken = shared.buckets.lock().unwrap_or_else(PoisonError::into_inner).take(address, Instant::now());
    if let Err(wait) = taken {
        let seconds = wait.as_secs().max(1).to_string();
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds)]).into_response();
    }
    let Ok(_place) = shared.places.try_acquire() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let time = shared.settings.patience + READING;
    tokio::time::timeout(time, next.run(request)).await.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
}

/// The address that the proxy itself saw: the last one, since the others are what the asker claims.
fn told(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

/// A path of ours; anything else could be a secret in the wrong place.
fn known_path(path: &str) -> &'static str {
    ["/exchange", "/refresh", "/callback", "/health"].into_iter().find(|known| *known == path).unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::one(&["1.2.3.4"], Some("1.2.3.4"))]
    #[case::claimed(&["9.9.9.9, 1.2.3.4"], Some("1.2.3.4"))]
    #[case::two_headers(&["9.9.9.9", "1.2.3.4"], Some("1.2.3.4"))]
    #[case::no_address(&["unknown"], None)]
    #[case::none(&[], None)]
    fn the_proxy_is_believed_for_the_last_address(#[case] values: &[&'static str], #[case] address: Option<&str>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        assert_eq!(told(&headers), address.map(|address| address.parse().unwrap()));
    }
}
