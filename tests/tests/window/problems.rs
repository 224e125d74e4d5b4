//! The problems that have words and a mend of their own.

use anyhow::Result;
use confluence_sim::{Fault, FaultEffect, RunningSimulator, Simulator, SpaceSource};
use tests::{desk::Desk, person};

use crate::stage::{connected, sample, tell, tell_after};

#[tokio::test(flavor = "multi_thread")]
async fn no_confluence_site_found() -> Result<()> {
    tell("no-site", Simulator::builder().no_sites(), async |stage| {
        stage.sign_in().await?;
        stage.window.reads("No Confluence site found").await?;
        stage.window.shows("mend", "Try another account").await?;
        stage.window.picture("problem").await?;
        stage.window.click("mend").await?;
        stage.window.reads("Finish signing in in your browser").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_spaces_found() -> Result<()> {
    tell("no-spaces", Simulator::builder().site_name("acme"), async |stage| {
        stage.sign_in().await?;
        stage.window.reads("No spaces found").await?;
        stage.window.shows("mend", "Check again").await?;
        stage.window.picture("problem").await?;
        let news = SpaceSource::from_files("NEWS", [("Hello.md".to_owned(), "# Hello\n\nWords.\n".to_owned())])?;
        stage.control().add_space(&news)?;
        stage.window.click("mend").await?;
        stage.window.find("space-NEWS").await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_says_until_when() -> Result<()> {
    let before = async |desk: &Desk, sim: &RunningSimulator| {
        connected(desk, &["OPS"]).await?;
        let headers = vec![("Retry-After".to_owned(), "3600".to_owned())];
        sim.control().add_fault(Fault::on(
            "*/wiki/api/v2/spaces/*/pages",
            FaultEffect::Status { code: 429, headers, body: String::new() },
        ));
        Ok(())
    };
    tell_after("limited", sample(&["OPS"])?, before, async |stage| {
        stage.window.click("sync").await?;
        stage.window.reads("Atlassian is limiting requests").await?;
        stage.window.reads("Continues by itself at").await?;
        stage.window.shows("sync-status", "Waiting for Atlassian").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_tries_again_by_itself_and_says_when() -> Result<()> {
    let before = async |desk: &Desk, sim: &RunningSimulator| {
        connected(desk, &["OPS"]).await?;
        sim.control().add_fault(Fault::on("*", FaultEffect::DropConnection));
        Ok(())
    };
    tell_after("offline", sample(&["OPS"])?, before, async |stage| {
        stage.window.click("sync").await?;
        stage.window.reads("Offline").await?;
        stage.window.reads("Tries again by itself at").await?;
        stage.window.picture("problem").await?;
        stage.control().clear_faults();
        stage.window.click("mend").await?;
        stage.window.reads("Synced just now").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn still_preparing_answers_by_words_already() -> Result<()> {
    let before = async |desk: &Desk, _: &RunningSimulator| {
        connected(desk, &["GEN"]).await?;
        desk.json(&["plan", "pro"]).map(drop)
    };
    tell_after("preparing", Simulator::builder().generate("GEN", 300, 1), before, async |stage| {
        stage.window.click("sync").await?;
        stage.window.reads("Embedding").await?;
        stage.window.type_into("search", "backup").await?;
        stage.window.reads("Still preparing").await?;
        stage.window.reads("Keyword results already appear.").await?;
        stage.window.find("hit").await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_with_nothing_selected_leads_to_the_spaces() -> Result<()> {
    let before = async |desk: &Desk, _: &RunningSimulator| Ok(person::sign_in(desk)?);
    tell_after("choose-a-space", sample(&["OPS"])?, before, async |stage| {
        stage.window.reads("Choose the spaces that your answers should come from.").await?;
        // There is no Sync button while nothing is saved.
        stage.window.lacks("sync").await?;
        stage.window.find("space-OPS").await.map(drop)
    })
    .await
}
