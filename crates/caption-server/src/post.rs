//! `POST /captions`: all of it is taken, or nothing and the same may be sent again.

use std::time::Duration;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

use crate::{
    Fed,
    answer::{answer, refuse},
    body::{self, NoBody},
    rate::BURST,
    shared::{Shared, feed},
};

/// Takes a body of captions.
pub(crate) async fn take(State(shared): State<Shared>, headers: HeaderMap, body: Body) -> Response {
    let text = match body::whole(body).await {
        Ok(text) => text,
        Err(NoBody::TooLong) => return refuse(StatusCode::PAYLOAD_TOO_LARGE, "a body has at most 1 MiB"),
        Err(NoBody::Late) => return refuse(StatusCode::REQUEST_TIMEOUT, "the body did not arrive"),
        Err(NoBody::Broken) => return refuse(StatusCode::BAD_REQUEST, "the body can't be read"),
    };
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let all = feed(body::read(&text, content_type));
    let captions = all.iter().filter(|fed| matches!(fed, Fed::Caption(_))).count();
    if captions > BURST as usize {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, &format!("a request has at most {BURST} captions"));
    }
    // A request that says nothing counts as one, so that none is for nothing.
    if let Err(wait) = shared.take(u32::try_from(all.len().max(1)).unwrap_or(BURST)) {
        return later(wait);
    }
    let mut problems = Vec::new();
    for fed in all {
        if let Fed::Problem(problem) = &fed {
            problems.push(problem.clone());
        }
        if shared.pass(fed).await.is_err() {
            return refuse(StatusCode::SERVICE_UNAVAILABLE, "nobody listens any more");
        }
    }
    answer(StatusCode::OK, &json!({ "taken": captions, "problems": problems }))
}

fn later(wait: Duration) -> Response {
    let mut response = refuse(StatusCode::TOO_MANY_REQUESTS, "too many captions; nothing was taken");
    let seconds = wait.as_millis().div_ceil(1000).max(1);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(u64::try_from(seconds).unwrap_or(1)));
    response
}
