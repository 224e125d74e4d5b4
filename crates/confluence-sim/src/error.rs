//! What can go wrong while a simulator is set up or steered.

use std::path::PathBuf;

/// An error of this crate. Answers that a simulated server gives to its clients are not errors: they are responses.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SimError {
    /// The folder of a [`SpaceSource`](crate::SpaceSource) is not there or cannot be read.
    #[error("cannot read `{path}`; give a folder of .md or .xml files", path = path.display())]
    ReadSource {
        /// The file or folder that was being read.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// `space.json` in the root of a source is not the small object it should be.
    #[error("`space.json` of space `{key}` is not an object with `name`, `description`, `homepage`")]
    SpaceFile {
        /// Key of the space.
        key: String,
        /// What the JSON reader said.
        #[source]
        source: serde_json::Error,
    },
    /// A space key that Confluence would refuse.
    #[error("`{0}` is not a space key; use letters and digits, or `~` and letters and digits for a personal space")]
    SpaceKey(String),
    /// Two spaces of one site carry the same key.
    #[error("space key `{0}` is used twice on one site")]
    DuplicateSpace(String),
    /// The port could not be bound.
    #[error("cannot listen on 127.0.0.1:{port}; choose another port, or 0 for a free one")]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// A redirect URI that is not an absolute URI.
    #[error("`{uri}` is not a redirect URI; it needs a scheme, such as http://127.0.0.1:53683/callback")]
    RedirectUri {
        /// The text that was given.
        uri: String,
        /// What the URL parser said.
        #[source]
        source: url::ParseError,
    },
    /// A mutation named content that the site does not hold.
    #[error("no {kind} `{name}` on this site")]
    NotFound {
        /// `page`, `space`, `site` or `client`.
        kind: &'static str,
        /// The id or key that was given.
        name: String,
    },
    /// A mutation that would break a rule of Confluence, such as two pages of one title in a space.
    #[error("refused: {0}")]
    Refused(String),
}
