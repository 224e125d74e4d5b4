//! Names of the people who edited pages and are mentioned in them. Pages carry account ids alone. Names are a part of texts
//! and no more: whatever goes wrong with them, the pages are synced.

use std::collections::{BTreeMap, BTreeSet};

use confluence::{BodyFormat, Client, Error as Wire, Page, storage};
use time::{Duration, OffsetDateTime};

use crate::{Error, store::Store};

/// Somebody without a name is asked for again after so long.
const ASKED_AGAIN: Duration = Duration::days(30);

/// After so many failures in a row nobody is asked for any more.
const MOST_FAILURES: u32 = 3;

/// Who is known by now.
pub(crate) struct People {
    /// Whether names can be asked for.
    may_ask: bool,
    failures: u32,
    /// By account id; empty for one who has no name.
    names: BTreeMap<String, String>,
}

impl People {
    pub(super) fn new(may_ask: bool) -> Self {
        Self { may_ask, failures: 0, names: BTreeMap::new() }
    }

    /// The display name of an account, where it is known.
    pub(crate) fn name(&self, account: &str) -> Option<String> {
        self.names.get(account).filter(|name| !name.is_empty()).cloned()
    }

    /// Gets to know everybody that these pages need: from what is stored, and from Confluence.
    pub(super) async fn meet(
        &mut self,
        client: &Client,
        store: &Store,
        pages: impl Iterator<Item = &Page>,
        now: OffsetDateTime,
    ) -> Result<(), Error> {
        let mut needed: BTreeSet<&str> = pages.flat_map(accounts).collect();
        needed.retain(|account| !self.names.contains_key(*account));
        if needed.is_empty() {
            return Ok(());
        }
        self.names.extend(store.people(&needed, now - ASKED_AGAIN).await?);
        needed.retain(|account| !self.names.contains_key(*account));
        if needed.is_empty() || !self.may_ask {
            return Ok(());
        }
        let unknown: Vec<String> = needed.into_iter().map(str::to_owned).collect();
        match client.user_names(&unknown).await {
            Ok(mut told) => {
                let met = unknown.into_iter().map(|account| {
                    let name = told.remove(&account).unwrap_or_default();
                    (account, name)
                });
                let met: BTreeMap<String, String> = met.collect();
                store.put_people(&met, now).await?;
                self.names.extend(met);
                self.failures = 0;
            }
            Err(error) => {
                tracing::debug!(%error, "pages go without names");
                self.failures += 1;
                let is_final =
                    matches!(error, Wire::ScopeMissing { .. } | Wire::NotPermitted { .. } | Wire::Gone { .. });
                self.may_ask = !is_final && self.failures < MOST_FAILURES;
            }
        }
        Ok(())
    }
}

/// Accounts whose names a page's text needs.
fn accounts(page: &Page) -> BTreeSet<&str> {
    let mentioned = page.body.as_ref().filter(|body| body.format == BodyFormat::Storage);
    let mut accounts = mentioned.map(|body| storage::mentioned_accounts(&body.value)).unwrap_or_default();
    accounts.extend(page.head.modified_by.as_deref());
    accounts
}
