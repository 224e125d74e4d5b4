//! The values that cross into the window. Times are RFC 3339 in UTC; the TypeScript beside them is generated. Fractions are
//! always finite and typed as whole numbers there, since a float may be null in JSON.

use serde::{Deserialize, Serialize};
use specta::Type;

mod pages;
mod settings;

pub use pages::{PageFilter, PagePart, PageRow, PageState};
pub use settings::{CheckRow, CheckState, StorageUse};

pub use crate::{
    agents::{AgentContext, AgentDraft, AgentProblem, AgentView, Trigger},
    client::{ClientKind, ClientRegistration, ClientUse},
    connection::ConnectionKind,
    contexts::{
        Colour, ContextDraft, ContextSource, ContextView, Named, SourceKind, SourceNode, SourceRef, SourceState,
    },
    events::AppEvent,
    meeting::{
        Answer, AnswerSentence, AnswerState, Brief, BriefChange, BriefItem, Card, CardReason, CardTook, Endpoint,
        MeetingDraft, MeetingRow, MeetingView, Segment, Trial,
    },
    plan::PlanName,
    secrets::{Choice, SecretStoreUse, StoreKind, StoreState},
    settings::{AnswerSettings, Language, Notifications, Settings},
    sync::{RunStatus, SyncPhase},
};

/// An error as the window gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CommandError {
    /// Stable name.
    pub code: String,
    /// For a person.
    pub message: String,
    /// What helps.
    pub hint: Option<String>,
}

impl From<crate::Error> for CommandError {
    fn from(error: crate::Error) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), hint: error.hints().into_iter().next() }
    }
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Site {
    /// Cloud id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address.
    pub url: String,
}

impl From<&confluence::Site> for Site {
    fn from(site: &confluence::Site) -> Self {
        let crate::status::SiteReport { id, name, url } = site.into();
        Self { id, name, url }
    }
}

/// State of the Confluence card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Never connected.
    Never,
    /// The browser is out.
    Connecting,
    /// Several sites were granted.
    ChooseSite,
    /// Signed in.
    Connected,
    /// The sign-in has expired.
    ReconnectNeeded,
    /// Disconnected, pages kept.
    Disconnected,
}

/// A sign-in under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// Address that was opened in the browser.
    pub authorize_url: String,
    /// When the attempt ends by itself.
    pub expires_at: String,
}

/// A space in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SpaceRow {
    /// Confluence's id.
    pub id: String,
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// Whether it is synced.
    pub selected: bool,
    /// Pages at the last listing.
    pub pages: Option<u32>,
    /// Pages stored and in retrieval.
    pub synced_pages: u32,
    /// When it was last brought up to date.
    pub last_synced_at: Option<String>,
}

/// The plan and how full it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanUse {
    /// The plan.
    pub name: PlanName,
    /// Pages that fit.
    pub limit: Option<u32>,
    /// Pages stored.
    pub used: u32,
}

/// Pages by state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageCounts {
    /// Stored and embedded.
    pub ready: u32,
    /// Found by words, not yet by meaning.
    pub pending: u32,
    /// The last fetch failed.
    pub failed: u32,
    /// Kept, out of retrieval.
    pub unavailable: u32,
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncProgress {
    /// Number of the run.
    pub run_id: u32,
    /// What it does.
    pub phase: SyncPhase,
    /// Pages done in this phase.
    pub done: u32,
    /// Pages of this phase.
    pub total: Option<u32>,
    /// Rate.
    pub pages_per_minute: Option<u32>,
    /// At this rate.
    pub seconds_left: Option<u32>,
    /// The space at hand.
    pub space: Option<String>,
    /// Whether it waits for the user.
    pub paused: bool,
}

/// A page that could not be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncFailure {
    /// Confluence's id.
    pub page_id: String,
    /// Title.
    pub title: String,
    /// Why.
    pub reason: String,
}

/// A page that does not fit the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OverLimitPage {
    /// Confluence's id.
    pub page_id: String,
    /// Title.
    pub title: String,
    /// Key of its space.
    pub space_key: String,
}

/// A run as it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunSummary {
    /// Number of the run.
    pub id: u32,
    /// How it ended.
    pub status: RunStatus,
    /// When it began.
    pub started_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// Pages stored for the first time.
    pub added: u32,
    /// Pages stored again.
    pub updated: u32,
    /// Pages that moved or came back.
    pub moved: u32,
    /// Pages taken out of retrieval.
    pub removed: u32,
    /// Pages that were right already.
    pub unchanged: u32,
    /// Pages that the site showed.
    pub expected: u32,
    /// Of those, pages that are stored.
    pub stored: u32,
    /// Pages that could not be stored.
    pub failed: Vec<SyncFailure>,
    /// How many pages do not fit the plan.
    pub left_out: u32,
    /// The first thousand of those.
    pub over_limit: Vec<OverLimitPage>,
    /// Why it is not complete.
    pub message: Option<String>,
    /// What helps.
    pub hint: Option<String>,
}

/// Problems that the window has its own words and mend for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The grant reaches no site with Confluence.
    NoConfluenceSite,
    /// The site answers with no global space.
    NoSpaces,
    /// The sign-in has expired.
    ReconnectNeeded,
    /// Nothing is selected.
    NothingSelected,
    /// Embeddings are not finished.
    StillPreparing,
    /// Atlassian limits requests.
    RateLimited,
    /// No way to Atlassian.
    Offline,
    /// The sign-in was refused or ran out of time.
    SignInFailed,
    /// No place for tokens.
    SecretStore,
    /// No embedding model.
    ModelMissing,
    /// Anything else; the message says it.
    Other,
}

/// What is wrong at the moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Which.
    pub code: ProblemCode,
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub message: String,
    /// What helps.
    pub hint: Option<String>,
    /// When it ends by itself.
    pub until: Option<String>,
}

/// The Confluence card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConfluenceCard {
    /// Its state.
    pub state: ConnectionState,
    /// How the site was connected.
    pub kind: Option<ConnectionKind>,
    /// The site.
    pub site: Option<Site>,
    /// Account, where known.
    pub account: Option<String>,
    /// The sign-in under way.
    pub sign_in: Option<SignIn>,
    /// Sites to choose from.
    pub sites: Vec<Site>,
    /// Spaces by name.
    pub spaces: Vec<SpaceRow>,
    /// The plan.
    pub plan: PlanUse,
    /// Pages by state.
    pub pages: PageCounts,
    /// The run under way.
    pub sync: Option<SyncProgress>,
    /// The newest run that ended.
    pub last_run: Option<RunSummary>,
    /// When the next one is due.
    pub next_run_at: Option<String>,
    /// What is wrong.
    pub problem: Option<Problem>,
}

/// The Files card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilesCard {
    /// Folders and files that were added, by path.
    pub sources: Vec<FileSource>,
}

/// A folder or file that was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FileSource {
    /// Its number.
    pub id: u32,
    /// Where it lies.
    pub path: String,
    /// Name of the folder or file.
    pub name: String,
    /// Whether the last scan did not find it; its texts are kept and searched.
    pub is_missing: bool,
    /// Whether it is being read.
    pub is_scanning: bool,
    /// Files that are found by words and meaning.
    pub ready: u32,
    /// Files that are found by words only, so far.
    pub pending: u32,
    /// Files that could not be read.
    pub failed: u32,
    /// Files that are gone; their texts are kept, out of retrieval.
    pub unavailable: u32,
    /// When it was last scanned.
    pub scanned_at: Option<String>,
    /// The first hundred files that could not be read.
    pub problems: Vec<FileProblem>,
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FileProblem {
    /// Where it lies.
    pub path: String,
    /// Why, for a person.
    pub reason: String,
}

/// Where a hit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HitSource {
    /// A page.
    Confluence,
    /// A file.
    Files,
}

/// Everything that the window shows without a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools, reason = "independent facts, each read by another part of the window")]
pub struct Overview {
    /// The Confluence card.
    pub confluence: ConfluenceCard,
    /// The Files card.
    pub files: FilesCard,
    /// What the person chose.
    pub settings: Settings,
    /// As which OAuth client the app signs in.
    pub client: ClientUse,
    /// Where secrets are kept, and whether that works.
    pub secret_store: SecretStoreUse,
    /// Whether there is a key for the model that writes answers.
    pub answer_key_kept: bool,
    /// Whether the machine runs on its battery.
    pub on_battery: bool,
    /// Until when the person wants no sync.
    pub paused_until: Option<String>,
    /// Whether the app can be started when the person logs in.
    pub can_start_at_login: bool,
    /// Whether there is an icon in the tray, which keeps the app running when the window is closed.
    pub tray_shown: bool,
    /// Version of the app.
    pub version: String,
    /// Where data lies.
    pub data_dir: String,
    /// Whether the embedding model is there.
    pub model_ready: bool,
    /// Its name and revision.
    pub model_name: Option<String>,
}

/// A piece of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuotePart {
    /// Its text.
    pub text: String,
    /// Whether it matches the question.
    pub marked: bool,
}

/// One cited section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    /// Title of the page or file.
    pub title: String,
    /// Where it comes from.
    pub source: HitSource,
    /// Key of its space; empty for a file.
    pub space_key: String,
    /// Name of its space, or of the folder that was added.
    pub space_name: String,
    /// Confluence's id.
    pub page_id: String,
    /// Version of the text.
    pub version: u32,
    /// Headings above, outermost first.
    pub heading_path: Vec<String>,
    /// Address that opens the section.
    pub url: String,
    /// The quote in pieces.
    pub quote: Vec<QuotePart>,
    /// 0 to 1.
    #[specta(type = u32)]
    pub score: f32,
    /// By words.
    #[specta(type = u32)]
    pub keyword: f32,
    /// By meaning.
    #[specta(type = u32)]
    pub semantic: f32,
    /// State of the page.
    pub state: String,
    /// When the text was stored.
    pub synced_at: String,
}

/// Milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Took {
    /// Embedding the question.
    #[specta(type = u32)]
    pub embed: f64,
    /// Finding and ranking.
    #[specta(type = u32)]
    pub search: f64,
    /// In all.
    #[specta(type = u32)]
    pub total: f64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchResponse {
    /// Best first.
    pub hits: Vec<SearchHit>,
    /// Where the time went.
    pub took: Took,
    /// Pages found by words only.
    pub pending_pages: u32,
}
