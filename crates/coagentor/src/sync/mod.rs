//! One sync run: list what the site shows, plan, fetch, store, embed, and prove what came of it.

mod confirm;
mod control;
mod document;
mod embed;
mod execute;
mod folders;
mod ledger;
mod list;
mod lock;
mod people;
mod plan;
mod report;
mod run;

pub use control::SyncControl;
pub use plan::{Listing, LocalPage, LocalState, RemotePage, Removal, SyncOp, SyncPlan, plan};
pub use report::{OverLimitPage, Progress, RunStatus, RunSummary, SyncFailure, SyncPhase, Tally};
pub use run::SyncOptions;

pub(crate) use lock::SyncLock;

pub(crate) use document::{DEEPEST, collection_key, document_key, is_space, page_facts, page_of, section};
