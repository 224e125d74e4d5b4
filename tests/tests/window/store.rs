//! A machine without a secret store.

use anyhow::Result;
use tests::desk::Desk;

use crate::stage::{sample, tell_on};

#[tokio::test(flavor = "multi_thread")]
async fn a_passphrase_keeps_the_sign_in_over_a_restart() -> Result<()> {
    let lost = |desk: Desk| {
        desk.with("COAGENTOR_SECRET_STORE", "").with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/there/is/no/bus")
    };
    tell_on("passphrase", sample(&["OPS"])?.api_token("a-token"), lost, async |stage| {
        stage.window.click("mend-store").await?;
        stage.window.click("store-passphrase").await?;
        stage.window.fill("first", "correct horse").await?;
        stage.window.fill("again", "correct horse").await?;
        stage.window.picture("chooses").await?;
        stage.window.click("use-store").await?;
        stage.window.gone("store-note").await?;
        stage.window.click("use-token").await?;
        let site = stage.sim.url().to_owned();
        stage.window.fill("site", &site).await?;
        stage.window.fill("email", confluence_sim::ACCOUNT_EMAIL).await?;
        stage.window.fill("token", "a-token").await?;
        stage.window.press_button("Connect").await?;
        stage.window.click("space-OPS").await?;
        stage.window.click("save-selection").await?;
        stage.window.reads("Selection saved").await?;

        stage.restart().await?;
        stage.window.shows("store-note", "Your sign-in is locked").await?;
        stage.window.click("mend-store").await?;
        stage.window.fill("passphrase", "wrong horse").await?;
        stage.window.click("unlock").await?;
        stage.window.reads("The passphrase is wrong").await?;
        stage.window.picture("wrong").await?;
        stage.window.fill("passphrase", "correct horse").await?;
        stage.window.click("unlock").await?;
        stage.window.gone("unlock-dialog").await?;
        stage.window.gone("store-note").await?;
        stage.window.shows("badge", "Connected").await?;
        stage.sync().await
    })
    .await
}
