//! Documents as lists show them, heads for planning a sync, and counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use time::OffsetDateTime;

use super::relocate::{SECTIONS, SectionRow, section};
use super::{Store, decode, text_list};
use crate::Error;
use crate::model::{CollectionKey, DocumentKey, Loss, Section, page_text};

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// All its chunks can be found by word and by meaning.
    Ready,
    /// Some chunks wait for their vector; they are found by word.
    Pending,
    /// Its newest version could not be taken; what was stored before stays searchable.
    Failed,
    /// Kept, but out of retrieval.
    Unavailable,
}

impl DocumentState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Unavailable => "unavailable",
        }
    }

    /// Reads the generated column `documents.state`.
    pub(super) fn from_column(text: &str) -> Self {
        match text {
            "unavailable" => Self::Unavailable,
            "failed" => Self::Failed,
            "pending" => Self::Pending,
            _ => Self::Ready,
        }
    }
}

/// Which documents to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentQuery {
    /// Only these collections; all when `None`.
    pub collections: Option<Vec<CollectionKey>>,
    /// Only these states; all when `None`.
    pub states: Option<Vec<DocumentState>>,
    /// All documents of these collections too, whatever their state.
    pub whole: Vec<CollectionKey>,
    /// Only documents with this in their title, in either case; all when empty.
    pub title: String,
    /// At most so many; all when `None`.
    pub limit: Option<u32>,
    /// How many to pass over.
    pub offset: u32,
}

/// A document without its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentRow {
    /// Stable key.
    pub key: DocumentKey,
    /// Where it lies.
    pub collection: CollectionKey,
    /// Title.
    pub title: String,
    /// The source's version number; 0 while nothing but a failure is known.
    pub version: i64,
    /// Address without a fragment.
    pub url: String,
    /// Titles above it, outermost first.
    pub path: Vec<String>,
    /// How far it has come.
    pub state: DocumentState,
    /// How many chunks it has.
    pub chunks: u64,
    /// How many of them wait for a vector.
    pub pending_chunks: u64,
    /// What could not be converted to text.
    pub losses: Vec<Loss>,
    /// Why it failed or is unavailable.
    pub failure: Option<String>,
    /// When the source says it was modified.
    #[serde(with = "time::serde::timestamp::option")]
    pub modified_at: Option<OffsetDateTime>,
    /// When its content was last committed; `None` while it has none.
    #[serde(with = "time::serde::timestamp::option")]
    pub synced_at: Option<OffsetDateTime>,
    /// The source's own facts.
    pub metadata: serde_json::Value,
}

/// A document with its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredDocument {
    /// Everything but the text.
    pub row: DocumentRow,
    /// Its sections in reading order.
    pub sections: Vec<Section>,
    /// Its page text, which spans point into.
    pub text: String,
}

/// What planning a sync needs of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentHead {
    /// Stable key.
    pub key: DocumentKey,
    /// Where it lies.
    pub collection: CollectionKey,
    /// Title.
    pub title: String,
    /// The source's version number; 0 while nothing but a failure is known.
    pub version: i64,
    /// The source's own facts.
    pub metadata: serde_json::Value,
    /// How far it has come.
    pub state: DocumentState,
}

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents whose chunks all have vectors.
    pub ready: u64,
    /// Documents with chunks that wait.
    pub pending: u64,
    /// Documents with a failure.
    pub failed: u64,
    /// Documents kept out of retrieval.
    pub unavailable: u64,
    /// Chunks of all documents.
    pub chunks: u64,
    /// Chunks that have a vector.
    pub embedded: u64,
}

impl Counts {
    pub(super) fn add(&mut self, state: &str, documents: i64, chunks: i64, embedded: i64) {
        let of_state = match DocumentState::from_column(state) {
            DocumentState::Ready => &mut self.ready,
            DocumentState::Pending => &mut self.pending,
            DocumentState::Failed => &mut self.failed,
            DocumentState::Unavailable => &mut self.unavailable,
        };
        *of_state += documents.unsigned_abs();
        self.chunks += chunks.unsigned_abs();
        self.embedded += embedded.unsigned_abs();
    }

    /// Documents in any state.
    pub fn documents(&self) -> u64 {
        self.ready + self.pending + self.failed + self.unavailable
    }
}

const ROW: &str = "SELECT documents.key, collections.key AS collection, title, version, url, path, state, chunks, \
     embedded, losses, iif(unavailable <> '', unavailable, failure) AS failure, modified_at, synced_at, metadata";

/// What [`DocumentQuery`] asks for, over what the index `documents_by_title` has. The plus keeps SQLite from
/// going by collection, after which it would have to sort.
const WANTED: &str = "((?1 IS NULL OR +collection_id IN \
     (SELECT id FROM collections WHERE key IN (SELECT value FROM json_each(?1)))) \
     AND (?2 IS NULL OR state IN (SELECT value FROM json_each(?2))) \
     OR +collection_id IN (SELECT id FROM collections WHERE key IN (SELECT value FROM json_each(?3)))) \
     AND (?4 = '' OR title LIKE ?4 ESCAPE '\\' OR title LIKE ?5 ESCAPE '\\' OR title LIKE ?6 ESCAPE '\\' \
     OR title LIKE ?7 ESCAPE '\\')";

/// Binds `?1` to `?7`.
macro_rules! bind_wanted {
    ($sql:expr, $query:expr) => {{
        let states = $query.states.as_ref().map(|states| text_list(states.iter().map(|state| state.as_str())));
        let [typed, lower, upper, capital] = title_patterns(&$query.title);
        $sql.bind(key_list($query.collections.as_deref()))
            .bind(states)
            .bind(text_list($query.whole.iter().map(CollectionKey::as_str)))
            .bind(typed)
            .bind(lower)
            .bind(upper)
            .bind(capital)
    }};
}

impl Store {
    /// Documents by title.
    pub(crate) async fn documents(&self, query: &DocumentQuery) -> Result<Vec<DocumentRow>, Error> {
        let rows = bind_wanted!(sqlx::query(sqlx::AssertSqlSafe(list_sql())), query)
            .bind(query.limit.map_or(-1, i64::from))
            .bind(i64::from(query.offset))
            .fetch_all(&self.readers)
            .await;
        rows.map_err(|error| self.failed(error))?.iter().map(document_row).collect()
    }

    /// How many documents there are of those.
    pub(crate) async fn count_documents(&self, query: &DocumentQuery) -> Result<u64, Error> {
        let sql = format!("SELECT count(*) FROM documents WHERE {WANTED}");
        let counted = bind_wanted!(sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql)), query);
        let count = counted.fetch_one(&self.readers).await.map_err(|error| self.failed(error))?;
        Ok(count.unsigned_abs())
    }

    /// One document with its text.
    pub(crate) async fn document(&self, key: &DocumentKey) -> Result<Option<StoredDocument>, Error> {
        // One transaction, so that the row and its sections are of one version.
        let mut read = self.readers.begin().await.map_err(|error| self.failed(error))?;
        let sql = format!(
            "{ROW} FROM documents JOIN collections ON collections.id = documents.collection_id WHERE documents.key = ?"
        );
        let found = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(key.as_str()).fetch_optional(&mut *read).await;
        let Some(row) = found.map_err(|error| self.failed(error))? else { return Ok(None) };
        let id = "(SELECT id FROM documents WHERE key = ?)";
        let sql = SECTIONS.replace('?', id);
        let sections: Vec<SectionRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(key.as_str())
            .fetch_all(&mut *read)
            .await
            .map_err(|error| self.failed(error))?;
        let sections = sections.into_iter().map(section).collect::<Result<Vec<_>, _>>()?;
        let text = page_text(&sections);
        Ok(Some(StoredDocument { row: document_row(&row)?, sections, text }))
    }

    /// Heads of all documents in the collections.
    pub(crate) async fn heads(&self, collections: Option<&[CollectionKey]>) -> Result<Vec<DocumentHead>, Error> {
        let sql = "SELECT documents.key, collections.key, title, version, metadata, state FROM documents \
                   JOIN collections ON collections.id = documents.collection_id \
                   WHERE ?1 IS NULL OR collections.key IN (SELECT value FROM json_each(?1)) ORDER BY documents.id";
        let rows: Vec<(String, String, String, i64, String, String)> = sqlx::query_as(sql)
            .bind(key_list(collections))
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        rows.into_iter()
            .map(|(key, collection, title, version, metadata, state)| {
                Ok(DocumentHead {
                    key: DocumentKey::new(key),
                    collection: CollectionKey::new(collection),
                    title,
                    version,
                    metadata: decode("metadata", &metadata)?,
                    state: DocumentState::from_column(&state),
                })
            })
            .collect()
    }

    /// How much there is in the collections.
    pub(crate) async fn counts(&self, collections: Option<&[CollectionKey]>) -> Result<Counts, Error> {
        let sql = "SELECT state, count(*), sum(chunks), sum(embedded) FROM documents \
                   WHERE ?1 IS NULL OR collection_id IN \
                   (SELECT id FROM collections WHERE key IN (SELECT value FROM json_each(?1))) GROUP BY state";
        let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(sql)
            .bind(key_list(collections))
            .fetch_all(&self.readers)
            .await
            .map_err(|error| self.failed(error))?;
        let mut counts = Counts::default();
        for (state, documents, chunks, embedded) in rows {
            counts.add(&state, documents, chunks, embedded);
        }
        Ok(counts)
    }

    /// How much there is in each collection that has documents.
    pub(crate) async fn collection_counts(&self) -> Result<Vec<(CollectionKey, Counts)>, Error> {
        let sql = "SELECT collections.key, state, count(*), sum(chunks), sum(embedded) FROM documents \
                   JOIN collections ON collections.id = documents.collection_id GROUP BY collections.key, state";
        let rows: Vec<(String, String, i64, i64, i64)> =
            sqlx::query_as(sql).fetch_all(&self.readers).await.map_err(|error| self.failed(error))?;
        let mut all: BTreeMap<String, Counts> = BTreeMap::new();
        for (key, state, documents, chunks, embedded) in rows {
            all.entry(key).or_default().add(&state, documents, chunks, embedded);
        }
        Ok(all.into_iter().map(|(key, counts)| (CollectionKey::new(key), counts)).collect())
    }
}

/// A page of rows: first their numbers, from the index alone, then what a list shows of them.
fn list_sql() -> String {
    format!(
        "WITH page AS MATERIALIZED (SELECT id FROM documents WHERE {WANTED} \
         ORDER BY title COLLATE NOCASE, key LIMIT ?8 OFFSET ?9) \
         {ROW} FROM page CROSS JOIN documents ON documents.id = page.id \
         JOIN collections ON collections.id = documents.collection_id ORDER BY title COLLATE NOCASE, documents.key"
    )
}

/// `LIKE` knows the cases of ASCII letters only, so the others are tried as typed, small, capital, and capital first.
fn title_patterns(text: &str) -> [String; 4] {
    let pattern = |text: &str| {
        if text.is_empty() {
            return String::new();
        }
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{escaped}%")
    };
    let lower = text.to_lowercase();
    let mut letters = lower.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    [pattern(text), pattern(&lower), pattern(&text.to_uppercase()), pattern(&capital)]
}

fn key_list(keys: Option<&[CollectionKey]>) -> Option<String> {
    keys.map(|keys| text_list(keys.iter().map(CollectionKey::as_str)))
}

fn document_row(row: &SqliteRow) -> Result<DocumentRow, Error> {
    let chunks: i64 = row.try_get("chunks")?;
    let embedded: i64 = row.try_get("embedded")?;
    let failure: String = row.try_get("failure")?;
    Ok(DocumentRow {
        key: DocumentKey::new(row.try_get::<String, _>("key")?),
        collection: CollectionKey::new(row.try_get::<String, _>("collection")?),
        title: row.try_get("title")?,
        version: row.try_get("version")?,
        url: row.try_get("url")?,
        path: decode("path", row.try_get("path")?)?,
        state: DocumentState::from_column(row.try_get("state")?),
        chunks: chunks.unsigned_abs(),
        pending_chunks: (chunks - embedded).unsigned_abs(),
        losses: decode("losses", row.try_get("losses")?)?,
        failure: Some(failure).filter(|reason| !reason.is_empty()),
        modified_at: row.try_get::<Option<i64>, _>("modified_at")?.and_then(time),
        synced_at: time(row.try_get("synced_at")?).filter(|time| *time > OffsetDateTime::UNIX_EPOCH),
        metadata: decode("metadata", row.try_get("metadata")?)?,
    })
}

/// Time from its stored milliseconds; none where the number is no time.
pub(super) fn time(milliseconds: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What SQLite says it does, a line a step.
    async fn plan(store: &Store, sql: &str) -> Vec<String> {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let query = DocumentQuery { title: "a".to_owned(), ..DocumentQuery::default() };
        let steps = bind_wanted!(sqlx::query(sqlx::AssertSqlSafe(sql)), query).bind(50).bind(99_000);
        let steps = steps.fetch_all(&store.readers).await.unwrap();
        steps.iter().map(|step| step.get::<String, _>("detail")).collect()
    }

    #[tokio::test]
    async fn a_page_of_rows_is_found_in_the_index() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), 1).await.unwrap();
        let plan = plan(&store, &list_sql()).await;
        let scan = |step: &&String| step.starts_with("SCAN documents USING ") && step.ends_with(" documents_by_title");
        assert_eq!(plan.iter().filter(scan).count(), 1, "{plan:#?}");
        let page = plan.iter().position(|step| step.contains("SCAN page")).unwrap();
        assert!(plan[..page].iter().all(|step| !step.contains("TEMP B-TREE")), "all rows are sorted: {plan:#?}");
        assert!(plan.iter().any(|step| step.contains("SEARCH documents USING INTEGER PRIMARY KEY")), "{plan:#?}");
    }

    #[test]
    fn titles_are_matched_in_the_cases_that_sql_does_not_know() {
        assert_eq!(
            title_patterns("über 5_%"),
            ["%über 5\\_\\%%", "%über 5\\_\\%%", "%ÜBER 5\\_\\%%", "%Über 5\\_\\%%"]
        );
        assert_eq!(title_patterns(""), ["", "", "", ""]);
    }
}
