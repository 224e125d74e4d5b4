//! One turn of talk: what could be looked up in it is looked up and judged, and the best of it is what a card would show.

use std::time::{Duration, Instant};

use knowledge::{Mode, SearchQuery};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    judge::Features,
    spoken::{Utterance, utterances},
};
use crate::{
    App, Error, SearchHit,
    search::{Reach, cited},
};

/// Hits of a card at most.
pub(crate) const MOST_HITS: usize = 3;
/// Of one page at most.
const OF_ONE_PAGE: usize = 2;
/// What the second of a page counts, and meaning beside words. What is said out loud shares fewer words with a page than what
/// is typed, and the page is often found where the section is not. Right section in the hits, of 170 lines of
/// `tests/meetings`: 147 with .9 and .5, as for typed queries; 149 with .9 and .7, or .95 and .5; 148 to 152 from .93 and .6 to
/// .95 and .75.
const FURTHER: f32 = 0.95;
const MEANING: f32 = 0.6;

/// Why something was looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CardReason {
    /// Somebody asked.
    Question,
    /// Something was named that the sources know.
    Named,
    /// A trigger of the agent applies.
    Trigger,
}

/// What was looked up in a turn, and what came of it.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// The words that were looked up, as they were heard.
    pub heard: String,
    /// What was searched for.
    pub query: String,
    /// Why.
    pub reason: CardReason,
    /// Label of the trigger that applies.
    pub trigger: Option<String>,
    /// How sure it is that the hits are worth a look, 0 to 1.
    pub confidence: f32,
    /// What that was judged by.
    pub features: Features,
    /// At most three, best first.
    pub hits: Vec<SearchHit>,
    /// Where the time went.
    pub took: WeighTook,
    /// What was searched for, as a vector.
    pub(crate) vector: Option<Vec<f32>>,
}

impl Weighed {
    /// Cosine of what was heard and the nearest section.
    pub(crate) fn nearness(&self) -> f32 {
        self.features.0.first().copied().unwrap_or_default()
    }
}

/// Where the time of a look went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WeighTook {
    /// Embedding.
    pub embed: Duration,
    /// Finding and ranking.
    pub search: Duration,
    /// In all.
    pub total: Duration,
}

impl App {
    /// Looks up what could be looked up in a turn, best first.
    pub(crate) async fn weigh(&self, reach: &Reach, turn: &str, before: Option<&str>) -> Result<Vec<Weighed>, Error> {
        let mut all = Vec::new();
        for utterance in utterances(turn, before) {
            all.extend(self.weigh_one(reach, utterance).await?);
        }
        all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        Ok(all)
    }

    pub(super) async fn weigh_one(&self, reach: &Reach, utterance: Utterance) -> Result<Option<Weighed>, Error> {
        let started = Instant::now();
        let vector = self.knowledge.embed_query(&utterance.query).await?;
        let embed = started.elapsed();
        let nearness = match (&vector, self.prototypes().await?) {
            (Some(vector), Some(prototypes)) => prototypes.nearness(vector),
            _ => (0.0, 0.0),
        };
        let query = SearchQuery {
            vector: vector.clone(),
            filter: reach.filter.clone(),
            limit: MOST_HITS,
            per_document: OF_ONE_PAGE,
            further: FURTHER,
            semantic_weight: Some(MEANING),
            mode: Mode::Hybrid,
            ..SearchQuery::new(&utterance.query)
        };
        let results = self.knowledge.search(query).await?;
        if results.hits.is_empty() {
            return Ok(None);
        }
        let features = Features::of(&utterance, &results.hits, &results.evidence, nearness);
        let confidence = features.confidence();
        Ok(Some(Weighed {
            reason: if utterance.asks >= 0.5 { CardReason::Question } else { CardReason::Named },
            heard: utterance.heard,
            query: utterance.query,
            trigger: None,
            confidence,
            features,
            hits: results.hits.into_iter().filter_map(|hit| cited(hit, &reach.places)).collect(),
            took: WeighTook { embed, search: results.took.search, total: started.elapsed() },
            vector,
        }))
    }

    /// What a meeting would look up in a turn, for benches.
    #[doc(hidden)]
    pub async fn weigh_turn(
        &self,
        scope: &crate::SearchScope,
        turn: &str,
        before: Option<&str>,
    ) -> Result<Vec<Weighed>, Error> {
        let reach = self.reach(scope).await?;
        self.weigh(&reach, turn, before).await
    }
}
