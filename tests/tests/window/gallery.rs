//! Pictures for whoever has not seen the app yet: the sample workspace, light and dark.

use anyhow::Result;
use confluence_sim::RunningSimulator;
use tests::desk::Desk;

use crate::stage::{Stage, sample, tell_after};

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_workspace_light_and_dark() -> Result<()> {
    let before = async |desk: &Desk, _: &RunningSimulator| desk.json(&["plan", "pro"]).map(drop);
    tell_after("gallery", sample(&[])?, before, async |stage| {
        stage.window.resize(1280, 800).await?;
        stage.window.click("try-sample").await?;
        stage.window.find("space-OPS").await?;
        stage.window.click("select-all").await?;
        stage.window.click("save-selection").await?;
        stage.window.click("sync").await?;
        stage.window.reads("Synced just now").await?;
        for look in ["light", "dark"] {
            stage.window.click("nav-settings").await?;
            stage.window.click(&format!("theme-{look}")).await?;
            walk(stage, look).await?;
        }
        Ok(())
    })
    .await
}

async fn walk(stage: &mut Stage, look: &str) -> Result<()> {
    stage.window.click("nav-integrations").await?;
    stage.window.find("confluence-card").await?;
    stage.window.picture(&format!("integrations-{look}")).await?;
    stage.window.click("pages-ready").await?;
    stage.window.find("pages-grid").await?;
    stage.window.picture(&format!("pages-{look}")).await?;
    stage.window.type_into("search", "What do we do when a container is crash looping?").await?;
    stage.window.find("hit").await?;
    stage.window.picture(&format!("search-{look}")).await?;
    stage.window.click("nav-settings").await?;
    stage.window.find("model").await?;
    stage.window.picture(&format!("settings-{look}")).await
}
