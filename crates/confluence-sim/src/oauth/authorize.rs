//! `GET /authorize` and the answer to its consent page.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use url::Url;

use super::client::ClientRegistration;
use super::consent::{SiteChoice, consent_page, error_page};
use super::grants::ConsentRequest;
use crate::shared::Shared;

type Parameters = HashMap<String, String>;

/// Shows the consent page, or answers at once with `auto=allow` or `auto=deny`.
pub(crate) async fn authorize(State(shared): State<Arc<Shared>>, Query(query): Query<Parameters>) -> Response {
    let client = match find_client(&shared, &query) {
        Ok(client) => client,
        Err(page) => return *page,
    };
    let request = match read_request(client, &query) {
        Ok(request) => request,
        Err(refusal) => return refusal.into_response(),
    };
    match get(&query, "auto") {
        "allow" => allow(&shared, request, get(&query, "site")),
        "deny" => deny(&request),
        _ => {
            let sites = shared.sites().iter().map(choice).collect::<Vec<_>>();
            let id = shared.grants().ask(request.clone());
            consent_page(&id, &request, &sites)
        }
    }
}

/// Takes the answer of the consent page.
pub(crate) async fn decide(State(shared): State<Arc<Shared>>, Form(form): Form<Parameters>) -> Response {
    let Some(request) = shared.grants().answer(get(&form, "request")) else {
        return error_page(
            "request_expired",
            "This page was answered before, or it is too old. Start again in the app.",
        );
    };
    match get(&form, "decision") {
        "allow" => allow(&shared, request, get(&form, "site")),
        _ => deny(&request),
    }
}

/// Why a request is not shown to the user.
enum Refusal {
    /// The app is told, at its proven redirect URI.
    Redirect(Box<Url>, &'static str, &'static str, Option<String>),
    /// The user is told, here.
    Page(&'static str, String),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Page(code, message) => error_page(code, &message),
            Self::Redirect(uri, error, description, state) => {
                redirect(*uri, &[("error", error), ("error_description", description)], state.as_deref())
            }
        }
    }
}

fn find_client<'a>(shared: &'a Shared, query: &Parameters) -> Result<&'a ClientRegistration, Box<Response>> {
    let id = get(query, "client_id");
    let client = shared.settings.clients.iter().find(|client| client.id == id);
    client.ok_or_else(|| {
        Box::new(error_page("unauthorized_client", &format!("There is no app with the client id `{id}`.")))
    })
}

/// Checks everything that Atlassian checks before it asks the user.
fn read_request(client: &ClientRegistration, query: &Parameters) -> Result<ConsentRequest, Refusal> {
    let redirect_uri = get(query, "redirect_uri");
    let uri = Url::parse(redirect_uri).ok().filter(|_| client.redirect_uris.iter().any(|known| known == redirect_uri));
    let Some(uri) = uri else {
        return Err(Refusal::Page("redirect_uri_mismatch", format!("`{redirect_uri}` is not a callback of this app.")));
    };
    let state = query.get("state").cloned();
    let refuse = |error, description| Err(Refusal::Redirect(Box::new(uri.clone()), error, description, state.clone()));
    if get(query, "response_type") != "code" {
        return refuse("unsupported_response_type", "response_type must be code");
    }
    if get(query, "audience") != "api.atlassian.com" {
        return Err(Refusal::Page("invalid_request", "The request needs audience=api.atlassian.com.".to_owned()));
    }
    let scopes: BTreeSet<String> = get(query, "scope").split_whitespace().map(str::to_owned).collect();
    if scopes.is_empty() {
        return Err(Refusal::Page("invalid_scope", "The request names no scope.".to_owned()));
    }
    if let Some(scope) = scopes.iter().find(|scope| !client.allows_scope(scope)) {
        return Err(Refusal::Page("invalid_scope", format!("The scope `{scope}` is not enabled on this app.")));
    }
    let challenge = query.get("code_challenge").filter(|challenge| !challenge.is_empty()).cloned();
    if challenge.is_some() && get(query, "code_challenge_method") != "S256" {
        return refuse("invalid_request", "code_challenge_method must be S256");
    }
    if challenge.is_none() && client.secret.is_none() {
        return refuse("invalid_request", "a public client needs a code_challenge");
    }
    let (client_id, redirect_uri) = (client.id.clone(), redirect_uri.to_owned());
    Ok(ConsentRequest { client_id, redirect_uri, scopes, state, challenge })
}

fn allow(shared: &Shared, request: ConsentRequest, site: &str) -> Response {
    let sites: BTreeSet<String> = shared
        .sites()
        .iter()
        .map(|known| known.cloud_id.clone())
        .filter(|cloud_id| site.is_empty() || cloud_id == site)
        .collect();
    let Ok(uri) = Url::parse(&request.redirect_uri) else { return deny(&request) };
    let state = request.state.clone();
    let code = shared.grants().grant(request, sites, shared.clock.now());
    redirect(uri, &[("code", &code)], state.as_deref())
}

fn deny(request: &ConsentRequest) -> Response {
    match Url::parse(&request.redirect_uri) {
        Ok(uri) => redirect(uri, &[("error", "access_denied")], request.state.as_deref()),
        Err(_) => error_page("access_denied", "Access was denied."),
    }
}

fn redirect(mut uri: Url, answer: &[(&str, &str)], state: Option<&str>) -> Response {
    uri.query_pairs_mut().extend_pairs(answer).extend_pairs(state.map(|state| ("state", state)));
    (StatusCode::FOUND, [(header::LOCATION, uri.to_string()), (header::CACHE_CONTROL, "no-store".to_owned())])
        .into_response()
}

fn choice(site: &crate::site::Site) -> SiteChoice {
    SiteChoice { cloud_id: site.cloud_id.clone(), name: site.name.clone() }
}

fn get<'a>(parameters: &'a Parameters, name: &str) -> &'a str {
    parameters.get(name).map_or("", String::as_str)
}
