//! Answers that go wrong on purpose, and the log of it all.

use confluence_sim::{Fault, FaultEffect, FaultWhen};
use rstest::rstest;
use serde_json::json;

use crate::support::Site;

fn status(code: u16, headers: &[(&str, &str)], body: &str) -> FaultEffect {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    FaultEffect::Status { code, headers, body: body.to_owned() }
}

#[rstest]
#[case(FaultWhen::Every, [503, 503, 503, 503])]
#[case(FaultWhen::Nth(2), [200, 503, 200, 200])]
#[case(FaultWhen::Next(2), [503, 503, 200, 200])]
#[case(FaultWhen::EveryNth(2), [200, 503, 200, 503])]
#[case(FaultWhen::From(3), [200, 200, 503, 503])]
#[tokio::test]
async fn a_fault_meets_the_requests_it_names(#[case] when: FaultWhen, #[case] expected: [u16; 4]) {
    let site = Site::small().await;
    site.sim.control().add_fault(Fault::on("*/pages", status(503, &[], "")).when(when));
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(site.get("/pages").await.status);
        assert_eq!(site.get("/spaces").await.status, 200, "other paths are left alone");
    }
    assert_eq!(seen, expected);
    site.sim.control().clear_faults();
    assert_eq!(site.get("/pages").await.status, 200);
}

#[tokio::test]
async fn a_fault_can_look_at_the_query() {
    let site = Site::small().await;
    site.sim.control().add_fault(Fault::on("*/pages", status(504, &[], "")).with_query("limit=250"));
    assert_eq!(site.get("/pages?limit=250").await.status, 504);
    assert_eq!(site.get("/pages?limit=100").await.status, 200);
}

#[rstest]
#[case(&[("Retry-After", "3600"), ("RateLimit-Reason", "conf-global-based")])]
#[case(&[])]
#[tokio::test]
async fn too_many_requests_with_and_without_a_hint(#[case] headers: &[(&str, &str)]) {
    let site = Site::small().await;
    site.sim.control().add_fault(Fault::on("*", status(429, headers, "{}")));
    let reply = site.get("/pages").await;
    assert_eq!(reply.status, 429);
    assert_eq!(reply.headers.contains_key("retry-after"), !headers.is_empty());
    for (name, value) in headers {
        assert_eq!(reply.header(name), *value);
    }
}

#[tokio::test]
async fn html_and_broken_json() {
    let site = Site::small().await;
    site.sim.control().add_fault(Fault::on("*/pages", FaultEffect::Html { code: 200 }));
    site.sim.control().add_fault(Fault::on("*/spaces", FaultEffect::InvalidJson));
    let page = site.get("/pages").await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html;charset=UTF-8"));
    let broken = site.get("/spaces").await;
    assert_eq!((broken.status, broken.header("content-type")), (200, "application/json"));
    assert!(serde_json::from_str::<serde_json::Value>(&broken.text).is_err());
}

#[tokio::test]
async fn a_dropped_connection_gives_no_answer() {
    let site = Site::small().await;
    site.sim.control().add_fault(Fault::on("*/pages", FaultEffect::DropConnection).when(FaultWhen::Nth(1)));
    let url = format!("{}/pages", site.sim.api_url());
    let error = site.http.get(&url).bearer_auth(&site.token).send().await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    assert_eq!(site.get("/pages").await.status, 200);
    assert_eq!(site.sim.control().log()[0].status, 0);
}

#[tokio::test]
async fn a_truncated_body_breaks_off() {
    let site = Site::small().await;
    site.sim.control().add_fault(Fault::on("*/pages", FaultEffect::TruncateBody { bytes: 40 }).when(FaultWhen::Nth(1)));
    let url = format!("{}/pages", site.sim.api_url());
    let response = site.http.get(&url).bearer_auth(&site.token).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.content_length().unwrap() > 40);
    assert!(response.bytes().await.is_err());
    assert_eq!(site.get("/pages").await.status, 200);
}

/// The answer of a delayed request is the usual one; stopping does not wait for it.
#[tokio::test]
async fn a_delayed_answer_still_comes() {
    let site = Site::small().await;
    site.sim.control().add_fault(Fault::on("*/pages", FaultEffect::Delay { milliseconds: 20 }));
    assert_eq!(site.get("/pages").await.status, 200);
    site.sim.control().clear_faults();
    site.sim.control().add_fault(Fault::on("*/pages", FaultEffect::Delay { milliseconds: 3_600_000 }));
    let request = site.http.get(format!("{}/pages", site.sim.api_url())).bearer_auth(&site.token).send();
    let request = tokio::spawn(request);
    let control = site.sim.control();
    while control.counters().requests < 1 {
        tokio::task::yield_now().await;
    }
    site.sim.shutdown().await;
    assert!(request.await.unwrap().is_ok_and(|response| response.status() == 200) || control.counters().requests == 1);
}

#[tokio::test]
async fn the_log_tells_what_happened() {
    let site = Site::small().await;
    let reply = site.get("/pages?limit=1&sort=-title").await;
    site.get_as("wrong", "/spaces").await;
    let log = site.sim.control().log();
    assert_eq!(log.len(), 2);
    assert_eq!((log[0].method.as_str(), log[0].status, log[0].authorized), ("GET", 200, true));
    assert_eq!(log[0].path, format!("/ex/confluence/{}/wiki/api/v2/pages", site.sim.cloud_id()));
    assert_eq!((log[0].query.as_str(), log[0].bytes), ("limit=1&sort=-title", reply.text.len() as u64));
    assert_eq!((log[1].status, log[1].authorized), (401, false));
    assert_eq!(log[0].time, "2026-03-01T12:00:00.000Z");
    let counters = site.sim.control().counters();
    assert_eq!((counters.requests, counters.unauthorized, counters.faults), (2, 1, 0));
    site.sim.control().clear_log();
    assert!(site.sim.control().log().is_empty());
}

#[tokio::test]
async fn faults_over_http() {
    let site = Site::small().await;
    let post = async |path: &str, body: serde_json::Value| {
        let reply = site.http.post(format!("{}/__sim/{path}", site.sim.url())).json(&body).send().await.unwrap();
        reply.status().as_u16()
    };
    let fault = json!({ "path": "*/pages", "when": { "next": 1 }, "effect": { "status": { "code": 502 } } });
    assert_eq!(post("faults", fault).await, 200);
    assert_eq!(site.get("/pages").await.status, 502);
    assert_eq!(post("faults", json!({ "path": "*/pages", "effect": "drop_connection" })).await, 200);
    assert_eq!(post("faults/clear", json!({})).await, 200);
    assert_eq!(site.get("/pages").await.status, 200);
    assert_eq!(post("faults", json!({ "effect": "nonsense" })).await, 422);
    let log = site.open("/__sim/log").await.json();
    assert_eq!((log["counters"]["requests"].as_u64(), log["requests"][0]["status"].as_u64()), (Some(2), Some(502)));
    let unasked = site.http.post(format!("{}/__sim/faults/clear", site.sim.url())).body("{}").send().await.unwrap();
    assert_eq!(unasked.status(), 415, "a web page cannot send this without being asked");
}
