//! Walks a list answer by answer.

use std::collections::HashSet;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::cursor;
use crate::error::Error;
use crate::wire::Envelope;

/// Largest `limit` that the lists take.
pub(crate) const LARGEST_LIMIT: usize = 250;
/// A server that cannot answer this many has another trouble than the number.
const SMALLEST_LIMIT: usize = 10;
/// Empty answers in a row after which a list counts as endless.
const EMPTY_ANSWERS: u32 = 100;

/// What to list.
#[derive(Debug, Clone)]
pub(crate) struct ListRequest {
    /// Path segments below the API's base.
    pub(crate) path: Vec<String>,
    /// Parameters besides `limit` and `cursor`.
    pub(crate) parameters: Vec<(&'static str, String)>,
    /// Answers to ask for at once.
    pub(crate) limit: usize,
}

/// A list on its way. After an error the same answer can be asked for again; the place is kept.
#[derive(Debug)]
pub(crate) struct Listing<T> {
    client: Client,
    request: ListRequest,
    cursor: Option<String>,
    seen: HashSet<u64>,
    empty_answers: u32,
    /// What to ask for once the first answer is there.
    widened: Option<usize>,
    ended: bool,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Listing<T> {
    pub(crate) fn new(client: Client, request: ListRequest) -> Self {
        let (cursor, seen) = (None, HashSet::new());
        Self { client, request, cursor, seen, empty_answers: 0, widened: None, ended: false, item: PhantomData }
    }

    /// Asks for `first` results to begin with, and for the request's own limit from the second answer on.
    pub(crate) fn begin_with(&mut self, first: usize) {
        self.widened = Some(self.request.limit);
        self.request.limit = first.clamp(1, self.request.limit);
    }

    /// The next answer, which may be empty; `None` where the last one had no next link. Where the server gives up on
    /// the number of results, half as many are asked for, from the same cursor on.
    pub(crate) async fn next(&mut self) -> Result<Option<Envelope<T>>, Error> {
        if self.ended {
            return Ok(None);
        }
        loop {
            let can_shrink = self.request.limit > SMALLEST_LIMIT;
            match self.client.list::<T>(&self.request, self.cursor.as_deref(), can_shrink).await {
                Err(error) if can_shrink && error.is_overload() => {
                    self.widened = None;
                    self.request.limit = (self.request.limit / 2).max(SMALLEST_LIMIT);
                    tracing::debug!(%error, limit = self.request.limit, "asking for fewer results");
                    self.client.rest().await;
                }
                Err(error) => return Err(error),
                Ok(reply) => {
                    let next = cursor::next(&reply.value.links, reply.link.as_deref())?;
                    self.advance(next, reply.value.results.is_empty())?;
                    return Ok(Some(reply.value));
                }
            }
        }
    }

    fn advance(&mut self, next: Option<String>, empty: bool) -> Result<(), Error> {
        let Some(next) = next else {
            self.ended = true;
            return Ok(());
        };
        self.empty_answers = if empty { self.empty_answers + 1 } else { 0 };
        if !self.seen.insert(cursor::fingerprint(&next)) || self.empty_answers > EMPTY_ANSWERS {
            return Err(Error::CursorRepeated);
        }
        self.cursor = Some(next);
        self.request.limit = self.widened.take().unwrap_or(self.request.limit);
        Ok(())
    }
}
