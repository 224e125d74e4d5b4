//! Representations of a page's body.

use confluence_sim::Mutation;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::Site;

#[tokio::test]
async fn no_format_no_body() {
    let site = Site::small().await;
    assert_eq!(site.get("/pages").await.results()[0]["body"], json!({}));
}

#[tokio::test]
async fn storage_is_given_as_it_is_stored() {
    let site = Site::small().await;
    let page =
        site.get(&format!("/pages?id={}&body-format=storage", site.page("policies.xml"))).await.results().remove(0);
    let stored = "<p>Keep it <strong>short</strong>.&nbsp;Please.</p>";
    assert_eq!(page["body"], json!({ "storage": { "representation": "storage", "value": stored } }));
    assert_eq!(page["title"], "Policies");
}

#[tokio::test]
async fn adf_is_a_string_of_json() {
    let site = Site::small().await;
    let path = format!("/pages/{}?body-format=atlas_doc_format", site.page("policies.xml"));
    let body = site.get(&path).await.json()["body"]["atlas_doc_format"].clone();
    let document: Value = serde_json::from_str(body["value"].as_str().unwrap()).unwrap();
    let paragraph = json!({ "type": "paragraph", "content": [
        { "type": "text", "text": "Keep it " },
        { "type": "text", "text": "short", "marks": [{ "type": "strong" }] },
        { "type": "text", "text": ".\u{a0}Please." },
    ] });
    assert_eq!(document, json!({ "type": "doc", "version": 1, "content": [paragraph] }));
}

#[rstest]
#[case("view")]
#[case("export_view")]
#[tokio::test]
async fn html_only_by_id(#[case] format: &str) {
    let site = Site::small().await;
    let page = site.page("runbooks/restart.md");
    assert_eq!(site.get(&format!("/pages?body-format={format}")).await.status, 400);
    let body = site.get(&format!("/pages/{page}?body-format={format}")).await.json()["body"][format].clone();
    // Both formats are the same here, so both cases share the snapshot.
    insta::allow_duplicates! {
        insta::assert_snapshot!(body["value"].as_str().unwrap(), @r#"<h2 id="Steps">Steps</h2><pre><code class="language-bash">systemctl restart queue</code></pre><h2 id="Steps.1">Steps</h2><p>Again.</p>"#);
    }
}

#[tokio::test]
async fn an_older_version_keeps_its_words() {
    let site = Site::small().await;
    let page = site.page("policies.xml");
    site.sim.control().edit(&page, "<p>new</p>").unwrap();
    site.sim.control().rename(&page, "Rules").unwrap();
    let get = async |number: u32| site.get(&format!("/pages/{page}?version={number}&body-format=storage")).await;
    let seen: Vec<(String, String)> = [get(1).await, get(2).await, get(3).await]
        .iter()
        .map(|reply| (reply.json()["title"].to_string(), reply.json()["body"]["storage"]["value"].to_string()))
        .collect();
    let stored = "\"<p>Keep it <strong>short</strong>.&nbsp;Please.</p>\"";
    let expected = [("\"Policies\"", stored), ("\"Policies\"", "\"<p>new</p>\""), ("\"Rules\"", "\"<p>new</p>\"")];
    assert_eq!(seen, expected.map(|(title, body)| (title.to_owned(), body.to_owned())));
    assert_eq!(get(4).await.status, 404);
    let versions = site.get(&format!("/pages/{page}/versions")).await.results();
    assert_eq!(versions.iter().map(|version| version["number"].clone()).collect::<Vec<_>>(), [3, 2, 1]);
}

/// As seen on a live site: the current version of a live doc is empty, the words are in the older one.
#[tokio::test]
async fn a_live_doc_may_lose_its_body() {
    let site = Site::small().await;
    let page = site.page("policies.xml");
    site.sim.control().apply(Mutation::MakeLive { page: page.clone(), adf: None }).unwrap();
    let now = site.get("/pages?subtype=live&body-format=storage").await.results();
    assert_eq!((now.len(), &now[0]["body"]["storage"]["value"], &now[0]["subtype"]), (1, &json!(""), &json!("live")));
    let old = site.get(&format!("/pages/{page}?version=1&body-format=storage")).await.json();
    assert!(old["body"]["storage"]["value"].as_str().unwrap().contains("short"));
}

#[tokio::test]
async fn a_live_doc_is_given_in_the_adf_it_was_stored_in() {
    let site = Site::small().await;
    let page = site.page("policies.xml");
    let adf = json!({ "type": "doc", "version": 1, "content": [{ "type": "rule" }] });
    site.sim.control().apply(Mutation::MakeLive { page: page.clone(), adf: Some(adf.clone()) }).unwrap();
    let body = site.get(&format!("/pages/{page}?body-format=atlas_doc_format")).await.json();
    let value: Value = serde_json::from_str(body["body"]["atlas_doc_format"]["value"].as_str().unwrap()).unwrap();
    assert_eq!(value, adf);
}
