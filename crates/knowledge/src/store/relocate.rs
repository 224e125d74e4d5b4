//! A document that moved or was renamed, without its text being fetched again.

use super::commit::Write;
use super::prepare::Splitter;
use super::{Id, decode, encode};
use crate::Error;
use crate::batch::Relocation;
use crate::model::{Block, Section};

impl Write {
    /// Moves or renames a stored document; another title means other prefixes, and those chunks are embedded again.
    pub(super) async fn relocate(&mut self, to: &Relocation, splitter: &Splitter) -> Result<(), Error> {
        let collection = self.collection(&to.collection).await?;
        let Some(found) = self.find(&to.key).await? else { return Ok(()) };
        // Facts that only the text tells stay: the text does.
        let sql = "UPDATE documents SET collection_id = ?, title = ?, url = ?, path = ?, version = ?, \
                   metadata = json_patch(metadata, ?) WHERE id = ?";
        sqlx::query(sql)
            .bind(collection)
            .bind(&to.title)
            .bind(&to.url)
            .bind(encode("path", &to.path)?)
            .bind(to.version)
            .bind(encode("metadata", &to.metadata)?)
            .bind(found.id)
            .execute(&mut *self.tx)
            .await?;
        self.report.relocated += 1;
        if found.collection != collection {
            self.touch(found.id).await?;
        }
        if found.title == to.title {
            return Ok(());
        }
        let sections = self.stored_sections(found.id).await?;
        let chunks = splitter.split(&to.title, &sections);
        self.put_chunks(found.id, &chunks).await
    }

    async fn stored_sections(&mut self, document: Id) -> Result<Vec<Section>, Error> {
        let rows: Vec<SectionRow> = sqlx::query_as(SECTIONS).bind(document).fetch_all(&mut *self.tx).await?;
        rows.into_iter().map(section).collect()
    }
}

/// Heading path, anchor and blocks, as they are stored.
pub(super) type SectionRow = (String, Option<String>, String);

/// Reads a document's sections in order.
pub(super) const SECTIONS: &str =
    "SELECT heading_path, anchor, blocks FROM sections WHERE document_id = ? ORDER BY ordinal";

/// Decodes a stored section.
pub(super) fn section((heading_path, anchor, blocks): SectionRow) -> Result<Section, Error> {
    let heading_path = decode("heading path", &heading_path)?;
    let blocks: Vec<Block> = decode("blocks", &blocks)?;
    Ok(Section { heading_path, anchor, blocks })
}
