//! Who calls: a bearer token at the gateway, an email with an API token on the direct site.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::oauth::grants::Bearer;
use crate::shared::Shared;
use crate::site::model::ACCOUNT_EMAIL;

/// The API token that opens the direct site where the builder names none.
pub const DEFAULT_API_TOKEN: &str = "sim-api-token-41d7c9";

/// The grant behind the request's bearer token.
pub(crate) fn bearer(shared: &Shared, headers: &HeaderMap) -> Option<Bearer> {
    let token = credentials(headers, "Bearer")?;
    shared.grants().bearer(token, shared.clock.now())
}

/// Whether the request carries the email and API token of the direct site.
pub(super) fn has_api_token(shared: &Shared, headers: &HeaderMap) -> bool {
    let decoded = credentials(headers, "Basic").and_then(|encoded| STANDARD.decode(encoded).ok());
    decoded.is_some_and(|pair| pair == format!("{ACCOUNT_EMAIL}:{}", shared.settings.api_token).as_bytes())
}

fn credentials<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let (found, rest) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    found.eq_ignore_ascii_case(scheme).then_some(rest.trim())
}
