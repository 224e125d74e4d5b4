//! Settings, and what follows them: the schedule, the battery, where secrets are kept.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use coagentor::{
    App, Power, Schedule, SecretStoreKind, SignInVia,
    dto::{Choice, ConnectionState, Settings, StoreKind, StoreState},
};
use confluence_sim::Simulator;
use rstest::rstest;

use crate::desk::{Desk, space};

#[derive(Debug, Default)]
struct Plug(AtomicBool);

impl Power for Plug {
    fn on_battery(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

async fn save(app: &App, change: impl FnOnce(&mut Settings)) {
    let mut settings = app.settings().await.expect("reads");
    change(&mut settings);
    app.save_settings(&settings).await.expect("saves");
}

async fn next_run(app: &App) -> Option<String> {
    app.overview().await.expect("reads").confluence.next_run_at
}

async fn runs(app: &App, wanted: usize) -> usize {
    for _ in 0..300 {
        let runs = app.runs(100).await.expect("lists").len();
        if runs >= wanted {
            return runs;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    app.runs(100).await.expect("lists").len()
}

#[tokio::test]
async fn are_kept_and_shown() {
    let desk = Desk::two_spaces().await;
    assert_eq!(desk.app.overview().await.expect("reads").settings, Settings::default());
    save(&desk.app, |settings| settings.pause_on_battery = true).await;
    let other = desk.second_app().await;
    assert!(other.overview().await.expect("reads").settings.pause_on_battery);
    let bad = Settings { sync_every_hours: Some(25), ..Settings::default() };
    assert_eq!(desk.app.save_settings(&bad).await.expect_err("is refused").code(), "bad_setting");
    assert!(desk.app.settings().await.expect("reads").pause_on_battery, "and changes nothing");
}

#[tokio::test]
async fn the_next_run_follows_the_interval_at_once() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    let hour = |at: Option<String>| at.map(|at| at[11..13].to_owned());
    assert_eq!(hour(next_run(&desk.app).await).as_deref(), Some("16"));
    save(&desk.app, |settings| settings.sync_every_hours = Some(2)).await;
    assert_eq!(hour(next_run(&desk.app).await).as_deref(), Some("12"));
    save(&desk.app, |settings| settings.sync_every_hours = None).await;
    assert_eq!(next_run(&desk.app).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shorter_interval_starts_what_is_overdue() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    desk.control().advance(Duration::from_hours(3));
    let schedule = Schedule::start(desk.app.clone()).await.expect("starts");
    assert_eq!(desk.app.runs(9).await.expect("lists").len(), 1);
    save(&desk.app, |settings| settings.sync_every_hours = Some(2)).await;
    assert_eq!(runs(&desk.app, 2).await, 2);
    schedule.stop().await.expect("stops");
}

#[tokio::test]
async fn a_pause_lasts_an_hour_or_until_somebody_syncs() {
    let desk = Desk::two_spaces().await;
    desk.sync().await;
    save(&desk.app, |settings| settings.sync_every_hours = Some(1)).await;
    desk.control().advance(Duration::from_mins(50));
    desk.app.pause_for_an_hour().await.expect("pauses");
    assert_eq!(next_run(&desk.app).await.as_deref(), Some("2026-11-22T12:10:00Z"));
    assert!(desk.second_app().await.paused_until().await.expect("reads").is_some(), "also after a restart");
    desk.app.start_sync().await.expect("starts");
    assert_eq!(desk.app.paused_until().await.expect("reads"), None);
    desk.app.pause_for_an_hour().await.expect("pauses");
    desk.control().advance(Duration::from_mins(61));
    assert_eq!(desk.app.paused_until().await.expect("reads"), None);
}

#[rstest]
#[case::spared(true, 1)]
#[case::not_spared(false, 2)]
#[tokio::test(flavor = "multi_thread")]
async fn on_battery_nothing_starts_by_itself(#[case] pause_on_battery: bool, #[case] expected: usize) {
    let plug = Arc::new(Plug::default());
    let power = Arc::clone(&plug);
    let sim = Simulator::builder().space(space("A", &["a1"]));
    let desk = Desk::with(sim, |config| config.power = power).await;
    desk.sign_in().await;
    desk.select(&["A"]).await;
    desk.sync().await;
    save(&desk.app, |settings| settings.pause_on_battery = pause_on_battery).await;
    plug.0.store(true, Ordering::Relaxed);
    assert!(desk.app.overview().await.expect("reads").on_battery);
    desk.control().advance(Duration::from_hours(30));
    let schedule = Schedule::start(desk.app.clone()).await.expect("starts");
    assert_eq!(runs(&desk.app, expected.max(2)).await, expected);
    // A run is recorded a moment before it is over.
    while let Err(error) = desk.app.start_sync().await {
        assert_eq!(error.code(), "sync_running", "a person may");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(runs(&desk.app, expected + 1).await, expected + 1);
    schedule.stop().await.expect("stops");
}

/// Where nobody has chosen a place for secrets, and the environment does not either.
async fn free() -> Desk {
    Desk::with(Simulator::builder().space(space("A", &["a1"])), |config| config.secret_store = None).await
}

async fn store(app: &App) -> (StoreKind, StoreState) {
    let overview = app.overview().await.expect("reads");
    (overview.secret_store.kind, overview.secret_store.state)
}

#[tokio::test]
async fn a_passphrase_keeps_the_sign_in_over_a_restart() {
    let desk = free().await;
    let choose =
        |passphrase: Option<&'static str>| desk.app.choose_secret_store(Choice::Passphrase, passphrase.map(Into::into));
    assert_eq!(choose(None).await.expect_err("without one").code(), "bad_setting");
    assert_eq!(choose(Some("short")).await.expect_err("too short").code(), "bad_setting");
    choose(Some("correct horse")).await.expect("is chosen");
    assert_eq!(store(&desk.app).await, (StoreKind::Passphrase, StoreState::Ready));
    desk.sign_in().await;

    let again = desk.second_app().await;
    assert_eq!(store(&again).await, (StoreKind::Passphrase, StoreState::Locked));
    assert_eq!(again.refresh_spaces().await.expect_err("is locked").code(), "secrets_locked");
    let begun = again.connect(SignInVia::DeepLink).await;
    assert_eq!(begun.expect_err("no place for tokens").code(), "secrets_locked");
    let wrong = again.unlock_secret_store("correct house".into()).await;
    assert_eq!(wrong.expect_err("is wrong").code(), "wrong_passphrase");
    assert_eq!(again.overview().await.expect("reads").confluence.state, ConnectionState::Connected);
    again.unlock_secret_store("correct horse".into()).await.expect("opens");
    assert_eq!(store(&again).await, (StoreKind::Passphrase, StoreState::Ready));
    again.refresh_spaces().await.expect("is still signed in");
}

#[tokio::test]
async fn a_locked_store_lets_no_run_fail() {
    let desk = free().await;
    desk.app.choose_secret_store(Choice::Passphrase, Some("correct horse".into())).await.expect("is chosen");
    desk.sign_in().await;
    desk.select(&["A"]).await;
    desk.sync().await;
    desk.control().advance(Duration::from_hours(30));
    let again = desk.second_app().await;
    let schedule = Schedule::start(again.clone()).await.expect("starts");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(again.runs(9).await.expect("lists").len(), 1);
    schedule.stop().await.expect("stops");
}

#[tokio::test]
async fn for_this_session_only_is_said_after_a_restart() {
    let desk = free().await;
    desk.app.choose_secret_store(Choice::Session, None).await.expect("is chosen");
    assert_eq!(store(&desk.app).await, (StoreKind::Session, StoreState::Ready));
    desk.sign_in().await;
    desk.app.refresh_spaces().await.expect("works");
    let again = desk.second_app().await;
    again.wake().await.expect("wakes");
    for _ in 0..300 {
        if again.overview().await.expect("reads").confluence.state == ConnectionState::ReconnectNeeded {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("a sign-in that is gone is not told");
}

#[tokio::test]
async fn what_the_session_held_moves_into_the_file() {
    let desk = free().await;
    desk.app.choose_secret_store(Choice::Session, None).await.expect("is chosen");
    desk.sign_in().await;
    desk.app.choose_secret_store(Choice::Passphrase, Some("correct horse".into())).await.expect("is chosen");
    desk.app.refresh_spaces().await.expect("is still signed in");
    // A forgotten passphrase: a new file, and a new sign-in.
    let again = desk.second_app().await;
    again.choose_secret_store(Choice::Passphrase, Some("another horse".into())).await.expect("is chosen");
    assert_eq!(again.overview().await.expect("reads").confluence.state, ConnectionState::ReconnectNeeded);
}

#[rstest]
#[case::file(SecretStoreKind::File, StoreKind::File)]
#[case::memory(SecretStoreKind::Memory, StoreKind::Session)]
#[tokio::test]
async fn the_environment_has_the_last_word(#[case] forced: SecretStoreKind, #[case] kind: StoreKind) {
    let sim = Simulator::builder().space(space("A", &["a1"]));
    let desk = Desk::with(sim, |config| config.secret_store = Some(forced)).await;
    assert_eq!(store(&desk.app).await, (kind, StoreState::Ready));
    let chosen = desk.app.choose_secret_store(Choice::Session, None).await;
    assert_eq!(chosen.expect_err("is not free").code(), "bad_setting");
}
