//! What a tray icon says: one of three looks, and the state of things in a few words. Pure.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::overview::dto::{ConnectionState, Overview, SyncPhase, SyncProgress};

/// How a tray icon looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayLook {
    /// Nothing happens.
    Idle,
    /// A run is under way.
    Syncing,
    /// Somebody has to do something.
    Attention,
}

/// Look and words of a tray icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayWords {
    /// The icon.
    pub look: TrayLook,
    /// The status line.
    pub status: String,
}

impl TrayWords {
    /// What to say at `now`; `paused_until` where the person wanted an hour of quiet.
    pub fn of(overview: &Overview, paused_until: Option<OffsetDateTime>, now: OffsetDateTime) -> Self {
        let card = &overview.confluence;
        let say = |look, status: &str| Self { look, status: status.to_owned() };
        match (&card.sync, card.state) {
            (_, ConnectionState::ReconnectNeeded) => say(TrayLook::Attention, "Reconnect needed"),
            (_, ConnectionState::Connecting | ConnectionState::ChooseSite) => say(TrayLook::Idle, "Connecting"),
            (Some(sync), _) => Self { look: TrayLook::Syncing, status: syncing(sync) },
            _ if card.problem.is_some() => {
                say(TrayLook::Attention, card.problem.as_ref().map_or("", |problem| &problem.title))
            }
            (None, ConnectionState::Never | ConnectionState::Disconnected) => say(TrayLook::Idle, "Not connected"),
            (None, ConnectionState::Connected) => match paused_until {
                Some(until) => {
                    let minutes = ((until - now).whole_seconds().max(0) as u64).div_ceil(60);
                    Self { look: TrayLook::Idle, status: format!("Paused for {minutes} min") }
                }
                None => Self { look: TrayLook::Idle, status: synced(overview, now) },
            },
        }
    }
}

fn syncing(sync: &SyncProgress) -> String {
    match (sync.paused, sync.total) {
        (true, _) => "Sync paused".to_owned(),
        (false, Some(total)) if sync.phase != SyncPhase::Listing => format!("Syncing {} of {total}", sync.done),
        (false, _) => "Syncing".to_owned(),
    }
}

fn synced(overview: &Overview, now: OffsetDateTime) -> String {
    let last = overview.confluence.spaces.iter().filter_map(|space| space.last_synced_at.as_deref()).max();
    let Some(at) = last.and_then(|at| OffsetDateTime::parse(at, &Rfc3339).ok()) else {
        return "Not synced yet".to_owned();
    };
    let minutes = (now - at).whole_minutes().max(0);
    match minutes {
        0 => "Synced just now".to_owned(),
        1..60 => format!("Synced {minutes} min ago"),
        60..1440 => format!("Synced {} h ago", minutes / 60),
        _ => format!("Synced {} d ago", minutes / 1440),
    }
}
