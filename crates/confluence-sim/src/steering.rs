//! [`Control`](crate::Control) over HTTP, below `/__sim`. The crate's documentation lists the requests.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::iso;
use crate::control::Control;
use crate::error::SimError;
use crate::running::mint;
use crate::shared::Shared;
use crate::site::mutate::Mutation;
use crate::traffic::faults::Fault;
use crate::traffic::ledger::PointsLimit;

type Simulated = State<Arc<Shared>>;

/// The routes below `/__sim`. Bodies must be declared as JSON, so that no web page can send them unasked.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/__sim/mutate", post(mutate))
        .route("/__sim/faults", post(add_fault))
        .route("/__sim/faults/clear", post(clear_faults))
        .route("/__sim/log", get(log))
        .route("/__sim/log/clear", post(clear_log))
        .route("/__sim/clock", post(clock))
        .route("/__sim/oauth", post(oauth))
        .route("/__sim/tokens", post(tokens))
        .route("/__sim/points", post(points))
        .route("/__sim/pages", get(pages))
}

#[derive(Deserialize)]
struct SiteMutation {
    site: Option<String>,
    #[serde(flatten)]
    mutation: Mutation,
}

async fn mutate(State(shared): Simulated, Json(request): Json<SiteMutation>) -> Response {
    let control = Control::new(shared);
    let control = match request.site {
        Some(name) => control.site(&name),
        None => Ok(control),
    };
    match control.and_then(|control| control.apply(request.mutation)) {
        Ok(id) => Json(json!({ "id": id })).into_response(),
        Err(error) => refused(&error),
    }
}

fn refused(error: &SimError) -> Response {
    let status = if matches!(error, SimError::NotFound { .. }) { StatusCode::NOT_FOUND } else { StatusCode::CONFLICT };
    (status, Json(json!({ "error": error.to_string() }))).into_response()
}

async fn add_fault(State(shared): Simulated, Json(fault): Json<Fault>) -> Json<Value> {
    shared.faults().add(fault);
    Json(json!({}))
}

async fn clear_faults(State(shared): Simulated, Json(_): Json<Value>) -> Json<Value> {
    shared.faults().clear();
    Json(json!({}))
}

async fn log(State(shared): Simulated) -> Json<Value> {
    let log = shared.log();
    Json(json!({ "counters": log.counters, "requests": log.records() }))
}

async fn clear_log(State(shared): Simulated, Json(_): Json<Value>) -> Json<Value> {
    shared.log().clear();
    Json(json!({}))
}

#[derive(Deserialize)]
struct Advance {
    advance_seconds: u64,
}

async fn clock(State(shared): Simulated, Json(request): Json<Advance>) -> Json<Value> {
    shared.clock.advance(Duration::from_secs(request.advance_seconds));
    Json(json!({ "now": iso(shared.clock.now()) }))
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum OAuthChange {
    RevokeGrants,
    ExpireAccessTokens,
}

async fn oauth(State(shared): Simulated, Json(change): Json<OAuthChange>) -> Json<Value> {
    let control = Control::new(shared);
    match change {
        OAuthChange::RevokeGrants => control.revoke_grants(),
        OAuthChange::ExpireAccessTokens => control.expire_access_tokens(),
    }
    Json(json!({}))
}

#[derive(Deserialize)]
struct Scopes {
    scope: String,
}

async fn tokens(State(shared): Simulated, Json(request): Json<Scopes>) -> Json<Value> {
    let pair = mint(&shared, &request.scope);
    Json(json!({ "access_token": pair.access_token, "refresh_token": pair.refresh_token, "scope": pair.scope }))
}

async fn points(State(shared): Simulated, Json(limit): Json<Option<PointsLimit>>) -> Json<Value> {
    Control::new(shared).limit_points(limit);
    Json(json!({}))
}

async fn pages(State(shared): Simulated, Query(query): Query<HashMap<String, String>>) -> Json<Value> {
    let space = query.get("space").map_or("", String::as_str);
    Json(json!({ "pages": Control::new(shared).pages(space) }))
}
