//! A meeting that runs: an agent listens, and what it shows is kept at once.

use captions::{Caption, Change};

use super::{
    Found,
    listener::Listener,
    view::{Card, MeetingDraft, Segment},
};
use crate::{
    App, Error,
    events::AppEvent,
    search::SearchScope,
    store::{AgentRecord, NewMeeting},
};

/// How many segments pass between two notes of how much was heard.
const NOTE_EVERY: u64 = 20;

/// A running meeting. Dropped without [`Session::end`], it is ended when the app starts again.
pub struct Session {
    app: App,
    id: i64,
    keep_transcript: bool,
    listener: Listener,
    noted: u64,
}

/// What a caption came to.
#[derive(Debug)]
pub struct Outcome {
    /// The segment that began or changed.
    pub segment: Option<Segment>,
    /// Whether times began to lie behind those heard before.
    pub clock_went_back: bool,
    /// What to show, and the card that was kept of it.
    pub shown: Option<(Found, Card)>,
}

/// The agent as it was, for the meeting to keep.
fn snapshot(agent: &AgentRecord, contexts: &[String]) -> serde_json::Value {
    serde_json::json!({
        "id": agent.id, "name": agent.name, "instructions": agent.instructions, "sensitivity": agent.sensitivity,
        "triggers": agent.triggers, "contexts": contexts,
    })
}

impl Session {
    /// Starts a meeting. An agent that could find nothing says so.
    pub async fn start(app: &App, draft: &MeetingDraft) -> Result<Self, Error> {
        let agent = app.agent_record(draft.agent_id).await?;
        app.reach(&SearchScope::Agent(draft.agent_id)).await?;
        let listener = Listener::new(app, &agent).await?;
        let brief = app.brief(&agent).await?;
        let contexts = app.store.contexts().await?;
        let names: Vec<String> =
            crate::agents::usable(&agent, &contexts).into_iter().map(|context| context.name.clone()).collect();
        let title = match draft.title.trim() {
            "" => agent.name.clone(),
            title => title.chars().filter(|c| !c.is_control()).take(200).collect(),
        };
        let new = NewMeeting {
            title: &title,
            agent_id: agent.id,
            agent: &snapshot(&agent, &names),
            keep_transcript: draft.keep_transcript,
            started_at: app.clock.now(),
            mark: &app.knowledge.mark().await?,
            brief: &brief,
        };
        let id = app.store.start_meeting(new).await?;
        app.events.send(AppEvent::Meeting);
        Ok(Self { app: app.clone(), id, keep_transcript: draft.keep_transcript, listener, noted: 0 })
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.id as u32
    }

    /// How many segments were heard in all.
    pub fn heard(&self) -> u64 {
        self.listener.talk().heard()
    }

    /// Hears a caption. What is shown is kept before this returns.
    pub async fn hear(&mut self, caption: Caption) -> Result<Outcome, Error> {
        let heard = self.listener.hear(caption).await?;
        let segment = match heard.change {
            Change::New(id) | Change::Revised(id) => self.listener.talk().get(id).map(Segment::from),
            Change::Same => None,
        };
        let shown = self.keep(heard.found).await?;
        self.note(segment.as_ref()).await?;
        self.app.events.send(AppEvent::Meeting);
        Ok(Outcome { segment, clock_went_back: heard.clock_went_back, shown })
    }

    /// Takes the newest partial sentence for ended: nothing came for a while.
    pub async fn pause(&mut self) -> Result<Option<(Found, Card)>, Error> {
        let found = self.listener.pause().await?;
        self.keep(found).await
    }

    /// Ends the meeting.
    pub async fn end(mut self) -> Result<(), Error> {
        self.pause().await?;
        self.app.store.note_heard(self.id, self.heard(), Some(self.app.clock.now())).await?;
        self.app.events.send(AppEvent::Meeting);
        Ok(())
    }

    async fn keep(&mut self, found: Option<Found>) -> Result<Option<(Found, Card)>, Error> {
        let Some(found) = found else { return Ok(None) };
        let card = Card::of(&found, &self.app.clock);
        let segments: Vec<Segment> = found.before.iter().chain([&found.segment]).map(Segment::from).collect();
        self.app.store.put_card(self.id, &card, &segments).await?;
        Ok(Some((found, card)))
    }

    async fn note(&mut self, segment: Option<&Segment>) -> Result<(), Error> {
        if let Some(segment) = segment.filter(|segment| self.keep_transcript && segment.is_final) {
            self.app.store.put_segments(self.id, std::slice::from_ref(segment)).await?;
        }
        if self.heard() >= self.noted + NOTE_EVERY {
            self.noted = self.heard();
            self.app.store.note_heard(self.id, self.noted, None).await?;
        }
        Ok(())
    }
}
