//! Lets agents listen to real meetings with spoken questions in them, and says what they showed. Beside it, the plainest way:
//! a threshold on the nearest section's cosine alone.
//! `meeting DATA_DIR QUESTIONS.jsonl SMALL_TALK.jsonl HALF [tell]` (`tell` prints false cards; agents `handbook` and `runbooks` see these folders)

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program for measuring: it reads the environment and prints figures"
)]

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use captions::Caption;
use coagentor::{App, Config, MeetingDraft, ModelUse, SearchHit, SearchMode, SearchScope, Session, SystemClock};
use serde_json::Value;

/// Turns of small talk between two questions.
const BETWEEN: usize = 8;
/// Seconds from turn to turn.
const TURN: f64 = 6.0;

type Failure = Box<dyn std::error::Error>;

/// A turn of talk, and the question that it asks.
struct Turn<'a> {
    text: &'a str,
    speaker: String,
    question: Option<&'a Value>,
    is_small_talk: bool,
}

#[derive(Default)]
struct Tally {
    /// Whether false cards are printed.
    tells: bool,
    asked: BTreeMap<String, (usize, usize)>,
    small_talk: usize,
    false_cards: usize,
    repeated: usize,
    /// Questions whose card came with what led up to them.
    early: usize,
    cards: usize,
    after_end: Vec<f64>,
    partly_done: Vec<f64>,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, questions, small_talk, half, tells @ ..] = arguments.as_slice() else {
        return Err("four arguments are needed".into());
    };
    let mut config = Config::from_vars(|name| std::env::var(name).ok())?;
    config.data_dir = PathBuf::from(data);
    let app = App::open(config, Arc::new(SystemClock), ModelUse::Load).await?;
    let of_half = |path: &str| -> Result<Vec<Value>, Failure> {
        let lines = std::fs::read_to_string(path)?;
        let all = lines.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
        Ok(all.into_iter().filter(|line| line["half"] == half.as_str()).collect())
    };
    let (questions, small_talk) = (of_half(questions)?, of_half(small_talk)?);
    let mut tally = Tally { tells: !tells.is_empty(), ..Tally::default() };
    let mut baseline = Vec::new();
    let mut rest = small_talk.iter();
    for corpus in ["handbook", "runbooks"] {
        let asked: Vec<&Value> = questions.iter().filter(|question| question["corpus"] == corpus).collect();
        let share = small_talk.len() * asked.len() / questions.len().max(1);
        let talk: Vec<&Value> = rest.by_ref().take(share.max(1)).collect();
        let turns = mixed(&asked, &talk);
        listen(&app, corpus, &turns, &mut tally).await?;
        let agent = SearchScope::Agent(app.agent_named(corpus).await?);
        for turn in &turns {
            baseline.push(nearest(&app, &agent, turn).await?);
        }
    }
    tally.print(half);
    print_baseline(&baseline);
    Ok(())
}

/// Questions, each led up to, in small talk.
fn mixed<'a>(questions: &[&'a Value], talk: &[&'a Value]) -> Vec<Turn<'a>> {
    let text = |value: &'a Value| value.as_str().unwrap_or_default();
    let mut turns = Vec::new();
    let mut asked = questions.iter();
    for (at, line) in talk.iter().enumerate() {
        let speaker = text(&line["speaker"]).to_owned();
        turns.push(Turn { text: text(&line["text"]), speaker, question: None, is_small_talk: true });
        if at % BETWEEN == BETWEEN - 1
            && let Some(question) = asked.next()
        {
            push_question(&mut turns, question);
        }
    }
    asked.for_each(|question| push_question(&mut turns, question));
    turns
}

fn push_question<'a>(turns: &mut Vec<Turn<'a>>, question: &'a Value) {
    for (number, lead) in question["lead"].as_array().into_iter().flatten().enumerate() {
        let text = lead.as_str().unwrap_or_default();
        turns.push(Turn { text, speaker: format!("Lead {number}"), question: None, is_small_talk: false });
    }
    let text = question["text"].as_str().unwrap_or_default();
    turns.push(Turn { text, speaker: "Asker".to_owned(), question: Some(question), is_small_talk: false });
}

async fn listen(app: &App, agent: &str, turns: &[Turn<'_>], tally: &mut Tally) -> Result<(), Failure> {
    let agent_id = app.agent_named(agent).await?;
    let draft = MeetingDraft { agent_id, title: "bench".to_owned(), keep_transcript: false };
    let mut session = Session::start(app, &draft).await?;
    let id = session.id();
    let mut shown: Vec<String> = Vec::new();
    // A card within the next turn answers, too, and so does one that what led up to the question brought: it is not shown twice.
    let mut open: Option<&Value> = None;
    let mut led_to: Vec<SearchHit> = Vec::new();
    for (number, turn) in turns.iter().enumerate() {
        let mut found = None;
        // As a recogniser sends it: word by word, then whole.
        let words: Vec<&str> = turn.text.split_whitespace().collect();
        let begun = std::time::Instant::now();
        for end in (3..words.len()).step_by(3) {
            let partial = words.get(..end).unwrap_or_default().join(" ");
            session.hear(caption(&partial, turn, number, false)).await?;
        }
        let before_end = begun.elapsed();
        let outcome = session.hear(caption(turn.text, turn, number, true)).await?;
        tally.partly_done.push(before_end.as_secs_f64() * 1000.0);
        if let Some((card, _)) = outcome.shown {
            let key = card.weighed.hits.first().map(|hit| format!("{}#{:?}", hit.page_id, hit.heading_path));
            tally.repeated += usize::from(key.as_ref().is_some_and(|key| shown.contains(key)));
            shown.extend(key);
            tally.cards += 1;
            tally.after_end.push(card.after_end.as_secs_f64() * 1000.0);
            if turn.is_small_talk
                && tally.tells
                && let Some(hit) = card.weighed.hits.first()
            {
                println!(
                    "  false card, {:.2} sure: {:?} brought {}, {:?}",
                    card.weighed.confidence,
                    card.weighed.query,
                    hit.title,
                    hit.heading_path.last()
                );
            }
            found = Some(card.weighed.hits);
        }
        if let Some(question) = turn.question {
            let entry = tally.asked.entry(question["kind"].as_str().unwrap_or("ask").to_owned()).or_default();
            entry.1 += 1;
            open = Some(question);
            if found.is_none() && led_to.iter().any(|hit| is_right(hit, question)) {
                tally.early += 1;
                found = Some(std::mem::take(&mut led_to));
            }
        }
        let leads = !turn.is_small_talk && turn.question.is_none();
        led_to = if leads { [led_to, found.clone().unwrap_or_default()].concat() } else { Vec::new() };
        if turn.is_small_talk {
            tally.small_talk += 1;
            tally.false_cards += usize::from(found.is_some());
        }
        if let (Some(question), Some(hits)) = (open, &found)
            && hits.iter().any(|hit| is_right(hit, question))
        {
            tally.asked.entry(question["kind"].as_str().unwrap_or("ask").to_owned()).or_default().0 += 1;
            open = None;
        }
        let missed = open.filter(|question| turn.question != Some(question));
        if let Some(question) = missed {
            if tally.tells {
                println!("  missed {}: {}", question["id"], question["text"]);
            }
            open = None;
        }
    }
    session.end().await?;
    app.delete_meeting(id).await?;
    Ok(())
}

fn caption(text: &str, turn: &Turn<'_>, number: usize, is_final: bool) -> Caption {
    Caption {
        key: Some(number.to_string()),
        at: Some(number as f64 * TURN),
        speaker: Some(turn.speaker.clone()),
        text: text.to_owned(),
        is_final,
    }
}

/// Whether a hit is one of the sections that answer.
fn is_right(hit: &SearchHit, question: &Value) -> bool {
    let also = question["also"].as_array().into_iter().flatten();
    std::iter::once(question).chain(also).any(|place| {
        let page = place["page"].as_str().unwrap_or_default();
        let heading = plain(place["heading"].as_str().unwrap_or_default());
        let path: Vec<String> = hit.heading_path.iter().map(|heading| plain(heading)).collect();
        let is_page =
            hit.page_id.split_once(':').and_then(|(_, rest)| rest.split_once(':')).is_some_and(|(_, at)| at == page);
        let is_top = path.is_empty() && (heading.is_empty() || heading == plain(&hit.title));
        is_page && (is_top || !heading.is_empty() && path.contains(&heading))
    })
}

fn plain(heading: &str) -> String {
    let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ").to_lowercase()
}

/// The plainest way: the whole turn by meaning, its three nearest sections and the best cosine.
struct Nearest {
    cosine: f32,
    is_right: bool,
    is_question: bool,
    is_small_talk: bool,
}

async fn nearest(app: &App, scope: &SearchScope, turn: &Turn<'_>) -> Result<Nearest, Failure> {
    let answer = app.search_in(scope, turn.text, 3, SearchMode::Semantic).await?;
    Ok(Nearest {
        cosine: answer.hits.iter().map(|hit| hit.scores.semantic).fold(0.0, f32::max),
        is_right: turn.question.is_some_and(|question| answer.hits.iter().any(|hit| is_right(hit, question))),
        is_question: turn.question.is_some(),
        is_small_talk: turn.is_small_talk,
    })
}

/// With the threshold that lets one turn of this very small talk in fifty pass.
fn print_baseline(all: &[Nearest]) {
    let mut small_talk: Vec<f32> = all.iter().filter(|turn| turn.is_small_talk).map(|turn| turn.cosine).collect();
    small_talk.sort_by(|a, b| b.total_cmp(a));
    let threshold = small_talk.get(small_talk.len() / 50).copied().unwrap_or_default();
    let asked = all.iter().filter(|turn| turn.is_question).count();
    let found = all.iter().filter(|turn| turn.is_question && turn.is_right && turn.cosine > threshold).count();
    println!(
        "baseline, cosine above {threshold:.3} (false cards 1 in 50): {found} of {asked} found, {:.1} %",
        share(found, asked)
    );
}

fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

impl Tally {
    fn print(&mut self, half: &str) {
        let (found, asked) = self.asked.values().fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
        println!(
            "{half}: {asked} questions and remarks in {} turns of small talk, {} cards",
            self.small_talk, self.cards
        );
        for (kind, (found, asked)) in &self.asked {
            println!("  {kind:6} {found} of {asked} found, {:.1} %", share(*found, *asked));
        }
        let early = self.early;
        println!(
            "  all    {found} of {asked} found, {:.1} %; {early} of them a turn or two early",
            share(found, asked)
        );
        let one_in = self.small_talk as f64 / self.false_cards.max(1) as f64;
        println!("  false cards {}, one in {one_in:.0} turns; repeated cards {}", self.false_cards, self.repeated);
        println!("  from the end of the sentence to the card: {}", percentiles(&mut self.after_end));
        println!("  looked up before the end of the sentence: {}", percentiles(&mut self.partly_done));
    }
}

fn percentiles(all: &mut [f64]) -> String {
    all.sort_by(f64::total_cmp);
    let at = |share: f64| all.get((all.len() as f64 * share) as usize).or(all.last()).copied().unwrap_or_default();
    format!("p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms", at(0.5), at(0.95), at(0.99))
}
