//! Changes to content, as a reader of the API sees them.

use confluence_sim::{Mutation, SimError, SpaceSource, Status};
use serde_json::json;

use crate::support::Site;

#[tokio::test]
async fn an_edit_raises_the_version_and_the_date() {
    let site = Site::small().await;
    let page = site.page("policies.xml");
    let before = site.get(&format!("/pages/{page}")).await.json();
    site.sim.control().advance(std::time::Duration::from_mins(1));
    site.sim.control().edit(&page, "<p>new</p>").unwrap();
    let after = site.get(&format!("/pages/{page}")).await.json();
    assert_eq!((&before["version"]["number"], &after["version"]["number"]), (&json!(1), &json!(2)));
    assert_eq!(after["version"]["createdAt"], "2026-03-01T12:01:00.000Z");
    assert_eq!(before["createdAt"], after["createdAt"]);
    assert_eq!(site.get("/pages?sort=-modified-date&limit=1").await.each("id"), [page]);
}

#[tokio::test]
async fn a_trashed_page_leaves_the_lists_and_answers_by_id() {
    let site = Site::small().await;
    let page = site.page("runbooks/index.md");
    site.sim.control().trash(&page).unwrap();
    assert!(!site.get("/pages").await.each("id").contains(&page));
    assert_eq!(site.get("/pages?status=trashed").await.each("id"), std::slice::from_ref(&page));
    assert!(site.get(&format!("/pages?id={page}")).await.results().is_empty());
    let by_id = site.get(&format!("/pages/{page}")).await;
    assert_eq!((by_id.status, by_id.json()["status"].clone()), (200, json!("trashed")));
    assert_eq!(site.get(&format!("/pages/{page}?status=current")).await.status, 404);
    let child = site.get(&format!("/pages/{}", site.page("runbooks/restart.md"))).await.json();
    assert_eq!(child["parentId"], site.page("_index.md"), "children move up");
    site.sim.control().apply(Mutation::SetStatus { page: page.clone(), status: Status::Current }).unwrap();
    site.sim.control().apply(Mutation::Trash { page: page.clone(), answer_404: true }).unwrap();
    assert_eq!(site.get(&format!("/pages/{page}")).await.status, 404);
}

#[tokio::test]
async fn purged_and_restricted_pages_look_the_same() {
    let site = Site::small().await;
    let (purged, restricted) = (site.page("policies.xml"), site.page("runbooks/restart.md"));
    site.sim.control().purge(&purged).unwrap();
    site.sim.control().restrict(&restricted, true).unwrap();
    let ids = site.get("/pages").await.each("id");
    for page in [&purged, &restricted] {
        assert!(!ids.contains(page));
        assert_eq!(site.get(&format!("/pages/{page}")).await.status, 404);
    }
    site.sim.control().restrict(&restricted, false).unwrap();
    assert_eq!(site.get(&format!("/pages/{restricted}")).await.status, 200);
}

#[tokio::test]
async fn archived_pages_are_listed_unless_current_is_asked_for() {
    let site = Site::small().await;
    let page = site.page("policies.xml");
    site.sim.control().archive(&page).unwrap();
    assert_eq!(site.get("/pages").await.results().len(), 5);
    assert_eq!(site.get("/pages?status=current").await.results().len(), 4);
    assert_eq!(site.get("/pages?status=archived").await.each("id"), [page]);
    assert_eq!(site.get("/pages?status=current,archived").await.results().len(), 5);
    assert_eq!(site.get("/pages?status=current&status=archived").await.results().len(), 5);
}

#[tokio::test]
async fn a_move_keeps_the_id_and_may_keep_the_version() {
    let site = Site::small().await;
    let control = site.sim.control();
    control.add_space(&SpaceSource::from_files("NEW", [("index.md", "# New home\n")]).unwrap()).unwrap();
    let (branch, leaf) = (site.page("runbooks/index.md"), site.page("runbooks/restart.md"));
    control.relocate(&branch, Some("NEW"), None).unwrap();
    let moved = site.get(&format!("/pages/{branch}")).await.json();
    let below = site.get(&format!("/pages/{leaf}")).await.json();
    assert_eq!((&moved["parentId"], &moved["version"]["number"]), (&json!(null), &json!(1)));
    assert_eq!(moved["spaceId"], below["spaceId"]);
    assert!(moved["_links"]["webui"].as_str().unwrap().starts_with("/spaces/NEW/pages/"));
    let back = Mutation::Move { page: branch.clone(), space: Some("OPS".into()), parent: None, raise_version: true };
    control.apply(back).unwrap();
    assert_eq!(site.get(&format!("/pages/{branch}")).await.json()["version"]["number"], 2);
    assert!(matches!(control.relocate(&branch, None, Some(&leaf)), Err(SimError::Refused(_))), "below itself");
}

#[tokio::test]
async fn spaces_come_and_go() {
    let site = Site::small().await;
    let control = site.sim.control();
    control.add_space(&SpaceSource::from_files("~robin", [("note.md", "# Note\n")]).unwrap()).unwrap();
    assert_eq!(site.get("/spaces?type=personal").await.each("key"), ["~robin"]);
    let id = site.get("/spaces?keys=OPS").await.each("id").remove(0);
    control.apply(Mutation::ArchiveSpace { key: "OPS".into(), archived: true }).unwrap();
    assert_eq!(site.get("/spaces?status=archived").await.each("key"), ["OPS"]);
    control.remove_space("OPS").unwrap();
    assert_eq!(site.get(&format!("/spaces/{id}/pages")).await.status, 404);
    assert_eq!(site.get("/pages").await.each("title"), ["Note"]);
}

#[tokio::test]
async fn what_confluence_would_refuse_is_refused() {
    let site = Site::small().await;
    let control = site.sim.control();
    let page = site.page("policies.xml");
    assert!(matches!(control.rename(&page, "RUNBOOKS"), Err(SimError::Refused(_))));
    assert!(matches!(control.add_page("OPS", None, "Policies", ""), Err(SimError::Refused(_))));
    assert!(matches!(control.edit("1", ""), Err(SimError::NotFound { .. })));
    assert!(matches!(control.site("none"), Err(SimError::NotFound { .. })));
}

#[tokio::test]
async fn mutations_over_http() {
    let site = Site::small().await;
    let post = async |body: serde_json::Value| {
        let request = site.http.post(format!("{}/__sim/mutate", site.sim.url())).json(&body);
        crate::support::read(request.send().await.unwrap()).await
    };
    let added = post(json!({ "do": "add_page", "space": "OPS", "title": "Fresh", "storage": "<p>x</p>" })).await;
    let id = added.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(site.get(&format!("/pages/{id}")).await.json()["title"], "Fresh");
    assert_eq!(post(json!({ "do": "trash", "page": id })).await.status, 200);
    assert_eq!(post(json!({ "do": "trash", "page": "1" })).await.status, 404);
    assert_eq!(post(json!({ "do": "add_page", "space": "OPS", "title": "Policies" })).await.status, 409);
    assert_eq!(post(json!({ "do": "trash", "page": id, "site": "none" })).await.status, 404);
    let pages = site.open("/__sim/pages?space=OPS").await.json();
    assert_eq!(pages["pages"].as_array().unwrap().len(), 6);
    let request = site.http.post(format!("{}/__sim/clock", site.sim.url())).json(&json!({ "advance_seconds": 3600 }));
    let now = crate::support::read(request.send().await.unwrap()).await.json();
    assert_eq!(now, json!({ "now": "2026-03-01T13:00:00.000Z" }));
    assert_eq!(site.get("/pages").await.status, 401, "an hour later the token has expired");
}
