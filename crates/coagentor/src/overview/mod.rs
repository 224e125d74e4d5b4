//! What the desktop window shows: the state of the Confluence card as one value, and the steps that change it.
//!
//! The command line calls the same operations one by one; the window needs to know what is under way between two of
//! them: a browser that is out, a choice of sites, a run.

mod card;
pub mod dto;
mod files;
mod page_list;
mod steps;
mod surroundings;

pub use surroundings::Surroundings;

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use secrecy::SecretString;
use time::OffsetDateTime;
use tokio::task::AbortHandle;

use crate::{
    Error,
    sign_in::{Grant, SignInAttempt},
    sync::SyncControl,
};

/// What is under way.
#[derive(Default)]
pub(crate) struct Desk {
    sign_in: SignInStep,
    run: Option<SyncControl>,
    problem: Option<Error>,
    /// File sources that are being read.
    scanning: BTreeSet<i64>,
    /// What the desktop around the app can do.
    surroundings: Surroundings,
    /// An address that may be the answer to a sign-in which is locked away with the other secrets.
    answer: Option<SecretString>,
}

#[derive(Default)]
enum SignInStep {
    #[default]
    None,
    /// The browser is out.
    Waiting { attempt: std::sync::Arc<SignInAttempt>, expires_at: OffsetDateTime, waiter: AbortHandle },
    /// Several sites were granted.
    Choosing(std::sync::Arc<Grant>),
}

/// A desk is only read and written whole; a panic elsewhere leaves it usable.
fn open(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}
