//! The states of the Confluence card.

use anyhow::{Result, ensure};
use confluence_sim::{Fault, FaultEffect, RunningSimulator, Simulator, SiteSource, SpaceSource};
use tests::desk::Desk;

use crate::stage::{connected, sample, tell, tell_after};

#[tokio::test(flavor = "multi_thread")]
async fn never_connected() -> Result<()> {
    tell("never-connected", sample(&["OPS"])?, async |stage| {
        stage.window.reads("Read-only. CoAgentor can't create, edit or delete anything in Confluence.").await?;
        for button in ["connect", "use-token", "try-sample"] {
            stage.window.find(button).await?;
        }
        stage.window.lacks("badge").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_for_the_browser() -> Result<()> {
    tell("waiting", sample(&["OPS"])?, async |stage| {
        stage.window.click("connect").await?;
        stage.window.reads("Finish signing in in your browser").await?;
        stage.window.reads(" left").await?;
        stage.window.shows("badge", "Connecting").await?;
        stage.window.picture("waiting").await?;
        stage.window.click("cancel").await?;
        stage.window.shows("connect", "Connect Confluence").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn several_sites_granted() -> Result<()> {
    let space = SpaceSource::from_files("NEWS", [("Hello.md".to_owned(), "# Hello\n\nWords.\n".to_owned())])?;
    let site = sample(&["OPS"])?.site(SiteSource::new("globex").space(space));
    tell("several-sites", site, async |stage| {
        stage.sign_in().await?;
        stage.window.reads("Which site do you want to read?").await?;
        stage.window.shows("badge", "Choose a site").await?;
        stage.window.reads("acme").await?;
        stage.window.picture("sites").await?;
        let globex = stage.sim.sites().into_iter().find(|site| site.name == "globex");
        let id = globex.map(|site| site.id).unwrap_or_default();
        stage.window.click(&format!("site-{id}")).await?;
        stage.window.click("use-site").await?;
        stage.window.find("space-NEWS").await?;
        stage.window.lacks("space-OPS").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn connected_with_nothing_selected() -> Result<()> {
    tell("nothing-selected", sample(&["OPS", "PROD"])?, async |stage| {
        stage.sign_in().await?;
        stage.window.shows("badge", "Connected").await?;
        stage.window.reads("Choose the spaces that your answers should come from.").await?;
        ensure!(!stage.window.is_active("save-selection").await?, "there is nothing to save yet");
        stage.window.click("space-OPS").await?;
        stage.window.reads("1 unsaved change").await?;
        stage.window.click("nav-settings").await?;
        stage.window.reads("Save your selection?").await?;
        stage.window.picture("unsaved").await?;
        stage.window.press_escape().await?;
        stage.window.gone("unsaved-dialog").await?;
        stage.window.click("save-selection").await?;
        stage.window.find("sync").await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn connected_and_synced() -> Result<()> {
    let before = async |desk: &Desk, _: &_| {
        connected(desk, &["OPS"]).await?;
        desk.json(&["sync"]).map(drop)
    };
    tell_after("connected", sample(&["OPS", "PROD"])?, before, async |stage| {
        stage.window.shows("badge", "Connected").await?;
        stage.window.reads("of 25 pages · Free plan").await?;
        stage.window.reads("Synced just now").await?;
        stage.window.reads("1 of 2 spaces selected").await?;
        for button in ["sync", "save-selection", "disconnect"] {
            stage.window.find(button).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn syncing_is_paused_resumed_and_cancelled() -> Result<()> {
    let before = async |desk: &Desk, sim: &RunningSimulator| {
        connected(desk, &["GEN"]).await?;
        desk.json(&["plan", "pro"])?;
        sim.control().add_fault(Fault::on("*/wiki/api/v2/pages", FaultEffect::Delay { milliseconds: 700 }));
        Ok(())
    };
    tell_after("syncing", Simulator::builder().generate("GEN", 400, 1), before, async |stage| {
        stage.window.click("sync").await?;
        stage.window.find("progress").await?;
        stage.window.shows("badge", "Syncing").await?;
        stage.window.reads("of 400 pages").await?;
        stage.window.click("pause").await?;
        stage.window.shows("badge", "Paused").await?;
        stage.window.picture("paused").await?;
        stage.window.click("resume").await?;
        stage.window.shows("badge", "Syncing").await?;
        stage.window.picture("syncing").await?;
        stage.window.click("cancel").await?;
        stage.window.reads("Sync cancelled").await?;
        stage.window.find("sync").await.map(drop)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partial_run_names_what_is_missing() -> Result<()> {
    let before = async |desk: &Desk, sim: &RunningSimulator| {
        connected(desk, &["PROD"]).await?;
        let page = sim.control().pages("PROD").into_iter().last().map(|page| page.id).unwrap_or_default();
        let poison = FaultEffect::Status { code: 500, headers: Vec::new(), body: String::new() };
        sim.control().add_fault(Fault::on("*/wiki/api/v2/pages", poison).with_query(page));
        desk.run(&["sync"]).map(drop)?;
        Ok(())
    };
    tell_after("partial", sample(&["PROD"])?, before, async |stage| {
        stage.window.shows("badge", "Needs attention").await?;
        stage.window.reads("could not be read").await?;
        stage.window.reads("Nothing was removed because of it.").await?;
        let title = stage.control().pages("PROD").into_iter().last().map(|page| page.title).unwrap_or_default();
        stage.window.press_button("Show 1 page").await?;
        stage.window.reads(&title).await?;
        stage.window.picture("missing").await?;
        stage.control().clear_faults();
        stage.window.shows("sync", "Retry").await?;
        stage.window.click("sync").await?;
        stage.window.shows("badge", "Connected").await?;
        stage.window.shows("sync", "Sync").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_sign_in_keeps_selection_and_pages() -> Result<()> {
    let before = async |desk: &Desk, sim: &RunningSimulator| {
        connected(desk, &["OPS"]).await?;
        desk.json(&["sync"])?;
        sim.control().revoke_grants();
        sim.control().expire_access_tokens();
        Ok(())
    };
    tell_after("reconnect", sample(&["OPS"])?, before, async |stage| {
        stage.window.click("sync").await?;
        stage.window.shows("badge", "Reconnect needed").await?;
        stage.window.reads("Your Atlassian sign-in has expired. Your spaces are still selected.").await?;
        stage.window.shows("sync-status", "Reconnect needed").await?;
        stage.window.shows("connect", "Reconnect").await?;
        stage.window.picture("reconnect-needed").await?;
        stage.sign_in().await?;
        stage.window.shows("badge", "Connected").await?;
        stage.window.reads("1 of 1 space selected").await?;
        // A sync follows by itself, and what was said about the old sign-in goes.
        stage.window.reads("Synced just now").await?;
        stage.window.shows("sync", "Sync").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn disconnected_pages_stay_until_they_are_removed() -> Result<()> {
    let before = async |desk: &Desk, _: &_| {
        connected(desk, &["OPS"]).await?;
        desk.json(&["sync"]).map(drop)
    };
    tell_after("disconnected", sample(&["OPS"])?, before, async |stage| {
        stage.window.click("disconnect").await?;
        stage.window.reads("Disconnect Confluence?").await?;
        stage.window.reads("CoAgentor forgets your sign-in").await?;
        stage.window.picture("asks").await?;
        stage.window.click("confirm-disconnect").await?;
        stage.window.reads("stay searchable but no longer update").await?;
        stage.window.picture("disconnected").await?;
        stage.window.type_into("search", "crash looping container").await?;
        stage.window.find("hit").await?;
        stage.window.click("nav-integrations").await?;
        stage.window.click("remove-pages").await?;
        stage.window.click("confirm-remove").await?;
        stage.window.gone("remove-dialog").await?;
        stage.window.gone("remove-pages").await?;
        stage.window.type_into("search", "crash looping container").await?;
        stage.window.reads("Nothing is synced yet").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_was_cut_off_is_taken_up_again() -> Result<()> {
    let before = async |desk: &Desk, sim: &RunningSimulator| {
        connected(desk, &["GEN"]).await?;
        desk.json(&["plan", "pro"])?;
        sim.control().add_fault(Fault::on("*/wiki/api/v2/pages", FaultEffect::Delay { milliseconds: 700 }));
        Ok(())
    };
    tell_after("cut-off", Simulator::builder().generate("GEN", 40, 1), before, async |stage| {
        stage.window.click("sync").await?;
        stage.window.reads("of 40 pages").await?;
        stage.restart().await?;
        stage.control().clear_faults();
        stage.window.find("confluence-card").await?;
        stage.window.picture("after").await?;
        stage.window.reads("40 pages · Pro plan, no limit").await?;
        stage.window.reads("Synced just now").await
    })
    .await
}
