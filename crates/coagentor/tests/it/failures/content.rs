//! Bodies and fields: what a page says must arrive, and only that.

use std::time::Duration;

use coagentor::sync::RunStatus;
use confluence_sim::{ACCOUNT_ID, ACCOUNT_NAME, ClientRegistration, FaultEffect, Mutation, Simulator, SpaceSource};
use knowledge::{DocumentQuery, KnowledgeBase};
use rstest::rstest;
use serde_json::json;

use super::{LISTS, assert_accounted, assert_complete, named, status};
use crate::desk::Desk;

fn replaced(text: &str, with: &str) -> FaultEffect {
    FaultEffect::Replace { text: text.to_owned(), with: with.to_owned() }
}

/// The stored text of a page with this body.
async fn text_of(storage: &str) -> String {
    let desk = Desk::two_spaces().await;
    let page = desk.control().add_page("A", None, "planted", storage).expect("adds");
    assert_complete(&desk.sync().await, 8);
    desk.app.page(&page).await.expect("is stored").text
}

#[rstest]
#[case::space_type("*/spaces", "\"type\":\"global\"", "\"type\":\"hologram\"")]
#[case::space_status("*/spaces", "\"status\":\"current\"", "\"status\":\"dormant\"")]
#[case::page_status("*/pages", "\"status\":\"current\"", "\"status\":\"pinned\"")]
#[case::page_subtype("*/pages", "\"subtype\":null", "\"subtype\":\"hologram\"")]
#[case::parent_type("*/pages", "\"parentType\":null", "\"parentType\":\"hologram\"")]
#[case::step_version("*/pages", "\"ncsStepVersion\":null", "\"ncsStepVersion\":{\"step\":[1]}")]
#[case::new_field("*/pages", "\"subtype\":null", "\"subtype\":null,\"flavour\":{\"sour\":true}")]
#[tokio::test]
async fn f16_unknown_enum_or_field(#[case] path: &str, #[case] text: &str, #[case] with: &str) {
    let desk = Desk::new(Simulator::builder().space(crate::desk::space("A", &["a1", "a2"]))).await;
    desk.spoil(path, replaced(text, with));
    desk.sign_in().await;
    desk.select(&["A"]).await;
    assert_complete(&desk.sync().await, 2);
    assert_eq!(desk.found().await.len(), 2);
    assert_complete(&desk.poll().await, 2);
}

/// A page, a folder below it, and a page below that.
fn with_folder() -> SpaceSource {
    let files = [
        ("top/index.md", "# Top\n\nAll about the top.\n"),
        ("top/inner/leaf.md", "# Leaf\n\nAll about the leaf.\n"),
        ("top/inner/deep/root.md", "# Root\n\nAll about the root.\n"),
    ];
    SpaceSource::from_files("DOC", files).expect("a space")
}

/// Titles above a stored page.
async fn above(desk: &Desk, title: &str) -> Vec<String> {
    let base = KnowledgeBase::open(&desk.config().data_dir, None, knowledge::Options::default()).await.expect("opens");
    let documents = base.documents(&DocumentQuery::default()).await.expect("lists");
    documents.into_iter().find(|document| document.title == title).expect("is stored").path
}

#[tokio::test]
async fn f17_page_under_folder_under_page() {
    let registered = ClientRegistration::new("folders", "secret", &["coagentor://oauth/callback"]);
    let sim = Simulator::builder().client(registered).space(with_folder());
    let desk = Desk::with(sim, |config| config.oauth_app.scopes.push("read:folder:confluence".to_owned())).await;
    desk.sign_in().await;
    desk.select(&["DOC"]).await;
    assert_complete(&desk.sync().await, 3);
    assert_eq!(above(&desk, "Leaf").await, ["Top", "inner"]);
    assert_eq!(above(&desk, "Root").await, ["Top", "inner", "deep"]);
    let folders = desk.control().log().iter().filter(|request| request.path.contains("/folders/")).count();
    assert_eq!(folders, 2, "each folder is asked for once");
}

#[rstest]
#[case::not_found(404)]
#[case::gone(410)]
#[case::not_permitted(403)]
#[case::down(503)]
#[tokio::test]
async fn f17_a_folder_that_does_not_answer(#[case] code: u16) {
    let registered = ClientRegistration::new("folders", "secret", &["coagentor://oauth/callback"]);
    let sim = Simulator::builder().client(registered).space(with_folder());
    let desk = Desk::with(sim, |config| config.oauth_app.scopes.push("read:folder:confluence".to_owned())).await;
    desk.sign_in().await;
    desk.select(&["DOC"]).await;
    desk.spoil("*/folders/*", status(code, &[], "{}"));
    assert_complete(&desk.sync().await, 3);
    assert_eq!(desk.found().await.len(), 3);
}

#[tokio::test]
async fn f17_without_the_scope_for_folders_none_is_asked_for() {
    let desk = Desk::selected(Simulator::builder().space(with_folder()), &["DOC"]).await;
    assert_complete(&desk.sync().await, 3);
    assert_eq!(desk.found().await.len(), 3);
    assert!(desk.control().log().iter().all(|request| !request.path.contains("/folders/")));
}

#[tokio::test]
async fn f18_live_doc_that_is_suddenly_empty() {
    let desk = Desk::two_spaces().await;
    assert_complete(&desk.sync().await, 7);
    let page = desk.page("A", "a1");
    desk.control().advance(Duration::from_mins(1));
    desk.control().apply(Mutation::MakeLive { page: page.clone(), adf: None }).expect("empties");
    for _ in 0..2 {
        let run = desk.sync().await;
        assert_accounted(&run);
        assert_eq!((run.status, named(&run)), (RunStatus::Partial, vec!["a1"]), "{run:#?}");
        assert!(run.failed[0].reason.contains("live doc"), "{:?}", run.failed);
        assert!(desk.app.page(&page).await.expect("is stored").text.contains("All about a1"));
        assert_eq!(desk.found().await.len(), 7);
    }
    // Somebody did empty it, after all.
    desk.control().advance(Duration::from_hours(24 * 8));
    assert_complete(&desk.sync().await, 7);
    assert!(!desk.app.page(&page).await.expect("is stored").text.contains("All about a1"));
}

#[tokio::test]
async fn f18_live_doc_whose_text_is_in_the_other_format() {
    let desk = Desk::two_spaces().await;
    assert_complete(&desk.sync().await, 7);
    let page = desk.page("A", "a1");
    desk.control().advance(Duration::from_mins(1));
    desk.control().edit(&page, "").expect("edits");
    let paragraph = json!({ "type": "paragraph", "content": [{ "type": "text", "text": "Live words about a1." }] });
    let adf = Some(json!({ "type": "doc", "version": 1, "content": [paragraph] }));
    desk.control().apply(Mutation::MakeLive { page: page.clone(), adf }).expect("goes live");
    assert_complete(&desk.sync().await, 7);
    assert!(desk.app.page(&page).await.expect("is stored").text.contains("Live words about a1."));
    assert_eq!(desk.found().await.len(), 7);
}

#[tokio::test]
async fn f19_code_macro() {
    let text = text_of(
        "<p>Before</p><ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">sql</ac:parameter>\
         <ac:parameter ac:name=\"linenumbers\">true</ac:parameter><ac:plain-text-body><![CDATA[SELECT *\n  FROM t\n\
         WHERE 1 < x AND y > 2; -- a]]]]><![CDATA[>b\n\tEND]]></ac:plain-text-body></ac:structured-macro><p>After</p>",
    )
    .await;
    assert!(text.contains("SELECT *\n  FROM t\nWHERE 1 < x AND y > 2; -- a]]>b\n\tEND"), "{text:?}");
    assert!(!text.contains("true") && !text.contains("sqlSELECT"), "{text:?}");
    assert!(text.contains("Before") && text.contains("After"), "{text:?}");
}

#[tokio::test]
async fn f20_macro_parameters() {
    let text = text_of(
        "<p>Before</p><ac:structured-macro ac:name=\"profile\" ac:macro-id=\"7f2c-11\">\
         <ac:parameter ac:name=\"a\">false</ac:parameter><ac:parameter ac:name=\"b\">false</ac:parameter>\
         <ac:parameter ac:name=\"fields\">fullName,nick</ac:parameter></ac:structured-macro>\
         <ac:structured-macro ac:name=\"panel\"><ac:parameter ac:name=\"bgColor\">#FFF0B3</ac:parameter>\
         <ac:parameter ac:name=\"panelIcon\">:check_mark:</ac:parameter><ac:parameter ac:name=\"panelIconId\">atlassian-check\
         </ac:parameter><ac:rich-text-body><p>Inside</p></ac:rich-text-body></ac:structured-macro>\
         <p><ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"title\">IN PROGRESS</ac:parameter>\
         <ac:parameter ac:name=\"colour\">Yellow</ac:parameter></ac:structured-macro></p>\
         <ac:structured-macro ac:name=\"toc\"><ac:parameter ac:name=\"maxLevel\">3</ac:parameter></ac:structured-macro>",
    )
    .await;
    for leak in ["false", "fullName", "nick", "#FFF0B3", "check", "Yellow", "7f2c", "maxLevel"] {
        assert!(!text.contains(leak), "`{leak}` leaks: {text:?}");
    }
    for word in ["Before", "Inside", "IN PROGRESS"] {
        assert!(text.contains(word), "`{word}` is lost: {text:?}");
    }
}

#[tokio::test]
async fn x_a_broken_answer_is_no_empty_space() {
    let desk = Desk::two_spaces().await;
    assert_complete(&desk.sync().await, 7);
    for effect in [FaultEffect::Html { code: 200 }, FaultEffect::InvalidJson, replaced("\"results\":[", "\"result\":[")]
    {
        desk.spoil(LISTS, effect);
        let run = desk.sweep().await;
        assert_eq!((run.status, named(&run), run.tally.removed), (RunStatus::Partial, vec!["A", "B"], 0), "{run:#?}");
        assert_eq!(desk.found().await.len(), 7);
        desk.control().clear_faults();
    }
    assert_complete(&desk.sweep().await, 7);
}

/// A mention of the site's one person and of a stranger.
fn mentions() -> String {
    let mention = |id: &str| format!("<ac:link><ri:user ri:account-id=\"{id}\" /></ac:link>");
    format!("<p>Ask {} or {}.</p>", mention(ACCOUNT_ID), mention("712020:stranger"))
}

fn asked_for_names(desk: &Desk) -> usize {
    desk.control().log().iter().filter(|request| request.path.ends_with("/users-bulk")).count()
}

/// Who is said to have written a stored page.
async fn author(desk: &Desk, title: &str) -> Option<String> {
    let base = KnowledgeBase::open(&desk.config().data_dir, None, knowledge::Options::default()).await.expect("opens");
    let heads = base.heads(None).await.expect("lists");
    let head = heads.into_iter().find(|head| head.title == title).expect("is stored");
    head.metadata["author"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn people_are_called_by_their_names_and_asked_for_once() {
    let desk = Desk::two_spaces().await;
    let page = desk.control().add_page("A", None, "people", &mentions()).expect("adds");
    assert_complete(&desk.sync().await, 8);
    let text = desk.app.page(&page).await.expect("is stored").text;
    assert_eq!(text.trim(), format!("Ask {ACCOUNT_NAME} or @user."));
    assert_eq!(author(&desk, "people").await.as_deref(), Some(ACCOUNT_NAME));
    let asked = asked_for_names(&desk);
    assert!((1..=2).contains(&asked), "{asked}");

    desk.control().edit(&page, &mentions().replace("Ask", "Write to")).expect("edits");
    let other = desk.control().find_page("A", "a1").expect("is there").id;
    desk.control().relocate(&other, None, Some(&page)).expect("moves");
    assert_complete(&desk.sweep().await, 8);
    assert_eq!(asked_for_names(&desk), asked, "strangers are not asked for again either");
    assert_eq!(author(&desk, "a1").await.as_deref(), Some(ACCOUNT_NAME), "a move keeps who wrote the text");
}

#[rstest]
#[case::scope(401, r#"{"code":401,"message":"Unauthorized; scope does not match"}"#)]
#[case::not_permitted(403, "{}")]
#[case::down(503, "{}")]
#[case::nonsense(200, "[]")]
#[tokio::test]
async fn pages_come_without_names_where_none_are_told(#[case] code: u16, #[case] body: &str) {
    let desk = Desk::two_spaces().await;
    let page = desk.control().add_page("A", None, "people", &mentions()).expect("adds");
    desk.spoil("*/users-bulk", status(code, &[("content-type", "application/json")], body));
    assert_complete(&desk.sync().await, 8);
    assert_eq!(desk.app.page(&page).await.expect("is stored").text.trim(), "Ask @user or @user.");
    assert_eq!(author(&desk, "people").await, None);
    assert_complete(&desk.poll().await, 8);
}
