//! What a person chose: when to sync, what to be told, how to start.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{App, Error, events::AppEvent};

/// Hours between two runs where nobody chose otherwise.
const DEFAULT_HOURS: u8 = 6;
/// The longest interval that can be chosen, in hours.
const MOST_HOURS: u8 = 24;

/// What a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Hours from the start of one run to the start of the next, 1 to 24; none syncs by hand only.
    pub sync_every_hours: Option<u8>,
    /// Whether nothing syncs by itself on battery, and embedding waits.
    pub pause_on_battery: bool,
    /// Whether the app starts, hidden, when the person logs in.
    pub start_at_login: bool,
    /// What is worth a notification.
    pub notifications: Notifications,
    /// Language of the window; none is the system's.
    pub language: Option<Language>,
    /// Whether a model writes answers from the sections of a card, and which.
    pub answers: AnswerSettings,
}

/// A model that writes answers. Off unless the person switches it on: the sections themselves are the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnswerSettings {
    /// Whether it is asked.
    pub is_on: bool,
    /// Base address of an OpenAI-compatible endpoint.
    pub url: String,
    /// The model's name there.
    pub model: String,
}

impl Default for AnswerSettings {
    fn default() -> Self {
        Self { is_on: false, url: LOCAL_MODEL.to_owned(), model: String::new() }
    }
}

/// What is worth a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Notifications {
    /// The first sync of a site is finished.
    pub first_sync: bool,
    /// A sync failed and will not mend itself.
    pub failure: bool,
    /// The sign-in has expired.
    pub reconnect: bool,
}

/// A language of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

impl Language {
    /// Its code in ISO 639-1.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language of a locale such as `de_AT.UTF-8`; English where the app does not speak it.
    pub(crate) fn of_locale(locale: &str) -> Self {
        let name = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if name.eq_ignore_ascii_case("de") { Self::De } else { Self::En }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sync_every_hours: Some(DEFAULT_HOURS),
            pause_on_battery: false,
            start_at_login: false,
            notifications: Notifications { first_sync: true, failure: true, reconnect: true },
            language: None,
            answers: AnswerSettings::default(),
        }
    }
}

const HOURS: &str = "sync_every_hours";
const BATTERY: &str = "pause_on_battery";
const LOGIN: &str = "start_at_login";
const FIRST_SYNC: &str = "notify_first_sync";
const FAILURE: &str = "notify_failure";
const RECONNECT: &str = "notify_reconnect";
const LANGUAGE: &str = "language";
const ANSWERS: &str = "answers_on";
const ANSWERS_URL: &str = "answers_url";
const ANSWERS_MODEL: &str = "answers_model";
/// Where a model on this machine usually listens.
const LOCAL_MODEL: &str = "http://127.0.0.1:11434/v1";
/// Longest address or name of a model.
const LONGEST_ANSWERS: usize = 500;
const BY_HAND: &str = "manual";
const SYSTEM: &str = "system";

impl Settings {
    /// Refuses what can't be kept.
    pub fn check(&self) -> Result<(), Error> {
        match self.sync_every_hours {
            Some(hours) if !(1..=MOST_HOURS).contains(&hours) => Err(Error::Setting {
                name: "sync interval".to_owned(),
                reason: format!("`{hours}` is not between 1 and {MOST_HOURS} hours"),
            }),
            _ if self.answers.url.len().max(self.answers.model.len()) > LONGEST_ANSWERS => Err(Error::Setting {
                name: "model".to_owned(),
                reason: format!("address and name may have {LONGEST_ANSWERS} characters"),
            }),
            _ => Ok(()),
        }
    }

    /// From the start of one run to the start of the next; none where nothing syncs by itself.
    pub(crate) fn interval(&self) -> Option<Duration> {
        self.sync_every_hours.map(|hours| Duration::from_hours(u64::from(hours)))
    }

    /// Reads what is stored. A missing row, or one of a later version that can't be read, has its default.
    pub(crate) fn from_rows(rows: &BTreeMap<String, String>) -> Self {
        let usual = Self::default();
        let text = |key: &str| rows.get(key).map(String::as_str);
        let flag = |key: &str, usual: bool| match text(key) {
            Some("1") => true,
            Some("0") => false,
            _ => usual,
        };
        let hours = |text: &str| text.parse().ok().filter(|hours| (1..=MOST_HOURS).contains(hours));
        Self {
            sync_every_hours: match text(HOURS) {
                Some(BY_HAND) => None,
                chosen => chosen.and_then(hours).or(usual.sync_every_hours),
            },
            pause_on_battery: flag(BATTERY, usual.pause_on_battery),
            start_at_login: flag(LOGIN, usual.start_at_login),
            notifications: Notifications {
                first_sync: flag(FIRST_SYNC, usual.notifications.first_sync),
                failure: flag(FAILURE, usual.notifications.failure),
                reconnect: flag(RECONNECT, usual.notifications.reconnect),
            },
            language: [Language::En, Language::De].into_iter().find(|known| text(LANGUAGE) == Some(known.as_str())),
            answers: AnswerSettings {
                is_on: flag(ANSWERS, usual.answers.is_on),
                url: text(ANSWERS_URL).map_or(usual.answers.url, str::to_owned),
                model: text(ANSWERS_MODEL).map_or(usual.answers.model, str::to_owned),
            },
        }
    }

    /// What is stored, a row each.
    pub(crate) fn to_rows(&self) -> [(&'static str, String); 10] {
        let flag = |on: bool| u8::from(on).to_string();
        [
            (HOURS, self.sync_every_hours.map_or_else(|| BY_HAND.to_owned(), |hours| hours.to_string())),
            (BATTERY, flag(self.pause_on_battery)),
            (LOGIN, flag(self.start_at_login)),
            (FIRST_SYNC, flag(self.notifications.first_sync)),
            (FAILURE, flag(self.notifications.failure)),
            (RECONNECT, flag(self.notifications.reconnect)),
            (LANGUAGE, self.language.map_or(SYSTEM, Language::as_str).to_owned()),
            (ANSWERS, flag(self.answers.is_on)),
            (ANSWERS_URL, self.answers.url.clone()),
            (ANSWERS_MODEL, self.answers.model.clone()),
        ]
    }
}

impl App {
    /// What the person chose.
    pub async fn settings(&self) -> Result<Settings, Error> {
        self.store.settings().await
    }

    /// Keeps what the person chose; the schedule follows at once.
    pub async fn save_settings(&self, settings: &Settings) -> Result<(), Error> {
        settings.check()?;
        self.store.put_settings(settings).await?;
        self.events.send(AppEvent::Settings);
        Ok(())
    }

    /// What the app speaks: the chosen language, else the system's.
    pub async fn language(&self) -> Result<Language, Error> {
        Ok(self.language_of(&self.settings().await?))
    }

    /// What the app speaks with these settings.
    pub fn language_of(&self, settings: &Settings) -> Language {
        settings.language.unwrap_or(self.config.system_language)
    }

    /// True the first time it is asked about `what`, ever.
    pub async fn is_first_time(&self, what: &'static str) -> Result<bool, Error> {
        self.store.note_first_time(what).await
    }

    /// Whether embeddings may be computed now.
    pub(crate) async fn may_embed(&self) -> Result<bool, Error> {
        Ok(!(self.store.settings().await?.pause_on_battery && self.config.power.on_battery()))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn rows(text: &str) -> BTreeMap<String, String> {
        let pairs = text.split_whitespace().filter_map(|pair| pair.split_once('='));
        pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn usual(change: impl FnOnce(&mut Settings)) -> Settings {
        let mut settings = Settings::default();
        change(&mut settings);
        settings
    }

    #[rstest]
    #[case::nothing("", usual(|_| {}))]
    #[case::two_hours("sync_every_hours=2", usual(|s| s.sync_every_hours = Some(2)))]
    #[case::by_hand("sync_every_hours=manual", usual(|s| s.sync_every_hours = None))]
    #[case::out_of_range("sync_every_hours=25", usual(|_| {}))]
    #[case::zero("sync_every_hours=0", usual(|_| {}))]
    #[case::of_a_later_version("sync_every_hours=weekly language=fr", usual(|_| {}))]
    #[case::battery("pause_on_battery=1", usual(|s| s.pause_on_battery = true))]
    #[case::quiet("notify_failure=0", usual(|s| s.notifications.failure = false))]
    #[case::german("language=de", usual(|s| s.language = Some(Language::De)))]
    fn is_read_row_by_row(#[case] stored: &str, #[case] read: Settings) {
        assert_eq!(Settings::from_rows(&rows(stored)), read);
    }

    #[rstest]
    #[case("de_AT.UTF-8", Language::De)]
    #[case("de", Language::De)]
    #[case("de@euro", Language::De)]
    #[case("den_CA", Language::En)]
    #[case("en_GB.UTF-8", Language::En)]
    #[case("ja_JP", Language::En)]
    #[case("C", Language::En)]
    fn a_locale_names_its_language(#[case] locale: &str, #[case] language: Language) {
        assert_eq!(Language::of_locale(locale), language);
    }

    #[rstest]
    #[case(None, true)]
    #[case(Some(0), false)]
    #[case(Some(1), true)]
    #[case(Some(24), true)]
    #[case(Some(25), false)]
    fn an_interval_is_checked(#[case] hours: Option<u8>, #[case] is_fine: bool) {
        assert_eq!(usual(|settings| settings.sync_every_hours = hours).check().is_ok(), is_fine);
    }

    proptest::proptest! {
        #[test]
        fn comes_back_as_it_was_kept(
            hours in proptest::option::of(1_u8..=24),
            flags in proptest::array::uniform6(proptest::bool::ANY),
            texts in proptest::array::uniform2("\\PC{0,20}"),
            language in proptest::option::of(proptest::sample::select(vec![Language::En, Language::De])),
        ) {
            let [pause_on_battery, start_at_login, first_sync, failure, reconnect, is_on] = flags;
            let [url, model] = texts;
            let answers = AnswerSettings { is_on, url, model };
            let notifications = Notifications { first_sync, failure, reconnect };
            let settings = Settings { sync_every_hours: hours, pause_on_battery, start_at_login, notifications, language, answers };
            let rows = settings.to_rows().into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            proptest::prop_assert_eq!(Settings::from_rows(&rows), settings);
        }
    }
}
