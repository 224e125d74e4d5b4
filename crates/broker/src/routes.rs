//! The four addresses of the broker.

use std::{
    future::Future,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, RawQuery, State},
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::{net::TcpListener, sync::Semaphore};

use crate::{
    BrokerError, Settings, callback, guard,
    rate::Buckets,
    request::{Exchange, Refresh},
    upstream::{NoAnswer, Upstream},
};

/// Longest body, in bytes.
const LONGEST_BODY: usize = 16 * 1024;
/// Requests at once.
const PLACES: usize = 256;

/// What all requests share. None of it is about a person.
#[derive(Clone)]
pub(crate) struct Shared {
    pub settings: Arc<Settings>,
    pub buckets: Arc<Mutex<Buckets>>,
    pub places: Arc<Semaphore>,
    upstream: Arc<Upstream>,
}

/// Serves until `stop` resolves; requests under way are answered first.
pub async fn serve(
    listener: TcpListener,
    settings: Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), BrokerError> {
    let shared = Shared {
        upstream: Arc::new(Upstream::new(&settings)?),
        buckets: Arc::new(Mutex::new(Buckets::new(settings.rate))),
        places: Arc::new(Semaphore::new(PLACES)),
        settings: Arc::new(settings),
    };
    let app = router(shared).into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, app).with_graceful_shutdown(stop).await?)
}

fn router(shared: Shared) -> Router {
    Router::new()
        .route("/exchange", post(exchange))
        .route("/refresh", post(refresh))
        .route("/callback", get(|RawQuery(query): RawQuery| async move { callback::answer(query.as_deref()) }))
        .route("/health", get(|| async { "ok" }))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(middleware::from_fn_with_state(shared.clone(), guard::pass))
        .with_state(shared)
}

async fn exchange(State(shared): State<Shared>, body: Bytes) -> Response {
    let request = parse::<Exchange>(&body).and_then(|request| request.with_secret(&shared.settings));
    pass_on(&shared, request).await
}

async fn refresh(State(shared): State<Shared>, body: Bytes) -> Response {
    let request = parse::<Refresh>(&body).and_then(|request| request.with_secret(&shared.settings));
    pass_on(&shared, request).await
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

async fn pass_on(shared: &Shared, request: Option<Value>) -> Response {
    let Some(request) = request else {
        return json(StatusCode::BAD_REQUEST, br#"{"error":"invalid_request"}"#.to_vec());
    };
    match shared.upstream.ask(&request).await {
        Ok(answer) => json(answer.status, answer.body),
        Err(why) => {
            tracing::warn!(%why, "the token endpoint did not answer");
            match why {
                NoAnswer::Late => StatusCode::GATEWAY_TIMEOUT,
                NoAnswer::Unreachable | NoAnswer::Foreign => StatusCode::BAD_GATEWAY,
            }
            .into_response()
        }
    }
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
