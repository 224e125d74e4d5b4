//! A run that is killed goes on where it was: nothing twice, nothing lost.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::person;

use crate::site;

const PAGES: u64 = 400;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_sync_goes_on() -> Result<()> {
    let (sim, desk) = site::generated(PAGES as usize).await?;
    person::sign_in(&desk)?;
    desk.json(&["plan", "pro"])?;
    desk.json(&["select", "GEN"])?;

    let mut child = desk.spawn(&["sync"])?;
    let stored = wait_until_some_are_stored(&desk)?;
    child.kill()?;
    child.wait()?;
    let kept = desk.json(&["status"])?;
    let kept_pages = pages_in(&kept);
    ensure!(kept_pages >= stored, "{kept_pages} pages after the kill, {stored} before");
    assert!(kept_pages < PAGES, "the kill came too late to prove anything");

    sim.control().clear_log();
    let run = desk.json(&["sync"])?;
    assert_eq!(run["status"], "complete", "{run}");
    assert_eq!(run["stored"], PAGES);
    assert_eq!(run["unchanged"].as_u64(), Some(kept_pages), "what was stored is not fetched again");
    assert_eq!(run["added"].as_u64(), Some(PAGES - kept_pages));
    let ids: Vec<String> = requested_ids(&sim);
    assert_eq!(ids.len() as u64, PAGES - kept_pages, "each missing page was asked for once");

    let status = desk.json(&["status"])?;
    assert_eq!(status["pages"]["ready"], PAGES);
    assert_eq!(status["chunks"], status["embedded"]);
    let pages = desk.json(&["pages"])?;
    let mut ids: Vec<&str> =
        pages.as_array().into_iter().flatten().filter_map(|page| page["page_id"].as_str()).collect();
    ids.dedup();
    assert_eq!(ids.len() as u64, PAGES, "no page is stored twice");
    Ok(())
}

const KILLS: usize = 50;
const CRASH_PAGES: u64 = 500;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_kills_lose_nothing_and_fetch_nothing_twice() -> Result<()> {
    let seed = u64::from(std::process::id());
    println!("seed {seed}");
    let mut random = Random(seed);
    let mut kills = 0;
    while kills < KILLS {
        let (sim, desk) = site::generated(CRASH_PAGES as usize).await?;
        person::sign_in(&desk)?;
        desk.json(&["plan", "pro"])?;
        desk.json(&["select", "GEN"])?;
        while kills < KILLS {
            let before = stored_ids(&desk)?;
            sim.control().clear_log();
            let survived = !run_and_kill(&sim, &desk, &mut random).await?;
            let asked: BTreeSet<String> = requested_ids(&sim).into_iter().collect();
            let twice: Vec<&String> = asked.intersection(&before).collect();
            ensure!(twice.is_empty(), "fetched although stored: {twice:?}");
            let after = stored_ids(&desk)?;
            ensure!(after.is_superset(&before), "lost: {:?}", before.difference(&after));
            if survived {
                break;
            }
            kills += 1;
        }
        let run = desk.json(&["sync"])?;
        assert_eq!((&run["status"], &run["stored"]), (&"complete".into(), &CRASH_PAGES.into()), "{run}");
        let status = desk.json(&["status"])?;
        assert_eq!(status["pages"]["ready"], CRASH_PAGES);
        assert_eq!(status["chunks"], status["embedded"]);
        let hit = desk.json(&["search", "what is this about", "--limit", "3"])?;
        assert_eq!(hit["hits"].as_array().map(Vec::len), Some(3));
    }
    Ok(())
}

/// Numbers that differ from run to run, and can be had again (Knuth's MMIX generator).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Kills a sync at a random moment: after some request, or some time, or both. False where it came to its end first.
async fn run_and_kill(
    sim: &confluence_sim::RunningSimulator,
    desk: &tests::desk::Desk,
    random: &mut Random,
) -> Result<bool> {
    let mut child = desk.spawn(&["sync"])?;
    let (requests, wait) = (random.below(8) as usize, Duration::from_millis(random.below(900)));
    let started = Instant::now();
    while sim.control().log().len() < requests && started.elapsed() < Duration::from_secs(3) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(wait).await;
    if child.try_wait()?.is_some() {
        return Ok(false);
    }
    child.kill()?;
    child.wait()?;
    Ok(true)
}

/// Ids of the pages whose text is stored.
fn stored_ids(desk: &tests::desk::Desk) -> Result<BTreeSet<String>> {
    let pages = desk.json(&["pages"])?;
    let stored = pages.as_array().into_iter().flatten().filter(|page| page["version"].as_i64() > Some(0));
    Ok(stored.filter_map(|page| page["page_id"].as_str().map(str::to_owned)).collect())
}

fn pages_in(status: &Value) -> u64 {
    let count = |name: &str| status["pages"][name].as_u64().unwrap_or_default();
    count("ready") + count("pending")
}

fn wait_until_some_are_stored(desk: &tests::desk::Desk) -> Result<u64> {
    let started = Instant::now();
    loop {
        let stored = pages_in(&desk.json(&["status"])?);
        if stored > 0 {
            return Ok(stored);
        }
        ensure!(started.elapsed() < Duration::from_mins(2), "nothing was stored in two minutes");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The page ids of all requests for bodies in the site's log.
fn requested_ids(sim: &confluence_sim::RunningSimulator) -> Vec<String> {
    let log = sim.control().log();
    let bodies = log.iter().filter(|request| request.query.contains("body-format=storage"));
    let ids = bodies.flat_map(|request| {
        let query = request.query.clone();
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>();
        pairs
            .into_iter()
            .filter(|(name, _)| name == "id")
            .flat_map(|(_, value)| value.split(',').map(str::to_owned).collect::<Vec<_>>())
    });
    ids.collect()
}
