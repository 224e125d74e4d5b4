//! The JSON of REST v2, read with tolerance: unknown fields are left, and whatever was seen as null or absent may be so.
//! Only ids and the list itself are required: without them an answer would say less than the server knows.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use url::Url;

use crate::model::{Body, BodyFormat, Folder, FolderId, Page, PageHead, PageId, Space, SpaceId};

/// One answer of a list.
#[derive(Debug, Deserialize)]
pub(crate) struct Envelope<T> {
    pub(crate) results: Vec<T>,
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub(crate) links: ListLinks,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListLinks {
    pub(crate) next: Option<String>,
    pub(crate) base: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SpaceBody {
    id: SpaceId,
    key: String,
    name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    status: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    homepage_id: Option<PageId>,
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    links: ItemLinks,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageBody {
    id: PageId,
    space_id: SpaceId,
    title: Option<String>,
    status: Option<String>,
    #[serde(default)]
    parent_id: Option<PageId>,
    parent_type: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    position: Option<i64>,
    author_id: Option<String>,
    subtype: Option<String>,
    created_at: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    version: VersionBody,
    #[serde(default, deserialize_with = "or_default")]
    body: BodyBody,
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    links: ItemLinks,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct VersionBody {
    number: Option<i64>,
    created_at: Option<String>,
    author_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BodyBody {
    storage: Option<Representation>,
    atlas_doc_format: Option<Representation>,
}

#[derive(Debug, Deserialize)]
struct Representation {
    value: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ItemLinks {
    webui: Option<String>,
    base: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FolderBody {
    id: FolderId,
    title: Option<String>,
    #[serde(default)]
    parent_id: Option<PageId>,
    parent_type: Option<String>,
}

/// A person; of all that is told, the name alone is read.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserBody {
    account_id: Option<String>,
    display_name: Option<String>,
    public_name: Option<String>,
}

impl UserBody {
    /// Account id and name; none where privacy settings leave none.
    pub(crate) fn into_name(self) -> Option<(String, String)> {
        let named = [self.display_name, self.public_name].into_iter().flatten().find(|name| !name.trim().is_empty());
        Some((self.account_id?, named?))
    }
}

/// Where a site's pages are on the web, for links that the API gives as paths.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WebBase<'a> {
    /// `_links.base` of a list.
    pub(crate) stated: Option<&'a str>,
    /// The site's own address.
    pub(crate) site: &'a Url,
}

impl WebBase<'_> {
    /// `base` + `webui`, which is a path below it. A base that is no web address is not followed: people click on this.
    fn absolute(self, links: &ItemLinks, fallback: &str) -> String {
        let stated = links.base.as_deref().or(self.stated).filter(|base| is_web(base));
        let base = stated.map_or_else(|| format!("{}/wiki", self.site.as_str().trim_end_matches('/')), str::to_owned);
        let path = links.webui.as_deref().filter(|path| path.starts_with('/')).unwrap_or(fallback);
        format!("{}{path}", base.trim_end_matches('/'))
    }
}

fn is_web(base: &str) -> bool {
    Url::parse(base).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

impl SpaceBody {
    pub(crate) fn into_space(self, base: WebBase<'_>) -> Space {
        let webui = base.absolute(&self.links, &format!("/spaces/{}", self.key));
        Space {
            webui,
            name: self.name.unwrap_or_else(|| self.key.clone()),
            id: self.id,
            key: self.key,
            kind: self.kind.unwrap_or_default(),
            status: self.status.unwrap_or_default(),
            homepage_id: self.homepage_id,
        }
    }
}

impl PageBody {
    pub(crate) fn into_head(self, base: WebBase<'_>) -> PageHead {
        // Opens the page by its id alone, whatever space it lies in.
        let webui = base.absolute(&self.links, &format!("/pages/viewpage.action?pageId={}", self.id));
        PageHead {
            webui,
            id: self.id,
            space_id: self.space_id,
            title: self.title.unwrap_or_default(),
            status: self.status.unwrap_or_default().into(),
            parent_id: self.parent_id,
            parent_type: self.parent_type,
            position: self.position,
            version: self.version.number.unwrap_or_default(),
            created_at: moment(self.created_at.as_deref()),
            modified_at: moment(self.version.created_at.as_deref()),
            author_id: self.author_id,
            modified_by: self.version.author_id,
            subtype: self.subtype,
        }
    }

    pub(crate) fn into_page(mut self, format: BodyFormat, base: WebBase<'_>) -> Page {
        let bodies = std::mem::take(&mut self.body);
        let representation = match format {
            BodyFormat::Storage => bodies.storage,
            BodyFormat::AtlasDocFormat => bodies.atlas_doc_format,
        };
        let body = representation.and_then(|representation| representation.value).map(|value| Body { format, value });
        Page { head: self.into_head(base), body }
    }
}

impl From<FolderBody> for Folder {
    fn from(body: FolderBody) -> Self {
        Self {
            id: body.id,
            title: body.title.unwrap_or_default(),
            parent_id: body.parent_id,
            parent_type: body.parent_type,
        }
    }
}

fn moment(text: Option<&str>) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text?, &Rfc3339).ok()
}

/// Null like absent.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A value of another type like absent, where nothing depends on it.
fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Value::deserialize(deserializer).map(|value| value.as_i64())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::model::PageStatus;

    fn site() -> Url {
        Url::parse("https://s.atlassian.net").expect("a URL")
    }

    fn head(json: &str, stated: Option<&str>) -> PageHead {
        let body: PageBody = serde_json::from_str(json).expect("reads");
        body.into_head(WebBase { stated, site: &site() })
    }

    #[test]
    fn reads_a_page_as_recorded() {
        let json = r#"{"id":"295083","status":"current","title":"Template","spaceId":"294916","parentId":"295028",
            "parentType":"page","position":163,"authorId":"a1","ownerId":"a1","lastOwnerId":null,"subtype":null,
            "createdAt":"2024-01-02T03:04:05.678Z","body":{},"version":{"number":3,"message":"","minorEdit":false,
            "authorId":"a2","createdAt":"2024-02-03T04:05:06.007Z","ncsStepVersion":null},
            "_links":{"editui":"/pages/resumedraft.action","edituiv2":"/x","webui":"/spaces/MFS/pages/295083/Template","tinyui":"/x/q"}}"#;
        let head = head(json, Some("https://s.atlassian.net/wiki"));
        assert_eq!(head.webui, "https://s.atlassian.net/wiki/spaces/MFS/pages/295083/Template");
        assert_eq!((head.version, head.position), (3, Some(163)));
        assert_eq!(head.modified_at, Some(datetime!(2024-02-03 04:05:06.007 UTC)));
        assert_eq!((head.author_id.as_deref(), head.modified_by.as_deref()), (Some("a1"), Some("a2")));
    }

    #[test]
    fn bears_nulls_strangers_and_absences() {
        let json = r#"{"id":7,"spaceId":"9","title":null,"status":"asleep","parentId":null,"parentType":null,
            "position":"odd","version":null,"body":null,"_links":null,"createdAt":"yesterday","new":{"field":[1]}}"#;
        let head = head(json, None);
        assert_eq!((head.id.as_str(), head.title.as_str(), head.version), ("7", "", 0));
        assert_eq!(head.status, PageStatus::Other("asleep".to_owned()));
        assert_eq!((head.created_at, head.position), (None, None));
        assert_eq!(head.webui, "https://s.atlassian.net/wiki/pages/viewpage.action?pageId=7");
    }

    #[test]
    fn a_base_that_is_no_web_address_is_not_followed() {
        let json = r#"{"id":"7","spaceId":"9","_links":{"webui":"/spaces/K/pages/7","base":"javascript:alert(1)"}}"#;
        assert_eq!(head(json, None).webui, "https://s.atlassian.net/wiki/spaces/K/pages/7");
    }

    #[test]
    fn a_page_without_id_is_no_page() {
        assert!(serde_json::from_str::<PageBody>(r#"{"spaceId":"9"}"#).is_err());
        assert!(serde_json::from_str::<PageBody>(r#"{"id":"","spaceId":"9"}"#).is_err());
    }

    #[test]
    fn a_body_is_read_in_the_format_that_was_asked_for() {
        let json = r#"{"id":"7","spaceId":"9","body":{"storage":{"representation":"storage","value":"<p/>"}}}"#;
        let page = |format| {
            let body: PageBody = serde_json::from_str(json).expect("reads");
            body.into_page(format, WebBase { stated: None, site: &site() }).body
        };
        assert_eq!(page(BodyFormat::Storage), Some(Body { format: BodyFormat::Storage, value: "<p/>".to_owned() }));
        assert_eq!(page(BodyFormat::AtlasDocFormat), None);
    }

    #[test]
    fn a_space_needs_its_id_and_key_only() {
        let body: SpaceBody =
            serde_json::from_str(r#"{"id":"1","key":"~7120","type":"new_kind","homepageId":null,"icon":null}"#)
                .expect("reads");
        let space = body.into_space(WebBase { stated: None, site: &site() });
        assert_eq!((space.name.as_str(), space.kind.as_str()), ("~7120", "new_kind"));
        assert_eq!(space.webui, "https://s.atlassian.net/wiki/spaces/~7120");
    }
}
