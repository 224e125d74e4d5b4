//! `meeting`: a transcript goes in, cards come out; what meetings left behind is listed and exported.

use std::{io::IsTerminal, path::Path};

use captions::{Read, Reader};
use coagentor::{
    App, Card, Found, MeetingDraft, ModelUse, SearchHit, Session,
    dto::{CardTook, MeetingRow},
};
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::{
    args::{MeetingCommand, MeetingRun},
    failure::Failure,
    output::{self, Output},
};

/// Bytes read at a time.
const PART: usize = 16 * 1024;
/// Lines that could not be read are told one by one up to so many.
const TOLD: usize = 20;

pub(super) async fn run(command: MeetingCommand, output: Output) -> Result<(), Failure> {
    match command {
        MeetingCommand::Run(arguments) => listen(arguments, output).await,
        MeetingCommand::List => list(&super::open(ModelUse::Skip).await?, output).await,
        MeetingCommand::Export { id } => {
            output::line(super::open(ModelUse::Skip).await?.meeting_markdown(id).await?.trim_end())
        }
        MeetingCommand::Delete { id } => {
            let app = super::open(ModelUse::Skip).await?;
            app.delete_meeting(id).await?;
            list(&app, output).await
        }
    }
}

async fn list(app: &App, output: Output) -> Result<(), Failure> {
    let json = |rows: &Vec<MeetingRow>| rows.iter().map(MeetingJson::from).collect::<Vec<_>>();
    output.show_as(&app.meetings().await?, json, |rows| {
        let line = |row: &MeetingRow| {
            let end = row.ended_at.as_deref().unwrap_or("running");
            format!(
                "{:4}  {} to {end}  {} ({}), {} cards",
                row.id, row.started_at, row.title, row.agent_name, row.cards
            )
        };
        if rows.is_empty() {
            "No meetings yet.".to_owned()
        } else {
            rows.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    })
}

/// A meeting in a list, as JSON.
#[derive(Serialize)]
struct MeetingJson {
    id: u32,
    title: String,
    agent: String,
    started_at: String,
    ended_at: Option<String>,
    cards: u32,
}

impl From<&MeetingRow> for MeetingJson {
    fn from(row: &MeetingRow) -> Self {
        Self {
            id: row.id,
            title: row.title.clone(),
            agent: row.agent_name.clone(),
            started_at: row.started_at.clone(),
            ended_at: row.ended_at.clone(),
            cards: row.cards,
        }
    }
}

async fn listen(arguments: MeetingRun, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Load).await?;
    if let Some(error) = app.model_problem() {
        output::note(&format!("warning: {error}; searching by words only"));
    }
    let agent_id = app.agent_named(&arguments.agent).await?;
    let mut source: Box<dyn AsyncRead + Unpin + Send> = match arguments.file.as_deref() {
        Some(path) if path != Path::new("-") => {
            let opened = tokio::fs::File::open(path).await;
            Box::new(opened.map_err(|error| Failure::io(&format!("`{}` can't be read", path.display()), &error))?)
        }
        _ => {
            if std::io::stdin().is_terminal() {
                output::note("Type what is said, a line a turn; Ctrl+D ends the meeting.");
            }
            Box::new(tokio::io::stdin())
        }
    };
    let title = arguments.title.unwrap_or_default();
    let draft = MeetingDraft { agent_id, title, keep_transcript: arguments.keep_transcript };
    let session = Session::start(&app, &draft).await?;
    hear_all(&app, session, &mut source, output).await
}

async fn hear_all(
    app: &App,
    session: Session,
    source: &mut (dyn AsyncRead + Unpin + Send),
    output: Output,
) -> Result<(), Failure> {
    let mut hearing = Hearing { session, output, problems: 0 };
    let mut reader = Reader::new();
    let mut part = vec![0; PART];
    let stop = tokio::signal::ctrl_c();
    tokio::pin!(stop);
    let outcome = loop {
        let count = tokio::select! {
            count = source.read(&mut part) => count,
            _ = &mut stop => break Ok(()),
        };
        let count = match count {
            Ok(0) => break hearing.take(reader.finish()).await,
            Ok(count) => count,
            Err(error) => break Err(Failure::io("the transcript can't be read on", &error)),
        };
        if let Err(error) = hearing.take(reader.feed(part.get(..count).unwrap_or_default())).await {
            break Err(error);
        }
    };
    let Hearing { session, problems, .. } = hearing;
    if problems > TOLD {
        output::note(&format!("{} further lines could not be read as they stand.", problems - TOLD));
    }
    let (id, heard) = (session.id(), session.heard());
    session.end().await?;
    output::note(&format!("Meeting {id}: {heard} turns heard, {} cards kept.", app.meeting(id).await?.cards.len()));
    outcome
}

struct Hearing {
    session: Session,
    output: Output,
    problems: usize,
}

impl Hearing {
    async fn take(&mut self, read: Vec<Read>) -> Result<(), Failure> {
        for read in read {
            match read {
                Read::Caption(caption) => {
                    let outcome = self.session.hear(caption).await?;
                    if outcome.clock_went_back {
                        self.tell("the clock of the transcript went back; turns are taken in the order they came");
                    }
                    if let Some((found, card)) = outcome.shown {
                        show(&found, &card, self.output)?;
                    }
                }
                Read::Problem(problem) => self.tell(&problem.to_string()),
            }
        }
        Ok(())
    }

    fn tell(&mut self, problem: &str) {
        self.problems += 1;
        if self.problems <= TOLD {
            output::note(&format!("warning: {problem}"));
        }
    }
}

/// A card as a line of JSON.
#[derive(Serialize)]
struct CardJson<'a> {
    card: u32,
    replaces: bool,
    at: Option<f64>,
    speaker: Option<&'a str>,
    heard: &'a str,
    hits: &'a [SearchHit],
    reason: coagentor::CardReason,
    trigger: Option<&'a str>,
    confidence: f32,
    took_ms: TookJson,
}

#[derive(Serialize)]
struct TookJson {
    embed: f64,
    search: f64,
    total: f64,
    after_end: f64,
}

fn show(found: &Found, card: &Card, output: Output) -> Result<(), Failure> {
    let CardTook { embed, search, total, after_end } = card.took.clone();
    let json = CardJson {
        card: found.card,
        replaces: found.replaces,
        at: found.segment.at,
        speaker: found.segment.speaker.as_deref(),
        heard: &found.weighed.heard,
        hits: &found.weighed.hits,
        reason: found.weighed.reason,
        trigger: found.weighed.trigger.as_deref(),
        confidence: found.weighed.confidence,
        took_ms: TookJson { embed, search, total, after_end },
    };
    output.show(&json, in_words)
}

fn in_words(card: &CardJson<'_>) -> String {
    let at = card.at.map(|at| format!("[{at:.1} s] ")).unwrap_or_default();
    let why = card.trigger.map(|trigger| format!(" (trigger: {trigger})")).unwrap_or_default();
    let mut lines = vec![format!("{at}{}{why}  {:.0} % sure", card.heard, card.confidence * 100.0)];
    lines.extend(card.hits.iter().enumerate().map(|(index, hit)| super::search::cited(index + 1, hit)));
    lines.push(String::new());
    lines.join("\n")
}
