//! Token stores that fail, or tell what happened.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use confluence::TokenSet;
use confluence::auth::{MemoryTokenStore, StoreError, StoreLock, TokenStore};
use tokio::sync::Notify;

/// Refuses the first so many saves.
#[derive(Debug, Clone)]
pub(crate) struct FailingStore {
    pub(crate) memory: MemoryTokenStore,
    pub(crate) failures_left: Arc<AtomicU32>,
}

#[async_trait]
impl TokenStore for FailingStore {
    async fn load(&self) -> Result<Option<TokenSet>, StoreError> {
        self.memory.load().await
    }

    async fn save(&self, tokens: &TokenSet) -> Result<(), StoreError> {
        let failing = self.failures_left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match failing {
            Ok(_) => Err(StoreError::new("the keychain is locked")),
            Err(_) => self.memory.save(tokens).await,
        }
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.memory.clear().await
    }

    async fn lock(&self) -> Result<StoreLock, StoreError> {
        self.memory.lock().await
    }
}

/// Keeps refresh tokens only, as a keychain with short entries does, and tells of each save.
#[derive(Debug, Clone, Default)]
pub(crate) struct ShortStore {
    pub(crate) memory: MemoryTokenStore,
    pub(crate) saved: Arc<Notify>,
}

#[async_trait]
impl TokenStore for ShortStore {
    async fn load(&self) -> Result<Option<TokenSet>, StoreError> {
        self.memory.load().await
    }

    async fn save(&self, tokens: &TokenSet) -> Result<(), StoreError> {
        self.memory.save(&tokens.without_access_token()).await?;
        self.saved.notify_one();
        Ok(())
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.memory.clear().await
    }

    async fn lock(&self) -> Result<StoreLock, StoreError> {
        self.memory.lock().await
    }
}
