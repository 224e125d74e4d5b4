//! Why a file could not be read.

/// Why a file has no text for us.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file is larger than we read.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// Bytes that a file of its format may have.
        limit: usize,
    },
    /// The file opens with a password only.
    #[error("the file is encrypted")]
    Encrypted,
    /// A PDF of pictures: no page has text.
    #[error("the pages are images without text")]
    Scanned,
    /// A text format by its name, but its bytes are no text.
    #[error("the file is not text")]
    NotText,
    /// The file is not what its name says, or it is broken.
    #[error("the file is damaged: {reason}")]
    Damaged {
        /// What was found wrong.
        reason: String,
    },
    /// The file was read and holds no text.
    #[error("the file has no text")]
    Empty,
}

impl ReadError {
    /// A stable word for logs, tables and JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::Encrypted => "encrypted",
            Self::Scanned => "scanned",
            Self::NotText => "not_text",
            Self::Damaged { .. } => "damaged",
            Self::Empty => "empty",
        }
    }

    /// What a person can do about it, as a sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "Split the file, or leave it out.",
            Self::Encrypted => "Save a copy without a password.",
            Self::Scanned => "Run text recognition (OCR) on the file and save it with its text.",
            Self::NotText => "Rename the file to what it is, or leave it out.",
            Self::Damaged { .. } => "Open the file in the program that wrote it and save it again.",
            Self::Empty => "There is nothing to find in this file.",
        }
    }

    pub(crate) fn damaged(reason: impl Into<String>) -> Self {
        Self::Damaged { reason: reason.into() }
    }
}
