//! Collections: put, list, remove, and their numbers.

use sqlx::{Sqlite, Transaction};

use super::{Id, Store, next_change, text_list};
use crate::Error;
use crate::model::{Collection, CollectionKey, DocumentKey};

impl Store {
    /// Adds a collection or renames it.
    pub(crate) async fn put_collection(&self, collection: &Collection) -> Result<(), Error> {
        let sql = "INSERT INTO collections (key, name) VALUES (?, ?) \
                   ON CONFLICT (key) DO UPDATE SET name = excluded.name";
        let put = sqlx::query(sql).bind(collection.key.as_str()).bind(&collection.name).execute(&self.writer).await;
        put.map(|_| ()).map_err(|error| self.failed(error))
    }

    /// All collections by name.
    pub(crate) async fn list_collections(&self) -> Result<Vec<Collection>, Error> {
        let sql = "SELECT key, name FROM collections ORDER BY name COLLATE NOCASE, key";
        let rows: Vec<(String, String)> =
            sqlx::query_as(sql).fetch_all(&self.readers).await.map_err(|error| self.failed(error))?;
        Ok(rows.into_iter().map(|(key, name)| Collection { key: CollectionKey::new(key), name }).collect())
    }

    /// Removes a collection and all its content; `false` when there is none of that name.
    pub(crate) async fn remove_collection(&self, key: &CollectionKey) -> Result<bool, Error> {
        let mut tx = self.begin().await?;
        let removed = async {
            let change = next_change(&mut tx).await?;
            let forget = "INSERT INTO removed_chunks (chunk_id, change) SELECT chunks.id, ?2 FROM chunks \
                          JOIN documents ON documents.id = chunks.document_id \
                          JOIN collections ON collections.id = documents.collection_id WHERE collections.key = ?1";
            sqlx::query(forget).bind(key.as_str()).bind(change).execute(&mut *tx).await?;
            let delete = "DELETE FROM collections WHERE key = ?";
            let deleted = sqlx::query(delete).bind(key.as_str()).execute(&mut *tx).await?;
            tx.commit().await?;
            Ok(deleted.rows_affected() > 0)
        };
        removed.await.map_err(|error| self.failed(error))
    }

    /// Numbers of the collections of these names; unknown names have none.
    pub(crate) async fn collection_ids(&self, keys: &[CollectionKey]) -> Result<Vec<Id>, Error> {
        let sql = "SELECT id FROM collections WHERE key IN (SELECT value FROM json_each(?))";
        let keys = text_list(keys.iter().map(CollectionKey::as_str));
        sqlx::query_scalar(sql).bind(keys).fetch_all(&self.readers).await.map_err(|error| self.failed(error))
    }

    /// Numbers of the documents of these names, each with its collection's; unknown names have none.
    pub(crate) async fn document_ids(&self, keys: &[DocumentKey]) -> Result<Vec<(Id, Id)>, Error> {
        let sql = "SELECT id, collection_id FROM documents WHERE key IN (SELECT value FROM json_each(?))";
        let keys = text_list(keys.iter().map(DocumentKey::as_str));
        sqlx::query_as(sql).bind(keys).fetch_all(&self.readers).await.map_err(|error| self.failed(error))
    }
}

/// The number of a collection, inside a transaction.
pub(super) async fn collection_id(tx: &mut Transaction<'_, Sqlite>, key: &CollectionKey) -> sqlx::Result<Option<Id>> {
    sqlx::query_scalar("SELECT id FROM collections WHERE key = ?").bind(key.as_str()).fetch_optional(&mut **tx).await
}
