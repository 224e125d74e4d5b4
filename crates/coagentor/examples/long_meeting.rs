//! Hours of captions through the loopback endpoint, faster than people talk, while a window keeps asking how the meeting
//! stands: memory and the time of an answer, minute by minute.
//! `long_meeting DATA_DIR TALK.jsonl AGENT HOURS SPEED` (TALK has lines of {"speaker", "text"}; repeated as needed)

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program for measuring: it reads the environment and prints figures"
)]

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use coagentor::{App, Config, MeetingDraft, ModelUse, SystemClock};
use serde_json::Value;

/// Seconds from turn to turn, as people talk.
const TURN: f64 = 4.0;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, talk, agent, hours, speed] = arguments.as_slice() else {
        return Err("five arguments are needed".into());
    };
    let (hours, speed): (f64, f64) = (hours.parse()?, speed.parse()?);
    let mut config = Config::from_vars(|name| std::env::var(name).ok())?;
    config.data_dir = PathBuf::from(data);
    let app = App::open(config, Arc::new(SystemClock), ModelUse::Load).await?;
    let agent_id = app.agent_named(agent).await?;
    let draft = MeetingDraft { agent_id, title: "A long day".to_owned(), keep_transcript: false };
    let id = app.start_meeting(&draft).await?;
    let endpoint = app.open_meeting_endpoint(id).await?;
    let lines: Vec<Value> =
        std::fs::read_to_string(talk)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let turns = (hours * 3600.0 / TURN) as usize;
    let address = endpoint.post_url.trim_start_matches("http://").trim_end_matches("/captions").to_owned();
    let token = endpoint.token.clone();
    let feeding = tokio::task::spawn_blocking(move || feed(&lines, turns, speed, &address, &token));
    watch(&app, id, turns, feeding).await?;
    app.end_meeting(id).await?;
    let ended = app.meeting(id).await?;
    println!(
        "{} of {turns} turns heard, {} cards kept, {} problems",
        ended.heard,
        ended.cards.len(),
        ended.problems.len()
    );
    app.delete_meeting(id).await?;
    Ok(())
}

fn feed(lines: &[Value], turns: usize, speed: f64, address: &str, token: &str) -> Result<(), Failure> {
    let began = Instant::now();
    for turn in 0..turns {
        let line = lines.get(turn % lines.len()).ok_or("no talk")?;
        let at = turn as f64 * TURN;
        let text = line["text"].as_str().unwrap_or_default();
        let caption = serde_json::json!({ "id": turn.to_string(), "at": at, "speaker": line["speaker"], "text": text });
        post(address, token, &caption.to_string())?;
        let due = Duration::from_secs_f64((turn + 1) as f64 * TURN / speed);
        std::thread::sleep(due.saturating_sub(began.elapsed()));
    }
    Ok(())
}

fn post(address: &str, token: &str, body: &str) -> Result<(), Failure> {
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    write!(
        stream,
        "POST /captions HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    if reply.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(reply.into()) }
}

async fn watch(
    app: &App,
    id: u32,
    turns: usize,
    feeding: tokio::task::JoinHandle<Result<(), Failure>>,
) -> Result<(), Failure> {
    let mut answers: Vec<f64> = Vec::new();
    let mut minute = Instant::now();
    loop {
        let asked = Instant::now();
        let view = app.meeting(id).await?;
        answers.push(asked.elapsed().as_secs_f64() * 1000.0);
        let is_done = feeding.is_finished() && view.heard as usize >= turns;
        if minute.elapsed() > Duration::from_mins(1) || is_done || feeding.is_finished() && view.heard == 0 {
            minute = Instant::now();
            answers.sort_by(f64::total_cmp);
            let at = |share: f64| answers.get((answers.len() as f64 * share) as usize).or(answers.last()).copied();
            println!(
                "{:6} turns, {:4} cards, {:6.1} MB, answers p50 {:.1} ms, p99 {:.1} ms, worst {:.1} ms",
                view.heard,
                view.cards.len(),
                resident(),
                at(0.5).unwrap_or_default(),
                at(0.99).unwrap_or_default(),
                at(1.0).unwrap_or_default()
            );
            answers.clear();
        }
        if is_done || feeding.is_finished() && asked.elapsed() > Duration::from_mins(1) {
            return feeding.await?;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// Resident memory in megabytes.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or_default() / 1024.0
}
