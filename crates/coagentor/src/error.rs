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
