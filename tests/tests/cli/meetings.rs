//! Contexts, agents, meetings and MCP through the real binary.

use std::{
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{
    desk::{Desk, errors},
    person,
};

use crate::site;

/// Two folders of notes, each in a context of its own, and an agent that may see one of them.
fn set_up(desk: &Desk) -> Result<()> {
    for (folder, file, text) in [
        (
            "travel",
            "trips.md",
            "# Trips\n\n## Approval\n\nTrips above two thousand euros are approved by the finance lead.\n",
        ),
        (
            "secret",
            "salaries.md",
            "# Salaries\n\n## Bands\n\nTrips do not count towards the salary of a finance lead.\n",
        ),
    ] {
        let path = desk.path().join(folder);
        std::fs::create_dir_all(&path)?;
        std::fs::write(path.join(file), text)?;
        let path = path.to_str().context("a path")?;
        desk.json(&["files", "add", path])?;
        desk.json(&["contexts", "create", folder])?;
        desk.json(&["contexts", "add", folder, "--folder", path])?;
    }
    desk.json(&["agents", "create", "Scout"])?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_hears_a_transcript_and_shows_what_its_context_answers() -> Result<()> {
    let (_sim, desk) = site::generated(1).await?;
    set_up(&desk)?;
    let run = ["--json", "meeting", "run", "--agent", "scout"];
    let refused = desk.run_with_input(&run, "hello\n")?;
    ensure!(!refused.status.success() && errors(&refused).contains("has no context"), "{}", errors(&refused));
    ensure!(errors(&refused).contains("hint: assign one"), "{}", errors(&refused));

    let agents = desk.json(&["agents", "assign", "Scout", "travel"])?;
    assert_eq!(agents[0]["contexts"], json!(["travel"]));
    let talk = "{\"at\": 1.5, \"speaker\": \"Ann\", \"text\": \"how was your weekend?\"}\n\
                this line is broken\n\
                {\"at\": 9, \"speaker\": \"Bob\", \"text\": \"does anybody remember who has to approve a trip over two thousand euros\"}\n\
                {\"at\": 12, \"speaker\": \"Ann\", \"text\": \"no idea\"}\n";
    let heard = desk.run_with_input(&run, talk)?;
    ensure!(heard.status.success(), "{}", errors(&heard));
    let lines = String::from_utf8(heard.stdout.clone())?;
    let cards: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    assert_eq!(cards.len(), 1, "{lines}");
    let card = &cards[0];
    assert_eq!((card["at"].as_f64(), card["hits"][0]["title"].as_str()), (Some(9.0), Some("Trips")), "{card}");
    assert_eq!(card["hits"][0]["heading_path"], json!(["Approval"]));
    assert!(card["confidence"].as_f64().is_some_and(|sure| (0.5..=1.0).contains(&sure)), "{card}");
    assert!(card["took_ms"]["total"].as_f64().is_some_and(|ms| ms > 0.0) && card["trigger"].is_null(), "{card}");
    ensure!(errors(&heard).contains("4 turns heard") || errors(&heard).contains("3 turns heard"), "{}", errors(&heard));

    let meetings = desk.json(&["meeting", "list"])?;
    assert_eq!((meetings[0]["agent"].as_str(), meetings[0]["cards"].as_u64()), (Some("Scout"), Some(1)));
    let id = meetings[0]["id"].to_string();
    let exported = String::from_utf8(desk.run(&["meeting", "export", &id])?.stdout)?;
    assert!(exported.contains("Trips > Approval") && !exported.contains("Salaries"), "{exported}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_outside_a_context_is_found() -> Result<()> {
    let (_sim, desk) = site::generated(1).await?;
    set_up(&desk)?;
    desk.json(&["agents", "assign", "Scout", "travel"])?;
    let titles = |answer: &Value| -> Vec<String> {
        answer["hits"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|hit| Some(hit["title"].as_str()?.to_owned()))
            .collect()
    };
    for arguments in [
        ["search", "salary of the finance lead", "--agent", "Scout"],
        ["search", "salary of the finance lead", "--context", "travel"],
    ] {
        assert_eq!(titles(&desk.json(&arguments)?), ["Trips"]);
    }
    let all = desk.json(&["search", "salary of the finance lead"])?;
    assert!(titles(&all).contains(&"Salaries".to_owned()));
    let unknown = desk.run(&["search", "x", "--context", "nope"])?;
    ensure!(errors(&unknown).contains("hint: there are `secret`, `travel`"), "{}", errors(&unknown));
    let secret = all["hits"].as_array().into_iter().flatten().find(|hit| hit["title"] == "Salaries");
    let secret = secret.and_then(|hit| hit["page_id"].as_str()).context("an id")?;

    // The same through MCP.
    let mut server = desk
        .command("coagentor")?
        .args(["mcp", "--context", "travel"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = server.stdin.take().context("its input")?;
    let mut output = BufReader::new(server.stdout.take().context("its output")?).lines();
    let mut ask = |message: Value| -> Result<Value> {
        writeln!(input, "{message}")?;
        if message["id"].is_null() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_str(&output.next().context("an answer")??)?)
    };
    let hello = ask(json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}))?;
    assert_eq!(hello["result"]["serverInfo"]["name"], "coagentor", "{hello}");
    ask(json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))?;
    let tools = ask(json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}))?;
    let names: Vec<&str> =
        tools["result"]["tools"].as_array().into_iter().flatten().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["read_page", "search"], "{tools}");
    let call = |id: u32, name: &str, arguments: Value| json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": name, "arguments": arguments}});
    let found = ask(call(3, "search", json!({"query": "salary of the finance lead"})))?;
    let text = found["result"]["content"][0]["text"].as_str().context("text")?;
    assert!(text.contains("Trips") && !text.contains("Salaries"), "{text}");
    let refused = ask(call(4, "read_page", json!({"page_id": secret})))?;
    assert_eq!(refused["result"]["isError"], true, "{refused}");
    drop(input);
    assert!(server.wait()?.success(), "it ends with its input");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_context_follows_the_spaces_and_pages_of_a_site() -> Result<()> {
    let (_sim, desk) = site::generated(4).await?;
    person::sign_in(&desk)?;
    let spaces = desk.json(&["spaces"])?;
    let key = spaces[0]["key"].as_str().context("a key")?;
    desk.json(&["select", key])?;
    desk.json(&["sync"])?;
    desk.json(&["contexts", "create", "Wiki", "--colour", "green"])?;
    let contexts = desk.json(&["contexts", "add", "Wiki", "--space", key])?;
    assert_eq!(contexts[0]["sources"][0]["state"], "ok", "{contexts}");
    assert_eq!(contexts[0]["ready"], contexts[0]["sources"][0]["ready"]);
    assert!(contexts[0]["ready"].as_u64().is_some_and(|ready| ready > 0), "{contexts}");
    desk.json(&["disconnect"])?;
    assert_eq!(desk.json(&["contexts"])?[0]["sources"][0]["state"], "disconnected");
    let left = desk.json(&["contexts", "remove", "Wiki", "--space", key])?;
    assert_eq!(left[0]["sources"], json!([]));
    let wrong = desk.run(&["contexts", "create", "Other", "--colour", "mauve"])?;
    ensure!(!wrong.status.success() && errors(&wrong).contains("mauve"), "{}", errors(&wrong));
    Ok(())
}
