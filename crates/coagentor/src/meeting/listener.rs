//! Hears captions for an agent and says what to show. A partial sentence is looked up while it is spoken, so that most of
//! the work is done when it ends; cards appear at its end only, so that none flickers.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use captions::{Caption, Change, Segment, Talk};

use super::{
    deck::{Candidate, Deck, Verdict, threshold},
    spoken::utterances,
    triggers::{Watched, applies},
    weigh::{CardReason, Weighed},
};
use crate::{App, Error, SearchScope, search::Reach, store::AgentRecord};

/// Segments of talk that are remembered: what a correction may still reach.
const KEPT_SEGMENTS: usize = 300;
/// What was looked up is taken for the same words for so long.
const FRESH: Duration = Duration::from_secs(20);
/// So much is remembered of it.
const MOST_AHEAD: usize = 64;
/// A partial sentence is looked up anew when it has grown by so many words.
const GROWTH: usize = 3;
/// Below this nearness a trigger has nothing to show.
const TRIGGER_NEARNESS: f32 = 0.3;
/// How much surer than needed a card of a trigger is.
const TRIGGER_LEAD: f32 = 0.02;

/// Something to show.
#[derive(Debug, Clone)]
pub struct Found {
    /// Number of the card, from 1.
    pub card: u32,
    /// Whether it takes the place of an earlier card of this number: what was heard was corrected.
    pub replaces: bool,
    /// The segment of talk that it answers.
    pub segment: Segment,
    /// The segment before, which it may lean on.
    pub before: Option<Segment>,
    /// What was found, and why.
    pub weighed: Weighed,
    /// From the end of the sentence to the card.
    pub after_end: Duration,
}

/// What a caption came to.
#[derive(Debug)]
pub(crate) struct Heard {
    /// What it changed in the talk.
    pub change: Change,
    /// Whether times began to lie behind those heard before.
    pub clock_went_back: bool,
    /// What to show.
    pub found: Option<Found>,
}

/// What was looked up before it was needed.
struct Ahead {
    reach: Reach,
    at: Instant,
    weighed: Option<Weighed>,
}

/// Listens for one agent.
pub(crate) struct Listener {
    app: App,
    scope: SearchScope,
    sensitivity: u8,
    watched: Vec<Watched>,
    talk: Talk,
    deck: Deck,
    ahead: HashMap<String, Ahead>,
    /// Words of the partial sentence that was last looked up, by segment.
    looked_at: Option<(u64, usize)>,
    /// The segment that the newest card answers.
    answered: Option<u64>,
    started: Instant,
}

impl Listener {
    /// Listens for an agent as it is now.
    pub(crate) async fn new(app: &App, agent: &AgentRecord) -> Result<Self, Error> {
        // What a first sentence would otherwise wait for.
        app.prototypes().await?;
        Ok(Self {
            watched: app.watched(&agent.triggers).await?,
            app: app.clone(),
            scope: SearchScope::Agent(agent.id as u32),
            sensitivity: agent.sensitivity,
            talk: Talk::new(KEPT_SEGMENTS),
            deck: Deck::new(threshold(agent.sensitivity)),
            ahead: HashMap::new(),
            looked_at: None,
            answered: None,
            started: Instant::now(),
        })
    }

    /// What was said so far, the newest part of it.
    pub(crate) fn talk(&self) -> &Talk {
        &self.talk
    }

    /// Hears a caption.
    pub(crate) async fn hear(&mut self, caption: Caption) -> Result<Heard, Error> {
        let arrived = Instant::now();
        let captions::Heard { change, clock_went_back } = self.talk.hear(caption);
        let id = match change {
            Change::New(id) | Change::Revised(id) => Some(id),
            Change::Same => None,
        };
        let mut found = None;
        if let Some(segment) = id.and_then(|id| self.talk.get(id)).cloned() {
            if segment.is_final {
                found = self.settle(&segment, arrived).await?;
            } else if self.has_grown(&segment) {
                self.look(&segment).await?;
            }
        }
        Ok(Heard { change, clock_went_back, found })
    }

    /// What a caption would show at best, whatever was shown before.
    pub(super) async fn try_once(&mut self, caption: Caption) -> Result<Option<Weighed>, Error> {
        let segment = match self.talk.hear(caption).change {
            Change::New(id) | Change::Revised(id) => self.talk.get(id).cloned(),
            Change::Same => None,
        };
        match segment {
            Some(segment) => Ok(self.look(&segment).await?.into_iter().next()),
            None => Ok(None),
        }
    }

    /// Takes the newest partial sentence for ended: nothing came for a while.
    pub(crate) async fn pause(&mut self) -> Result<Option<Found>, Error> {
        let arrived = Instant::now();
        let partial = self.talk.segments().next_back().filter(|segment| !segment.is_final).cloned();
        match partial {
            Some(segment) => self.settle(&segment, arrived).await,
            None => Ok(None),
        }
    }

    fn has_grown(&mut self, segment: &Segment) -> bool {
        let words = segment.text.split_whitespace().count();
        let is_ahead = |(id, then): (u64, usize)| id == segment.id && words < then + GROWTH;
        if self.looked_at.is_some_and(is_ahead) {
            return false;
        }
        self.looked_at = Some((segment.id, words));
        true
    }

    /// Looks up what could be looked up in a segment, best first.
    async fn look(&mut self, segment: &Segment) -> Result<Vec<Weighed>, Error> {
        let reach = self.app.reach(&self.scope).await?;
        // Talk about what was just answered would only bring up its neighbours.
        let before = segment.id.checked_sub(1).filter(|before| self.answered != Some(*before));
        let before = before.and_then(|before| self.talk.get(before)).map(|before| before.text.clone());
        let mut all = Vec::new();
        for utterance in utterances(&segment.text, before.as_deref()) {
            let known =
                self.ahead.get(&utterance.query).filter(|known| known.at.elapsed() < FRESH && known.reach == reach);
            let weighed = if let Some(known) = known {
                known.weighed.clone()
            } else {
                let query = utterance.query.clone();
                let weighed = self.app.weigh_one(&reach, utterance).await?;
                self.remember(query, Ahead { reach: reach.clone(), at: Instant::now(), weighed: weighed.clone() });
                weighed
            };
            all.extend(weighed.map(|weighed| self.triggered(weighed)));
        }
        all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        Ok(all)
    }

    fn remember(&mut self, query: String, ahead: Ahead) {
        if self.ahead.len() >= MOST_AHEAD {
            self.ahead.retain(|_, known| known.at.elapsed() < FRESH);
        }
        if self.ahead.len() >= MOST_AHEAD {
            self.ahead.clear();
        }
        self.ahead.insert(query, ahead);
    }

    /// Where a condition of the agent applies, the card is its.
    fn triggered(&self, weighed: Weighed) -> Weighed {
        let label = applies(&self.watched, &weighed.heard, weighed.vector.as_deref(), self.sensitivity);
        match label.filter(|_| weighed.nearness() >= TRIGGER_NEARNESS || weighed.vector.is_none()) {
            Some(label) => Weighed {
                trigger: Some(label.to_owned()),
                reason: CardReason::Trigger,
                confidence: weighed.confidence.max(self.deck.threshold() + TRIGGER_LEAD).min(1.0),
                ..weighed
            },
            None => weighed,
        }
    }

    async fn settle(&mut self, segment: &Segment, arrived: Instant) -> Result<Option<Found>, Error> {
        let at = segment.at.unwrap_or_else(|| self.started.elapsed().as_secs_f64());
        // What is said in one breath makes one card: the surest.
        let Some(weighed) = self.look(segment).await?.into_iter().next() else { return Ok(None) };
        let sections = weighed.hits.iter().map(|hit| format!("{}#{}", hit.page_id, hit.heading_path.join("\u{1f}")));
        let candidate =
            Candidate { segment: segment.id, sections: sections.collect(), confidence: weighed.confidence, at };
        let (card, replaces) = match self.deck.consider(candidate) {
            Verdict::Nothing => return Ok(None),
            Verdict::New(card) => (card, false),
            Verdict::Replace(card) => (card, true),
        };
        self.answered = Some(segment.id);
        let before = self.talk.get(segment.id.saturating_sub(1)).cloned();
        let segment = segment.clone();
        Ok(Some(Found { card, replaces, segment, before, weighed, after_end: arrived.elapsed() }))
    }
}
