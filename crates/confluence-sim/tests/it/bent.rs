//! Lists that arrive whole and mislead, and what the user may no longer see.

use confluence_sim::{Fault, FaultEffect, FaultWhen, Mutation};

use crate::support::{Reply, Site};

fn next(reply: &Reply) -> String {
    reply.json()["_links"]["next"].as_str().unwrap_or_default().replacen("/wiki/api/v2", "", 1)
}

#[tokio::test]
async fn a_list_without_its_cursor_begins_again() {
    let site = Site::small().await;
    let first = site.get("/pages?limit=2").await;
    site.sim.control().add_fault(Fault::on("*/pages", FaultEffect::IgnoreCursor));
    let second = site.get(&next(&first)).await;
    assert_eq!(second.each("id"), first.each("id"));
    assert_eq!(next(&second), next(&first));
}

#[tokio::test]
async fn a_repeated_cursor_leads_back_to_itself() {
    let site = Site::small().await;
    let first = site.get("/pages?limit=2").await;
    site.sim.control().add_fault(Fault::on("*/pages", FaultEffect::RepeatCursor));
    let second = site.get(&next(&first)).await;
    assert_ne!(second.each("id"), first.each("id"), "its results are the right ones");
    assert_eq!(next(&second), next(&first));
    assert!(second.header("link").contains(&next(&first)));
}

#[tokio::test]
async fn an_encoded_cursor_is_the_same_cursor() {
    let site = Site::small().await;
    let plain = next(&site.get("/pages?limit=1").await);
    site.sim.control().add_fault(Fault::on("*/pages", FaultEffect::EncodeCursor));
    let encoded = site.get("/pages?limit=1").await;
    assert_eq!(next(&encoded), plain.replacen("=&limit", "%3D&limit", 1).replacen("=%3D", "%3D%3D", 1));
    assert!(encoded.header("link").contains(&next(&encoded)));
    assert_eq!(site.walk("/pages?limit=1").await.len(), 5);
}

#[tokio::test]
async fn results_are_left_out_and_words_replaced() {
    let site = Site::small().await;
    let page = site.page("policies.xml");
    let out = FaultEffect::LeaveOut { ids: vec![page.clone()] };
    site.sim.control().add_fault(Fault::on("*/pages", out).when(FaultWhen::Nth(1)));
    assert_eq!(site.get("/pages").await.results().len(), 4);
    assert!(site.get("/pages").await.each("id").contains(&page));
    let strange = FaultEffect::Replace { text: "\"global\"".to_owned(), with: "\"hologram\"".to_owned() };
    site.sim.control().add_fault(Fault::on("*/spaces", strange));
    assert_eq!(site.get("/spaces").await.each("type"), ["hologram"]);
}

#[tokio::test]
async fn content_changes_between_two_answers() {
    let site = Site::small().await;
    let page = site.page("policies.xml");
    let mutation = Mutation::Trash { page: page.clone(), answer_404: true };
    let fault = Fault::on("*/pages", FaultEffect::Change { mutation }).when(FaultWhen::Nth(1));
    site.sim.control().add_fault(fault);
    assert!(site.get("/pages").await.each("id").contains(&page));
    assert!(!site.get("/pages").await.each("id").contains(&page));
    assert!(site.get("/pages?status=trashed").await.results().is_empty(), "what answers 404 is in no list");
}

#[tokio::test]
async fn what_is_masked_after_the_limit_leaves_an_answer_shorter() {
    let site = Site::small().await;
    let all = site.walk("/pages").await;
    for id in &all[..2] {
        site.sim.control().restrict(id, true).unwrap();
    }
    assert_eq!(site.get("/pages?limit=2").await.each("id"), all[2..4]);
    site.sim.control().mask_after_limit(true);
    let first = site.get("/pages?limit=2").await;
    assert!(first.results().is_empty() && !next(&first).is_empty());
    assert_eq!(site.walk("/pages?limit=2").await, all[2..]);
}

#[tokio::test]
async fn a_hidden_space_is_not_found_and_comes_back() {
    let site = Site::small().await;
    let (id, page) = (site.get("/spaces").await.each("id").remove(0), site.page("policies.xml"));
    site.sim.control().restrict_space("OPS", true).unwrap();
    assert!(site.get("/spaces").await.results().is_empty());
    for path in [format!("/spaces/{id}"), format!("/spaces/{id}/pages"), format!("/pages/{page}")] {
        assert_eq!(site.get(&path).await.status, 404, "{path}");
    }
    assert!(site.get(&format!("/pages?id={page}")).await.results().is_empty());
    site.sim.control().restrict_space("OPS", false).unwrap();
    assert_eq!(site.get("/pages").await.results().len(), 5);
}
