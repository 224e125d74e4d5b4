//! Why a command failed, in the words that are printed.

/// A failed command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The application says why.
    #[error(transparent)]
    App(#[from] coagentor::Error),
    /// A command's own reason.
    #[error("{reason}")]
    Plain {
        /// One line.
        reason: String,
        /// What helps.
        hint: Option<String>,
    },
    /// Nobody reads on.
    #[error("standard output was closed")]
    PipeClosed,
}

impl Failure {
    pub(crate) fn plain(reason: impl Into<String>, hint: Option<&str>) -> Self {
        Self::Plain { reason: reason.into(), hint: hint.map(str::to_owned) }
    }

    pub(crate) fn io(what: &str, error: &std::io::Error) -> Self {
        Self::plain(format!("{what}: {error}"), None)
    }

    pub(crate) fn hints(&self) -> Vec<String> {
        match self {
            Self::App(error) => error.hints(),
            Self::Plain { hint, .. } => hint.iter().cloned().collect(),
            Self::PipeClosed => Vec::new(),
        }
    }
}
