//! Settings, the list of pages, and where the sign-in is kept.

use anyhow::{Result, ensure};
use confluence_sim::RunningSimulator;
use tests::desk::Desk;

use crate::stage::{connected, sample, tell_after, tell_on};

async fn synced(desk: &Desk, _: &RunningSimulator) -> Result<()> {
    connected(desk, &["OPS"]).await?;
    desk.json(&["sync"]).map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_outlives_the_window() -> Result<()> {
    tell_after("settings", sample(&["OPS"])?, synced, async |stage| {
        stage.window.click("nav-settings").await?;
        stage.window.choose("schedule", "Only when I press Sync").await?;
        stage.window.click("run-checks").await?;
        stage.window.find("checks").await?;
        stage.window.picture("settings").await?;
        stage.window.choose("language", "Deutsch").await?;
        stage.window.shows("nav-settings", "Einstellungen").await?;
        stage.window.picture("german").await?;
        stage.restart().await?;
        stage.window.shows("nav-settings", "Einstellungen").await?;
        let kept = stage.desk.json(&["settings"])?;
        ensure!(kept["sync_every_hours"].is_null(), "{kept}");
        stage.window.picture("after").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_listed_with_its_state() -> Result<()> {
    tell_after("pages", sample(&["OPS"])?, synced, async |stage| {
        stage.window.click("pages-ready").await?;
        stage.window.shows("pages-count", "25").await?;
        stage.window.picture("all").await?;
        stage.window.type_into("pages-filter", "certificate").await?;
        stage.window.holds("pages-grid", "Certificate renewal").await?;
        stage.window.shows("pages-count", "1 page").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_everything_leaves_the_app_as_on_the_first_day() -> Result<()> {
    tell_after("delete", sample(&["OPS"])?, synced, async |stage| {
        stage.window.click("nav-settings").await?;
        stage.window.click("delete-all").await?;
        stage.window.picture("asks").await?;
        stage.window.fill("word", "delete").await?;
        stage.window.click("confirm-delete").await?;
        stage.window.gone("delete-dialog").await?;
        stage.window.click("nav-integrations").await?;
        stage.window.shows("connect", "Connect Confluence").await?;
        let pages = stage.desk.json(&["pages"])?;
        ensure!(pages.as_array().is_some_and(Vec::is_empty), "{pages}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_secret_store_the_person_decides() -> Result<()> {
    let lost = |desk: Desk| {
        desk.with("COAGENTOR_SECRET_STORE", "").with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/there/is/no/bus")
    };
    tell_on("no-secret-store", sample(&["OPS"])?, lost, async |stage| {
        stage.window.find("store-note").await?;
        stage.window.picture("says").await?;
        stage.window.click("mend-store").await?;
        stage.window.find("store-dialog").await?;
        stage.window.click("store-session").await?;
        stage.window.picture("asks").await?;
        stage.window.click("use-store").await?;
        stage.window.gone("store-note").await?;
        stage.window.find("connect").await.map(drop)
    })
    .await
}
