//! `GET /folders/{id}`.

use super::answer::{Answer, ApiError};
use super::query::{Query, id};
use super::render;
use super::spaces::included;
use super::tree;
use crate::site::Site;
use crate::site::model::NodeKind;

/// One folder.
pub(super) fn single(site: &Site, folder_id: &str, query: &Query) -> Result<Answer, ApiError> {
    let node =
        site.visible(id("id", folder_id)?).filter(|node| node.kind == NodeKind::Folder).ok_or(ApiError::NotFound)?;
    let mut body = render::folder(site, node);
    if query.flag("include-direct-children", false)? {
        let children = site.children(node.id).into_iter().filter(|child| site.may_see(child));
        let path = format!("/wiki/api/v2/folders/{}/direct-children", node.id);
        body["directChildren"] = included(&path, children.map(tree::child));
    }
    Ok(Answer::single(body, &site.base))
}
