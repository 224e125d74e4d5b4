//! Ways to sign in, and how they fail.

use anyhow::Result;
use tests::{
    desk::Desk,
    person::{self, Press},
};

use crate::stage::{sample, tell, tell_on};

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_in_the_browser_is_said() -> Result<()> {
    tell("denied", sample(&["OPS"])?, async |stage| {
        let callback = stage.answer_in_browser(Press::Deny).await?;
        stage.window.hand_over(&stage.desk, &callback)?;
        stage.window.reads("Sign-in did not finish").await?;
        stage.window.picture("problem").await?;
        stage.window.click("mend").await?;
        stage.window.reads("Finish signing in in your browser").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_may_start_the_app() -> Result<()> {
    tell("cold-start", sample(&["OPS"])?, async |stage| {
        let callback = stage.answer_in_browser(Press::Allow).await?;
        stage.window.picture("before").await?;
        stage.restart_with(&[callback.as_str()]).await?;
        stage.window.shows("badge", "Connected").await?;
        stage.window.find("space-OPS").await?;
        // The same answer does nothing twice.
        stage.restart_with(&[callback.as_str()]).await?;
        stage.window.shows("badge", "Connected").await?;
        stage.window.lacks("problem").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_goes_on_after_a_restart_and_can_be_cancelled() -> Result<()> {
    tell("waits-on", sample(&["OPS"])?, async |stage| {
        let callback = stage.answer_in_browser(Press::Allow).await?;
        stage.restart().await?;
        stage.window.reads("Finish signing in in your browser").await?;
        stage.window.click("cancel").await?;
        stage.window.shows("connect", "Connect Confluence").await?;
        stage.restart_with(&[callback.as_str()]).await?;
        stage.window.shows("connect", "Connect Confluence").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_does_not_come_back_is_given_up() -> Result<()> {
    let hurried = |desk: Desk| desk.with("COAGENTOR_SIGN_IN_SECONDS", "4");
    tell_on("timed-out", sample(&["OPS"])?, hurried, async |stage| {
        let callback = stage.answer_in_browser(Press::Allow).await?;
        stage.window.reads("Sign-in did not finish").await?;
        stage.window.reads("The sign-in was not finished in time.").await?;
        stage.window.picture("problem").await?;
        // Too late.
        stage.window.hand_over(&stage.desk, &callback)?;
        stage.window.shows("mend", "Try again").await?;
        stage.window.lacks("space-OPS").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_may_come_back_over_loopback() -> Result<()> {
    tell("loopback", sample(&["OPS"])?, async |stage| {
        let callback = stage.answer_in_browser(Press::Allow).await?;
        let answer = if callback.scheme() == "http" { Some(person::get(&callback)?) } else { None };
        if answer.is_none() {
            stage.window.hand_over(&stage.desk, &callback)?;
        }
        stage.window.find("space-OPS").await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_token_connects_too() -> Result<()> {
    tell("api-token", sample(&["OPS"])?.api_token("a-token"), async |stage| {
        stage.window.click("use-token").await?;
        let site = stage.sim.url().to_owned();
        stage.window.fill("site", &site).await?;
        stage.window.fill("email", confluence_sim::ACCOUNT_EMAIL).await?;
        stage.window.fill("token", "wrong").await?;
        stage.window.press_button("Connect").await?;
        stage.window.reads("That did not work").await?;
        stage.window.picture("wrong-token").await?;
        stage.window.fill("token", "a-token").await?;
        stage.window.press_button("Connect").await?;
        stage.window.find("space-OPS").await?;
        stage.window.shows("badge", "Connected").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_needs_no_account() -> Result<()> {
    tell("sample", sample(&[])?, async |stage| {
        stage.window.click("try-sample").await?;
        stage.window.find("space-OPS").await?;
        stage.window.reads("The sample workspace").await?;
        stage.window.click("select-all").await?;
        stage.window.click("save-selection").await?;
        stage.window.click("sync").await?;
        stage.window.reads("fit the Free plan").await?;
        stage.window.type_into("search", "How do I get access to production?").await?;
        stage.window.find("hit").await.map(drop)
    })
    .await
}
