//! What a model writes from the hits of a card, where the person has set one.

use std::sync::{Arc, Mutex, PoisonError};

use chat::{Answering, Client, Prompt, Sentence, Source, Verdict};
use futures::StreamExt;
use secrecy::SecretString;
use url::Url;

use super::{
    Found,
    live::Live,
    view::{Answer, AnswerSentence, AnswerState},
};
use crate::{App, Error, events::AppEvent};

/// Name of the key in the secret store.
const KEY: &str = "answers-key";

fn refused(error: &chat::ChatError) -> Error {
    Error::Answers { reason: error.to_string(), hint: error.hint() }
}

impl App {
    /// Keeps the key of the chat endpoint in the secret store, or forgets it.
    pub async fn set_answer_key(&self, key: Option<SecretString>) -> Result<(), Error> {
        match key {
            Some(key) => self.secrets.put(KEY, key).await?,
            None => self.secrets.delete(KEY).await?,
        }
        self.store.set_answer_key_kept(self.secrets.get(KEY).await?.is_some()).await?;
        self.events.send(AppEvent::Settings);
        Ok(())
    }

    /// The models that the chat endpoint has.
    pub async fn check_answers(&self) -> Result<Vec<String>, Error> {
        let client = self.chat_client().await?;
        client.models().await.map_err(|error| refused(&error))
    }

    async fn chat_client(&self) -> Result<Client, Error> {
        let answers = self.store.settings().await?.answers;
        let url = Url::parse(answers.url.trim())
            .map_err(|error| Error::Setting { name: "address of the model".to_owned(), reason: error.to_string() })?;
        let key = if self.store.answer_key_kept().await? { self.secrets.get(KEY).await? } else { None };
        Client::new(chat::Endpoint { url, model: answers.model, key }).map_err(|error| refused(&error))
    }

    /// Lets a model answer from the hits of a card, in the background, where the person has set one.
    pub(super) fn write_answer(&self, meeting: u32, found: Found, live: &Arc<Mutex<Live>>) {
        let (app, live) = (self.clone(), Arc::clone(live));
        tokio::spawn(async move {
            match app.store.settings().await {
                Ok(settings) if settings.answers.is_on => {}
                _ => return,
            }
            let writing = Writing { app, meeting, card: found.card, live };
            writing.put(Vec::new(), AnswerState::Writing, None).await;
            match writing.write(&found).await {
                Ok((sentences, state)) => writing.put(sentences, state, None).await,
                Err(error) => {
                    let problem =
                        std::iter::once(error.to_string()).chain(error.hints()).collect::<Vec<_>>().join("; ");
                    writing.put(Vec::new(), AnswerState::Failed, Some(problem)).await;
                }
            }
        });
    }
}

/// An answer being written.
struct Writing {
    app: App,
    meeting: u32,
    card: u32,
    live: Arc<Mutex<Live>>,
}

impl Writing {
    async fn write(&self, found: &Found) -> Result<(Vec<AnswerSentence>, AnswerState), Error> {
        let client = self.app.chat_client().await?;
        let sources: Vec<Source> = found
            .weighed
            .hits
            .iter()
            .map(|hit| Source {
                title: hit.title.clone(),
                heading_path: hit.heading_path.clone(),
                text: hit.text.clone(),
            })
            .collect();
        let instructions = self.app.store.meeting(i64::from(self.meeting)).await?;
        let instructions =
            instructions.and_then(|meeting| Some(meeting.agent.get("instructions")?.as_str()?.to_owned()));
        let prompt = Prompt::grounded(&found.weighed.query, &instructions.unwrap_or_default(), &sources);
        let mut reply = client.complete(&prompt);
        let mut answering = Answering::new(&sources);
        let mut sentences = Vec::new();
        while let Some(piece) = reply.next().await {
            let new = answering.push(&piece.map_err(|error| refused(&error))?);
            if !new.is_empty() {
                sentences.extend(new.into_iter().map(sentence));
                self.put(sentences.clone(), AnswerState::Writing, None).await;
            }
            if answering.is_over() {
                break;
            }
        }
        let (rest, verdict) = answering.finish();
        sentences.extend(rest.into_iter().map(sentence));
        Ok(match verdict {
            Verdict::Answered => (sentences, AnswerState::Done),
            Verdict::Refused => (Vec::new(), AnswerState::Refused),
        })
    }

    async fn put(&self, sentences: Vec<AnswerSentence>, state: AnswerState, problem: Option<String>) {
        let answer = Answer { state, sentences, problem };
        let card = {
            let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(card) = live.put_answer(self.card, answer) else { return };
            card
        };
        if state != AnswerState::Writing
            && let Err(error) = self.app.store.put_card(i64::from(self.meeting), &card, &[]).await
        {
            tracing::warn!(code = error.code(), "an answer was not kept");
        }
        self.app.events.send(AppEvent::Meeting);
    }
}

fn sentence(sentence: Sentence) -> AnswerSentence {
    AnswerSentence { text: sentence.text, hits: sentence.sources.into_iter().map(|source| source as u32).collect() }
}
