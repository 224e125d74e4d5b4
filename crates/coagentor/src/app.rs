//! The handle that every front door holds.

use std::{
    ops::Deref,
    sync::{Arc, Mutex, atomic::AtomicBool},
};

use knowledge::{
    KnowledgeBase,
    embed::{EmbedError, Embedder, EmbedderOptions},
};
use tokio::sync::broadcast;

use crate::{
    Config, Error,
    clock::SharedClock,
    events::{AppEvent, Events},
    overview::Desk,
    sample::Sample,
    secrets::Secrets,
    store::Store,
};

/// Whether the embedding model is loaded (about 150 MB and a third of a second).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelUse {
    /// For sync and search.
    Load,
    /// For everything that only reads what is stored.
    Skip,
}

/// The application. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What the parts of the application share.
pub struct Inner {
    pub(crate) config: Config,
    pub(crate) clock: SharedClock,
    pub(crate) store: Store,
    pub(crate) knowledge: KnowledgeBase,
    pub(crate) secrets: Secrets,
    pub(crate) events: Events,
    pub(crate) sample: Sample,
    pub(crate) desk: Mutex<Desk>,
    /// Held while a sign-in of an earlier process is taken up: it is taken up once.
    pub(crate) sign_in_turn: tokio::sync::Mutex<()>,
    /// Why there is no model, where it was wanted and could not be opened.
    pub(crate) model_error: Option<EmbedError>,
    /// Name and revision of the embedding model that is loaded.
    pub(crate) model_name: Option<String>,
    pub(crate) prototypes: crate::meeting::Kept,
    pub(crate) table: crate::meeting::Table,
    /// Whether something waits to be embedded until the machine is on mains again.
    pub(crate) embedding_waits: AtomicBool,
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Opens both databases below the data folder, creating what is missing. A model that can't be opened is no error:
    /// keyword search works without it, and [`App::status`] and `doctor` say so.
    pub async fn open(config: Config, clock: SharedClock, model: ModelUse) -> Result<Self, Error> {
        std::fs::create_dir_all(&config.data_dir).map_err(Error::file(&config.data_dir))?;
        let store = Store::open(&config.file("coagentor.db")).await?;
        let (embedder, model_error) = match model {
            ModelUse::Skip => (None, None),
            ModelUse::Load => match open_model(&config).await {
                Ok(embedder) => (Some(embedder), None),
                Err(error) => (None, Some(error)),
            },
        };
        let model_name = embedder.as_ref().map(|model| model.id().to_owned());
        let loads = model == ModelUse::Load;
        let options = knowledge::Options { preload: loads, index_ahead: loads, ..knowledge::Options::default() };
        let knowledge = KnowledgeBase::open(&config.data_dir, embedder, options).await?;
        let secrets = Secrets::new(config.secret_store, store.secret_store().await?, &config.data_dir);
        Ok(Self(Arc::new(Inner {
            config,
            clock,
            store,
            knowledge,
            secrets,
            events: Events::default(),
            sample: Sample::default(),
            desk: Mutex::default(),
            sign_in_turn: tokio::sync::Mutex::default(),
            model_error,
            model_name,
            prototypes: crate::meeting::Kept::default(),
            table: crate::meeting::Table::default(),
            embedding_waits: AtomicBool::new(false),
        })))
    }

    pub(crate) fn has_model(&self) -> bool {
        self.model_name.is_some()
    }

    /// Events from now on.
    pub fn events(&self) -> broadcast::Receiver<AppEvent> {
        self.events.subscribe()
    }

    /// Why there is no embedding model, where one was wanted.
    pub fn model_problem(&self) -> Option<&EmbedError> {
        self.model_error.as_ref()
    }

    /// The time by the application's clock.
    pub fn now(&self) -> time::OffsetDateTime {
        self.clock.now()
    }

    /// What it was opened with.
    pub fn config(&self) -> &Config {
        &self.config
    }
}

pub(crate) async fn open_model(config: &Config) -> Result<Embedder, EmbedError> {
    let dir = config.model_dir.clone();
    let opened = tokio::task::spawn_blocking(move || Embedder::open(&dir, EmbedderOptions::default()));
    opened.await.unwrap_or(Err(EmbedError::Stopped))
}
