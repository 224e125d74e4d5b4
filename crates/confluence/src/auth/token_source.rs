//! A connection's access token, always fresh, refreshed by one caller for all.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use secrecy::{ExposeSecret, SecretString};
use time::Duration;

use super::app::OAuthApp;
use super::error::AuthError;
use super::store::TokenStore;
use super::token_endpoint;
use super::token_set::TokenSet;
use crate::endpoints::Endpoints;
use crate::transport::Transport;

/// How long before its end an access token is replaced.
const MARGIN: Duration = Duration::minutes(2);

impl State {
    fn install(&mut self, tokens: &TokenSet) {
        if self.refused.take().is_some() {
            self.unproven = Some(tokens.access_token.clone());
        }
        self.tokens = Some(tokens.clone());
    }
}

/// Gives access tokens of one connection. Cheap to clone; clones share one refresh.
///
/// A refresh runs to its end even when every caller has gone: the old refresh token is spent by then, and only a saved
/// pair keeps the connection.
#[derive(Clone)]
pub struct TokenSource {
    inner: Arc<Inner>,
}

struct Inner {
    transport: Transport,
    app: OAuthApp,
    endpoints: Endpoints,
    store: Arc<dyn TokenStore>,
    state: Mutex<State>,
}

type Flight = Shared<BoxFuture<'static, Result<TokenSet, AuthError>>>;

/// A pair that the store did not take, and the spent one that it still holds.
#[derive(Clone)]
struct Unsaved {
    spent: TokenSet,
    next: TokenSet,
}

#[derive(Default)]
struct State {
    tokens: Option<TokenSet>,
    /// Refreshed but not saved yet: the store failed.
    unsaved: Option<Unsaved>,
    /// An access token that the API refused before its time.
    refused: Option<SecretString>,
    /// What a refusal was answered with, as long as no request has succeeded with it.
    unproven: Option<SecretString>,
    /// A grant that the server called dead; asking again would change nothing.
    dead: Option<TokenSet>,
    flight: Option<Flight>,
}

impl TokenSource {
    /// Tokens of the connection that `store` keeps. Reads nothing before the first use.
    pub fn new(transport: Transport, app: OAuthApp, endpoints: Endpoints, store: Arc<dyn TokenStore>) -> Self {
        Self { inner: Arc::new(Inner { transport, app, endpoints, store, state: Mutex::default() }) }
    }

    /// An access token that is good for two more minutes at least.
    pub async fn access_token(&self) -> Result<SecretString, AuthError> {
        if let Some(token) = self.inner.usable() {
            return Ok(token);
        }
        let flight = self.inner.join_flight();
        flight.await.map(|tokens| tokens.access_token)
    }

    /// Takes over the tokens of a new sign-in.
    pub async fn adopt(&self, tokens: TokenSet) -> Result<(), AuthError> {
        let _lock = self.inner.store.lock().await?;
        self.inner.store.save(&tokens).await?;
        *self.inner.state() = State { tokens: Some(tokens), ..State::default() };
        Ok(())
    }

    /// Forgets the tokens, here and in the store. Atlassian has no revocation endpoint: the grant itself ends in the
    /// person's account settings.
    pub async fn forget(&self) -> Result<(), AuthError> {
        let _lock = self.inner.store.lock().await?;
        self.inner.store.clear().await?;
        *self.inner.state() = State::default();
        Ok(())
    }

    /// Tells that the API refused `token` with 401. True where another token may do better: the next
    /// [`Self::access_token`] brings it. False where `token` itself was the answer to a refusal and never worked, so
    /// that a server which refuses everything is not met with an endless loop of refreshes.
    pub fn invalidate(&self, token: &SecretString) -> bool {
        let mut state = self.inner.state();
        if same(state.unproven.as_ref(), token) {
            return false;
        }
        if state.tokens.as_ref().is_some_and(|tokens| same(Some(&tokens.access_token), token)) {
            state.refused = Some(token.clone());
        }
        true
    }

    /// Tells that the API accepted `token`.
    pub(crate) fn accepted(&self, token: &SecretString) {
        let mut state = self.inner.state();
        if same(state.unproven.as_ref(), token) {
            state.unproven = None;
        }
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock; a poisoned one would still hold whole values.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_usable(&self, tokens: &TokenSet, refused: Option<&SecretString>) -> bool {
        tokens.is_fresh(self.transport.now(), MARGIN) && !same(refused, &tokens.access_token)
    }

    fn usable(&self) -> Option<SecretString> {
        let state = self.state();
        let tokens = state.tokens.as_ref().filter(|tokens| self.is_usable(tokens, state.refused.as_ref()))?;
        (state.unsaved.is_none()).then(|| tokens.access_token.clone())
    }

    /// Joins the refresh that is under way, or starts one.
    fn join_flight(self: &Arc<Self>) -> Flight {
        let mut state = self.state();
        if let Some(flight) = &state.flight {
            return flight.clone();
        }
        let task = tokio::spawn(Arc::clone(self).fly());
        // The task is never aborted and does not panic; a runtime that shuts down takes the callers with it.
        let flight = task.map(|outcome| outcome.unwrap_or(Err(AuthError::Cancelled))).boxed().shared();
        state.flight = Some(flight.clone());
        flight
    }

    async fn fly(self: Arc<Self>) -> Result<TokenSet, AuthError> {
        let outcome = self.renew().await;
        self.state().flight = None;
        outcome
    }

    /// Under the store's lock: takes what another process has refreshed, or refreshes.
    async fn renew(&self) -> Result<TokenSet, AuthError> {
        let _lock = self.store.lock().await?;
        let mut stored = self.store.load().await?.ok_or(AuthError::SignedOut)?;
        let unsaved = self.state().unsaved.take();
        // Another process may have signed in anew meanwhile; then the unsaved pair is history.
        if let Some(unsaved) = unsaved.filter(|unsaved| unsaved.spent.is_same_grant_step(&stored)) {
            self.keep(unsaved.clone()).await?;
            stored = unsaved.next;
        }
        if let Some(tokens) = self.known_or_stored(&stored)? {
            return Ok(tokens);
        }
        self.refresh(&stored).await
    }

    /// Tokens that need no request: this process's own where the store keeps no access token, or the stored ones.
    fn known_or_stored(&self, stored: &TokenSet) -> Result<Option<TokenSet>, AuthError> {
        let mut state = self.state();
        if state.dead.as_ref().is_some_and(|dead| dead.is_same_grant_step(stored)) {
            return Err(AuthError::ReconnectNeeded);
        }
        let own = state.tokens.clone().filter(|own| own.is_same_grant_step(stored));
        let usable = [own, Some(stored.clone())]
            .into_iter()
            .flatten()
            .find(|tokens| self.is_usable(tokens, state.refused.as_ref()));
        if let Some(tokens) = &usable {
            state.install(tokens);
        }
        Ok(usable)
    }

    async fn refresh(&self, spent: &TokenSet) -> Result<TokenSet, AuthError> {
        tracing::debug!("refreshing the access token");
        let next = match token_endpoint::refresh(&self.transport, &self.app, &self.endpoints, spent).await {
            Ok(next) => next,
            Err(error) => {
                if matches!(error, AuthError::ReconnectNeeded) {
                    self.state().dead = Some(spent.clone());
                }
                return Err(error);
            }
        };
        self.keep(Unsaved { spent: spent.clone(), next: next.clone() }).await?;
        Ok(next)
    }

    /// Saves a pair before anybody uses it: after a crash the spent pair would be all there is.
    async fn keep(&self, pair: Unsaved) -> Result<(), AuthError> {
        self.state().unsaved = Some(pair.clone());
        self.store.save(&pair.next).await?;
        let mut state = self.state();
        state.unsaved = None;
        state.install(&pair.next);
        Ok(())
    }
}

fn same(one: Option<&SecretString>, other: &SecretString) -> bool {
    one.is_some_and(|one| one.expose_secret() == other.expose_secret())
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSource").field("client_id", &self.inner.app.client_id).finish_non_exhaustive()
    }
}
