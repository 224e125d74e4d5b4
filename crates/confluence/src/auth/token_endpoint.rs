//! The two token requests, and what Atlassian's answers to them mean.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use oauth2::basic::{BasicClient, BasicTokenResponse};
use oauth2::{
    AsyncHttpClient, AuthType, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse,
    RedirectUrl, RefreshToken, RequestTokenError, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use time::{Duration, OffsetDateTime};

use super::app::OAuthApp;
use super::authorization::{Authorization, AuthorizationCode, error_code};
use super::error::AuthError;
use super::token_set::TokenSet;
use crate::endpoints::{Endpoints, TokenEndpoint, TokenRequest};
use crate::error::{BodyProblem, Error};
use crate::transport::{TokenReply, Transport};

/// Documented lifetime of an access token, for an answer that does not say.
const ACCESS_LIFETIME: Duration = Duration::hours(1);

type TokenClient = BasicClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// Trades the callback's code for tokens. A grant without `offline_access` is refused here, where it can be mended,
/// rather than an hour later.
pub async fn exchange(
    transport: &Transport,
    app: &OAuthApp,
    endpoints: &Endpoints,
    authorization: &Authorization,
    code: AuthorizationCode,
) -> Result<TokenSet, AuthError> {
    let redirect = RedirectUrl::from_url(authorization.redirect().clone());
    let adapter = Adapter {
        transport,
        endpoint: TokenEndpoint::of(app, endpoints, TokenRequest::Exchange),
        grant: TokenRequest::Exchange,
    };
    let tokens = client(app, &adapter.endpoint)
        .set_redirect_uri(redirect)
        .exchange_code(oauth2::AuthorizationCode::new(code.0.expose_secret().to_owned()))
        .set_pkce_verifier(authorization.verifier())
        .request_async(&adapter)
        .await
        .map_err(into_auth_error)
        .map(|response| token_set(&response, app, transport.now()))?;
    if tokens.is_refreshable() { Ok(tokens) } else { Err(AuthError::NoRefreshToken) }
}

/// Trades a refresh token for the next pair. The old refresh token is spent, but for a leeway of ten minutes.
pub(super) async fn refresh(
    transport: &Transport,
    app: &OAuthApp,
    endpoints: &Endpoints,
    current: &TokenSet,
) -> Result<TokenSet, AuthError> {
    let spent = current.refresh_token.as_ref().ok_or(AuthError::NoRefreshToken)?;
    let adapter = Adapter {
        transport,
        endpoint: TokenEndpoint::of(app, endpoints, TokenRequest::Refresh),
        grant: TokenRequest::Refresh,
    };
    let response = client(app, &adapter.endpoint)
        .exchange_refresh_token(&RefreshToken::new(spent.expose_secret().to_owned()))
        .request_async(&adapter)
        .await
        .map_err(into_auth_error)?;
    let mut next = token_set(&response, app, transport.now());
    // RFC 6749 lets a server keep the refresh token; Atlassian rotates it.
    next.refresh_token = next.refresh_token.or_else(|| Some(spent.clone()));
    if response.scopes().is_none() {
        next.scopes.clone_from(&current.scopes);
    }
    Ok(next)
}

fn client(app: &OAuthApp, endpoint: &TokenEndpoint) -> TokenClient {
    let client = BasicClient::new(ClientId::new(app.client_id.clone()))
        .set_auth_type(AuthType::RequestBody)
        .set_token_uri(TokenUrl::from_url(endpoint.url().clone()));
    // A broker has the secret already, and no business with another one.
    match app.client_secret.as_ref().filter(|_| app.token_broker.is_none()) {
        Some(secret) => client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned())),
        None => client,
    }
}

fn token_set(response: &BasicTokenResponse, app: &OAuthApp, now: OffsetDateTime) -> TokenSet {
    let lifetime =
        response.expires_in().and_then(|lifetime| Duration::try_from(lifetime).ok()).unwrap_or(ACCESS_LIFETIME);
    TokenSet {
        access_token: response.access_token().secret().clone().into(),
        refresh_token: response.refresh_token().map(|token| SecretString::from(token.secret().clone())),
        expires_at: now.checked_add(lifetime).unwrap_or(now + ACCESS_LIFETIME),
        scopes: response
            .scopes()
            .map_or_else(|| app.scopes.clone(), |scopes| scopes.iter().map(|s| s.to_string()).collect()),
    }
}

/// Lets the `oauth2` crate speak through the one transport. The crate writes a form; Atlassian documents JSON.
struct Adapter<'a> {
    transport: &'a Transport,
    endpoint: TokenEndpoint,
    /// A refused code and a dead grant look the same.
    grant: TokenRequest,
}

impl<'c> AsyncHttpClient<'c> for Adapter<'_> {
    type Error = AuthError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, AuthError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let fields = url::form_urlencoded::parse(request.body()).into_owned().collect();
            let reply = self.transport.post_token(&self.endpoint, fields).await.map_err(unavailable)?;
            if reply.status != 200 {
                return Err(meaning(&reply, self.grant));
            }
            // The answer's own content type is left out: what counts is whether the body parses.
            Ok(HttpResponse::new(reply.body))
        })
    }
}

fn unavailable(cause: Error) -> AuthError {
    AuthError::Unavailable { cause: Arc::new(cause) }
}

/// Drops what the crate reports beside our own error: it quotes the body, which may hold tokens.
fn into_auth_error<E: oauth2::ErrorResponse>(error: RequestTokenError<AuthError, E>) -> AuthError {
    match error {
        RequestTokenError::Request(error) => error,
        _ => unavailable(Error::UnexpectedBody { problem: BodyProblem::NotJson }),
    }
}

/// The error body of the token endpoint. Its description is not kept: it is the server's text.
#[derive(Deserialize)]
struct Refused {
    error: Option<String>,
}

/// What a refusal means. Sources: `invalid_grant` is documented; `unauthorized_client` with "`refresh_token` is invalid" is
/// what production answers for a dead refresh token, and `401 access_denied` for a wrong secret (confluence.js guide).
fn meaning(reply: &TokenReply, grant: TokenRequest) -> AuthError {
    let code = serde_json::from_slice::<Refused>(&reply.body).ok().and_then(|refused| refused.error);
    match (reply.status, code.as_deref(), grant) {
        (400..=499, Some("invalid_grant" | "unauthorized_client"), TokenRequest::Refresh) => AuthError::ReconnectNeeded,
        (400..=499, Some("invalid_grant" | "unauthorized_client"), TokenRequest::Exchange) => AuthError::CodeRejected,
        (401, Some("access_denied"), _) | (_, Some("invalid_client"), _) => AuthError::WrongClientSecret,
        (400..=499, Some(code), _) => AuthError::Refused { code: error_code(code) },
        // A proxy's page or a block: nothing that Atlassian's token endpoint would say about a grant.
        _ => unavailable(Error::UnexpectedStatus { status: reply.status }),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(
        403,
        r#"{"error":"unauthorized_client","error_description":"refresh_token is invalid"}"#,
        "reconnect_needed"
    )]
    #[case(
        403,
        r#"{"error":"invalid_grant","error_description":"Unknown or invalid refresh token."}"#,
        "reconnect_needed"
    )]
    #[case(400, r#"{"error":"invalid_grant"}"#, "reconnect_needed")]
    #[case(401, r#"{"error":"access_denied","error_description":"Unauthorized"}"#, "wrong_client_secret")]
    #[case(401, r#"{"error":"invalid_client"}"#, "wrong_client_secret")]
    #[case(400, r#"{"error":"invalid_request"}"#, "sign_in_refused")]
    #[case(502, "<html>Bad gateway</html>", "sign_in_unavailable")]
    #[case(503, r#"{"error":"invalid_grant"}"#, "sign_in_unavailable")]
    #[case(403, "<html>Blocked by your company</html>", "sign_in_unavailable")]
    #[case(407, "", "sign_in_unavailable")]
    #[case(302, "", "sign_in_unavailable")]
    fn a_refused_refresh_means(#[case] status: u16, #[case] body: &str, #[case] code: &str) {
        let reply = TokenReply { status, body: body.as_bytes().to_vec() };
        assert_eq!(meaning(&reply, TokenRequest::Refresh).code(), code);
    }

    #[test]
    fn a_refused_code_asks_to_start_again() {
        let reply = TokenReply { status: 403, body: br#"{"error":"invalid_grant"}"#.to_vec() };
        assert_eq!(meaning(&reply, TokenRequest::Exchange).code(), "sign_in_code_rejected");
    }
}
