//! A knowledge base in a temporary folder, and documents to put in.

use knowledge::embed::Embedder;
use knowledge::model::{Block, BlockKind, Collection, CollectionKey, Document, DocumentKey, Section};
use knowledge::{
    Batch, CommitReport, Counts, DocumentHead, EmbedReport, Filter, KnowledgeBase, Mode, Options, SearchHit,
    SearchQuery,
};
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::datetime;
use tokio_util::sync::CancellationToken;

pub(crate) const NOW: OffsetDateTime = datetime!(2025-03-04 05:06:07 UTC);

/// A knowledge base and the folder that it lies in.
pub(crate) struct Bench {
    pub folder: TempDir,
    pub base: KnowledgeBase,
}

impl Bench {
    /// With the test embedder and the collections `a`, `b` and `c`.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = open(&folder).await;
        for key in ["a", "b", "c"] {
            base.put_collection(&collection(key)).await.unwrap();
        }
        Self { folder, base }
    }

    pub(crate) async fn reopen(self) -> Self {
        self.base.close().await;
        let base = open(&self.folder).await;
        Self { folder: self.folder, base }
    }

    pub(crate) async fn put(&self, upserts: Vec<Document>) -> CommitReport {
        self.base.commit(Batch { upserts, ..Batch::new(NOW) }).await.unwrap()
    }

    pub(crate) async fn embed(&self) -> EmbedReport {
        self.base.embed_pending(&CancellationToken::new(), |_| ()).await.unwrap()
    }

    pub(crate) async fn find(&self, text: &str, mode: Mode) -> Vec<SearchHit> {
        self.base.search(SearchQuery { mode, ..SearchQuery::new(text) }).await.unwrap().hits
    }

    /// Keys of the documents found, best first.
    pub(crate) async fn found(&self, text: &str, mode: Mode) -> Vec<String> {
        keys(&self.find(text, mode).await)
    }

    pub(crate) async fn found_in(&self, text: &str, mode: Mode, filter: Filter) -> Vec<String> {
        let query = SearchQuery { mode, filter, limit: 100, per_document: 100, ..SearchQuery::new(text) };
        keys(&self.base.search(query).await.unwrap().hits)
    }

    pub(crate) async fn counts(&self) -> Counts {
        self.base.counts(None).await.unwrap()
    }

    pub(crate) async fn head(&self, key: &str) -> Option<DocumentHead> {
        self.base.heads(None).await.unwrap().into_iter().find(|head| head.key.as_str() == key)
    }
}

pub(crate) async fn open(folder: &TempDir) -> KnowledgeBase {
    KnowledgeBase::open(folder.path(), Some(Embedder::hashed()), Options::default()).await.unwrap()
}

pub(crate) fn keys(hits: &[SearchHit]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for hit in hits {
        if !keys.iter().any(|key| key == hit.document.as_str()) {
            keys.push(hit.document.to_string());
        }
    }
    keys
}

pub(crate) fn collection(key: &str) -> Collection {
    Collection { key: CollectionKey::new(key), name: format!("Collection {key}") }
}

pub(crate) fn document_key(key: &str) -> DocumentKey {
    DocumentKey::new(key)
}

/// A document in collection `a`, one section a paragraph.
pub(crate) fn document(key: &str, title: &str, paragraphs: &[&str]) -> Document {
    let section = |(number, text): (usize, &&str)| Section {
        heading_path: vec![format!("Part {number}")],
        anchor: Some(format!("Part-{number}")),
        blocks: vec![Block { kind: BlockKind::Prose, text: (*text).to_owned() }],
    };
    Document {
        key: DocumentKey::new(key),
        collection: CollectionKey::new("a"),
        title: title.to_owned(),
        version: 1,
        url: format!("https://wiki.example/{key}"),
        path: vec!["Home".to_owned()],
        modified_at: Some(datetime!(2025-01-02 03:04:05 UTC)),
        sections: paragraphs.iter().enumerate().map(section).collect(),
        losses: Vec::new(),
        metadata: serde_json::json!({ "parent": "home" }),
    }
}

pub(crate) fn in_collection(document: Document, collection: &str) -> Document {
    Document { collection: CollectionKey::new(collection), ..document }
}
