//! From a context to an exported meeting, and what is said where something is missing.

use anyhow::Result;
use tests::desk::last_json;

use crate::stage::{Stage, connected, sample, tell_after};

#[tokio::test(flavor = "multi_thread")]
async fn from_a_context_to_an_exported_meeting() -> Result<()> {
    let synced = async |desk: &tests::desk::Desk, _: &_| {
        connected(desk, &["OPS"]).await?;
        desk.json(&["sync"]).map(|_| ())
    };
    tell_after("meeting", sample(&["OPS"])?, synced, story).await
}

async fn story(stage: &mut Stage) -> Result<()> {
    let Stage { window, desk, .. } = stage;

    window.click("nav-agents").await?;
    window.click("new-agent").await?;
    window.fill("agent-name", "Scout").await?;
    window.click("save").await?;
    window.reads("This agent has no context").await?;
    window.picture("an-agent-without-context").await?;

    window.click("nav-contexts").await?;
    window.click("new-context").await?;
    window.fill("context-name", "Operations").await?;
    window.press_at("[role=treeitem]", " ").await?;
    window.picture("a-context-with-a-site").await?;
    window.click("save").await?;
    window.reads("Operations").await?;
    window.picture("contexts").await?;
    desk.json(&["agents", "assign", "Scout", "Operations"])?;

    window.click("nav-meetings").await?;
    window.fill("meeting-title", "Incident review").await?;
    window.picture("before-the-meeting").await?;
    window.click("start-meeting").await?;
    window.find("running-meeting").await?;
    window.type_into("say", "Lea: good morning everybody, nice weather today").await?;
    window.click("add-text").await?;
    window.type_into("say", "Ann: what do we do when a container is crash looping after a config change?").await?;
    window.click("add-text").await?;
    window.find("card-1").await?;
    window.shows("card-1", "Crash looping containers").await?;
    window.picture("a-card").await?;
    window.lacks("card-2").await?;
    window.click("pin-1").await?;
    window.find("open-hit").await?;
    window.click("end-meeting").await?;
    window.find("ended-cards").await?;
    window.picture("ended").await?;

    // The export's dialog is the system's; what it writes is the same as here.
    let meetings = desk.json(&["meeting", "list"])?;
    let id = meetings[0]["id"].to_string();
    let markdown = desk.run(&["meeting", "export", &id])?;
    let text = String::from_utf8(markdown.stdout)?;
    assert!(text.starts_with("# Incident review"), "{text}");
    assert!(text.contains("crash looping") && text.contains("](<http"), "{text}");
    let found = last_json(&desk.run(&["--json", "search", "crash looping", "--agent", "Scout"])?)?;
    assert!(found["hits"].as_array().is_some_and(|hits| !hits.is_empty()));
    Ok(())
}
