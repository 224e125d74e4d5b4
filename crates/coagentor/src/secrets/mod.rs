//! Where tokens are kept: the system's keyring; where it has none, memory or a file that a passphrase opens; without a
//! desktop, a file that only the user can read.
//!
//! Calls into a keyring block and may hang on a locked collection, so they run on a blocking thread with a time limit.

mod file;
mod keychain;
mod vault;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use async_trait::async_trait;
use confluence::{
    TokenSet,
    auth::{StoreError, StoreLock, TokenStore},
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use specta::Type;

use self::vault::Vault;
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
                name: STORE_VARIABLE.to_owned(),
                reason: format!("`{kind}` is none of keyring, file and memory"),
            }),
        }
    }
}

/// What the person chose where the system has no place for secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Nothing survives the process: sign in again after each start.
    Session,
    /// A file that a passphrase opens.
    Passphrase,
}

impl Choice {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Passphrase => "passphrase",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        [Self::Session, Self::Passphrase].into_iter().find(|choice| choice.as_str() == name)
    }
}

/// Where secrets are kept, and whether that works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SecretStoreUse {
    /// Which place.
    pub kind: StoreKind,
    /// Whether it works.
    pub state: StoreState,
    /// Why it does not.
    pub reason: Option<String>,
}

/// A place for secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// The system's secret store.
    Keyring,
    /// A file that only the user can read; chosen in the environment.
    File,
    /// A file that a passphrase opens.
    Passphrase,
    /// Memory: nothing survives the process.
    Session,
}

/// Whether a place for secrets works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StoreState {
    /// It works, as far as is known.
    Ready,
    /// The system has no usable one, and the person has not chosen what to do yet.
    Missing,
    /// It waits for its passphrase.
    Locked,
}

const STORE_VARIABLE: &str = "COAGENTOR_SECRET_STORE";
/// How long a keyring may take to answer; unlocking asks a person.
const PATIENCE: Duration = Duration::from_secs(20);
const VAULT: &str = "secrets.vault";

/// Named secrets in one store. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Secrets(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Given by the environment; the person has no choice then.
    forced: Option<SecretStoreKind>,
    place: RwLock<Place>,
    /// Why the system's store can't be used, where that was found out.
    trouble: Mutex<Option<String>>,
    data_dir: PathBuf,
}

#[derive(Debug, Clone)]
enum Place {
    Keyring,
    File(PathBuf),
    Memory(Arc<Mutex<file::Map>>),
    Vault(Arc<Vault>),
}

impl Secrets {
    pub(crate) fn new(forced: Option<SecretStoreKind>, choice: Option<Choice>, data_dir: &Path) -> Self {
        let vault = data_dir.join(VAULT);
        let place = match (forced, choice) {
            (Some(SecretStoreKind::Keyring), _) | (None, None) => Place::Keyring,
            (Some(SecretStoreKind::File), _) => Place::File(data_dir.join("secrets.json")),
            (Some(SecretStoreKind::Memory), _) | (None, Some(Choice::Session)) => Place::Memory(Arc::default()),
            // Without its file there is nothing to unlock, and the choice is open again.
            (None, Some(Choice::Passphrase)) if !vault.exists() => Place::Keyring,
            (None, Some(Choice::Passphrase)) => Place::Vault(Arc::new(Vault::locked(vault))),
        };
        let (place, trouble) = (RwLock::new(place), Mutex::default());
        Self(Arc::new(Inner { forced, place, trouble, data_dir: data_dir.to_owned() }))
    }

    pub(crate) async fn get(&self, name: &str) -> Result<Option<SecretString>, Error> {
        let (place, name) = (self.place(), name.to_owned());
        blocking(move || place.get(&name)).await
    }

    pub(crate) async fn put(&self, name: &str, secret: SecretString) -> Result<(), Error> {
        let (place, name) = (self.place(), name.to_owned());
        blocking(move || place.put(&name, &secret)).await
    }

    pub(crate) async fn delete(&self, name: &str) -> Result<(), Error> {
        let (place, name) = (self.place(), name.to_owned());
        blocking(move || place.delete(&name)).await
    }

    /// Whether the store really keeps what it is given: an unlocked keyring and a locked one answer `get` alike.
    pub(crate) async fn probe(&self) -> Result<(), Error> {
        let place = self.place();
        let probed = blocking(move || place.probe()).await;
        self.note_trouble(&probed);
        probed
    }

    /// Whether there is a store at all, without asking it to keep anything: that could ask the person to unlock it.
    pub(crate) async fn look(&self) -> Result<(), Error> {
        if !matches!(self.place(), Place::Keyring) {
            return Ok(());
        }
        let looked = blocking(keychain::look).await;
        self.note_trouble(&looked);
        looked
    }

    fn note_trouble(&self, outcome: &Result<(), Error>) {
        let reason = match outcome {
            Ok(()) | Err(Error::SecretsLocked) => None,
            Err(Error::SecretStore { reason }) => Some(reason.clone()),
            Err(error) => Some(error.to_string()),
        };
        *self.0.trouble.lock().unwrap_or_else(PoisonError::into_inner) = reason;
    }

    /// Where secrets are kept, as far as is known without asking.
    pub(crate) fn in_use(&self) -> SecretStoreUse {
        let (kind, is_locked) = match self.place() {
            Place::Keyring => (StoreKind::Keyring, false),
            Place::File(_) => (StoreKind::File, false),
            Place::Memory(_) => (StoreKind::Session, false),
            Place::Vault(vault) => (StoreKind::Passphrase, vault.is_locked()),
        };
        let reason = self.0.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let state = match &reason {
            _ if is_locked => StoreState::Locked,
            Some(_) => StoreState::Missing,
            None => StoreState::Ready,
        };
        SecretStoreUse { kind, state, reason: reason.filter(|_| !is_locked) }
    }

    /// Keeps secrets elsewhere from now on. What the store so far held in this process moves along.
    pub(crate) async fn choose(&self, choice: Choice, passphrase: Option<SecretString>) -> Result<(), Error> {
        self.check_free()?;
        let held = self.place().held();
        let path = self.0.data_dir.join(VAULT);
        let place = match (choice, passphrase) {
            (Choice::Session, _) => Place::Memory(Arc::new(Mutex::new(held))),
            (Choice::Passphrase, Some(passphrase)) => {
                let vault = blocking(move || Vault::create(path, &passphrase, held)).await?;
                Place::Vault(Arc::new(vault))
            }
            (Choice::Passphrase, None) => {
                let reason = "there is none".to_owned();
                return Err(Error::Setting { name: "passphrase".to_owned(), reason });
            }
        };
        self.set_place(place);
        Ok(())
    }

    /// Opens the file that a passphrase opens.
    pub(crate) async fn unlock(&self, passphrase: SecretString) -> Result<(), Error> {
        match self.place() {
            Place::Vault(vault) => blocking(move || vault.unlock(&passphrase)).await,
            _ => Ok(()),
        }
    }

    /// Forgets every secret, and what the person chose.
    pub(crate) async fn clear(&self) -> Result<(), Error> {
        let place = self.place();
        if !matches!(&place, Place::Vault(_)) {
            let cleared = blocking(move || NAMES.iter().try_for_each(|name| place.delete(name))).await;
            // A store that could never be used holds nothing.
            cleared.or_else(|error| if self.in_use().state == StoreState::Missing { Ok(()) } else { Err(error) })?;
        }
        for name in [VAULT, "secrets.json"] {
            file::remove(&self.0.data_dir.join(name))?;
        }
        if self.0.forced.is_none() {
            self.set_place(Place::Keyring);
        }
        Ok(())
    }

    fn check_free(&self) -> Result<(), Error> {
        match self.0.forced {
            None => Ok(()),
            Some(_) => Err(Error::Setting {
                name: "secret store".to_owned(),
                reason: format!("{STORE_VARIABLE} says where secrets are kept"),
            }),
        }
    }

    fn place(&self) -> Place {
        self.0.place.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_place(&self, place: Place) {
        *self.0.place.write().unwrap_or_else(PoisonError::into_inner) = place;
        *self.0.trouble.lock().unwrap_or_else(PoisonError::into_inner) = None;
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
            Self::Vault(vault) => vault.read(|map| map.get(name).cloned()),
        }
    }

    fn put(&self, name: &str, secret: &SecretString) -> Result<(), Error> {
        let insert = |map: &mut file::Map| drop(map.insert(name.to_owned(), secret.clone()));
        match self {
            Self::Keyring => keychain::put(name, secret),
            Self::File(path) => file::update(path, insert),
            Self::Memory(map) => {
                insert(&mut map.lock().unwrap_or_else(PoisonError::into_inner));
                Ok(())
            }
            Self::Vault(vault) => vault.update(insert),
        }
    }

    fn delete(&self, name: &str) -> Result<(), Error> {
        let remove = |map: &mut file::Map| drop(map.remove(name));
        match self {
            Self::Keyring => keychain::delete(name),
            Self::File(path) => file::update(path, remove),
            Self::Memory(map) => {
                remove(&mut map.lock().unwrap_or_else(PoisonError::into_inner));
                Ok(())
            }
            Self::Vault(vault) => vault.update(remove),
        }
    }

    fn probe(&self) -> Result<(), Error> {
        self.put("probe", &SecretString::from("probe"))?;
        let kept = self.get("probe")?;
        self.delete("probe")?;
        match kept {
            Some(secret) if secret.expose_secret() == "probe" => Ok(()),
            _ => Err(Error::SecretStore { reason: "it does not keep what it is given".to_owned() }),
        }
    }

    /// Secrets that only this process has, or has opened.
    fn held(&self) -> file::Map {
        match self {
            Self::Memory(map) => map.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Self::Vault(vault) => vault.read(Clone::clone).unwrap_or_default(),
            Self::Keyring | Self::File(_) => file::Map::new(),
        }
    }
}

/// Name of the OAuth token pair in the store.
pub(crate) const TOKENS: &str = "atlassian-tokens";
/// Name of the API token in the store.
pub(crate) const API_TOKEN: &str = "atlassian-api-token";
/// Name of the secret of the person's own OAuth app in the store.
pub(crate) const CLIENT_SECRET: &str = "oauth-client-secret";
/// Name of the sign-in that waits for the browser in the store.
pub(crate) const SIGN_IN: &str = "sign-in";
/// All of them.
const NAMES: [&str; 4] = [TOKENS, API_TOKEN, CLIENT_SECRET, SIGN_IN];

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
        let path = self.0.data_dir.join("sign-in.lock");
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
