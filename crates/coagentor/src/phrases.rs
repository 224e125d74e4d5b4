//! The words of the tray and of notifications, in every language that the app speaks. The window has its own.

use crate::{overview::dto::ProblemCode, settings::Language};

/// Something that the tray or a notification says. `{n}` stands for an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phrase {
    SyncNow,
    PauseForAnHour,
    OpenTheApp,
    Quit,
    NotConnected,
    Connecting,
    Syncing,
    SyncingOf,
    SyncPaused,
    PausedFor,
    NotSynced,
    SyncedNow,
    SyncedMinutes,
    SyncedHours,
    SyncedDays,
    Ready,
    PageReady,
    PagesReady,
    NeedsAttention,
    NotEverything,
    Reconnect,
    Expired,
    KeepsRunning,
    InTheTray,
    Problem(ProblemCode),
}

impl Phrase {
    /// In this language, with the amounts in the places that are meant for them.
    pub(crate) fn say(self, language: Language, amounts: &[(&str, u32)]) -> String {
        let [english, german] = self.texts();
        let text = match language {
            Language::En => english,
            Language::De => german,
        };
        amounts
            .iter()
            .fold(text.to_owned(), |text, (name, amount)| text.replace(&format!("{{{name}}}"), &amount.to_string()))
    }

    /// English and German.
    fn texts(self) -> [&'static str; 2] {
        match self {
            Self::SyncNow => ["Sync now", "Jetzt abgleichen"],
            Self::PauseForAnHour => ["Pause for an hour", "Eine Stunde pausieren"],
            Self::OpenTheApp => ["Open CoAgentor", "CoAgentor öffnen"],
            Self::Quit => ["Quit", "Beenden"],
            Self::NotConnected => ["Not connected", "Nicht verbunden"],
            Self::Connecting => ["Connecting", "Wird verbunden"],
            Self::Syncing => ["Syncing", "Abgleich läuft"],
            Self::SyncingOf => ["Syncing {done} of {total}", "Abgleich: {done} von {total}"],
            Self::SyncPaused => ["Sync paused", "Abgleich angehalten"],
            Self::PausedFor => ["Paused for {n} min", "Pause, noch {n} min"],
            Self::NotSynced => ["Not synced yet", "Noch nicht abgeglichen"],
            Self::SyncedNow => ["Synced just now", "Gerade abgeglichen"],
            Self::SyncedMinutes => ["Synced {n} min ago", "Vor {n} min abgeglichen"],
            Self::SyncedHours => ["Synced {n} h ago", "Vor {n} Std. abgeglichen"],
            Self::SyncedDays => ["Synced {n} d ago", "Vor {n} Tg. abgeglichen"],
            Self::Ready => ["Your Confluence is ready", "Ihr Confluence ist bereit"],
            Self::PageReady => ["{n} page can be searched.", "{n} Seite kann durchsucht werden."],
            Self::PagesReady => ["{n} pages can be searched.", "{n} Seiten können durchsucht werden."],
            Self::NeedsAttention => ["Confluence needs attention", "Confluence braucht Sie"],
            Self::NotEverything => [
                "The last sync did not bring everything. Nothing was removed because of it.",
                "Der letzte Abgleich hat nicht alles gebracht. Entfernt wurde deswegen nichts.",
            ],
            Self::Reconnect => ["Reconnect needed", "Neu anmelden"],
            Self::Expired => [
                "Your Atlassian sign-in has expired. Your spaces are still selected.",
                "Ihre Anmeldung bei Atlassian ist abgelaufen. Ihre Bereiche sind noch ausgewählt.",
            ],
            Self::KeepsRunning => ["CoAgentor keeps running", "CoAgentor läuft weiter"],
            Self::InTheTray => [
                "Open it again, or quit it, from its icon in the tray.",
                "Über das Symbol im Infobereich öffnen Sie es wieder oder beenden es.",
            ],
            Self::Problem(code) => problem(code),
        }
    }
}

/// What is wrong, in a few words.
fn problem(code: ProblemCode) -> [&'static str; 2] {
    match code {
        ProblemCode::NoConfluenceSite => ["No Confluence site found", "Keine Confluence-Site gefunden"],
        ProblemCode::NoSpaces => ["No spaces found", "Keine Bereiche gefunden"],
        ProblemCode::ReconnectNeeded => Phrase::Reconnect.texts(),
        ProblemCode::NothingSelected => ["Choose at least one space", "Kein Bereich ausgewählt"],
        ProblemCode::StillPreparing => ["Still preparing", "Noch in Vorbereitung"],
        ProblemCode::RateLimited => ["Atlassian is limiting requests", "Atlassian begrenzt die Anfragen"],
        // The same word in both.
        ProblemCode::Offline => ["Offline", "Offline"],
        ProblemCode::SignInFailed => ["Sign-in did not finish", "Die Anmeldung wurde nicht fertig"],
        ProblemCode::SecretStore => ["No place to keep the sign-in", "Kein Ort für die Anmeldung"],
        ProblemCode::ModelMissing => ["Search by words only", "Suche nur nach Wörtern"],
        ProblemCode::Other => ["Something went wrong", "Etwas ist schiefgegangen"],
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Names between braces, in the order of the alphabet.
    fn places(text: &str) -> Vec<&str> {
        let mut names: Vec<_> =
            text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
        names.sort_unstable();
        names
    }

    #[rstest]
    fn every_language_says_it(
        #[values(
            Phrase::SyncNow,
            Phrase::PauseForAnHour,
            Phrase::OpenTheApp,
            Phrase::Quit,
            Phrase::NotConnected,
            Phrase::Connecting,
            Phrase::Syncing,
            Phrase::SyncingOf,
            Phrase::SyncPaused,
            Phrase::PausedFor,
            Phrase::NotSynced,
            Phrase::SyncedNow,
            Phrase::SyncedMinutes,
            Phrase::SyncedHours,
            Phrase::SyncedDays,
            Phrase::Ready,
            Phrase::PageReady,
            Phrase::PagesReady,
            Phrase::NeedsAttention,
            Phrase::NotEverything,
            Phrase::Reconnect,
            Phrase::Expired,
            Phrase::KeepsRunning,
            Phrase::InTheTray,
            Phrase::Problem(ProblemCode::NoConfluenceSite),
            Phrase::Problem(ProblemCode::NoSpaces),
            Phrase::Problem(ProblemCode::ReconnectNeeded),
            Phrase::Problem(ProblemCode::NothingSelected),
            Phrase::Problem(ProblemCode::StillPreparing),
            Phrase::Problem(ProblemCode::RateLimited),
            Phrase::Problem(ProblemCode::SignInFailed),
            Phrase::Problem(ProblemCode::SecretStore),
            Phrase::Problem(ProblemCode::ModelMissing),
            Phrase::Problem(ProblemCode::Other)
        )]
        phrase: Phrase,
    ) {
        let [english, german] = phrase.texts();
        assert!(!english.is_empty() && !german.is_empty());
        assert_ne!(english, german);
        assert_eq!(places(english), places(german));
    }

    #[test]
    fn amounts_stand_in_their_places() {
        let amounts = [("done", 3), ("total", 1200)];
        assert_eq!(Phrase::SyncingOf.say(Language::En, &amounts), "Syncing 3 of 1200");
        assert_eq!(Phrase::SyncingOf.say(Language::De, &amounts), "Abgleich: 3 von 1200");
    }
}
