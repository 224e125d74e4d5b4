//! Where tokens rest between two runs of a program.

use std::error::Error as StdError;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::token_set::TokenSet;

/// Held while one process refreshes; letting go of it lets the next one in.
pub type StoreLock = Box<dyn Send>;

/// Keeps one connection's tokens, usually in the system's keychain.
#[async_trait]
pub trait TokenStore: Send + Sync {
    /// The tokens last saved, by whichever process; `None` where nobody has signed in.
    async fn load(&self) -> Result<Option<TokenSet>, StoreError>;

    /// Keeps the tokens; they outlive the process when this returns.
    async fn save(&self, tokens: &TokenSet) -> Result<(), StoreError>;

    /// Forgets the tokens; forgetting none is fine.
    async fn clear(&self) -> Result<(), StoreError>;

    /// Waits until no other process holds the lock. A refresh token works once, so only one process may refresh.
    async fn lock(&self) -> Result<StoreLock, StoreError>;
}

/// The store could not do its work.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct StoreError(Arc<dyn StdError + Send + Sync>);

impl StoreError {
    /// A failure with its cause, or in a few words; neither may repeat a secret.
    pub fn new(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Arc::from(cause.into()))
    }
}

/// Keeps the tokens as long as the process lives. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct MemoryTokenStore {
    tokens: Arc<Mutex<Option<TokenSet>>>,
    gate: Arc<Mutex<()>>,
}

impl MemoryTokenStore {
    /// A store that already holds a signed-in person's tokens.
    pub fn holding(tokens: TokenSet) -> Self {
        Self { tokens: Arc::new(Mutex::new(Some(tokens))), gate: Arc::default() }
    }
}

#[async_trait]
impl TokenStore for MemoryTokenStore {
    async fn load(&self) -> Result<Option<TokenSet>, StoreError> {
        Ok(self.tokens.lock().await.clone())
    }

    async fn save(&self, tokens: &TokenSet) -> Result<(), StoreError> {
        *self.tokens.lock().await = Some(tokens.clone());
        Ok(())
    }

    async fn clear(&self) -> Result<(), StoreError> {
        *self.tokens.lock().await = None;
        Ok(())
    }

    async fn lock(&self) -> Result<StoreLock, StoreError> {
        let guard: OwnedMutexGuard<()> = Arc::clone(&self.gate).lock_owned().await;
        Ok(Box::new(guard))
    }
}
