//! Bad input gets one line of reason and a hint, exit status 1, and loses nothing.

use std::process::Output;

use anyhow::Result;
use rstest::rstest;
use tests::{
    desk::{Desk, errors},
    person::{self, Press},
};

use crate::site;

/// Exit status 1, a reason that says `reason`, a hint that says `hint`, no secret, no backtrace.
fn assert_refused(output: &Output, reason: &str, hint: &str) {
    let text = errors(output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    let said = text.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
    assert!(said.contains(reason), "`{reason}` is not said in: {text}");
    assert!(text.lines().any(|line| line.starts_with("hint: ") && line.contains(hint)), "no hint `{hint}` in: {text}");
    assert!(!text.contains(site::SECRET) && !text.contains("panicked"), "{text}");
}

/// Runs `connect` with a person who does something at the printed address.
fn connect(desk: &Desk, person: impl FnOnce(&url::Url) -> Result<()>) -> Result<Output> {
    let mut child = desk.spawn(&["connect", "--no-browser", "--timeout", "5"])?;
    let address = person::printed_address(&mut child)?;
    person(&address)?;
    Ok(child.wait_with_output()?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_client_secret() -> Result<()> {
    let (_sim, desk) = site::sample().await?;
    let desk = desk.with("COAGENTOR_CLIENT_SECRET", "not-the-secret");
    let output = connect(&desk, |address| person::get(&person::press(address, Press::Allow)?).map(drop))?;
    assert_refused(&output, "client secret", "client secret");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denied_consent() -> Result<()> {
    let (_sim, desk) = site::sample().await?;
    let output = connect(&desk, |address| person::get(&person::press(address, Press::Deny)?).map(drop))?;
    assert_refused(&output, "not granted", "connect again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_callback_does_not_end_the_sign_in() -> Result<()> {
    let (_sim, desk) = site::sample().await?;
    let output = connect(&desk, |address| {
        let callback = person::press(address, Press::Allow)?;
        let mut forged = callback.clone();
        forged.set_query(Some("code=stolen&state=guessed"));
        let (head, _) = person::get(&forged)?;
        assert!(head.starts_with("HTTP/1.1 400"), "{head}");
        person::get(&callback).map(drop)
    })?;
    assert!(output.status.success(), "{}", errors(&output));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_forged_callback_runs_out_of_time() -> Result<()> {
    let (_sim, desk) = site::sample().await?;
    let output = connect(&desk, |address| {
        let mut forged = person::press(address, Press::Allow)?;
        forged.set_query(Some("code=stolen&state=guessed"));
        person::get(&forged).map(drop)
    })?;
    assert_refused(&output, "not finished in time", "callback");
    assert_eq!(desk.json(&["status"])?["connection"]["state"], "disconnected");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken() -> Result<()> {
    let (_sim, desk) = site::sample().await?;
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    let port = taken.local_addr()?.port().to_string();
    let desk = desk.with("COAGENTOR_REDIRECT_PORT", &port);
    assert_refused(&desk.run(&["connect", "--no-browser"])?, &port, &port);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_space_key_changes_nothing() -> Result<()> {
    let (_sim, desk) = site::sample().await?;
    person::sign_in(&desk)?;
    desk.json(&["select", "OPS"])?;
    assert_refused(&desk.run(&["select", "PROD", "NOPE"])?, "`NOPE`", "coagentor spaces");
    let spaces = desk.json(&["spaces"])?;
    let selected: Vec<_> = spaces
        .as_array()
        .into_iter()
        .flatten()
        .filter(|space| space["selected"] == true)
        .map(|space| &space["key"])
        .collect();
    assert_eq!(selected, ["OPS"]);
    Ok(())
}

#[rstest]
#[case::connections("coagentor.db")]
#[case::knowledge("knowledge.db")]
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database(#[case] file: &str) -> Result<()> {
    let (_sim, desk) = site::sample().await?;
    std::fs::create_dir_all(desk.data_dir())?;
    std::fs::write(
        desk.data_dir().join(file),
        "this is not a database, and it is long enough to be looked at".repeat(40),
    )?;
    assert_refused(&desk.run(&["status"])?, file, "");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_model_leaves_search_by_words() -> Result<()> {
    let (_sim, desk) = site::sample().await?;
    let nowhere = desk.path().join("no-model").display().to_string();
    let desk = desk.with("COAGENTOR_MODEL_DIR", &nowhere);
    person::sign_in(&desk)?;
    desk.json(&["select", "OPS"])?;
    let sync = desk.run(&["--json", "sync"])?;
    assert!(sync.status.success(), "{}", errors(&sync));
    assert!(errors(&sync).contains("model is missing"), "{}", errors(&sync));
    let answer = desk.json(&["search", "crash looping"])?;
    assert!(answer["hits"].as_array().is_some_and(|hits| !hits.is_empty()));
    assert_refused(&desk.run(&["doctor"])?, "checks failed", "");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_network() -> Result<()> {
    let (sim, desk) = site::sample().await?;
    person::sign_in(&desk)?;
    desk.json(&["select", "OPS"])?;
    desk.json(&["sync"])?;
    sim.shutdown().await;
    let before = desk.json(&["status"])?;
    assert_refused(&desk.run(&["sync"])?, "no connection", "internet connection");
    let after = desk.json(&["status"])?;
    assert_eq!(before["pages"], after["pages"], "a lost network removes nothing");
    assert_eq!(after["connection"]["state"], "connected", "and does not end the sign-in");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_sign_in_keeps_pages_and_selection() -> Result<()> {
    let (sim, desk) = site::sample().await?;
    person::sign_in(&desk)?;
    desk.json(&["select", "OPS"])?;
    desk.json(&["sync"])?;
    sim.control().revoke_grants();
    let sync = desk.run(&["sync"])?;
    assert_eq!(sync.status.code(), Some(1));
    let status = desk.json(&["status"])?;
    assert_eq!(status["connection"]["state"], "reconnect_needed");
    assert!(status["pages"]["ready"].as_u64().is_some_and(|ready| ready > 0));
    person::sign_in(&desk)?;
    assert_eq!(desk.json(&["sync"])?["status"], "complete", "the selection is still there");
    Ok(())
}

#[rstest]
#[case::no_arguments(&[])]
#[case::unknown_command(&["explode"])]
#[case::limit_of_zero(&["search", "x", "--limit", "0"])]
#[case::token_without_a_site(&["connect", "--api-token"])]
#[tokio::test(flavor = "multi_thread")]
async fn wrong_usage_is_status_2(#[case] arguments: &[&str]) -> Result<()> {
    let (_sim, desk) = site::generated(1).await?;
    assert_eq!(desk.run(arguments)?.status.code(), Some(2));
    Ok(())
}

#[rstest]
#[case::sync(&["sync"])]
#[case::spaces(&["spaces"])]
#[case::disconnect(&["disconnect"])]
#[case::select(&["select", "OPS"])]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_connected(#[case] arguments: &[&str]) -> Result<()> {
    let (_sim, desk) = site::generated(1).await?;
    assert_refused(&desk.run(arguments)?, "no Confluence site is connected", "coagentor connect");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_plan() -> Result<()> {
    let (_sim, desk) = site::generated(1).await?;
    assert_refused(&desk.run(&["plan", "gold"])?, "`gold`", "coagentor plan");
    assert_eq!(desk.json(&["plan"])?["name"], "free", "the plan is still the old one");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_selected() -> Result<()> {
    let (_sim, desk) = site::sample().await?;
    person::sign_in(&desk)?;
    assert_refused(&desk.run(&["sync"])?, "choose at least one space", "select");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_token_signs_in_and_a_wrong_one_does_not() -> Result<()> {
    let (sim, desk) = site::sample().await?;
    let connect =
        ["--json", "connect", "--api-token", "--site-url", sim.url(), "--email", confluence_sim::ACCOUNT_EMAIL];
    assert_refused(&desk.run_with_input(&connect, "wrong\n")?, "refused the credentials", "API token");
    let output = desk.run_with_input(&connect, confluence_sim::DEFAULT_API_TOKEN)?;
    assert!(output.status.success(), "{}", errors(&output));
    desk.json(&["select", "OPS"])?;
    assert_eq!(desk.json(&["sync"])?["status"], "complete");
    Ok(())
}
