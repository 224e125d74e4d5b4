//! Everything that can go wrong, with a stable code and a mend for the person in front of it.

use std::path::PathBuf;

/// An error of the application. [`Error::code`] is stable, the message is for a person, [`Error::hints`] say what helps.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no connection to work with.
    #[error("no Confluence site is connected")]
    NotConnected,
    /// The sign-in has expired or was revoked.
    #[error("your Atlassian sign-in has expired; your spaces are still selected")]
    ReconnectNeeded,
    /// No OAuth app is configured.
    #[error("no OAuth client id is set")]
    NoClientId,
    /// The grant reaches no site with Confluence.
    #[error("no Confluence site found for this account")]
    NoConfluenceSite,
    /// Several sites were granted and none was chosen.
    #[error("this sign-in reaches several sites: {}", .names.join(", "))]
    SeveralSites {
        /// Their names.
        names: Vec<String>,
    },
    /// No granted site has this id or name.
    #[error("this sign-in does not reach a site `{wanted}`; it reaches {}", .names.join(", "))]
    UnknownSite {
        /// What was asked for.
        wanted: String,
        /// What there is.
        names: Vec<String>,
    },
    /// No sign-in is waiting.
    #[error("no sign-in is waiting for an answer")]
    NoSignIn,
    /// The sign-in was cancelled by the user.
    #[error("the sign-in was cancelled")]
    SignInCancelled,
    /// Space keys that the site does not have.
    #[error("no space with the key {}", .keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "))]
    UnknownSpaces {
        /// The keys or ids that were not found.
        keys: Vec<String>,
    },
    /// A sync with no space selected.
    #[error("choose at least one space")]
    NothingSelected,
    /// Another run holds the lock.
    #[error("a sync is already running ({who})")]
    SyncRunning {
        /// Who runs it.
        who: String,
    },
    /// The schedule asked, and the run is not due any more.
    #[error("no sync is due")]
    NotDue,
    /// The run was cancelled.
    #[error("the sync was cancelled")]
    Cancelled,
    /// No such page is stored.
    #[error("no stored page has the id `{id}`")]
    UnknownPage {
        /// The id asked for.
        id: String,
    },
    /// A file of a kind that can't be read, or with a name that can't be kept.
    #[error("`{path}` is not a file that can be read")]
    UnreadableFile {
        /// The file.
        path: PathBuf,
    },
    /// It lies in a folder that was added already.
    #[error("`{path}` lies in `{source_path}`, which was added already")]
    FileInside {
        /// What was to be added.
        path: PathBuf,
        /// What was added before.
        source_path: PathBuf,
    },
    /// A folder of more files than the app takes.
    #[error("`{path}` has more than {limit} files")]
    TooManyFiles {
        /// The folder.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// No such folder or file was added.
    #[error("`{path}` is not among the folders and files that were added")]
    UnknownFileSource {
        /// What was asked for.
        path: PathBuf,
    },
    /// Another context or agent has the name.
    #[error("the name `{name}` is taken")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// No context has this name.
    #[error("there is no context `{name}`")]
    UnknownContext {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// No agent has this name.
    #[error("there is no agent `{name}`")]
    UnknownAgent {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// No such source can be taken into a context.
    #[error("`{source_name}` is no source that is there")]
    UnknownSource {
        /// What was asked for.
        source_name: String,
    },
    /// Retrieval would find nothing, since the agent may see nothing.
    #[error("the agent `{name}` has no context")]
    AgentHasNoContext {
        /// The agent.
        name: String,
    },
    /// Retrieval would find nothing, since there is no document to find.
    #[error("`{name}` has no pages or files that can be found")]
    NothingInReach {
        /// The context or agent.
        name: String,
    },
    /// There is no such meeting.
    #[error("there is no meeting {id}")]
    UnknownMeeting {
        /// Its number.
        id: u32,
    },
    /// The meeting is over.
    #[error("this meeting has ended")]
    MeetingEnded,
    /// One meeting at a time.
    #[error("a meeting is running already")]
    MeetingRunning,
    /// The endpoint for captions did not start.
    #[error("captions of another program can't be taken: {reason}")]
    CaptionEndpoint {
        /// Why.
        reason: String,
    },
    /// The model for answers could not be asked.
    #[error("the model can't be asked: {reason}")]
    Answers {
        /// Why.
        reason: String,
        /// What helps.
        hint: &'static str,
    },
    /// An address that the app will not open.
    #[error("`{url}` is not a page of the connected site")]
    ForeignUrl {
        /// The address.
        url: String,
    },
    /// A setting that can't be used.
    #[error("{name}: {reason}")]
    Setting {
        /// The setting or variable.
        name: String,
        /// Why.
        reason: String,
    },
    /// The system's secret store refused.
    #[error("the secret store can't be used: {reason}")]
    SecretStore {
        /// Why.
        reason: String,
    },
    /// The file of secrets waits for its passphrase.
    #[error("the secrets are locked")]
    SecretsLocked,
    /// The passphrase does not open the file of secrets.
    #[error("the passphrase is wrong, or the file of secrets is damaged")]
    WrongPassphrase,
    /// An export must not mix with what is there.
    #[error("`{path}` is not empty")]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A database of ours is damaged.
    #[error("`{path}` is damaged")]
    Corrupt {
        /// The file.
        path: PathBuf,
    },
    /// The sample workspace did not start.
    #[error("the sample workspace can't be started: {reason}")]
    Sample {
        /// Why.
        reason: String,
    },
    /// Reading or writing a file failed.
    #[error("`{path}`: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The database of connections failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration of the database of connections failed.
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Confluence or the network failed.
    #[error(transparent)]
    Confluence(#[from] confluence::Error),
    /// The knowledge base failed.
    #[error(transparent)]
    Knowledge(#[from] knowledge::Error),
    /// The model could not be opened.
    #[error(transparent)]
    Model(#[from] knowledge::embed::EmbedError),
    /// The scheduler failed.
    #[error("the scheduler failed: {0}")]
    Scheduler(#[from] tokio_cron_scheduler::JobSchedulerError),
}

fn listed(known: &[String]) -> String {
    format!("there are {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
}

impl Error {
    /// Stable name in snake case, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConnected => "not_connected",
            Self::ReconnectNeeded => "reconnect_needed",
            Self::NoClientId => "no_client_id",
            Self::NoConfluenceSite => "no_confluence_site",
            Self::SeveralSites { .. } => "several_sites",
            Self::UnknownSite { .. } => "unknown_site",
            Self::NoSignIn => "no_sign_in",
            Self::SignInCancelled => "sign_in_cancelled",
            Self::UnknownSpaces { .. } => "unknown_space",
            Self::NothingSelected => "nothing_selected",
            Self::SyncRunning { .. } => "sync_running",
            Self::NotDue => "not_due",
            Self::Cancelled => "cancelled",
            Self::UnknownPage { .. } => "unknown_page",
            Self::UnreadableFile { .. } => "unreadable_file",
            Self::FileInside { .. } => "file_inside",
            Self::TooManyFiles { .. } => "too_many_files",
            Self::UnknownFileSource { .. } => "unknown_file_source",
            Self::NameTaken { .. } => "name_taken",
            Self::UnknownContext { .. } => "unknown_context",
            Self::UnknownAgent { .. } => "unknown_agent",
            Self::UnknownSource { .. } => "unknown_source",
            Self::AgentHasNoContext { .. } => "agent_has_no_context",
            Self::NothingInReach { .. } => "nothing_in_reach",
            Self::UnknownMeeting { .. } => "unknown_meeting",
            Self::MeetingEnded => "meeting_ended",
            Self::MeetingRunning => "meeting_running",
            Self::CaptionEndpoint { .. } => "caption_endpoint",
            Self::Answers { .. } => "answers",
            Self::ForeignUrl { .. } => "foreign_url",
            Self::Setting { .. } => "bad_setting",
            Self::SecretStore { .. } => "secret_store",
            Self::SecretsLocked => "secrets_locked",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::NotEmpty { .. } => "folder_not_empty",
            Self::Corrupt { .. } => "corrupt_database",
            Self::Sample { .. } => "sample",
            Self::File { .. } => "file",
            Self::Database(_) | Self::Migration(_) => "database",
            Self::Confluence(error) => error.code(),
            Self::Knowledge(error) => error.code(),
            Self::Model(_) => "model_missing",
            Self::Scheduler(_) => "scheduler",
        }
    }

    /// What a person can do about it, most useful first.
    pub fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NotConnected => "run `coagentor connect`, or press Connect Confluence",
            Self::ReconnectNeeded => "press Reconnect, or run `coagentor connect`; pages and selection are kept",
            Self::NoClientId => {
                "give your own OAuth app in Settings, or set COAGENTOR_CLIENT_ID (and COAGENTOR_CLIENT_SECRET), or use an API token"
            }
            Self::NoConfluenceSite => "sign in with an account that can use Confluence on some site",
            Self::SeveralSites { .. } | Self::UnknownSite { .. } => "choose one with `--site NAME`",
            Self::UnknownSpaces { .. } => "`coagentor spaces` lists the keys; the selection was not changed",
            Self::NothingSelected => "tick a space and press Save selection, or run `coagentor select KEY`",
            Self::SyncRunning { .. } => "wait for it to finish, or cancel it where it runs",
            Self::File { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                "check the path: nothing is there"
            }
            Self::UnreadableFile { .. } => "add a folder, or a Markdown, text, HTML, PDF, DOCX, CSV or XLSX file",
            Self::FileInside { .. } => "nothing needs to be done: it is read with the folder",
            Self::TooManyFiles { .. } => "add the folders inside that matter to your meetings",
            Self::UnknownFileSource { .. } => "`coagentor files` lists them",
            Self::NameTaken { .. } => "choose another name",
            Self::UnknownContext { known, .. } | Self::UnknownAgent { known, .. } if !known.is_empty() => {
                return vec![listed(known)];
            }
            Self::UnknownContext { .. } => "make one with `coagentor contexts create NAME`, or under Contexts",
            Self::UnknownAgent { .. } => "make one with `coagentor agents create NAME`, or under Agents",
            Self::UnknownSource { .. } => "only synced pages and spaces, and added folders and files can be taken",
            Self::AgentHasNoContext { .. } => {
                "assign one: `coagentor agents assign NAME CONTEXT`, or Assign under Agents"
            }
            Self::NothingInReach { .. } => "add sources to the context, and sync them",
            Self::MeetingRunning => "end it before another one is started",
            Self::Answers { hint, .. } => hint,
            Self::MeetingEnded => "start another one",
            Self::UnknownPage { .. } => "`coagentor pages` lists the stored pages",
            Self::SecretStore { .. } => {
                "unlock the system's keyring, choose another place in Settings, or set COAGENTOR_SECRET_STORE=file to keep tokens in a file only you can read"
            }
            Self::SecretsLocked => "open the app and enter the passphrase",
            Self::WrongPassphrase => "try again; a new passphrase means signing in again",
            Self::NotEmpty { .. } => "name a folder that is empty or not there yet",
            Self::Corrupt { .. } => "move the file away and start again; a sync brings the pages back",
            Self::Database(_) | Self::Migration(_) | Self::File { .. } => {
                "check that the data folder can be written and the disk is not full"
            }
            Self::Confluence(error) => return error.hint().into_iter().collect(),
            Self::Knowledge(error) => error.hint(),
            Self::Model(error) => return error.hint().map(str::to_owned).into_iter().collect(),
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }

    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
