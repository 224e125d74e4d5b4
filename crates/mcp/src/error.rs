//! Why serving ended.

/// Why serving ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum McpError {
    /// The other side does not speak MCP.
    #[error("the other side does not speak MCP: {reason}")]
    Start {
        /// What it said.
        reason: String,
    },
    /// Serving broke off.
    #[error("serving broke off: {reason}")]
    Serve {
        /// Why.
        reason: String,
    },
}

impl McpError {
    pub(crate) fn start(error: impl std::fmt::Display) -> Self {
        Self::Start { reason: error.to_string() }
    }

    pub(crate) fn serve(error: impl std::fmt::Display) -> Self {
        Self::Serve { reason: error.to_string() }
    }
}
