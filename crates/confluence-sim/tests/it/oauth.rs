//! Consent, codes, tokens, and every row of the token endpoint's error table.

use std::collections::HashMap;
use std::time::Duration;

use confluence_sim::{
    ClientRegistration, Clock, ErrorDialect, Fault, FaultEffect, FaultWhen, RunningSimulator, Simulator, SiteSource,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::macros::datetime;
use url::Url;

use crate::support::{Reply, Site, http, read, small};

const CALLBACK: &str = "http://127.0.0.1:53683/callback";
const SCOPES: &str = "read:space:confluence read:page:confluence offline_access";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

type Pairs<'a> = Vec<(&'a str, String)>;

fn request(sim: &RunningSimulator) -> Pairs<'static> {
    vec![
        ("audience", "api.atlassian.com".to_owned()),
        ("client_id", sim.client_id().to_owned()),
        ("scope", SCOPES.to_owned()),
        ("redirect_uri", CALLBACK.to_owned()),
        ("state", "s-1 &x".to_owned()),
        ("response_type", "code".to_owned()),
        ("prompt", "consent".to_owned()),
    ]
}

async fn authorize(sim: &RunningSimulator, changes: &[(&'static str, &str)]) -> Reply {
    let mut pairs: HashMap<&str, String> = request(sim).into_iter().collect();
    for (name, value) in changes {
        pairs.insert(name, (*value).to_owned());
    }
    let url = Url::parse_with_params(&format!("{}/authorize", sim.url()), pairs.iter()).unwrap();
    read(http().get(url).send().await.unwrap()).await
}

fn answer(reply: &Reply) -> HashMap<String, String> {
    assert_eq!(reply.status, 302, "{}", reply.text);
    Url::parse(reply.header("location")).unwrap().query_pairs().into_owned().collect()
}

async fn code(sim: &RunningSimulator, changes: &[(&'static str, &str)]) -> String {
    let changes: Vec<(&'static str, &str)> = changes.iter().copied().chain([("auto", "allow")]).collect();
    answer(&authorize(sim, &changes).await).remove("code").unwrap()
}

fn exchange(sim: &RunningSimulator, code: &str) -> Value {
    json!({
        "grant_type": "authorization_code", "client_id": sim.client_id(), "client_secret": sim.client_secret(),
        "code": code, "redirect_uri": CALLBACK,
    })
}

fn refresh(sim: &RunningSimulator, token: &str) -> Value {
    json!({
        "grant_type": "refresh_token", "client_id": sim.client_id(), "client_secret": sim.client_secret(),
        "refresh_token": token,
    })
}

async fn token(sim: &RunningSimulator, body: &Value) -> Reply {
    read(http().post(format!("{}/oauth/token", sim.url())).json(body).send().await.unwrap()).await
}

async fn tokens(sim: &RunningSimulator) -> Value {
    let code = code(sim, &[]).await;
    let reply = token(sim, &exchange(sim, &code)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}")).to_owned()
}

async fn sim() -> RunningSimulator {
    small().start().await.unwrap()
}

#[tokio::test]
async fn allowing_leads_to_tokens_that_open_the_api() {
    let site = Site::small().await;
    let reply = authorize(&site.sim, &[("auto", "allow")]).await;
    assert!(reply.header("location").starts_with("http://127.0.0.1:53683/callback?code="));
    let answered = answer(&reply);
    assert_eq!(answered["state"], "s-1 &x");
    let pair = token(&site.sim, &exchange(&site.sim, &answered["code"])).await.json();
    assert_eq!((&pair["token_type"], &pair["expires_in"]), (&json!("Bearer"), &json!(3600)));
    assert_eq!(pair["scope"], "offline_access read:page:confluence read:space:confluence");
    assert_eq!(site.get_as(&text(&pair, "access_token"), "/spaces").await.status, 200);
}

#[tokio::test]
async fn denying_leads_back_without_a_code() {
    let sim = sim().await;
    let answered = answer(&authorize(&sim, &[("auto", "deny")]).await);
    assert_eq!(
        answered,
        HashMap::from([("error", "access_denied"), ("state", "s-1 &x")].map(|(k, v)| (k.to_owned(), v.to_owned())))
    );
}

#[tokio::test]
async fn a_callback_with_its_own_scheme_works() {
    let sim = sim().await;
    let reply = authorize(&sim, &[("auto", "allow"), ("redirect_uri", "coagentor://oauth/callback")]).await;
    assert!(reply.header("location").starts_with("coagentor://oauth/callback?code="), "{}", reply.header("location"));
}

#[tokio::test]
async fn a_browser_sees_a_consent_page_and_its_buttons_work() {
    let sim = small().client(ClientRegistration::new("<b>app</b>", "s", &[CALLBACK])).start().await.unwrap();
    for (decision, key) in [("allow", "code"), ("deny", "error")] {
        let page = authorize(&sim, &[]).await;
        assert_eq!(page.status, 200);
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
        assert!(page.text.contains("&lt;b&gt;app&lt;/b&gt;") && !page.text.contains("<b>app"));
        assert!(page.text.contains("read:page:confluence"));
        let id = page.text.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let form = [("request", id.as_str()), ("decision", decision)];
        let post = || http().post(format!("{}/authorize", sim.url())).form(&form).send();
        assert!(answer(&read(post().await.unwrap()).await).contains_key(key));
        assert_eq!(read(post().await.unwrap()).await.status, 400, "a page is answered once");
    }
}

/// An app that is not proven is never sent anything: the server shows its own page.
#[rstest]
#[case("client_id", "unknown")]
#[case("redirect_uri", "http://127.0.0.1:53684/callback")]
#[case("redirect_uri", "http://localhost:53683/callback")]
#[case("redirect_uri", "http://127.0.0.1:53683/callback/")]
#[case("redirect_uri", "")]
#[case("scope", "")]
#[case("scope", "nonsense")]
#[case("audience", "other")]
#[tokio::test]
async fn refused_on_the_servers_own_page(#[case] name: &'static str, #[case] value: &str) {
    let reply = authorize(&sim().await, &[(name, value), ("auto", "allow")]).await;
    assert_eq!((reply.status, reply.header("location")), (400, ""));
    assert!(reply.header("content-type").starts_with("text/html"));
}

#[rstest]
#[case(&[("response_type", "token")], "unsupported_response_type")]
#[case(&[("code_challenge", "x"), ("code_challenge_method", "plain")], "invalid_request")]
#[tokio::test]
async fn refused_at_the_callback(#[case] changes: &[(&'static str, &str)], #[case] error: &str) {
    let answered = answer(&authorize(&sim().await, changes).await);
    assert_eq!((answered["error"].as_str(), answered["state"].as_str()), (error, "s-1 &x"));
}

#[tokio::test]
async fn a_scope_that_is_not_enabled_on_the_app_is_refused() {
    let client = ClientRegistration::new("app", "s", &[CALLBACK]).with_scopes(&["read:page:confluence"]);
    let sim = small().client(client).start().await.unwrap();
    assert_eq!(authorize(&sim, &[("auto", "allow")]).await.status, 400);
    assert_eq!(authorize(&sim, &[("auto", "allow"), ("scope", "read:page:confluence")]).await.status, 302);
}

#[rstest]
#[case(Some(VERIFIER), 200)]
#[case(Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"), 403)]
#[case(Some("short"), 403)]
#[case(None, 403)]
#[tokio::test]
async fn a_challenge_must_be_met(#[case] verifier: Option<&str>, #[case] status: u16) {
    let sim = sim().await;
    let code = code(&sim, &[("code_challenge", CHALLENGE), ("code_challenge_method", "S256")]).await;
    let mut body = exchange(&sim, &code);
    body["code_verifier"] = json!(verifier);
    let reply = token(&sim, &body).await;
    assert_eq!(reply.status, status, "{}", reply.text);
}

#[tokio::test]
async fn a_public_client_needs_pkce_and_no_secret() {
    let sim = small().client(ClientRegistration::public("public", &[CALLBACK])).start().await.unwrap();
    assert_eq!(answer(&authorize(&sim, &[("auto", "allow")]).await)["error"], "invalid_request");
    let code = code(&sim, &[("code_challenge", CHALLENGE), ("code_challenge_method", "S256")]).await;
    let body = json!({
        "grant_type": "authorization_code", "client_id": "public", "code": code, "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    });
    let pair = token(&sim, &body).await.json();
    let body = json!({ "grant_type": "refresh_token", "client_id": "public", "refresh_token": pair["refresh_token"] });
    assert_eq!(token(&sim, &body).await.status, 200);
}

/// What the token endpoint answers to a request that is wrong in one field.
#[rstest]
#[case("client_secret", json!("wrong"), 401, "access_denied", "Unauthorized")]
#[case("client_secret", json!(null), 401, "access_denied", "Unauthorized")]
#[case("client_id", json!("unknown"), 401, "access_denied", "Unauthorized")]
#[case("code", json!("unknown"), 403, "invalid_grant", "Invalid authorization code")]
#[case("redirect_uri", json!("coagentor://oauth/callback"), 403, "invalid_grant", "The redirect URI is wrong")]
#[case("grant_type", json!("password"), 400, "unsupported_grant_type", "Unsupported grant type: password")]
#[case("grant_type", json!(null), 400, "invalid_request", "Missing required parameter: grant_type")]
#[case("code", json!(null), 400, "invalid_request", "Missing required parameter: code")]
#[tokio::test]
async fn a_wrong_field(
    #[case] field: &str,
    #[case] value: Value,
    #[case] status: u16,
    #[case] error: &str,
    #[case] description: &str,
) {
    let sim = sim().await;
    let mut body = exchange(&sim, &code(&sim, &[]).await);
    body[field] = value;
    let reply = token(&sim, &body).await;
    assert_eq!(reply.status, status);
    assert_eq!(reply.json(), json!({ "error": error, "error_description": description }));
}

#[tokio::test]
async fn forms_are_as_good_as_json() {
    let sim = sim().await;
    let code = code(&sim, &[]).await;
    let body = exchange(&sim, &code);
    let form: HashMap<String, String> = body
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    let reply = read(http().post(format!("{}/oauth/token", sim.url())).form(&form).send().await.unwrap()).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let broken = http().post(format!("{}/oauth/token", sim.url())).body("{\"grant_type\":").send().await.unwrap();
    assert_eq!(read(broken).await.json()["error"], "invalid_request");
}

#[tokio::test]
async fn a_code_works_once_and_a_second_use_revokes_its_tokens() {
    let sim = sim().await;
    let code = code(&sim, &[]).await;
    let pair = token(&sim, &exchange(&sim, &code)).await.json();
    assert_eq!(token(&sim, &exchange(&sim, &code)).await.json()["error"], "invalid_grant");
    assert_eq!(token(&sim, &refresh(&sim, &text(&pair, "refresh_token"))).await.status, 403);
}

#[tokio::test]
async fn a_code_does_not_last() {
    let sim = sim().await;
    let code = code(&sim, &[]).await;
    sim.control().advance(Duration::from_secs(301));
    assert_eq!(token(&sim, &exchange(&sim, &code)).await.status, 403);
}

#[tokio::test]
async fn without_offline_access_there_is_no_refresh_token() {
    let sim = sim().await;
    let code = code(&sim, &[("scope", "read:page:confluence")]).await;
    let pair = token(&sim, &exchange(&sim, &code)).await.json();
    assert_eq!(pair.get("refresh_token"), None);
}

#[rstest]
#[case(ErrorDialect::Measured, "unauthorized_client", "refresh_token is invalid")]
#[case(ErrorDialect::Documented, "invalid_grant", "Unknown or invalid refresh token.")]
#[tokio::test]
async fn a_dead_refresh_token(#[case] dialect: ErrorDialect, #[case] error: &str, #[case] description: &str) {
    let sim = small().error_dialect(dialect).start().await.unwrap();
    let reply = token(&sim, &refresh(&sim, "unknown")).await;
    assert_eq!(reply.status, 403);
    assert_eq!(reply.json(), json!({ "error": error, "error_description": description }));
}

const DAY: u64 = 86_400;

/// How long a refresh token lives: how far the clock moves before each use, and which uses work.
#[rstest]
#[case::used_every_89_days(&[89 * DAY, 89 * DAY, 89 * DAY], &[200, 200, 200])]
#[case::unused_for_91_days(&[91 * DAY], &[403])]
#[case::dead_after_a_year(&[89 * DAY, 89 * DAY, 89 * DAY, 89 * DAY, 10 * DAY], &[200, 200, 200, 200, 403])]
#[tokio::test]
async fn lifetimes(#[case] waits: &[u64], #[case] expected: &[u16]) {
    let sim = sim().await;
    let mut refresh_token = text(&tokens(&sim).await, "refresh_token");
    let mut seen = Vec::new();
    for wait in waits {
        sim.control().advance(Duration::from_secs(*wait));
        let reply = token(&sim, &refresh(&sim, &refresh_token)).await;
        seen.push(reply.status);
        if reply.status == 200 {
            refresh_token = text(&reply.json(), "refresh_token");
        }
    }
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_rotated_token_works_within_the_leeway_and_kills_its_family_after() {
    let sim = sim().await;
    let first = text(&tokens(&sim).await, "refresh_token");
    let second = text(&token(&sim, &refresh(&sim, &first)).await.json(), "refresh_token");
    assert_ne!(first, second);
    sim.control().advance(Duration::from_secs(599));
    assert_eq!(token(&sim, &refresh(&sim, &first)).await.status, 200, "inside the leeway");
    sim.control().advance(Duration::from_secs(2));
    assert_eq!(token(&sim, &refresh(&sim, &first)).await.status, 403, "outside the leeway");
    assert_eq!(token(&sim, &refresh(&sim, &second)).await.status, 403, "the family is revoked");
}

#[tokio::test]
async fn a_refresh_token_belongs_to_its_client() {
    let builder = small().client(ClientRegistration::default());
    let sim = builder.client(ClientRegistration::new("other", "s", &[CALLBACK])).start().await.unwrap();
    let mut body = refresh(&sim, &text(&tokens(&sim).await, "refresh_token"));
    body["client_id"] = json!("other");
    body["client_secret"] = json!("s");
    assert_eq!(token(&sim, &body).await.status, 403);
}

#[tokio::test]
async fn access_tokens_expire_and_grants_are_revoked() {
    let site = Site::small().await;
    let pair = tokens(&site.sim).await;
    let access = text(&pair, "access_token");
    assert_eq!(site.get_as(&access, "/spaces").await.status, 200);
    site.sim.control().advance(Duration::from_secs(3601));
    let expired = site.get_as(&access, "/spaces").await;
    assert_eq!((expired.status, expired.json()["code"].clone()), (401, json!(401)));
    let next = token(&site.sim, &refresh(&site.sim, &text(&pair, "refresh_token"))).await.json();
    assert_eq!(site.get_as(&text(&next, "access_token"), "/spaces").await.status, 200);
    site.sim.control().revoke_grants();
    assert_eq!(site.get_as(&text(&next, "access_token"), "/spaces").await.status, 401);
    assert_eq!(token(&site.sim, &refresh(&site.sim, &text(&next, "refresh_token"))).await.status, 403);
}

async fn resources(sim: &RunningSimulator, token: &str) -> Value {
    let url = format!("{}/oauth/token/accessible-resources", sim.url());
    read(http().get(url).bearer_auth(token).send().await.unwrap()).await.json()
}

#[tokio::test]
async fn sites_of_a_token() {
    let clock = Clock::fixed(datetime!(2026-03-01 12:00 UTC));
    let builder = Simulator::builder().clock(clock).site_name("one").site(SiteSource::new("two"));
    let sim = builder.site(SiteSource::jira_only("three")).start().await.unwrap();
    let all = resources(&sim, &text(&tokens(&sim).await, "access_token")).await;
    let rows: Vec<(&str, &Value)> =
        all.as_array().unwrap().iter().map(|site| (site["name"].as_str().unwrap(), &site["scopes"])).collect();
    let scopes = json!(["read:page:confluence", "read:space:confluence"]);
    assert_eq!(rows, [("one", &scopes), ("two", &scopes), ("three", &json!(["read:jira-work"]))]);
    assert!(all.as_array().unwrap().iter().all(|site| site["url"].as_str().unwrap().starts_with(sim.url())));
}

/// One site at a time; a further consent adds its site to the same grant, and older tokens then reach it too.
#[tokio::test]
async fn a_further_site_joins_the_grant() {
    let sim = Simulator::builder().site_name("one").site(SiteSource::new("two")).start().await.unwrap();
    let ids: Vec<String> = sim.sites().into_iter().map(|site| site.id).collect();
    let code_one = code(&sim, &[("site", &ids[0])]).await;
    let old = text(&token(&sim, &exchange(&sim, &code_one)).await.json(), "access_token");
    assert_eq!(resources(&sim, &old).await.as_array().unwrap().len(), 1);
    code(&sim, &[("site", &ids[1])]).await;
    assert_eq!(resources(&sim, &old).await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_account_without_sites() {
    let sim = Simulator::builder().no_sites().start().await.unwrap();
    assert_eq!(resources(&sim, &text(&tokens(&sim).await, "access_token")).await, json!([]));
    assert_eq!(resources(&sim, "wrong").await, json!({ "code": 401, "message": "Unauthorized" }));
}

/// An outage is no dead grant: the same refresh token works when the server is back.
#[rstest]
#[case(FaultEffect::Html { code: 503 }, 503)]
#[case(FaultEffect::Status { code: 502, headers: Vec::new(), body: String::new() }, 502)]
#[tokio::test]
async fn an_outage_of_the_token_endpoint(#[case] effect: FaultEffect, #[case] status: u16) {
    let sim = sim().await;
    let refresh_token = text(&tokens(&sim).await, "refresh_token");
    sim.control().add_fault(Fault::on("/oauth/token", effect).when(FaultWhen::Next(1)));
    assert_eq!(token(&sim, &refresh(&sim, &refresh_token)).await.status, status);
    assert_eq!(token(&sim, &refresh(&sim, &refresh_token)).await.status, 200);
}
