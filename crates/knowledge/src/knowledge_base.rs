//! The door to the knowledge base.

use std::path::Path;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::Error;
use crate::batch::{Batch, CommitReport};
use crate::embed::{Embedder, TokenCounter};
use crate::embedding::{EmbedProgress, EmbedReport, Embedding};
use crate::index::{KeywordIndex, VectorIndex};
use crate::model::{Collection, CollectionKey, DocumentKey};
use crate::search::{Filter, Retriever, SearchQuery, SearchResults};
use crate::split::SplitOptions;
use crate::store::{
    Counts, DocumentChange, DocumentHead, DocumentQuery, DocumentRow, DocumentState, Mark, Splitter, Store,
    StoredDocument,
};

/// Without a model, words are counted in place of its tokens, which are more: about three for two words.
const WORDS_FOR_TOKENS: (usize, usize) = (2, 3);

/// How a knowledge base works.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How many connections read at the same time.
    pub readers: u32,
    /// Above so many vectors in reach of a search, they are scanned by their signs first.
    pub coarse_above: usize,
    /// Weight of meaning against words in a search by both, from 0 to 1. .5 measured best where query and text have one
    /// language, .7 where they do not.
    pub semantic_weight: f32,
    /// Whether to load the vectors when opening rather than with the first search.
    pub preload: bool,
    /// Whether the keyword index follows each commit in the background rather than with the next search.
    pub index_ahead: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 4, coarse_above: 250_000, semantic_weight: 0.5, preload: true, index_ahead: true }
    }
}

/// Documents of all collections, found by word and by meaning. Clones share one knowledge base; several processes may
/// open the same folder.
#[derive(Clone)]
pub struct KnowledgeBase(Arc<Inner>);

struct Inner {
    store: Arc<Store>,
    keyword: Arc<KeywordIndex>,
    meaning: Option<(Arc<Embedder>, VectorIndex)>,
    splitter: Splitter,
    semantic_weight: f32,
    index_ahead: bool,
}

impl std::fmt::Debug for KnowledgeBase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KnowledgeBase").field("store", &self.0.store).finish_non_exhaustive()
    }
}

impl KnowledgeBase {
    /// Opens or creates the knowledge base in `folder`. Without an embedder, search is by word, and new chunks wait for
    /// one. With another embedder than the last, all chunks wait again.
    pub async fn open(folder: &Path, embedder: Option<Embedder>, options: Options) -> Result<Self, Error> {
        let unusable = |source| Error::Io { path: folder.to_owned(), source };
        tokio::fs::create_dir_all(folder).await.map_err(unusable)?;
        let store = Arc::new(Store::open(folder, options.readers).await?);
        let splitter = splitter(embedder.as_ref());
        let meaning = match embedder {
            Some(embedder) => {
                store.claim_vectors(embedder.id()).await?;
                let vectors = VectorIndex::new(embedder.dimension(), options.coarse_above);
                Some((Arc::new(embedder), vectors))
            }
            None => None,
        };
        let keyword = Arc::new(KeywordIndex::new(folder));
        let Options { semantic_weight, index_ahead, .. } = options;
        let inner = Inner { store, keyword, meaning, splitter, semantic_weight, index_ahead };
        let opened = Self(Arc::new(inner));
        if options.preload {
            opened.load().await?;
        }
        Ok(opened)
    }

    /// Loads the vectors, and lets the keyword index catch up in the background.
    async fn load(&self) -> Result<(), Error> {
        self.index_in_background();
        match &self.0.meaning {
            Some((_, vectors)) => vectors.follow(&self.0.store).await,
            None => Ok(()),
        }
    }

    /// Closes the database's connections. What was committed stays, with or without this.
    pub async fn close(&self) {
        self.0.store.close().await;
    }

    /// Whether search by meaning is possible.
    pub fn has_embedder(&self) -> bool {
        self.0.meaning.is_some()
    }

    /// Adds a collection, or renames it.
    pub async fn put_collection(&self, collection: &Collection) -> Result<(), Error> {
        self.0.store.put_collection(collection).await
    }

    /// All collections, by name.
    pub async fn list_collections(&self) -> Result<Vec<Collection>, Error> {
        self.0.store.list_collections().await
    }

    /// Removes a collection and all its content; `false` when there is none of that name. Checkpoints stay: their names
    /// are the caller's.
    pub async fn remove_collection(&self, key: &CollectionKey) -> Result<bool, Error> {
        let removed = self.0.store.remove_collection(key).await?;
        self.index_in_background();
        Ok(removed)
    }

    /// Commits a batch in one transaction. What is committed is found by word at once, by meaning after
    /// [`Self::embed_pending`].
    pub async fn commit(&self, batch: Batch) -> Result<CommitReport, Error> {
        let report = self.0.store.commit(batch, &self.0.splitter).await?;
        self.index_in_background();
        Ok(report)
    }

    /// The checkpoint of this name, as of the last commit that set it.
    pub async fn checkpoint(&self, name: &str) -> Result<Option<serde_json::Value>, Error> {
        self.0.store.checkpoint(name).await
    }

    /// Removes everything, here and from the indexes.
    pub async fn clear(&self) -> Result<(), Error> {
        self.0.store.clear().await?;
        if let Some((_, vectors)) = &self.0.meaning {
            vectors.follow(&self.0.store).await?;
        }
        self.0.keyword.follow(&self.0.store).await
    }

    /// Documents by title, without their text.
    pub async fn documents(&self, query: &DocumentQuery) -> Result<Vec<DocumentRow>, Error> {
        self.0.store.documents(query).await
    }

    /// How many documents a list would have, without its limit.
    pub async fn count_documents(&self, query: &DocumentQuery) -> Result<u64, Error> {
        self.0.store.count_documents(query).await
    }

    /// One document with its text.
    pub async fn document(&self, key: &DocumentKey) -> Result<Option<StoredDocument>, Error> {
        self.0.store.document(key).await
    }

    /// What planning a sync needs of each document in these collections; of all when `None`.
    pub async fn heads(&self, collections: Option<&[CollectionKey]>) -> Result<Vec<DocumentHead>, Error> {
        self.0.store.heads(collections).await
    }

    /// How much there is in these collections; in all when `None`.
    pub async fn counts(&self, collections: Option<&[CollectionKey]>) -> Result<Counts, Error> {
        self.0.store.counts(collections).await
    }

    /// How much there is in each collection that has documents.
    pub async fn collection_counts(&self) -> Result<Vec<(CollectionKey, Counts)>, Error> {
        self.0.store.collection_counts().await
    }

    /// How much a filter allows, unavailable documents counted too.
    pub async fn count_allowed(&self, filter: &Filter) -> Result<Counts, Error> {
        let allowed = self.0.store.allowed(filter).await?;
        self.0.store.count_allowed(&allowed).await
    }

    /// Whether a filter allows a document that is available.
    pub async fn allows(&self, filter: &Filter, document: &DocumentKey) -> Result<bool, Error> {
        let allowed = self.0.store.allowed(filter).await?;
        self.0.store.allows(&allowed, document).await
    }

    /// Every document of a collection with its state.
    pub async fn states(&self, collection: &CollectionKey) -> Result<Vec<(DocumentKey, DocumentState)>, Error> {
        self.0.store.states(collection).await
    }

    /// The documents of a collection whose source's own fact `fact` is `path` or a path below it, with `/` between names.
    pub async fn documents_below(
        &self,
        collection: &CollectionKey,
        fact: &str,
        path: &str,
    ) -> Result<Vec<DocumentKey>, Error> {
        self.0.store.documents_below(collection, fact, path).await
    }

    /// How far the knowledge base has come, to ask later what changed since.
    pub async fn mark(&self) -> Result<Mark, Error> {
        self.0.store.mark().await
    }

    /// What a filter allows and changed since, newest first, at most `limit`.
    pub async fn changes_since(&self, mark: &Mark, filter: &Filter, limit: u32) -> Result<Vec<DocumentChange>, Error> {
        let allowed = self.0.store.allowed(filter).await?;
        self.0.store.changes_since(mark, &allowed, limit).await
    }

    /// The vector of a question; `None` without a model.
    pub async fn embed_query(&self, text: &str) -> Result<Option<Vec<f32>>, Error> {
        let Some((embedder, _)) = &self.0.meaning else { return Ok(None) };
        let (embedder, text) = (Arc::clone(embedder), text.to_owned());
        Ok(Some(tokio::task::spawn_blocking(move || embedder.embed_query(&text)).await??))
    }

    /// Embeds the chunks that wait, until none is left or `stop` is cancelled. What waits is in the database, so this may
    /// be cut off at any time and called again; each batch counts as soon as it is committed.
    pub async fn embed_pending(
        &self,
        stop: &CancellationToken,
        on_progress: impl FnMut(EmbedProgress) + Send,
    ) -> Result<EmbedReport, Error> {
        let (embedder, _) = self.0.meaning.as_ref().ok_or(Error::NoEmbedder)?;
        Embedding { store: &self.0.store, embedder, stop }.run(on_progress).await
    }

    /// Searches what is committed, whichever process committed it.
    pub async fn search(&self, query: SearchQuery) -> Result<SearchResults, Error> {
        let meaning = self.0.meaning.as_ref().map(|(embedder, vectors)| (embedder, vectors));
        let Inner { store, keyword, semantic_weight, .. } = &*self.0;
        Retriever { store, keyword, meaning, semantic_weight: *semantic_weight }.search(&query).await
    }

    /// A search brings the index up to date by itself; this only spares it the wait.
    fn index_in_background(&self) {
        if !self.0.index_ahead {
            return;
        }
        let (keyword, store) = (Arc::clone(&self.0.keyword), Arc::clone(&self.0.store));
        tokio::spawn(async move {
            if let Err(error) = keyword.follow(&store).await {
                tracing::debug!(%error, "the keyword index follows later");
            }
        });
    }
}

fn splitter(embedder: Option<&Embedder>) -> Splitter {
    let options = SplitOptions::default();
    if let Some(embedder) = embedder {
        return Splitter::new(embedder.counter(), options);
    }
    let (words, tokens) = WORDS_FOR_TOKENS;
    let max_tokens = options.max_tokens * words / tokens;
    Splitter::new(TokenCounter::words(), SplitOptions { max_tokens, ..options })
}
