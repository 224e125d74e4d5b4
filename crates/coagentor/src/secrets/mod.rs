//! Where tokens are kept: the system's keyring, a file that only the user can read, or memory.
//!
//! Calls into a keyring block and may hang on a locked collection, so they run on a blocking thread with a time limit.

mod file;
mod keychain;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use confluence::{
    TokenSet,
    auth::{StoreError, StoreLock, TokenStore},
};
use secrecy::{ExposeSecret, SecretString};

use crate::Error;

/// Which store holds the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretStoreKind {
    /// The system's: Secret Service, Keychain, Credential Manager.
    Keyring,
    /// `secrets.json` in the data folder, readable by the user alone; for use without a desktop.
    File,
    /// Nothing survives the process.
    Memory,
}

impl std::str::FromStr for SecretStoreKind {
    type Err = Error;

    fn from_str(kind: &str) -> Result<Self, Error> {
        match kind {
            "keyring" => Ok(Self::Keyring),
            "file" => Ok(Self::File),
            "memory" => Ok(Self::Memory),
            _ => Err(Error::Setting {
                name: "COAGENTOR_SECRET_STORE".to_owned(),
                reason: format!("`{kind}` is none of keyring, file and memory"),
            }),
        }
    }
}

/// How long a keyring may take to answer; unlocking asks a person.
const PATIENCE: Duration = Duration::from_secs(20);

/// Named secrets in one store.
#[derive(Debug, Clone)]
pub(crate) struct Secrets {
    place: Place,
    lock_path: PathBuf,
}

#[derive(Debug, Clone)]
enum Place {
    Keyring,
    File(PathBuf),
    Memory(Arc<Mutex<std::collections::BTreeMap<String, SecretString>>>),
}

impl Secrets {
    pub(crate) fn new(kind: SecretStoreKind, data_dir: &std::path::Path) -> Self {
        let place = match kind {
            SecretStoreKind::Keyring => Place::Keyring,
            SecretStoreKind::File => Place::File(data_dir.join("secrets.json")),
            SecretStoreKind::Memory => Place::Memory(Arc::default()),
        };
        Self { place, lock_path: data_dir.join("sign-in.lock") }
    }

    pub(crate) async fn get(&self, name: &str) -> Result<Option<SecretString>, Error> {
        let (place, name) = (self.place.clone(), name.to_owned());
        blocking(move || place.get(&name)).await
    }

    pub(crate) async fn put(&self, name: &str, secret: SecretString) -> Result<(), Error> {
        let (place, name) = (self.place.clone(), name.to_owned());
        blocking(move || place.put(&name, &secret)).await
    }

    pub(crate) async fn delete(&self, name: &str) -> Result<(), Error> {
        let (place, name) = (self.place.clone(), name.to_owned());
        blocking(move || place.delete(&name)).await
    }

    /// Whether the store really keeps what it is given: an unlocked keyring and a locked one answer `get` alike.
    pub(crate) async fn probe(&self) -> Result<(), Error> {
        self.put("probe", SecretString::from("probe")).await?;
        let kept = self.get("probe").await?;
        self.delete("probe").await?;
        match kept {
            Some(secret) if secret.expose_secret() == "probe" => Ok(()),
            _ => Err(Error::SecretStore { reason: "it does not keep what it is given".to_owned() }),
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    match tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(Error::SecretStore { reason: "it stopped while answering".to_owned() }),
        Err(_) => Err(Error::SecretStore { reason: "it does not answer; is the keyring locked?".to_owned() }),
    }
}

impl Place {
    fn get(&self, name: &str) -> Result<Option<SecretString>, Error> {
        match self {
            Self::Keyring => keychain::get(name),
            Self::File(path) => Ok(file::read(path)?.remove(name)),
            Self::Memory(map) => Ok(map.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()),
        }
    }

    fn put(&self, name: &str, secret: &SecretString) -> Result<(), Error> {
        match self {
            Self::Keyring => keychain::put(name, secret),
            Self::File(path) => file::update(path, |map| {
                map.insert(name.to_owned(), secret.clone());
            }),
            Self::Memory(map) => {
                map.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), secret.clone());
                Ok(())
            }
        }
    }

    fn delete(&self, name: &str) -> Result<(), Error> {
        match self {
            Self::Keyring => keychain::delete(name),
            Self::File(path) => file::update(path, |map| {
                map.remove(name);
            }),
            Self::Memory(map) => {
                map.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
                Ok(())
            }
        }
    }
}

/// Name of the OAuth token pair in the store.
pub(crate) const TOKENS: &str = "atlassian-tokens";
/// Name of the API token in the store.
pub(crate) const API_TOKEN: &str = "atlassian-api-token";

#[async_trait]
impl TokenStore for Secrets {
    async fn load(&self) -> Result<Option<TokenSet>, StoreError> {
        match self.get(TOKENS).await.map_err(StoreError::new)? {
            // What can't be read as tokens is as good as none: the person signs in again.
            Some(secret) => Ok(TokenSet::from_secret_json(&secret).ok()),
            None => Ok(None),
        }
    }

    async fn save(&self, tokens: &TokenSet) -> Result<(), StoreError> {
        // One entry of the Windows Credential Manager holds about 2.5 KB, less than an access token may have.
        let kept = if cfg!(windows) { tokens.without_access_token() } else { tokens.clone() };
        self.put(TOKENS, kept.to_secret_json()).await.map_err(StoreError::new)
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.delete(TOKENS).await.map_err(StoreError::new)
    }

    async fn lock(&self) -> Result<StoreLock, StoreError> {
        let path = self.lock_path.clone();
        let lock = tokio::task::spawn_blocking(move || {
            let file = std::fs::File::create(path)?;
            file.lock()?;
            Ok::<_, std::io::Error>(file)
        });
        match lock.await {
            Ok(Ok(file)) => Ok(Box::new(file)),
            Ok(Err(error)) => Err(StoreError::new(error)),
            Err(error) => Err(StoreError::new(error)),
        }
    }
}
