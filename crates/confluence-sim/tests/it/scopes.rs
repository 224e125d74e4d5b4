//! Who may call what: scopes, sites, the direct site, methods.

use confluence_sim::{ACCOUNT_EMAIL, DEFAULT_API_TOKEN, Simulator, SiteSource};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{ALL_SCOPES, Reply, Site, read, shared, small};

const PATHS: [(&str, &str); 15] = [
    ("/spaces", "/spaces"),
    ("/spaces/{id}", "/spaces/1"),
    ("/spaces/{id}/pages", "/spaces/1/pages"),
    ("/pages", "/pages"),
    ("/pages/{id}", "/pages/1"),
    ("/pages/{id}/ancestors", "/pages/1/ancestors"),
    ("/pages/{id}/direct-children", "/pages/1/direct-children"),
    ("/pages/{id}/descendants", "/pages/1/descendants"),
    ("/pages/{page-id}/properties", "/pages/1/properties"),
    ("/pages/{id}/labels", "/pages/1/labels"),
    ("/pages/{id}/versions", "/pages/1/versions"),
    ("/pages/{id}/attachments", "/pages/1/attachments"),
    ("/pages/{id}/footer-comments", "/pages/1/footer-comments"),
    ("/folders/{id}", "/folders/1"),
    ("/folders/{id}/direct-children", "/folders/1/direct-children"),
];

/// The scope that the OpenAPI document asks for opens the path; every other scope does not.
#[tokio::test]
async fn the_documented_scope_and_no_other_opens_a_path() {
    let Some(document) = shared("confluence/openapi-v2.json") else { return };
    let document: Value = serde_json::from_str(&std::fs::read_to_string(document).unwrap()).unwrap();
    let site = Site::small().await;
    for (documented, path) in PATHS {
        let security = document["paths"][documented]["get"]["security"].as_array().unwrap();
        let wanted = security.iter().find_map(|one| one.get("oAuthDefinitions")).unwrap()[0].as_str().unwrap();
        for scope in ALL_SCOPES.split_whitespace() {
            let token = site.sim.sign_in_tokens(scope).access_token;
            let reply = site.get_as(&token, path).await;
            if scope == wanted {
                assert_ne!(reply.status, 401, "{path} with {scope}");
            } else {
                let body = json!({ "code": 401, "message": "Unauthorized; scope does not match" });
                assert_eq!((reply.status, reply.json()), (401, body), "{path} with {scope}");
            }
        }
    }
}

#[rstest]
#[case("/ex/confluence/CLOUD/wiki/api/v2/spaces", Some("Bearer TOKEN"), 200)]
#[case("/ex/confluence/CLOUD/wiki/api/v2/spaces", Some("bearer TOKEN"), 200)]
#[case("/ex/confluence/CLOUD/wiki/api/v2/spaces", Some("Bearer wrong"), 401)]
#[case("/ex/confluence/CLOUD/wiki/api/v2/spaces", Some("Basic TOKEN"), 401)]
#[case("/ex/confluence/CLOUD/wiki/api/v2/spaces", None, 401)]
#[case("/ex/confluence/unknown/wiki/api/v2/spaces", Some("Bearer TOKEN"), 404)]
#[case("/wiki/api/v2/spaces", Some("Bearer TOKEN"), 401)]
#[case("/wiki/api/v2/spaces", None, 401)]
#[tokio::test]
async fn credentials(#[case] path: &str, #[case] authorization: Option<&str>, #[case] status: u16) {
    let site = Site::small().await;
    let mut request = site.http.get(format!("{}{}", site.sim.url(), path.replace("CLOUD", &site.sim.cloud_id())));
    if let Some(value) = authorization {
        request = request.header("authorization", value.replace("TOKEN", &site.token));
    }
    assert_eq!(read(request.send().await.unwrap()).await.status, status);
    assert_eq!(site.sim.control().log()[0].authorized, status == 200 || status == 404);
}

#[rstest]
#[case(ACCOUNT_EMAIL, DEFAULT_API_TOKEN, 200)]
#[case(ACCOUNT_EMAIL, "wrong", 401)]
#[case("other@example.com", DEFAULT_API_TOKEN, 401)]
#[tokio::test]
async fn the_direct_site_takes_an_api_token(#[case] email: &str, #[case] token: &str, #[case] status: u16) {
    let site = Site::small().await;
    let request = site.http.get(format!("{}/wiki/api/v2/pages", site.sim.url())).basic_auth(email, Some(token));
    assert_eq!(read(request.send().await.unwrap()).await.status, status);
    let tenant = site.open("/_edge/tenant_info").await;
    assert_eq!(tenant.json(), json!({ "cloudId": site.sim.cloud_id() }));
}

#[tokio::test]
async fn a_site_without_confluence_is_closed() {
    let site = Site::start(small().site(SiteSource::jira_only("jira"))).await;
    let jira = &site.sim.sites()[1].id;
    let url = format!("{}/ex/confluence/{jira}/wiki/api/v2/spaces", site.sim.url());
    let reply: Reply = read(site.http.get(url).bearer_auth(&site.token).send().await.unwrap()).await;
    assert_eq!(reply.status, 403);
    assert_eq!(reply.json(), json!({ "message": "Current user not permitted to use Confluence", "statusCode": 403 }));
}

#[rstest]
#[case(Method::POST)]
#[case(Method::PUT)]
#[case(Method::PATCH)]
#[case(Method::DELETE)]
#[case(Method::HEAD)]
#[case(Method::OPTIONS)]
#[tokio::test]
async fn nothing_but_reading_is_offered(#[case] method: Method) {
    let site = Site::small().await;
    let page = site.page("policies.xml");
    for path in ["/pages".to_owned(), format!("/pages/{page}"), "/spaces".to_owned()] {
        let request = site.http.request(method.clone(), format!("{}{path}", site.sim.api_url()));
        let reply = read(request.bearer_auth(&site.token).send().await.unwrap()).await;
        assert_eq!((reply.status, reply.header("allow")), (405, "GET"));
    }
    assert_eq!(site.sim.control().counters().refused_writes, 3);
    assert_eq!(site.get(&format!("/pages/{page}")).await.status, 200);
}

#[tokio::test]
async fn the_control_doors_can_be_shut() {
    let open = Simulator::builder().start().await.unwrap();
    let shut = Simulator::builder().control_api(false).start().await.unwrap();
    let http = crate::support::http();
    for (sim, status) in [(open, 200), (shut, 404)] {
        assert_eq!(http.get(format!("{}/__sim/log", sim.url())).send().await.unwrap().status(), status);
    }
}
