//! Search by word: BM25 over prefix and text of each chunk, in a folder beside the database.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument, Term, doc};

use super::matches::WordMatches;
use super::stamp::Stamp;
use super::tokens::analyzer;
use crate::search::Allowed;
use crate::store::{ChunkChange, Id};

const FOLDER: &str = "keyword-index";
const TOKENIZER: &str = "words";

/// The keyword index of one database.
pub(crate) struct KeywordIndex {
    pub(super) folder: PathBuf,
    pub(super) opened: RwLock<Option<Arc<Opened>>>,
    /// Held while the index follows; the change that is shown.
    pub(super) following: tokio::sync::Mutex<Option<i64>>,
}

/// What a search by word found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct KeywordHits {
    /// Chunks with their BM25 score, best first.
    pub chunks: Vec<(Id, f32)>,
    /// How much each term of the query tells, by how rare it is.
    pub weights: Vec<(String, f32)>,
}

impl KeywordIndex {
    /// The index in `folder`'s own folder; opened, or built, when it is first followed.
    pub(crate) fn new(folder: &Path) -> Self {
        let following = tokio::sync::Mutex::new(None);
        Self { folder: folder.join(FOLDER), opened: RwLock::new(None), following }
    }

    /// The best chunks that the filter allows. An index that could not be built has none.
    pub(crate) fn search(&self, terms: &[String], allowed: &Allowed, limit: usize) -> tantivy::Result<KeywordHits> {
        match self.current() {
            Some(opened) => opened.search(terms, allowed, limit),
            None => Ok(KeywordHits::default()),
        }
    }

    /// How well these documents match as a whole, and their chunks beside each other.
    pub(crate) fn matches(&self, terms: &[String], documents: &[Id]) -> tantivy::Result<WordMatches> {
        self.current().map_or_else(|| Ok(WordMatches::default()), |opened| opened.matches(terms, documents))
    }

    pub(super) fn current(&self) -> Option<Arc<Opened>> {
        self.opened.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl std::fmt::Debug for KeywordIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeywordIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// An index on disk and a reader of it.
pub(super) struct Opened {
    pub index: Index,
    pub reader: IndexReader,
    fields: Fields,
}

#[derive(Clone, Copy)]
struct Fields {
    chunk: Field,
    document: Field,
    collection: Field,
    text: Field,
}

impl Opened {
    /// Opens what is there.
    pub(super) fn open(folder: &Path) -> tantivy::Result<Self> {
        Self::new(Index::open_in_dir(folder)?)
    }

    /// Makes an empty index in an empty folder.
    pub(super) fn create(folder: &Path) -> tantivy::Result<Self> {
        let directory = MmapDirectory::open(folder)?;
        Self::new(Index::create(directory, schema(), tantivy::IndexSettings::default())?)
    }

    fn new(index: Index) -> tantivy::Result<Self> {
        index.tokenizers().register(TOKENIZER, analyzer());
        let schema = index.schema();
        let fields = Fields {
            chunk: schema.get_field("chunk")?,
            document: schema.get_field("document")?,
            collection: schema.get_field("collection")?,
            text: schema.get_field("text")?,
        };
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, fields })
    }

    /// How far the last commit on disk, of whichever process, has followed the database.
    pub(super) fn stamp(&self) -> tantivy::Result<Option<Stamp>> {
        Ok(Stamp::parse(self.index.load_metas()?.payload.as_deref()))
    }

    /// The term that names a chunk.
    pub(super) fn chunk_term(&self, chunk: Id) -> Term {
        Term::from_field_u64(self.fields.chunk, chunk.unsigned_abs())
    }

    /// The term that all chunks of a document have.
    pub(super) fn document_term(&self, document: Id) -> Term {
        Term::from_field_u64(self.fields.document, document.unsigned_abs())
    }

    pub(super) fn document_field(&self) -> Field {
        self.fields.document
    }

    pub(super) fn text_field(&self) -> Field {
        self.fields.text
    }

    /// What is indexed of a chunk: prefix and text as one, so that a query may match across both. A field of its own for the
    /// prefix, with any weight from .05 up, answered `SciFact` worse.
    pub(super) fn entry(&self, chunk: &ChunkChange) -> TantivyDocument {
        doc!(
            self.fields.chunk => chunk.id.unsigned_abs(),
            self.fields.document => chunk.document.unsigned_abs(),
            self.fields.collection => chunk.collection.unsigned_abs(),
            self.fields.text => format!("{}\n{}", chunk.prefix, chunk.text),
        )
    }

    fn search(&self, terms: &[String], allowed: &Allowed, limit: usize) -> tantivy::Result<KeywordHits> {
        let searcher = self.reader.searcher();
        if terms.is_empty() || limit == 0 || searcher.num_docs() == 0 {
            return Ok(KeywordHits::default());
        }
        let query = self.filtered(self.text_query(terms), allowed);
        let found = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        // Opened once a segment: opening the column costs as much as a small search.
        let columns = searcher.segment_readers().iter().map(|segment| segment.fast_fields().u64("chunk"));
        let columns = columns.collect::<tantivy::Result<Vec<_>>>()?;
        let chunk = |(score, at): (f32, tantivy::DocAddress)| {
            let chunk = columns.get(at.segment_ord as usize)?.first(at.doc_id)?;
            Some((Id::try_from(chunk).ok()?, score))
        };
        let chunks = found.into_iter().filter_map(chunk).collect();
        let weight = |term: &String| {
            let rows = searcher.doc_freq(&Term::from_field_text(self.fields.text, term))?;
            Ok((term.clone(), rarity(rows, searcher.num_docs())))
        };
        Ok(KeywordHits { chunks, weights: terms.iter().map(weight).collect::<tantivy::Result<_>>()? })
    }

    fn text_query(&self, terms: &[String]) -> Box<dyn Query> {
        let clause = |term: &String| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(self.fields.text, term);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        Box::new(BooleanQuery::new(terms.iter().map(clause).collect()))
    }

    /// The filter is part of the query: what it forbids is never scored, and never counts against the limit.
    fn filtered(&self, query: Box<dyn Query>, allowed: &Allowed) -> Box<dyn Query> {
        let Some(only) = &allowed.0 else { return query };
        let one_of = |field: Field, ids: &[Id]| -> (Occur, Box<dyn Query>) {
            let terms = ids.iter().map(|id| Term::from_field_u64(field, id.unsigned_abs()));
            (Occur::Should, Box::new(TermSetQuery::new(terms)))
        };
        let lists = [(self.fields.collection, &only.collections), (self.fields.document, &only.documents)];
        let lists = lists.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(field, ids)| one_of(field, ids));
        let filter = ConstScoreQuery::new(Box::new(BooleanQuery::new(lists.collect())), 0.0);
        Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::Must, Box::new(filter))]))
    }
}

/// BM25's weight of a term that `rows` of `all` rows have.
pub(super) fn rarity(rows: u64, all: u64) -> f32 {
    let (rows, all) = (rows as f32, all as f32);
    (1.0 + (all - rows + 0.5) / (rows + 0.5)).ln()
}

fn schema() -> Schema {
    let mut schema = Schema::builder();
    let number = NumericOptions::from(INDEXED);
    schema.add_u64_field("chunk", number.clone() | FAST);
    schema.add_u64_field("document", number.clone());
    schema.add_u64_field("collection", number);
    let words = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(IndexRecordOption::WithFreqs);
    let text = TextOptions::default().set_indexing_options(words);
    schema.add_text_field("text", text);
    schema.build()
}
