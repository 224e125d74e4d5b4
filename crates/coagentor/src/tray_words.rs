//! What a tray icon says: one of three looks, and the state of things in a few words. Pure.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    overview::dto::{ConnectionState, Overview, SyncPhase, SyncProgress},
    phrases::Phrase,
    settings::Language,
};

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
    /// What can be chosen.
    pub menu: TrayMenu,
}

/// What stands on the entries of the tray's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayMenu {
    /// Starts a run.
    pub sync: String,
    /// Nothing syncs by itself for an hour.
    pub pause: String,
    /// Shows the window.
    pub open: String,
    /// Ends the app.
    pub quit: String,
}

impl TrayMenu {
    /// In this language.
    pub fn in_language(language: Language) -> Self {
        let say = |phrase: Phrase| phrase.say(language, &[]);
        Self {
            sync: say(Phrase::SyncNow),
            pause: say(Phrase::PauseForAnHour),
            open: say(Phrase::OpenTheApp),
            quit: say(Phrase::Quit),
        }
    }
}

impl TrayWords {
    /// What to say at `now`; `paused_until` where the person wanted an hour of quiet.
    pub fn of(
        overview: &Overview,
        paused_until: Option<OffsetDateTime>,
        now: OffsetDateTime,
        language: Language,
    ) -> Self {
        let say = |phrase: Phrase| phrase.say(language, &[]);
        let card = &overview.confluence;
        let (look, status) = match (&card.sync, card.state) {
            (_, ConnectionState::ReconnectNeeded) => (TrayLook::Attention, say(Phrase::Reconnect)),
            (_, ConnectionState::Connecting | ConnectionState::ChooseSite) => (TrayLook::Idle, say(Phrase::Connecting)),
            (Some(sync), _) => (TrayLook::Syncing, syncing(sync, language)),
            (None, state) => match (&card.problem, state, paused_until) {
                (Some(problem), ..) => (TrayLook::Attention, say(Phrase::Problem(problem.code))),
                (None, ConnectionState::Connected, Some(until)) => {
                    let minutes = ((until - now).whole_seconds().max(0) as u32).div_ceil(60);
                    (TrayLook::Idle, Phrase::PausedFor.say(language, &[("n", minutes)]))
                }
                (None, ConnectionState::Connected, None) => (TrayLook::Idle, synced(overview, now, language)),
                _ => (TrayLook::Idle, say(Phrase::NotConnected)),
            },
        };
        Self { look, status, menu: TrayMenu::in_language(language) }
    }
}

fn syncing(sync: &SyncProgress, language: Language) -> String {
    match (sync.paused, sync.total) {
        (true, _) => Phrase::SyncPaused.say(language, &[]),
        (false, Some(total)) if sync.phase != SyncPhase::Listing => {
            Phrase::SyncingOf.say(language, &[("done", sync.done), ("total", total)])
        }
        (false, _) => Phrase::Syncing.say(language, &[]),
    }
}

fn synced(overview: &Overview, now: OffsetDateTime, language: Language) -> String {
    let last = overview.confluence.spaces.iter().filter_map(|space| space.last_synced_at.as_deref()).max();
    let Some(at) = last.and_then(|at| OffsetDateTime::parse(at, &Rfc3339).ok()) else {
        return Phrase::NotSynced.say(language, &[]);
    };
    let minutes = (now - at).whole_minutes().max(0) as u32;
    let (phrase, amount) = match minutes {
        0 => (Phrase::SyncedNow, 0),
        1..60 => (Phrase::SyncedMinutes, minutes),
        60..1440 => (Phrase::SyncedHours, minutes / 60),
        _ => (Phrase::SyncedDays, minutes / 1440),
    };
    phrase.say(language, &[("n", amount)])
}
