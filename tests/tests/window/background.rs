//! The app without its window: closed, started hidden, started twice, started at login, and what it tells meanwhile.

use anyhow::{Result, ensure};
use confluence_sim::{Fault, FaultEffect, RunningSimulator};
use tests::{desk::Desk, notifications::Notifications, person::Press, screen::Screen};

use crate::stage::{connected, sample, tell, tell_after};

const TITLE: &str = "CoAgentor";

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_window_comes_back_with_a_second_start() -> Result<()> {
    let before = async |desk: &Desk, _: &RunningSimulator| connected(desk, &["OPS"]).await;
    tell_after("closed", sample(&["OPS"])?, before, async |stage| {
        let screen = Screen::open()?;
        let notifications = Notifications::listen(&stage.desk)?;
        stage.window.find("sync").await?;
        screen.shows(TITLE)?;
        screen.close(TITLE)?;
        screen.hides(TITLE)?;
        notifications.wait_for("CoAgentor keeps running")?;
        stage.window.start_again(&stage.desk, &[])?;
        screen.shows(TITLE)?;
        // It went on: the window works as before. That it keeps running is said once.
        stage.sync().await?;
        screen.close(TITLE)?;
        screen.hides(TITLE)?;
        stage.window.start_again(&stage.desk, &[])?;
        screen.shows(TITLE)?;
        stage.window.shows("badge", "Connected").await?;
        ensure!(notifications.count("CoAgentor keeps running")? == 1, "said more than once");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_the_browser_brings_a_closed_window_back() -> Result<()> {
    tell("closed-meanwhile", sample(&["OPS"])?, async |stage| {
        let screen = Screen::open()?;
        let callback = stage.answer_in_browser(Press::Allow).await?;
        screen.close(TITLE)?;
        screen.hides(TITLE)?;
        stage.window.hand_over(&stage.desk, &callback)?;
        screen.shows(TITLE)?;
        stage.window.shows("badge", "Connected").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_start_shows_no_window_until_a_second_start() -> Result<()> {
    tell("hidden", sample(&["OPS"])?, async |stage| {
        let screen = Screen::open()?;
        stage.restart_with(&["--hidden"]).await?;
        // The page is there, behind no window.
        stage.window.holds("confluence-card", "Connect Confluence").await?;
        ensure!(!screen.is_shown(TITLE)?, "a window is shown");
        stage.window.start_again(&stage.desk, &[])?;
        screen.shows(TITLE)?;
        stage.window.shows("connect", "Connect Confluence").await
    })
    .await
}

/// Waits until the settings say so; the system was told before.
async fn kept(desk: &Desk, at_login: bool) -> Result<()> {
    for _ in 0..100 {
        if desk.json(&["settings"])?["start_at_login"] == at_login {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    anyhow::bail!("the setting does not become {at_login}")
}

#[tokio::test(flavor = "multi_thread")]
async fn starting_at_login_is_told_to_the_system_and_taken_back() -> Result<()> {
    tell("login", sample(&["OPS"])?, async |stage| {
        let folder = stage.desk.path().join("home/.config/autostart");
        let entries = || std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
        stage.window.click("nav-settings").await?;
        stage.window.click("start-at-login").await?;
        kept(&stage.desk, true).await?;
        stage.window.picture("on").await?;
        let entry = entries().next();
        let text = entry.as_ref().map(std::fs::read_to_string).transpose()?.unwrap_or_default();
        ensure!(text.contains("coagentor-desktop") && text.contains("--hidden"), "{entry:?}: {text}");
        stage.window.click("start-at-login").await?;
        kept(&stage.desk, false).await?;
        ensure!(entries().next().is_none(), "{:?} is still there", entries().next());
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_has_expired_is_notified_once() -> Result<()> {
    let before = async |desk: &Desk, _: &RunningSimulator| {
        connected(desk, &["OPS"]).await?;
        desk.json(&["sync"])?;
        desk.json(&["settings", "language=de"]).map(drop)
    };
    tell_after("notified", sample(&["OPS"])?, before, async |stage| {
        let notifications = Notifications::listen(&stage.desk)?;
        stage.window.shows("badge", "Verbunden").await?;
        stage.control().revoke_grants();
        stage.control().expire_access_tokens();
        stage.window.click("sync").await?;
        stage.window.shows("badge", "Neu anmelden").await?;
        notifications.wait_for("Ihre Anmeldung bei Atlassian ist abgelaufen.")?;
        // What comes after is told too, and the first thing not again.
        stage.sign_in().await?;
        stage.window.shows("badge", "Verbunden").await?;
        stage.window.shows("sync", "Abgleichen").await?;
        let poison = FaultEffect::Status { code: 403, headers: Vec::new(), body: String::new() };
        stage.control().add_fault(Fault::on("*/wiki/api/v2/spaces/*/pages", poison));
        stage.window.click("sync").await?;
        notifications.wait_for("Confluence braucht Sie")?;
        stage.window.reads("Eine Seite oder ein Bereich ließ sich nicht abgleichen.").await?;
        ensure!(notifications.count("Neu anmelden")? == 1, "told more than once");
        stage.window.picture("german").await
    })
    .await
}
