//! What Settings shows beside the settings themselves.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What the stored data comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StorageUse {
    /// The data folder.
    pub path: String,
    /// Bytes of all files in it; typed as a number there, since it stays far below 2^53.
    #[specta(type = u32)]
    pub bytes: u64,
    /// Pages that are stored.
    pub pages: u32,
    /// Files that are stored.
    pub files: u32,
    /// Chunks of both.
    pub chunks: u32,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// As it should be.
    Ok,
    /// Works, with less.
    Warning,
    /// Does not work.
    Failed,
}

/// A check of something that the app stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckRow {
    /// What was looked at.
    pub name: String,
    /// How it came out.
    pub state: CheckState,
    /// What was seen.
    pub detail: String,
    /// What mends it.
    pub hint: Option<String>,
}

impl From<crate::Check> for CheckRow {
    fn from(check: crate::Check) -> Self {
        Self {
            name: check.name.to_owned(),
            state: match check.verdict {
                crate::Verdict::Ok => CheckState::Ok,
                crate::Verdict::Warning => CheckState::Warning,
                crate::Verdict::Failed => CheckState::Failed,
            },
            detail: check.detail,
            hint: check.hint,
        }
    }
}
