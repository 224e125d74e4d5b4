//! Meetings as they are shown.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Found, weigh::CardReason};
use crate::{clock::SharedClock, dto::SearchHit, status::rfc3339};

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingRow {
    /// Its number.
    pub id: u32,
    /// Its title.
    pub title: String,
    /// The agent that serves or served it.
    pub agent_name: String,
    /// When it began.
    pub started_at: String,
    /// When it ended; none while it runs.
    pub ended_at: Option<String>,
    /// Cards of it.
    pub cards: u32,
}

/// A part of the talk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Segment {
    /// In the order they began, from 1.
    pub id: u32,
    /// Seconds from the start of the talk.
    #[specta(type = Option<u32>)]
    pub at: Option<f64>,
    /// Who spoke.
    pub speaker: Option<String>,
    /// What was said.
    pub text: String,
    /// Whether it is whole.
    pub is_final: bool,
}

impl From<&captions::Segment> for Segment {
    fn from(segment: &captions::Segment) -> Self {
        Self {
            id: segment.id as u32,
            at: segment.at,
            speaker: segment.speaker.clone(),
            text: segment.text.clone(),
            is_final: segment.is_final,
        }
    }
}

/// How far an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    /// It is being written.
    Writing,
    /// It is whole.
    Done,
    /// The sections do not answer.
    Refused,
    /// The model could not be asked.
    Failed,
}

/// A sentence of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnswerSentence {
    /// What it says.
    pub text: String,
    /// The hits of the card that say so, from 0.
    pub hits: Vec<u32>,
}

/// What a model wrote from the hits of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// How far it is.
    pub state: AnswerState,
    /// Its sentences, each with what it rests on.
    pub sentences: Vec<AnswerSentence>,
    /// Why it failed.
    pub problem: Option<String>,
}

/// Where the time went, in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CardTook {
    /// Embedding.
    #[specta(type = u32)]
    pub embed: f64,
    /// Finding and ranking.
    #[specta(type = u32)]
    pub search: f64,
    /// In all.
    #[specta(type = u32)]
    pub total: f64,
    /// From the end of the sentence to the card.
    #[specta(type = u32)]
    pub after_end: f64,
}

/// Sections that answer something that was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Its number, from 1.
    pub id: u32,
    /// The segment of the talk that brought it; none for a card that was kept before this was noted.
    pub segment: Option<u32>,
    /// When it was said, in seconds from the start of the talk.
    #[specta(type = Option<u32>)]
    pub at: Option<f64>,
    /// When it appeared.
    pub shown_at: String,
    /// What was heard.
    pub heard: String,
    /// Why it was looked up.
    pub reason: CardReason,
    /// The trigger that applied.
    pub trigger: Option<String>,
    /// How sure it is, 0 to 1.
    #[specta(type = u32)]
    pub confidence: f32,
    /// Best first, at most three.
    pub hits: Vec<SearchHit>,
    /// Where the time went.
    pub took: CardTook,
    /// Whether the person keeps it.
    pub pinned: bool,
    /// Whether the person has put it away.
    pub dismissed: bool,
    /// What a model made of it, where one is asked.
    pub answer: Option<Answer>,
}

impl Card {
    pub(crate) fn of(found: &Found, clock: &SharedClock) -> Self {
        let weighed = &found.weighed;
        let ms = |duration: std::time::Duration| (duration.as_secs_f64() * 100_000.0).round() / 100.0;
        Self {
            id: found.card,
            segment: Some(found.segment.id as u32),
            at: found.segment.at,
            shown_at: rfc3339(clock.now().unix_timestamp()).unwrap_or_default(),
            heard: weighed.heard.clone(),
            reason: weighed.reason,
            trigger: weighed.trigger.clone(),
            confidence: weighed.confidence,
            hits: weighed.hits.iter().cloned().map(SearchHit::from).collect(),
            took: CardTook {
                embed: ms(weighed.took.embed),
                search: ms(weighed.took.search),
                total: ms(weighed.took.total),
                after_end: ms(found.after_end),
            },
            pinned: false,
            dismissed: false,
            answer: None,
        }
    }
}

/// What happened to a page or section since the meeting before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BriefChange {
    /// New.
    Added,
    /// Its text changed.
    Edited,
    /// No longer there.
    Removed,
}

/// A line of a brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BriefItem {
    /// What happened.
    pub change: BriefChange,
    /// Title of the page or file.
    pub title: String,
    /// The section; empty for a page as a whole.
    pub heading_path: Vec<String>,
    /// Its space or folder.
    pub place: String,
    /// Address that opens it.
    pub url: Option<String>,
    /// Who changed it, where the source tells.
    pub author: Option<String>,
    /// When, where the source tells.
    pub at: Option<String>,
}

/// What changed in what an agent may see since its last meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Brief {
    /// When that was; none for the first one.
    pub since: Option<String>,
    /// Newest first.
    pub items: Vec<BriefItem>,
    /// How many more there are.
    pub more: u32,
}

/// Where another program can send captions to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// Address for a WebSocket.
    pub web_socket_url: String,
    /// Address for POST.
    pub post_url: String,
    /// What it has to be told.
    pub token: String,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingView {
    /// Its number.
    pub id: u32,
    /// Its title.
    pub title: String,
    /// The agent, while there is one.
    pub agent_id: Option<u32>,
    /// The agent's name when it began.
    pub agent_name: String,
    /// When it began.
    pub started_at: String,
    /// When it ended; none while it runs.
    pub ended_at: Option<String>,
    /// Whether the whole transcript is kept.
    pub keep_transcript: bool,
    /// The file that is followed.
    pub file: Option<String>,
    /// Where another program can send captions to.
    pub endpoint: Option<Endpoint>,
    /// The newest of a running meeting; those that were kept of an ended one.
    pub segments: Vec<Segment>,
    /// How many there were in all.
    pub heard: u32,
    /// Oldest first.
    pub cards: Vec<Card>,
    /// What changed before.
    pub brief: Brief,
    /// What could not be read, newest last.
    pub problems: Vec<String>,
    /// Grows with the segments and cards of a meeting that runs here; whoever names it is given what changed later. 0 for
    /// others, which are given whole.
    pub revision: u32,
}

/// What a meeting is to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingDraft {
    /// The agent that serves it.
    pub agent_id: u32,
    /// Its title; one is made of the agent's name where it is empty.
    pub title: String,
    /// Whether to keep the whole transcript.
    pub keep_transcript: bool,
}

/// What an agent would show for a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Trial {
    /// Whether it would show a card.
    pub shows: bool,
    /// How sure it is, 0 to 1.
    #[specta(type = u32)]
    pub confidence: f32,
    /// How sure it would have to be.
    #[specta(type = u32)]
    pub threshold: f32,
    /// Why it was looked up; none where there was nothing to look up.
    pub reason: Option<CardReason>,
    /// The trigger that applies.
    pub trigger: Option<String>,
    /// What it would show, or the nearest there is.
    pub hits: Vec<SearchHit>,
    /// Where the time went.
    pub took: crate::dto::Took,
}
