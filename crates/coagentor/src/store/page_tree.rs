//! Pages below a page, over `remote_page` and `remote_folder`.

use std::collections::BTreeSet;

use super::Store;
use crate::Error;

/// A page or folder of a site, as a tree shows it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct TreeNode {
    pub id: String,
    pub title: String,
    /// Empty at the top.
    pub parent_id: String,
    /// Whether it is a folder, which has no text of its own.
    pub is_folder: bool,
}

/// The node `?2` of the site `?1`, and all pages and folders below it.
const BELOW: &str = "WITH RECURSIVE below (id) AS ( \
         SELECT ?2 \
         UNION SELECT page.id FROM below JOIN remote_page AS page \
             ON page.site_id = ?1 AND page.parent_id = below.id \
         UNION SELECT folder.id FROM below JOIN remote_folder AS folder \
             ON folder.site_id = ?1 AND folder.parent_id = below.id)";

impl Store {
    /// Ids of a page and all pages below it, folders passed through, in spaces that are selected.
    pub(crate) async fn pages_below(&self, site_id: &str, page_id: &str) -> Result<Vec<String>, Error> {
        let sql = format!(
            "{BELOW} SELECT page.id FROM below JOIN remote_page AS page ON page.site_id = ?1 AND page.id = below.id \
             JOIN space ON space.site_id = ?1 AND space.id = page.space_id WHERE space.selected = 1"
        );
        let sql = sqlx::AssertSqlSafe(sql);
        Ok(sqlx::query_scalar(sql).bind(site_id).bind(page_id).fetch_all(&self.pool).await?)
    }

    /// Ids of a page, whether it is still there or not, and of all pages and folders that are below it.
    pub(crate) async fn nodes_below(&self, site_id: &str, page_id: &str) -> Result<BTreeSet<String>, Error> {
        let sql = sqlx::AssertSqlSafe(format!("{BELOW} SELECT id FROM below"));
        let ids: Vec<String> = sqlx::query_scalar(sql).bind(site_id).bind(page_id).fetch_all(&self.pool).await?;
        Ok(ids.into_iter().collect())
    }

    /// Title of a page or folder, where the site was last seen to have it.
    pub(crate) async fn node_title(&self, site_id: &str, id: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT title FROM remote_page WHERE site_id = ?1 AND id = ?2 \
                   UNION ALL SELECT title FROM remote_folder WHERE site_id = ?1 AND id = ?2";
        Ok(sqlx::query_scalar(sql).bind(site_id).bind(id).fetch_optional(&self.pool).await?)
    }

    /// The space that a page was last seen in.
    pub(crate) async fn space_of_page(&self, site_id: &str, id: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT space_id FROM remote_page WHERE site_id = ? AND id = ?";
        Ok(sqlx::query_scalar(sql).bind(site_id).bind(id).fetch_optional(&self.pool).await?)
    }

    /// Every page of a space and every folder of its site, by title.
    pub(crate) async fn tree_nodes(&self, site_id: &str, space_id: &str) -> Result<Vec<TreeNode>, Error> {
        let sql = "SELECT id, title, parent_id, 0 AS is_folder FROM remote_page WHERE site_id = ?1 AND space_id = ?2 \
                   UNION ALL SELECT id, title, parent_id, 1 FROM remote_folder WHERE site_id = ?1 \
                   ORDER BY title COLLATE NOCASE, id";
        Ok(sqlx::query_as(sql).bind(site_id).bind(space_id).fetch_all(&self.pool).await?)
    }

    /// Notes folders that stand above pages.
    pub(crate) async fn put_folders(&self, site_id: &str, folders: &[confluence::Folder]) -> Result<(), Error> {
        if folders.is_empty() {
            return Ok(());
        }
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for folder in folders {
            let sql = "INSERT OR REPLACE INTO remote_folder (site_id, id, title, parent_id) VALUES (?, ?, ?, ?)";
            sqlx::query(sql)
                .bind(site_id)
                .bind(folder.id.as_str())
                .bind(&folder.title)
                .bind(folder.parent_id.as_ref().map(confluence::PageId::as_str).unwrap_or_default())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
