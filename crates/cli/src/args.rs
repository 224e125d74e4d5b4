//! The command line as a type.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Your Confluence, searchable on this machine: sync it, search it, read it.
#[derive(Debug, Parser)]
#[command(name = "coagentor", version, about, max_term_width = 100, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// Print JSON only on standard output
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sign in to Atlassian, read-only
    Connect(Connect),
    /// List the site's global spaces
    Spaces,
    /// Replace the selection of spaces by these keys
    Select {
        /// Space keys; none clears the selection
        #[arg(value_name = "KEY")]
        keys: Vec<String>,
    },
    /// Sync the selected spaces now
    Sync {
        /// List every page of the selected spaces, however lately that was done
        #[arg(long)]
        full: bool,
        /// Show what would be done and do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Show connection, plan, pages and runs
    Status,
    /// List the newest sync runs and what each came to
    Runs {
        /// Runs at most
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
    },
    /// List the stored pages
    Pages {
        /// Only this space
        #[arg(long, value_name = "KEY")]
        space: Option<String>,
        /// Only pages in this state
        #[arg(long, value_enum)]
        state: Option<State>,
    },
    /// Print one page's text as it is indexed
    Page {
        /// Confluence's page id
        id: String,
    },
    /// Search all selected spaces
    Search {
        /// The question
        query: String,
        /// Hits at most
        #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=100))]
        limit: u16,
        /// Only what this context has
        #[arg(long, value_name = "NAME", conflicts_with = "agent")]
        context: Option<String>,
        /// Only what this agent's contexts have
        #[arg(long, value_name = "NAME")]
        agent: Option<String>,
    },
    /// Contexts, which group spaces, pages, folders and files: list, create, add to, remove from, delete
    Contexts {
        #[command(subcommand)]
        command: Option<ContextsCommand>,
    },
    /// Agents, which may see what their contexts have: list, create, assign, unassign, set, delete
    Agents {
        #[command(subcommand)]
        command: Option<AgentsCommand>,
    },
    /// Let an agent listen to a meeting
    Meeting {
        #[command(subcommand)]
        command: MeetingCommand,
    },
    /// Folders and files as a data source: list, add, remove
    Files {
        #[command(subcommand)]
        command: Option<FilesCommand>,
    },
    /// Forget the sign-in; pages are kept
    Disconnect,
    /// Show or set the plan
    Plan {
        /// free, solo or pro
        name: Option<String>,
    },
    /// Show the settings, or change some: every=1..24|manual, battery=on|off, first-sync=on|off, failure=on|off,
    /// reconnect=on|off, language=en|de|system
    Settings {
        /// For example every=2 battery=on
        #[arg(value_name = "NAME=VALUE")]
        changes: Vec<String>,
    },
    /// Write every stored page and file as Markdown into an empty folder
    Export {
        /// The folder; made where it is not there
        dir: PathBuf,
    },
    /// Delete pages, index, sign-in, selection and settings
    DeleteAllData {
        /// Really
        #[arg(long)]
        yes: bool,
    },
    /// Convert storage format to the text that is indexed
    Convert {
        /// A file; standard input without one
        file: Option<PathBuf>,
    },
    /// Measure retrieval on a BEIR folder (corpus.jsonl, queries.jsonl, qrels.tsv)
    Eval {
        /// The folder
        dir: PathBuf,
        /// How to search
        #[arg(long, value_enum, default_value_t = EvalMode::Hybrid)]
        mode: EvalMode,
    },
    /// Serve retrieval to agents of other programs by MCP, on standard input and output
    Mcp {
        /// Only what this context has
        #[arg(long, value_name = "NAME")]
        context: Option<String>,
    },
    /// Check model, secret store, database, clock, network and connection
    Doctor,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ContextsCommand {
    /// List contexts with their sources and who uses them
    List,
    /// Make an empty context
    Create {
        /// Its name
        name: String,
        /// blue, teal, green, orange, red, purple or grey
        #[arg(long, default_value = "blue")]
        colour: String,
    },
    /// Add a source
    Add {
        /// The context
        name: String,
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Take a source out
    Remove {
        /// The context
        name: String,
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Delete a context; its pages and files stay
    Delete {
        /// The context
        name: String,
    },
}

/// One source.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct SourceArgs {
    /// Every synced space of a site, by its name or id
    #[arg(long, value_name = "NAME|ID")]
    pub site: Option<String>,
    /// A synced space
    #[arg(long, value_name = "KEY")]
    pub space: Option<String>,
    /// A page and all pages below it
    #[arg(long, value_name = "ID")]
    pub page: Option<String>,
    /// A folder that was added, or one inside of it
    #[arg(long, value_name = "PATH")]
    pub folder: Option<PathBuf>,
    /// A file that was added, or one inside of an added folder
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AgentsCommand {
    /// List agents with their contexts and triggers
    List,
    /// Make an agent
    Create {
        /// Its name
        name: String,
    },
    /// Let an agent see what a context has
    Assign {
        /// The agent
        name: String,
        /// The context
        context: String,
    },
    /// Take a context away from an agent
    Unassign {
        /// The agent
        name: String,
        /// The context
        context: String,
    },
    /// Change what an agent is told and watches for
    Set {
        /// The agent
        name: String,
        /// What it is told, where a model writes answers
        #[arg(long)]
        instructions: Option<String>,
        /// 0 few cards, 100 many
        #[arg(long, value_parser = clap::value_parser!(u8).range(0..=100))]
        sensitivity: Option<u8>,
        /// Watch for something: LABEL=CONDITION in plain words, for example "Prices=somebody asks what it costs"
        #[arg(long, value_name = "LABEL=CONDITION")]
        trigger: Vec<String>,
        /// Forget what it watched for before
        #[arg(long)]
        no_triggers: bool,
    },
    /// Delete an agent; meetings that it served stay
    Delete {
        /// The agent
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum MeetingCommand {
    /// Read a transcript (plain lines, VTT, SRT, or JSON lines of {"at", "speaker", "text"}) and print a card for
    /// everything in it that the agent's contexts answer
    Run(MeetingRun),
    /// List meetings, newest first
    List,
    /// Print a meeting's cards as Markdown
    Export {
        /// Its number
        id: u32,
    },
    /// Delete a meeting and what was kept of it
    Delete {
        /// Its number
        id: u32,
    },
}

#[derive(Debug, Args)]
pub(crate) struct MeetingRun {
    /// Who listens
    #[arg(long, value_name = "NAME")]
    pub agent: String,
    /// The transcript; `-` or nothing is standard input
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Title of the meeting
    #[arg(long)]
    pub title: Option<String>,
    /// Keep the whole transcript, not only what cards answer
    #[arg(long)]
    pub keep_transcript: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FilesCommand {
    /// List every file that was read, and why where it was not
    List,
    /// Add a folder or a file and read it; one that was added before is read again
    Add {
        /// Folder, or Markdown, text, HTML, PDF, DOCX, CSV or XLSX file
        path: PathBuf,
    },
    /// Read again what has changed in all folders and files
    Scan,
    /// Forget a folder or file that was added, and its texts
    Remove {
        /// As it was added
        path: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Connect {
    /// Only print the address; open no browser
    #[arg(long)]
    pub no_browser: bool,
    /// Which site, where the sign-in reaches several: its id or name
    #[arg(long, value_name = "ID|NAME")]
    pub site: Option<String>,
    /// How long to wait for the browser
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: u64,
    /// Sign in with an API token, read from standard input
    #[arg(long, requires_all = ["site_url", "email"], conflicts_with_all = ["no_browser", "site"])]
    pub api_token: bool,
    /// Address of the site, for --api-token
    #[arg(long, value_name = "URL", requires = "api_token")]
    pub site_url: Option<String>,
    /// E-mail address of the account, for --api-token
    #[arg(long, value_name = "ADDRESS", requires = "api_token")]
    pub email: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum State {
    Ready,
    Pending,
    Failed,
    Unavailable,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Unavailable => "unavailable",
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum EvalMode {
    Keyword,
    Semantic,
    Hybrid,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
