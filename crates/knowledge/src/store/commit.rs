//! Writes a [`Batch`] in one transaction: documents, chunks, kept vectors, states and the checkpoint.

use sqlx::{Sqlite, Transaction};
use time::OffsetDateTime;

use super::collections::collection_id;
use super::diff::{Difference, Fate, OldChunk, difference};
use super::prepare::{HashedChunk, PreparedDocument, Splitter};
use super::{Id, Store, encode, id_list, next_change};
use crate::Error;
use crate::batch::{Batch, Checkpoint, CommitReport, DocumentFailure};
use crate::model::{CollectionKey, DocumentKey, Section};

impl Store {
    /// Commits the batch, or nothing of it.
    pub(crate) async fn commit(&self, mut batch: Batch, splitter: &Splitter) -> Result<CommitReport, Error> {
        let upserts = prepare(std::mem::take(&mut batch.upserts), splitter).await?;
        let changes = !upserts.is_empty() || batch.changes_documents();
        let mut tx = self.begin().await?;
        let change = if changes { next_change(&mut tx).await.map_err(|error| self.failed(error))? } else { 0 };
        let mut write = Write { tx, now: batch.now, report: CommitReport { change, ..CommitReport::default() } };
        write.apply(upserts, &batch, splitter).await.map_err(|error| self.located(error))?;
        write.tx.commit().await.map_err(|error| self.failed(error))?;
        Ok(write.report)
    }

    fn located(&self, error: Error) -> Error {
        match error {
            Error::Database { source } if source.is_corrupt() => Error::Corrupt { path: self.path.clone(), source },
            other => other,
        }
    }
}

/// Splitting is the longest part of a commit, so it happens before the transaction and off the runtime's threads.
async fn prepare(documents: Vec<crate::model::Document>, splitter: &Splitter) -> Result<Vec<PreparedDocument>, Error> {
    let splitter = splitter.clone();
    let prepared =
        tokio::task::spawn_blocking(move || documents.into_iter().map(|document| splitter.prepare(document)).collect());
    Ok(prepared.await?)
}

/// One transaction under way. Dropped before its commit, it leaves no trace.
pub(super) struct Write {
    pub tx: Transaction<'static, Sqlite>,
    pub now: OffsetDateTime,
    pub report: CommitReport,
}

impl Write {
    async fn apply(&mut self, upserts: Vec<PreparedDocument>, batch: &Batch, splitter: &Splitter) -> Result<(), Error> {
        for key in &batch.removals {
            self.remove(key).await?;
        }
        for document in upserts {
            self.upsert(document).await?;
        }
        for relocation in &batch.relocations {
            self.relocate(relocation, splitter).await?;
        }
        for (key, reason) in &batch.unavailable {
            let reason = if reason.is_empty() { "unavailable" } else { reason };
            self.report.unavailable += u64::from(self.set_unavailable(key, reason).await?);
        }
        for key in &batch.available {
            self.report.restored += u64::from(self.set_unavailable(key, "").await?);
        }
        for failure in &batch.failures {
            self.fail(failure).await?;
        }
        if let Some(checkpoint) = &batch.checkpoint {
            self.put_checkpoint(checkpoint).await?;
        }
        Ok(())
    }

    async fn remove(&mut self, key: &DocumentKey) -> Result<(), Error> {
        let sql = "SELECT chunks.id FROM chunks JOIN documents ON documents.id = chunks.document_id \
                   WHERE documents.key = ?";
        let chunks: Vec<Id> = sqlx::query_scalar(sql).bind(key.as_str()).fetch_all(&mut *self.tx).await?;
        self.remove_chunks(&chunks).await?;
        let delete = sqlx::query("DELETE FROM documents WHERE key = ?").bind(key.as_str());
        self.report.removed += delete.execute(&mut *self.tx).await?.rows_affected();
        Ok(())
    }

    async fn upsert(&mut self, prepared: PreparedDocument) -> Result<(), Error> {
        let PreparedDocument { document, chunks } = prepared;
        let collection = self.collection(&document.collection).await?;
        let found = self.find(&document.key).await?;
        let sql = "INSERT INTO documents (key, collection_id, title, version, url, path, modified_at, synced_at, losses, \
                   metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET \
                   collection_id = excluded.collection_id, title = excluded.title, version = excluded.version, \
                   url = excluded.url, path = excluded.path, modified_at = excluded.modified_at, \
                   synced_at = excluded.synced_at, losses = excluded.losses, metadata = excluded.metadata, \
                   unavailable = '', failure = '' RETURNING id";
        let id: Id = sqlx::query_scalar(sql)
            .bind(document.key.as_str())
            .bind(collection)
            .bind(&document.title)
            .bind(document.version)
            .bind(&document.url)
            .bind(encode("path", &document.path)?)
            .bind(document.modified_at.map(milliseconds))
            .bind(milliseconds(self.now))
            .bind(encode("losses", &document.losses)?)
            .bind(encode("metadata", &document.metadata)?)
            .fetch_one(&mut *self.tx)
            .await?;
        match found {
            Some(_) => self.report.updated += 1,
            None => self.report.added += 1,
        }
        if found.is_some_and(|found| found.collection != collection || !found.available) {
            self.touch(id).await?;
        }
        self.put_sections(id, &document.sections).await?;
        self.put_chunks(id, &chunks).await
    }

    async fn put_sections(&mut self, document: Id, sections: &[Section]) -> Result<(), Error> {
        let delete = sqlx::query("DELETE FROM sections WHERE document_id = ?").bind(document);
        delete.execute(&mut *self.tx).await?;
        let sql = "INSERT INTO sections (document_id, ordinal, heading_path, anchor, blocks) VALUES (?, ?, ?, ?, ?)";
        for (ordinal, section) in (0_i64..).zip(sections) {
            sqlx::query(sql)
                .bind(document)
                .bind(ordinal)
                .bind(encode("heading path", &section.heading_path)?)
                .bind(&section.anchor)
                .bind(encode("blocks", &section.blocks)?)
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(())
    }

    /// Replaces a document's chunks; what embeds the same text stays as it is, id and vector.
    pub(super) async fn put_chunks(&mut self, document: Id, new: &[HashedChunk]) -> Result<(), Error> {
        let old = self.stored_chunks(document).await?;
        let Difference { fates, removed } = difference(&old, new);
        self.remove_chunks(&removed).await?;
        let mut embedded = 0_i64;
        for (fate, chunk) in fates.into_iter().zip(new) {
            match fate {
                Fate::Kept { id, embedded: has_vector } => {
                    self.place_chunk(id, chunk).await?;
                    embedded += i64::from(has_vector);
                    self.report.chunks_kept += 1;
                }
                Fate::Reworded { id } => self.reword_chunk(id, chunk).await?,
                Fate::Added => self.add_chunk(document, chunk).await?,
            }
        }
        self.report.vectors_kept += embedded.unsigned_abs();
        let counts = sqlx::query("UPDATE documents SET chunks = ?, embedded = ? WHERE id = ?");
        counts.bind(number(new.len())).bind(embedded).bind(document).execute(&mut *self.tx).await?;
        Ok(())
    }

    async fn stored_chunks(&mut self, document: Id) -> Result<Vec<OldChunk>, Error> {
        let sql = "SELECT id, text, hash, embedded FROM chunks WHERE document_id = ? ORDER BY ordinal";
        let rows: Vec<(Id, String, Vec<u8>, bool)> =
            sqlx::query_as(sql).bind(document).fetch_all(&mut *self.tx).await?;
        Ok(rows.into_iter().map(|(id, text, hash, embedded)| OldChunk { id, text, hash, embedded }).collect())
    }

    async fn add_chunk(&mut self, document: Id, new: &HashedChunk) -> Result<(), Error> {
        let sql = "INSERT INTO chunks (document_id, ordinal, section, span_start, span_end, prefix, text, hash, change) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(document)
            .bind(i64::from(new.chunk.ordinal))
            .bind(number(new.chunk.section))
            .bind(number(new.chunk.span.start))
            .bind(number(new.chunk.span.end))
            .bind(&new.chunk.prefix)
            .bind(&new.chunk.text)
            .bind(&new.hash)
            .bind(self.report.change)
            .execute(&mut *self.tx)
            .await?;
        self.report.chunks_added += 1;
        Ok(())
    }

    /// Where a chunk stands is read with the hit, so a chunk that only moved is no change for an index.
    async fn place_chunk(&mut self, id: Id, new: &HashedChunk) -> Result<(), Error> {
        let sql = "UPDATE chunks SET ordinal = ?2, section = ?3, span_start = ?4, span_end = ?5 WHERE id = ?1 \
                   AND (ordinal, section, span_start, span_end) IS NOT (?2, ?3, ?4, ?5)";
        sqlx::query(sql)
            .bind(id)
            .bind(i64::from(new.chunk.ordinal))
            .bind(number(new.chunk.section))
            .bind(number(new.chunk.span.start))
            .bind(number(new.chunk.span.end))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    async fn reword_chunk(&mut self, id: Id, new: &HashedChunk) -> Result<(), Error> {
        sqlx::query("DELETE FROM vectors WHERE chunk_id = ?").bind(id).execute(&mut *self.tx).await?;
        let sql = "UPDATE chunks SET prefix = ?, hash = ?, embedded = 0, change = ? WHERE id = ?";
        let reword = sqlx::query(sql).bind(&new.chunk.prefix).bind(&new.hash).bind(self.report.change).bind(id);
        reword.execute(&mut *self.tx).await?;
        self.report.chunks_kept += 1;
        self.place_chunk(id, new).await
    }

    async fn remove_chunks(&mut self, ids: &[Id]) -> Result<(), Error> {
        if ids.is_empty() {
            return Ok(());
        }
        let list = id_list(ids);
        let forget = "INSERT INTO removed_chunks (chunk_id, change) SELECT value, ? FROM json_each(?)";
        sqlx::query(forget).bind(self.report.change).bind(&list).execute(&mut *self.tx).await?;
        let delete = sqlx::query("DELETE FROM chunks WHERE id IN (SELECT value FROM json_each(?))").bind(&list);
        self.report.chunks_removed += delete.execute(&mut *self.tx).await?.rows_affected();
        Ok(())
    }

    /// Marks all chunks of a document as changed, because its collection or its availability did.
    pub(super) async fn touch(&mut self, document: Id) -> Result<(), Error> {
        let touch = sqlx::query("UPDATE chunks SET change = ? WHERE document_id = ?");
        touch.bind(self.report.change).bind(document).execute(&mut *self.tx).await?;
        Ok(())
    }

    async fn set_unavailable(&mut self, key: &DocumentKey, reason: &str) -> Result<bool, Error> {
        let Some(found) = self.find(key).await? else { return Ok(false) };
        let set = sqlx::query("UPDATE documents SET unavailable = ? WHERE id = ?").bind(reason).bind(found.id);
        set.execute(&mut *self.tx).await?;
        let changed = found.available != reason.is_empty();
        if changed {
            self.touch(found.id).await?;
        }
        Ok(changed)
    }

    async fn fail(&mut self, failure: &DocumentFailure) -> Result<(), Error> {
        let collection = self.collection(&failure.collection).await?;
        let sql = "INSERT INTO documents (key, collection_id, title, url, metadata, failure) VALUES (?, ?, ?, ?, ?, ?) \
                   ON CONFLICT (key) DO UPDATE SET failure = excluded.failure";
        let reason = if failure.reason.is_empty() { "failed" } else { &failure.reason };
        sqlx::query(sql)
            .bind(failure.key.as_str())
            .bind(collection)
            .bind(&failure.title)
            .bind(&failure.url)
            .bind(encode("metadata", &failure.metadata)?)
            .bind(reason)
            .execute(&mut *self.tx)
            .await?;
        self.report.failed += 1;
        Ok(())
    }

    async fn put_checkpoint(&mut self, checkpoint: &Checkpoint) -> Result<(), Error> {
        let sql = "INSERT INTO checkpoints (name, value) VALUES (?, ?) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        let put = sqlx::query(sql).bind(&checkpoint.name).bind(encode("checkpoint", &checkpoint.value)?);
        put.execute(&mut *self.tx).await?;
        Ok(())
    }

    pub(super) async fn collection(&mut self, key: &CollectionKey) -> Result<Id, Error> {
        let found = collection_id(&mut self.tx, key).await?;
        found.ok_or_else(|| Error::UnknownCollection { key: key.clone() })
    }

    pub(super) async fn find(&mut self, key: &DocumentKey) -> Result<Option<Found>, Error> {
        let sql = "SELECT id, collection_id, unavailable = '', title FROM documents WHERE key = ?";
        let row: Option<(Id, Id, bool, String)> =
            sqlx::query_as(sql).bind(key.as_str()).fetch_optional(&mut *self.tx).await?;
        Ok(row.map(|(id, collection, available, title)| Found { id, collection, available, title }))
    }
}

/// What a commit needs to know of a document that is stored already.
pub(super) struct Found {
    pub id: Id,
    pub collection: Id,
    pub available: bool,
    pub title: String,
}

/// Time as it is stored.
pub(super) fn milliseconds(time: OffsetDateTime) -> i64 {
    time.unix_timestamp() * 1000 + i64::from(time.millisecond())
}

fn number(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
