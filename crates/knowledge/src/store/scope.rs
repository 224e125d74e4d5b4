//! What a filter comes to: how much there is, and which documents a source keeps below a path.

use super::{Store, documents::Counts};
use crate::Error;
use crate::model::{CollectionKey, DocumentKey};
use crate::search::{Allowed, Filter, Only};
use crate::store::{DocumentState, Id, id_list};

impl Store {
    /// The filter in numbers.
    pub(crate) async fn allowed(&self, filter: &Filter) -> Result<Allowed, Error> {
        let Filter::Only { collections, documents } = filter else { return Ok(Allowed(None)) };
        let collections = self.collection_ids(collections).await?;
        let documents = if documents.is_empty() { Vec::new() } else { self.document_ids(documents).await? };
        let (documents, mut homes): (Vec<Id>, Vec<Id>) = documents.into_iter().unzip();
        homes.sort_unstable();
        homes.dedup();
        Ok(Allowed(Some(Only { collections, documents, homes })))
    }

    /// How much the filter allows, unavailable documents counted too.
    pub(crate) async fn count_allowed(&self, allowed: &Allowed) -> Result<Counts, Error> {
        let sql = "SELECT state, count(*), ifnull(sum(chunks), 0), ifnull(sum(embedded), 0) FROM documents \
                   WHERE ?1 IS NULL OR collection_id IN (SELECT value FROM json_each(?1)) \
                   OR id IN (SELECT value FROM json_each(?2)) GROUP BY state";
        let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(sql)
            .bind(allowed.0.as_ref().map(|only| id_list(&only.collections)))
            .bind(allowed.0.as_ref().map(|only| id_list(&only.documents)))
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        let mut counts = Counts::default();
        for (state, documents, chunks, embedded) in rows {
            counts.add(&state, documents, chunks, embedded);
        }
        Ok(counts)
    }

    /// Whether the filter allows a document that is available.
    pub(crate) async fn allows(&self, allowed: &Allowed, document: &DocumentKey) -> Result<bool, Error> {
        let sql = "SELECT count(*) FROM documents WHERE key = ?3 AND unavailable = '' AND (?1 IS NULL \
                   OR collection_id IN (SELECT value FROM json_each(?1)) OR id IN (SELECT value FROM json_each(?2)))";
        let found: i64 = sqlx::query_scalar(sql)
            .bind(allowed.0.as_ref().map(|only| id_list(&only.collections)))
            .bind(allowed.0.as_ref().map(|only| id_list(&only.documents)))
            .bind(document.as_str())
            .fetch_one(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(found > 0)
    }

    /// Every document of a collection with its state.
    pub(crate) async fn states(&self, collection: &CollectionKey) -> Result<Vec<(DocumentKey, DocumentState)>, Error> {
        let sql = "SELECT documents.key, state FROM documents JOIN collections ON collections.id = collection_id \
                   WHERE collections.key = ?";
        let rows: Vec<(String, String)> = sqlx::query_as(sql)
            .bind(collection.as_str())
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        let state = |(key, state): (String, String)| (DocumentKey::new(key), DocumentState::from_column(&state));
        Ok(rows.into_iter().map(state).collect())
    }

    /// The documents of a collection whose own fact `fact` is `path`, or a path below it.
    pub(crate) async fn documents_below(
        &self,
        collection: &CollectionKey,
        fact: &str,
        path: &str,
    ) -> Result<Vec<DocumentKey>, Error> {
        // A range instead of a pattern: a path may hold every sign that a pattern knows. `0` follows `/`.
        let sql = "SELECT documents.key FROM documents JOIN collections ON collections.id = collection_id \
                   WHERE collections.key = ?1 AND (json_extract(metadata, '$.' || ?2) = ?3 \
                   OR json_extract(metadata, '$.' || ?2) >= ?3 || '/' AND json_extract(metadata, '$.' || ?2) < ?3 || '0')";
        let keys: Vec<String> = sqlx::query_scalar(sql)
            .bind(collection.as_str())
            .bind(fact)
            .bind(path)
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(keys.into_iter().map(DocumentKey::new).collect())
    }
}
