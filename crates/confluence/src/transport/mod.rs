//! The one transport: timeouts, retries, rate limits, and a type that can ask but not change anything.

mod answer;
mod backoff;
mod options;
mod rate_limit;
mod tls;
mod usage;
mod wire;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use tokio::sync::Semaphore;
use url::Url;

pub use options::TransportOptions;
pub use rate_limit::RateLimit;
pub use usage::Usage;
pub(crate) use wire::Authentication;

use crate::clock::Clock;
use crate::endpoints::TokenEndpoint;
use crate::error::{BoxError, Error};
use answer::Answer;
use backoff::Failure;
use wire::Wire;

/// Sends requests to one site and its authorization server. Cheap to clone; clones share limits and counts.
///
/// It can express a GET, a POST to the token endpoint, and the POST that asks for people's names: nothing that changes a page
/// can be written with it.
#[derive(Debug, Clone)]
pub struct Transport {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    wire: Wire,
    options: TransportOptions,
    clock: Arc<dyn Clock>,
    slots: Semaphore,
    meter: usage::Meter,
    rate_limit: Mutex<Option<RateLimit>>,
}

/// One request for data.
#[derive(Debug, Clone)]
pub(crate) struct Read {
    /// What is asked for.
    pub(crate) wanted: Wanted,
    /// Who asks.
    pub(crate) authentication: Authentication,
    /// Report an overloaded server at once, because the caller will ask it for less.
    pub(crate) smaller_is_possible: bool,
}

/// What can be asked for.
#[derive(Debug, Clone)]
pub(crate) enum Wanted {
    /// What a GET of this address gives.
    Address(Url),
    /// The names of these accounts, at most 250: the only read of REST v2 that is a POST (`createBulkUserLookup` in its
    /// OpenAPI document).
    Names {
        /// The REST API's root.
        api: Url,
        /// Accounts.
        account_ids: Vec<String>,
    },
}

/// A success.
#[derive(Debug)]
pub(crate) struct Reply<T> {
    /// The body.
    pub(crate) value: T,
    /// The `Link` header.
    pub(crate) link: Option<String>,
}

/// The token endpoint's answer, whatever its status below 500.
#[derive(Debug)]
pub(crate) struct TokenReply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// For the log: without what it was asked with.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(url) => write!(f, "GET {}", url.path()),
            Self::Names { api, .. } => write!(f, "POST {}/users-bulk", api.path()),
        }
    }
}

impl Transport {
    /// Sets up TLS and connection pools; connects to nothing. The clock is for tokens and rate limits.
    pub fn new(options: TransportOptions, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        let inner = Inner {
            wire: Wire::new(&options)?,
            slots: Semaphore::new(options.concurrency.max(1)),
            options,
            clock,
            meter: usage::Meter::default(),
            rate_limit: Mutex::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What the requests have cost so far.
    pub fn usage(&self) -> Usage {
        self.inner.meter.usage()
    }

    /// What the last answer that spoke of rate limits said.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.inner.rate_limit.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        self.inner.clock.now()
    }

    pub(crate) fn count_objects(&self, objects: usize) {
        self.inner.meter.count_objects(objects);
    }

    /// Asks, with retries, for a JSON value.
    pub(crate) async fn read<T: DeserializeOwned>(&self, read: &Read) -> Result<Reply<T>, Error> {
        let mut retries = 0;
        loop {
            match self.read_once(read).await {
                Ok(reply) => return Ok(reply),
                Err(failure) if read.smaller_is_possible && failure.error.is_overload() => return Err(failure.error),
                Err(failure) => self.wait(failure, retries).await?,
            }
            retries += 1;
        }
    }

    /// Asks, with retries, for tokens.
    pub(crate) async fn post_token(
        &self,
        endpoint: &TokenEndpoint,
        fields: Vec<(String, String)>,
    ) -> Result<TokenReply, Error> {
        let json = fields.into_iter().map(|(name, value)| (name, serde_json::Value::from(value))).collect();
        let mut retries = 0;
        loop {
            match self.post_token_once(endpoint, &json).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => self.wait(failure, retries).await?,
            }
            retries += 1;
        }
    }

    /// Waits as long as before the first retry: for callers that repeat a request in smaller parts.
    pub(crate) async fn rest(&self) {
        tokio::time::sleep(backoff::doubled(0, &self.inner.options)).await;
    }

    /// Requests that may be under way at once.
    pub(crate) fn concurrency(&self) -> usize {
        self.inner.options.concurrency.max(1)
    }

    async fn read_once<T: DeserializeOwned>(&self, read: &Read) -> Result<Reply<T>, Failure> {
        self.spare_a_refusal()?;
        let answer = match &read.wanted {
            Wanted::Address(url) => self.attempt(self.inner.wire.get(url, &read.authentication)).await?,
            Wanted::Names { api, account_ids } => {
                self.attempt(self.inner.wire.post_users_bulk(api, account_ids, &read.authentication)).await?
            }
        };
        tracing::debug!(status = answer.status, bytes = answer.body.len(), "{}", read.wanted);
        let value = answer.value(self.now())?;
        Ok(Reply { value, link: answer.link() })
    }

    async fn post_token_once(&self, endpoint: &TokenEndpoint, json: &serde_json::Value) -> Result<TokenReply, Failure> {
        let answer = self.attempt(self.inner.wire.post_token(endpoint, json)).await?;
        match answer.status {
            429 => Err(answer.throttled(self.now())),
            500.. => Err(Error::Server { status: answer.status }.into()),
            status => Ok(TokenReply { status, body: answer.body }),
        }
    }

    /// Waits before the next retry; an error where there is none.
    async fn wait(&self, failure: Failure, retries: u32) -> Result<(), Error> {
        let Some(wait) = backoff::pause(&failure, retries, &self.inner.options) else {
            return Err(failure.error);
        };
        tracing::debug!(error = %failure.error, wait_ms = wait.as_millis(), "trying again");
        tokio::time::sleep(wait).await;
        Ok(())
    }

    /// Once an answer has said that nothing is left of the quota, the next request is known to be refused.
    fn spare_a_refusal(&self) -> Result<(), Error> {
        let now = self.now();
        let spent = self.rate_limit().filter(|limit| limit.remaining == Some(0));
        match spent.and_then(|limit| Some((limit.reset_at.filter(|at| *at > now)?, limit.reason))) {
            Some((until, reason)) => {
                let wait = std::time::Duration::try_from(until - now).unwrap_or_default();
                Err(Error::RateLimited { until, wait, reason })
            }
            None => Ok(()),
        }
    }

    /// One attempt in one of the slots; what it cost and what its headers say is noted.
    async fn attempt(&self, sending: impl Future<Output = Result<Answer, Error>>) -> Result<Answer, Error> {
        let _slot =
            self.inner.slots.acquire().await.map_err(|source| Error::Setup { source: BoxError::from(source) })?;
        self.inner.meter.count_request();
        let answer = sending.await?;
        self.inner.meter.count_bytes(answer.body.len());
        if let Some(limit) = rate_limit::read(&answer.headers, self.now()) {
            *self.inner.rate_limit.lock().unwrap_or_else(PoisonError::into_inner) = Some(limit);
        }
        Ok(answer)
    }
}
