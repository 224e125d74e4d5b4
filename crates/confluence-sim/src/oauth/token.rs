//! `POST /oauth/token`: codes and refresh tokens become access tokens.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::client::ClientRegistration;
use super::grants::{ACCESS_LIFETIME, TokenPair};
use super::pkce;
use crate::shared::Shared;

/// How the token endpoint words the refusal of a dead refresh token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ErrorDialect {
    /// What was measured on the live server: `unauthorized_client`, `refresh_token is invalid`.
    #[default]
    Measured,
    /// What Atlassian documents: `invalid_grant`, `Unknown or invalid refresh token.`
    Documented,
}

/// An error answer of the token endpoint.
#[derive(Debug)]
struct TokenError {
    status: StatusCode,
    error: &'static str,
    description: String,
}

type Parameters = HashMap<String, String>;

/// Exchanges a code or a refresh token; takes JSON and form bodies.
pub(crate) async fn token(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let result = read_body(&body).and_then(|parameters| exchange(&shared, &parameters));
    let (status, body) = match result {
        Ok(pair) => (StatusCode::OK, success(&pair)),
        Err(error) => (error.status, json!({ "error": error.error, "error_description": error.description })),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

fn success(pair: &TokenPair) -> Value {
    let mut body = json!({
        "access_token": pair.access_token,
        "expires_in": ACCESS_LIFETIME.whole_seconds(),
        "token_type": "Bearer",
        "scope": pair.scope,
    });
    if let Some(refresh_token) = &pair.refresh_token {
        body["refresh_token"] = json!(refresh_token);
    }
    body
}

/// Reads a JSON object or a form, whatever the content type claims.
fn read_body(body: &[u8]) -> Result<Parameters, TokenError> {
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Ok(url::form_urlencoded::parse(body).into_owned().collect());
    }
    let object: HashMap<String, Value> =
        serde_json::from_slice(body).map_err(|_| refuse(400, "invalid_request", "The body is not valid JSON"))?;
    Ok(object.into_iter().filter_map(|(key, value)| Some((key, value.as_str()?.to_owned()))).collect())
}

fn exchange(shared: &Shared, parameters: &Parameters) -> Result<TokenPair, TokenError> {
    let grant_type = required(parameters, "grant_type")?;
    let client = authenticate(shared, parameters)?;
    match grant_type {
        "authorization_code" => exchange_code(shared, client, parameters),
        "refresh_token" => refresh(shared, client, parameters),
        other => Err(refuse(400, "unsupported_grant_type", &format!("Unsupported grant type: {other}"))),
    }
}

/// A wrong secret is answered with `access_denied`, the same code that a user's refusal has.
fn authenticate<'a>(shared: &'a Shared, parameters: &Parameters) -> Result<&'a ClientRegistration, TokenError> {
    let id = required(parameters, "client_id")?;
    let client = shared.settings.clients.iter().find(|client| client.id == id);
    let proven = |client: &&ClientRegistration| {
        client.secret.is_none() || client.secret.as_ref() == parameters.get("client_secret")
    };
    client.filter(proven).ok_or_else(|| refuse(401, "access_denied", "Unauthorized"))
}

fn exchange_code(
    shared: &Shared,
    client: &ClientRegistration,
    parameters: &Parameters,
) -> Result<TokenPair, TokenError> {
    let code = required(parameters, "code")?;
    let invalid = || refuse(403, "invalid_grant", "Invalid authorization code");
    let mut grants = shared.grants();
    let now = shared.clock.now();
    let request = grants.code(code, &client.id, now).map_err(|_| invalid())?;
    if parameters.get("redirect_uri") != Some(&request.redirect_uri) {
        return Err(refuse(403, "invalid_grant", "The redirect URI is wrong"));
    }
    let verifier = parameters.get("code_verifier").map_or("", String::as_str);
    if request.challenge.is_some_and(|challenge| !pkce::verifies(&challenge, verifier)) {
        return Err(refuse(403, "invalid_grant", "Failed to verify code verifier"));
    }
    grants.exchange(code, now).ok_or_else(invalid)
}

fn refresh(shared: &Shared, client: &ClientRegistration, parameters: &Parameters) -> Result<TokenPair, TokenError> {
    let token = required(parameters, "refresh_token")?;
    let pair = shared.grants().refresh(token, &client.id, shared.clock.now());
    pair.ok_or_else(|| match shared.settings.error_dialect {
        ErrorDialect::Measured => refuse(403, "unauthorized_client", "refresh_token is invalid"),
        ErrorDialect::Documented => refuse(403, "invalid_grant", "Unknown or invalid refresh token."),
    })
}

fn required<'a>(parameters: &'a Parameters, name: &str) -> Result<&'a str, TokenError> {
    let value = parameters.get(name).map(String::as_str).filter(|value| !value.is_empty());
    value.ok_or_else(|| refuse(400, "invalid_request", &format!("Missing required parameter: {name}")))
}

fn refuse(status: u16, error: &'static str, description: &str) -> TokenError {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    TokenError { status, error, description: description.to_owned() }
}
