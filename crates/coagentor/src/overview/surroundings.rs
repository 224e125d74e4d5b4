//! What the front door tells about itself, and Settings beside the settings.

use secrecy::SecretString;

use super::{
    dto::{CheckRow, StorageUse},
    open,
};
use crate::{
    App, Error,
    connection::ConnectionKind,
    events::AppEvent,
    secrets::{Choice, StoreKind, StoreState},
    store::ConnectionStatus,
    sync::is_space,
};

/// What the desktop around the app can do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Whether the app can be started when the person logs in.
    pub can_start_at_login: bool,
    /// Whether there is an icon in the tray.
    pub tray_shown: bool,
}

impl App {
    /// Takes note of what the desktop around the app can do.
    pub fn set_surroundings(&self, surroundings: Surroundings) {
        open(&self.desk).surroundings = surroundings;
        self.events.send(AppEvent::Settings);
    }

    pub(super) fn surroundings(&self) -> Surroundings {
        open(&self.desk).surroundings
    }

    /// Whether a run of this process is under way.
    pub(crate) fn is_syncing(&self) -> bool {
        open(&self.desk).run.is_some()
    }

    /// Keeps secrets elsewhere, where the system has no place for them. A sign-in that the new place does not hold has to
    /// be made again.
    pub async fn choose_secret_store(&self, choice: Choice, passphrase: Option<SecretString>) -> Result<(), Error> {
        self.secrets.choose(choice, passphrase).await?;
        self.store.set_secret_store(choice).await?;
        self.note_lost_sign_in().await?;
        self.events.send(AppEvent::Settings);
        Ok(())
    }

    /// Opens the file of secrets.
    pub async fn unlock_secret_store(&self, passphrase: SecretString) -> Result<(), Error> {
        self.secrets.unlock(passphrase).await?;
        self.take_up_answer().await;
        self.note_lost_sign_in().await?;
        self.events.send(AppEvent::Settings);
        Ok(())
    }

    /// A sign-in whose secrets did not outlive the last process says so, rather than fail with the next run.
    pub(crate) async fn note_lost_sign_in(&self) -> Result<(), Error> {
        let Some(connection) = self.store.connection().await? else { return Ok(()) };
        let kind = self.secrets.in_use().kind;
        let name = match connection.kind {
            ConnectionKind::OAuth => crate::secrets::TOKENS,
            ConnectionKind::ApiToken => crate::secrets::API_TOKEN,
            ConnectionKind::Sample => return Ok(()),
        };
        // A keyring is not asked for this: it could want to be unlocked.
        let can_tell = matches!(kind, StoreKind::Session | StoreKind::Passphrase);
        if !can_tell || connection.status != ConnectionStatus::Connected || self.secrets.get(name).await?.is_some() {
            return Ok(());
        }
        self.store.set_connection_status(ConnectionStatus::ReconnectNeeded).await?;
        self.events.send(AppEvent::Connection);
        Ok(())
    }

    /// Finds out whether the system has a place for secrets.
    pub(super) async fn look_at_secrets(&self) -> Result<(), Error> {
        if self.secrets.in_use().state == StoreState::Locked {
            return Ok(());
        }
        if self.secrets.look().await.is_err() {
            self.events.send(AppEvent::Settings);
        }
        self.note_lost_sign_in().await
    }

    /// What the stored data comes to.
    pub async fn storage(&self) -> Result<StorageUse, Error> {
        let folder = self.config.data_dir.clone();
        let bytes = tokio::task::spawn_blocking(move || {
            let files = walkdir::WalkDir::new(folder).into_iter().flatten();
            files
                .filter_map(|file| file.metadata().ok())
                .filter(std::fs::Metadata::is_file)
                .map(|file| file.len())
                .sum()
        });
        let mut storage = StorageUse {
            path: self.config.data_dir.display().to_string(),
            bytes: bytes.await.map_err(|_| Error::Cancelled)?,
            pages: 0,
            files: 0,
            chunks: 0,
        };
        for (collection, counts) in self.knowledge.collection_counts().await? {
            let documents = if is_space(&collection) { &mut storage.pages } else { &mut storage.files };
            *documents += counts.documents() as u32;
            storage.chunks += counts.chunks as u32;
        }
        Ok(storage)
    }

    /// The checks of `doctor`, for the window.
    pub async fn checks(&self) -> Vec<CheckRow> {
        self.doctor().await.into_iter().map(CheckRow::from).collect()
    }
}
