//! The application without a window: connections, sync, plan, scheduler, retrieval.
//!
//! Joins `confluence` (Atlassian's wire and markup) and `knowledge` (text, vectors, ranking) and owns every rule of the
//! product. Front doors (command line, desktop window) call [`App`]; they hold no rule of their own.

mod agents;
mod app;
mod client;
mod clock;
mod config;
mod connection;
mod contexts;
mod convert;
mod diagnostics;
mod doctor;
mod erase;
mod error;
mod evaluation;
mod events;
mod export;
mod files;
mod meeting;
mod notice;
mod overview;
mod pages;
mod phrases;
mod plan;
mod power;
mod sample;
mod schedule;
mod search;
mod secrets;
mod settings;
mod sign_in;
mod spaces;
mod status;
mod store;
pub mod sync;
mod tray_words;

pub use agents::{AgentDraft, AgentView};
pub use app::{App, ModelUse};
pub use clock::{Clock, SharedClock, SystemClock};
pub use config::{Config, DEEP_LINK_REDIRECT, DEFAULT_REDIRECT_PORT};
pub use connection::ConnectionKind;
pub use contexts::{Colour, ContextView, SourceKind, SourceRef, UnknownColour};
pub use convert::{Converted, convert};
pub use doctor::{Check, Verdict};
pub use error::Error;
pub use evaluation::{EvalReport, Percentiles, evaluate};
pub use events::AppEvent;
pub use export::ExportReport;
pub use files::{FileReport, FileRow, FileSource, FileWatch, READABLE_EXTENSIONS};
pub use knowledge::Mode as SearchMode;
pub use meeting::{Card, CardReason, Features, Found, MeetingDraft, Outcome, Session, WeighTook, Weighed};
pub use notice::{Notice, notices};
pub use overview::{Surroundings, dto};
pub use pages::{PageRow, PageSection, PageText};
pub use plan::{PlanName, UnknownPlan};
pub use power::{Power, SharedPower, SystemPower};
pub use schedule::Schedule;
pub use search::{SearchAnswer, SearchHit, SearchScope};
pub use secrets::SecretStoreKind;
pub use sign_in::{Grant, SignInAttempt, SignInVia};
pub use spaces::Space;
pub use status::{ConnectionReport, PageCounts, PlanUse, Status, rfc3339};
pub use tray_words::{TrayLook, TrayMenu, TrayWords};
