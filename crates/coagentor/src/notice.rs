//! What is worth interrupting a person for: decided from what the window showed before and shows now. Pure.

use crate::{
    overview::dto::{ConfluenceCard, ConnectionState, Overview, ProblemCode, RunStatus},
    phrases::Phrase,
    settings::{Language, Notifications},
};

/// Something that happened and is told once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The first sync of a site is finished.
    FirstSync {
        /// Pages that are stored.
        pages: u32,
    },
    /// Syncs began to fail, and not for a reason that passes by itself.
    Failure,
    /// The sign-in has expired.
    Reconnect,
    /// The window was closed, and the app goes on in the tray.
    KeepsRunning,
}

impl Notice {
    /// In a few words.
    pub fn title(&self, language: Language) -> String {
        let phrase = match self {
            Self::FirstSync { .. } => Phrase::Ready,
            Self::Failure => Phrase::NeedsAttention,
            Self::Reconnect => Phrase::Reconnect,
            Self::KeepsRunning => Phrase::KeepsRunning,
        };
        phrase.say(language, &[])
    }

    /// In a sentence.
    pub fn body(&self, language: Language) -> String {
        match self {
            Self::FirstSync { pages: 1 } => Phrase::PageReady.say(language, &[("n", 1)]),
            Self::FirstSync { pages } => Phrase::PagesReady.say(language, &[("n", *pages)]),
            Self::Failure => Phrase::NotEverything.say(language, &[]),
            Self::Reconnect => Phrase::Expired.say(language, &[]),
            Self::KeepsRunning => Phrase::InTheTray.say(language, &[]),
        }
    }

    fn is_wanted(self, wanted: Notifications) -> bool {
        match self {
            Self::FirstSync { .. } => wanted.first_sync,
            Self::Failure => wanted.failure,
            Self::Reconnect => wanted.reconnect,
            Self::KeepsRunning => true,
        }
    }
}

/// What happened between two looks. A row of failures is one occurrence: only its first is told.
pub fn notices(before: &Overview, now: &Overview) -> Vec<Notice> {
    let (was, is) = (&before.confluence, &now.confluence);
    let reconnect = reconnect(was, is);
    // A sign-in that has expired makes the run fail, too; one of the two is enough.
    let outcome = if is.state == ConnectionState::ReconnectNeeded { None } else { outcome(was, is) };
    let all = reconnect.into_iter().chain(outcome);
    all.filter(|notice| notice.is_wanted(now.settings.notifications)).collect()
}

fn reconnect(was: &ConfluenceCard, is: &ConfluenceCard) -> Option<Notice> {
    let needed = |card: &ConfluenceCard| card.state == ConnectionState::ReconnectNeeded;
    // From anything but a sign-in that worked, the person knows.
    (needed(is) && was.state == ConnectionState::Connected).then_some(Notice::Reconnect)
}

/// What the run that ended in between came to.
fn outcome(was: &ConfluenceCard, is: &ConfluenceCard) -> Option<Notice> {
    let last = is.last_run.as_ref()?;
    let is_same_site = was.site.as_ref().map(|site| &site.id) == is.site.as_ref().map(|site| &site.id);
    if !is_same_site || was.last_run.as_ref().is_some_and(|known| known.id == last.id) {
        return None;
    }
    let failed = |status: RunStatus| matches!(status, RunStatus::Failed | RunStatus::Partial);
    match last.status {
        RunStatus::Complete if was.spaces.iter().all(|space| space.last_synced_at.is_none()) => {
            Some(Notice::FirstSync { pages: is.pages.ready + is.pages.pending })
        }
        status if failed(status) && !passes_by_itself(is) => {
            let began = was.last_run.as_ref().is_none_or(|known| !failed(known.status) || passes_by_itself(was));
            began.then_some(Notice::Failure)
        }
        _ => None,
    }
}

/// Offline, or Atlassian is limiting requests: the next run does what this one could not.
fn passes_by_itself(card: &ConfluenceCard) -> bool {
    let code = card.problem.as_ref().map(|problem| problem.code);
    matches!(code, Some(ProblemCode::Offline | ProblemCode::RateLimited))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{
        client::{ClientKind, ClientRegistration, ClientUse},
        overview::dto::{FilesCard, PageCounts, PlanName, PlanUse, Problem, RunSummary, Site, SpaceRow},
        secrets::{SecretStoreUse, StoreKind, StoreState},
        settings::Settings,
    };

    fn run(id: u32, status: RunStatus) -> RunSummary {
        RunSummary {
            id,
            status,
            started_at: String::new(),
            ended_at: None,
            added: 0,
            updated: 0,
            moved: 0,
            removed: 0,
            unchanged: 0,
            expected: 0,
            stored: 0,
            failed: Vec::new(),
            left_out: 0,
            over_limit: Vec::new(),
            message: None,
            hint: None,
        }
    }

    /// `state[@site] [run:status] [synced] [offline|limited]`, as in `connected 3:failed synced`.
    fn overview(text: &str) -> Overview {
        let mut words = text.split(' ');
        let state = words.next().unwrap_or_default();
        let (state, site) = state.split_once('@').unwrap_or((state, "acme"));
        let state: ConnectionState = serde_json::from_value(state.into()).unwrap();
        let mut card = ConfluenceCard {
            state,
            kind: None,
            site: Some(Site { id: site.to_owned(), name: String::new(), url: String::new() }),
            account: None,
            sign_in: None,
            sites: Vec::new(),
            spaces: vec![SpaceRow {
                id: "1".to_owned(),
                key: "A".to_owned(),
                name: "A".to_owned(),
                selected: true,
                pages: None,
                synced_pages: 0,
                last_synced_at: None,
            }],
            plan: PlanUse { name: PlanName::Free, limit: None, used: 0 },
            pages: PageCounts { ready: 2, pending: 1, failed: 0, unavailable: 0 },
            sync: None,
            last_run: None,
            next_run_at: None,
            problem: None,
        };
        for word in words {
            let problem =
                |code| Problem { code, title: String::new(), message: String::new(), hint: None, until: None };
            match word.split_once(':') {
                Some((id, status)) => {
                    card.last_run = Some(run(id.parse().unwrap(), serde_json::from_value(status.into()).unwrap()));
                }
                None if word == "synced" => card.spaces[0].last_synced_at = Some("t".to_owned()),
                None if word == "offline" => card.problem = Some(problem(ProblemCode::Offline)),
                None => card.problem = Some(problem(ProblemCode::RateLimited)),
            }
        }
        Overview {
            confluence: card,
            files: FilesCard { sources: Vec::new() },
            settings: Settings::default(),
            client: ClientUse {
                kind: ClientKind::None,
                client_id: None,
                registration: ClientRegistration { scopes: Vec::new(), callbacks: Vec::new() },
            },
            secret_store: SecretStoreUse { kind: StoreKind::Session, state: StoreState::Ready, reason: None },
            on_battery: false,
            paused_until: None,
            can_start_at_login: true,
            tray_shown: true,
            version: String::new(),
            data_dir: String::new(),
            model_ready: true,
            model_name: None,
            answer_key_kept: false,
        }
    }

    const FIRST: Notice = Notice::FirstSync { pages: 3 };

    #[rstest]
    #[case::nothing_changed("connected 1:failed", "connected 1:failed", &[])]
    #[case::first_sync("connected", "connected 1:complete synced", &[FIRST])]
    #[case::first_after_a_failed_one("connected 1:failed", "connected 2:complete synced", &[FIRST])]
    #[case::second_sync("connected 1:complete synced", "connected 2:complete synced", &[])]
    #[case::failed("connected 1:complete synced", "connected 2:failed synced", &[Notice::Failure])]
    #[case::partial("connected 1:complete synced", "connected 2:partial synced", &[Notice::Failure])]
    #[case::first_one_failed("connected", "connected 1:failed", &[Notice::Failure])]
    #[case::failed_again("connected 2:failed synced", "connected 3:failed synced", &[])]
    #[case::failed_otherwise("connected 2:failed synced", "connected 3:partial synced", &[])]
    #[case::failed_anew("connected 3:complete synced", "connected 4:failed synced", &[Notice::Failure])]
    #[case::offline("connected 1:complete synced", "connected 2:failed synced offline", &[])]
    #[case::limited("connected 1:complete synced", "connected 2:partial synced limited", &[])]
    #[case::really_failed_after_offline("connected 2:failed synced offline", "connected 3:failed synced", &[Notice::Failure])]
    #[case::cancelled("connected 1:complete synced", "connected 2:cancelled synced", &[])]
    #[case::reconnect("connected 1:complete synced", "reconnect_needed 1:complete synced", &[Notice::Reconnect])]
    #[case::reconnect_by_a_run("connected 1:complete synced", "reconnect_needed 2:failed synced", &[Notice::Reconnect])]
    #[case::still_to_reconnect("reconnect_needed", "reconnect_needed", &[])]
    #[case::gave_up_reconnecting("connecting", "reconnect_needed", &[])]
    #[case::disconnected("connected 1:complete synced", "disconnected 1:complete synced", &[])]
    #[case::another_site("disconnected@old 7:complete synced", "connected@new 9:complete synced", &[])]
    fn are_few(#[case] before: &str, #[case] now: &str, #[case] expected: &[Notice]) {
        assert_eq!(notices(&overview(before), &overview(now)), expected);
    }

    #[rstest]
    #[case::first_sync("connected", "connected 1:complete synced", Notifications { first_sync: false, failure: true, reconnect: true })]
    #[case::failure("connected", "connected 1:failed", Notifications { first_sync: true, failure: false, reconnect: true })]
    #[case::reconnect("connected", "reconnect_needed", Notifications { first_sync: true, failure: true, reconnect: false })]
    fn can_be_switched_off(#[case] before: &str, #[case] now: &str, #[case] wanted: Notifications) {
        let (before, mut now) = (overview(before), overview(now));
        assert_eq!(notices(&before, &now).len(), 1);
        now.settings.notifications = wanted;
        assert_eq!(notices(&before, &now), []);
    }
}
