//! Every answer of every implemented GET against the schemas of Atlassian's OpenAPI document.

use jsonschema::{Draft, Validator};
use rstest::rstest;
use serde_json::{Map, Value, json};

use crate::support::{Site, shared};

/// Documented properties that an answer carries only in some cases.
const SOMETIMES: &[&str] = &[
    "next",
    "labels",
    "properties",
    "operations",
    "likes",
    "versions",
    "permissions",
    "isFavoritedByCurrentUser",
    "storage",
    "atlas_doc_format",
    "view",
    "plain",
    "page",
    "blogpost",
    "custom",
    "roleAssignments",
    "accessKey",
];

/// What live answers were seen to hold although the document has no null there.
const LIVE_NULLS: &[&str] = &["parentId", "parentType", "homepageId", "description", "icon", "personalSpaceId"];

/// What live answers were seen to add.
const LIVE_EXTRAS: &[&str] = &["spaceOwnerId", "ncsStepVersion", "edituiv2", "subtype", "currentActiveAlias", "base"];

/// OpenAPI 3.0 as JSON Schema draft 4, made strict: `nullable` becomes a type, and what is documented must be there.
fn convert(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                match value {
                    // The names of properties are no keywords: one is called `properties` itself.
                    Value::Object(named) if key == "properties" => named.values_mut().for_each(convert),
                    value => convert(value),
                }
            }
            allow_null(object);
            require_all(object);
        }
        Value::Array(items) => items.iter_mut().for_each(convert),
        _ => {}
    }
}

fn allow_null(object: &mut Map<String, Value>) {
    if object.get("nullable") == Some(&json!(true))
        && let Some(kind) = object.get_mut("type")
    {
        *kind = json!([kind.clone(), "null"]);
    }
}

fn require_all(object: &mut Map<String, Value>) {
    let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for name in LIVE_NULLS {
        if let Some(property) = properties.get_mut(*name) {
            *property = json!({ "anyOf": [{ "type": "null" }, property.clone()] });
        }
    }
    let required: Vec<String> = properties.keys().filter(|name| !SOMETIMES.contains(&name.as_str())).cloned().collect();
    if !required.is_empty() {
        object.insert("required".to_owned(), json!(required));
    }
}

fn validator(document: &Value, path: &str, method: &str) -> Validator {
    let answer = &document["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"];
    assert!(answer.is_object(), "no schema for {method} {path}");
    let mut schema = json!({ "components": document["components"], "allOf": [answer] });
    convert(&mut schema);
    jsonschema::options().with_draft(Draft::Draft4).build(&schema).unwrap()
}

fn check(validator: &Validator, body: &Value) {
    let faults: Vec<String> =
        validator.iter_errors(body).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{body:#}");
}

#[rstest]
#[case("/spaces", "/spaces")]
#[case("/spaces", "/spaces?description-format=plain&include-icon=true&limit=1")]
#[case("/spaces/{id}", "/spaces/SPACE?description-format=view")]
#[case("/spaces/{id}", "/spaces/SPACE?include-labels=true&include-properties=true&include-operations=true")]
#[case("/spaces/{id}/pages", "/spaces/SPACE/pages")]
#[case("/spaces/{id}/pages", "/spaces/SPACE/pages?limit=2&depth=all&body-format=storage")]
#[case("/pages", "/pages")]
#[case("/pages", "/pages?limit=2&body-format=atlas_doc_format&sort=-modified-date")]
#[case("/pages/{id}", "/pages/PAGE")]
#[case("/pages/{id}", "/pages/HOME?body-format=view")]
#[case(
    "/pages/{id}",
    "/pages/PAGE?body-format=storage&include-labels=true&include-properties=true&include-operations=true\
    &include-likes=true&include-versions=true&include-favorited-by-current-user-status=true"
)]
#[case("/pages/{id}/ancestors", "/pages/PAGE/ancestors")]
#[case("/pages/{id}/direct-children", "/pages/HOME/direct-children")]
#[case("/pages/{id}/descendants", "/pages/HOME/descendants?depth=5")]
#[case("/pages/{page-id}/properties", "/pages/PAGE/properties?key=editor")]
#[case("/pages/{id}/labels", "/pages/PAGE/labels")]
#[case("/pages/{id}/versions", "/pages/PAGE/versions")]
#[case("/pages/{id}/attachments", "/pages/PAGE/attachments")]
#[case("/pages/{id}/footer-comments", "/pages/PAGE/footer-comments")]
#[case("/pages/{id}/inline-comments", "/pages/PAGE/inline-comments")]
#[case("/folders/{id}", "/folders/FOLDER")]
#[case("/folders/{id}/direct-children", "/folders/FOLDER/direct-children")]
#[case("/folders/{id}/descendants", "/folders/FOLDER/descendants")]
#[case("/folders/{id}/ancestors", "/folders/FOLDER/ancestors")]
#[case("/blogposts", "/blogposts")]
#[case("/spaces/{id}/blogposts", "/spaces/SPACE/blogposts")]
#[tokio::test]
async fn an_answer_fits_its_schema(#[case] documented: &str, #[case] path: &str) {
    let Some(document) = document() else { return };
    let site = Site::small().await;
    let (space, page, home, folder) = ids(&site).await;
    let labels = confluence_sim::Mutation::SetLabels { page: page.clone(), labels: vec!["oncall".to_owned()] };
    site.sim.control().apply(labels).unwrap();
    site.sim.control().edit(&page, "<p>second version</p>").unwrap();
    let path = path.replace("SPACE", &space).replace("PAGE", &page).replace("HOME", &home).replace("FOLDER", &folder);
    let reply = site.get(&path).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    check(&validator(&document, documented, "get"), &reply.json());
}

#[tokio::test]
async fn names_of_accounts_fit_their_schema() {
    let Some(document) = document() else { return };
    let site = Site::small().await;
    let author = site.get("/pages?limit=1").await.results()[0]["authorId"].clone();
    let request = site.http.post(format!("{}/users-bulk", site.sim.api_url())).bearer_auth(&site.token);
    let reply =
        crate::support::read(request.json(&json!({ "accountIds": [author, "unknown"] })).send().await.unwrap()).await;
    assert_eq!(reply.each("displayName"), ["Robin Hale"]);
    check(&validator(&document, "/users-bulk", "post"), &reply.json());
}

/// What the document does not know is what live sites were seen to add, and nothing else.
#[tokio::test]
async fn a_page_adds_only_what_live_pages_add() {
    let Some(document) = document() else { return };
    let site = Site::small().await;
    let page = site.get("/pages?limit=1").await.results().remove(0);
    let known = &document["components"]["schemas"];
    for (schema, value) in [
        ("PageBulk", &page),
        ("Version", &page["version"]),
        ("AbstractPageLinks", &page["_links"]),
        ("SpaceBulk", &site.get("/spaces").await.results()[0]),
    ] {
        let unknown: Vec<&String> = value
            .as_object()
            .unwrap()
            .keys()
            .filter(|name| known[schema]["properties"].get(name.as_str()).is_none())
            .collect();
        assert!(unknown.iter().all(|name| LIVE_EXTRAS.contains(&name.as_str())), "{schema} adds {unknown:?}");
    }
}

fn document() -> Option<Value> {
    let text = std::fs::read_to_string(shared("confluence/openapi-v2.json")?).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

async fn ids(site: &Site) -> (String, String, String, String) {
    let space = site.get("/spaces").await.each("id").remove(0);
    let page = site.page("runbooks/deep/failover.md");
    let folder = site.get(&format!("/pages/{page}")).await.json()["parentId"].as_str().unwrap().to_owned();
    (space, page, site.page("_index.md"), folder)
}
