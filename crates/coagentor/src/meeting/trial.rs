//! What an agent would show for a sentence, without a meeting.

use captions::Caption;

use super::{deck::threshold, listener::Listener, view::Trial};
use crate::{App, Error, dto, search::TookMs};

impl App {
    /// Says what a meeting would show for a sentence, and the nearest there is where it would show nothing.
    pub async fn try_agent(&self, id: u32, text: &str) -> Result<Trial, Error> {
        let agent = self.agent_record(id).await?;
        let mut listener = Listener::new(self, &agent).await?;
        let caption = Caption { key: None, at: None, speaker: None, text: text.to_owned(), is_final: true };
        let best = listener.try_once(caption).await?;
        let threshold = threshold(agent.sensitivity);
        let took = |took: TookMs| dto::Took { embed: took.embed, search: took.search, total: took.total };
        let Some(weighed) = best else {
            let answer = self.search_in(&crate::SearchScope::Agent(id), text, 3, crate::SearchMode::Hybrid).await?;
            return Ok(Trial {
                shows: false,
                confidence: 0.0,
                threshold,
                reason: None,
                trigger: None,
                took: took(answer.took_ms),
                hits: answer.hits.into_iter().map(dto::SearchHit::from).collect(),
            });
        };
        Ok(Trial {
            shows: weighed.confidence >= threshold,
            confidence: weighed.confidence,
            threshold,
            reason: Some(weighed.reason),
            trigger: weighed.trigger,
            took: took(weighed.took.into()),
            hits: weighed.hits.into_iter().map(dto::SearchHit::from).collect(),
        })
    }
}
