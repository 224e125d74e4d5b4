//! What each plan allows.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The product's plans. A plan caps the pages that stay up to date, over all spaces together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PlanName {
    /// 25 pages.
    #[default]
    Free,
    /// 250 pages.
    Solo,
    /// No limit.
    Pro,
}

impl PlanName {
    /// Pages that fit, `None` for no limit.
    pub fn page_limit(self) -> Option<usize> {
        match self {
            Self::Free => Some(25),
            Self::Solo => Some(250),
            Self::Pro => None,
        }
    }

    /// The name as it is stored and typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Solo => "solo",
            Self::Pro => "pro",
        }
    }
}

impl std::str::FromStr for PlanName {
    type Err = UnknownPlan;

    fn from_str(name: &str) -> Result<Self, UnknownPlan> {
        [Self::Free, Self::Solo, Self::Pro]
            .into_iter()
            .find(|plan| plan.as_str() == name)
            .ok_or_else(|| UnknownPlan(name.to_owned()))
    }
}

/// No plan has this name.
#[derive(Debug, thiserror::Error)]
#[error("there is no plan `{0}`; the plans are free, solo and pro")]
pub struct UnknownPlan(String);
