//! The main story: sign in by deep link, choose, save, sync, ask, see the cited section.

use anyhow::{Context, Result};
use tests::person::{self, Press};
use url::Url;

use crate::stage::{Stage, sample, tell};

#[tokio::test(flavor = "multi_thread")]
async fn from_sign_in_to_a_cited_section() -> Result<()> {
    tell("main", sample(&["OPS", "PROD", "PEOPLE"])?, story).await
}

async fn story(stage: &mut Stage) -> Result<()> {
    let Stage { window, desk, sim } = stage;
    window.reads("can't create, edit or delete anything in Confluence").await?;
    window.picture("never-connected").await?;

    window.click("connect").await?;
    window.reads("Finish signing in in your browser").await?;
    let authorize = window.find("sign-in-link").await?.prop("value").await?.context("no address to copy")?;
    window.picture("waiting-for-the-browser").await?;
    let callback = person::press(&Url::parse(&authorize)?, Press::Allow)?;
    assert_eq!(callback.scheme(), "coagentor");
    let mut forged = callback.clone();
    forged.set_query(Some("code=stolen&state=guessed"));
    window.hand_over(desk, &forged)?;
    window.reads("Finish signing in in your browser").await?;
    window.hand_over(desk, &callback)?;

    window.find("space-OPS").await?;
    window.picture("connected-nothing-selected").await?;
    for key in ["OPS", "PEOPLE"] {
        window.click(&format!("space-{key}")).await?;
    }
    window.picture("spaces-ticked").await?;
    window.click("save-selection").await?;
    window.click("sync").await?;
    window.find("progress").await?;
    window.picture("syncing").await?;
    window.reads("25 of").await?;
    window.reads("fit the Free plan").await?;
    window.picture("synced").await?;

    window.type_into("search", "What do we do when a container is crash looping after a config change?").await?;
    let hit = window.find("hit").await?;
    let said = hit.text().await?;
    assert!(said.to_lowercase().contains("crash"), "{said}");
    window.find("hit-open").await?;
    window.picture("cited-section").await?;

    // What was asked of the site was asked read-only.
    assert_eq!(sim.control().counters().refused_writes, 0);
    let policy = "return document.querySelectorAll('script:not([src])').length";
    assert_eq!(window.script(policy).await?, 0, "no inline script in the window");
    Ok(())
}
