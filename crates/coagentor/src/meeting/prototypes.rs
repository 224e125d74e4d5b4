//! What people say to each other, and what they ask of a wiki: sentences that an utterance is compared with by meaning.

use std::sync::Arc;

use tokio::sync::OnceCell;

use crate::{App, Error};

/// What people in a room say to each other. None of it is in a wiki, though its words may be.
const ROOM: &[&str] = &[
    "can everybody see my screen",
    "how was your weekend",
    "I think that looks nice",
    "what do you think about that",
    "should we go with the blue one",
    "let's move on to the next point",
    "that's a good idea",
    "I'm not sure I like it",
    "did you get the email I sent you",
    "sorry I was on mute",
    "who wants to go first",
    "okay so what else do we have",
    "I had to get up early today",
    "the weather is terrible",
    "my kids were ill all week",
    "we have five minutes left",
    "yeah that makes sense to me",
    "I'll send it round after the meeting",
    "could you say that again please",
    "let me draw it on the board",
    "it should be easy to use for everybody",
    "people would like something simpler",
    "that is what I meant to say",
    "I'd like it a bit smaller",
    "what about the buttons",
    "are you coming to lunch",
    "do you have a pen",
    "I agree with you",
    "how does that sound to you",
    "we could try it the other way round",
    "it was really funny",
    "no I didn't say that",
    "thanks everybody for coming",
    "see you next week",
    "can you show us the numbers",
    "who took the notes last time",
    "what's your name again",
    "you go ahead",
    "I wasn't here last week",
    "maybe we can talk about it later",
    "so today we want to discuss the design",
    "my role in the project is to look at the market",
    "what I was going to say is that we could do both",
    "I don't know what you mean",
    "are we all clear about what we want to do in this meeting",
    "that costs too much",
    "it depends on what people want",
    "we did that yesterday and it worked",
    "shall we vote on it",
    "I will have a look at it this afternoon",
];

/// What people ask of a wiki, or know from it.
const WIKI: &[&str] = &[
    "how many days of leave do we get",
    "who has to approve this expense",
    "what is our policy on working from another country",
    "how do we roll back a deployment",
    "where is the runbook for that alert",
    "what are the steps to restore the database",
    "how long do we keep customer data",
    "who is on call for this service",
    "how do I get access to the dashboard",
    "what is the process for hiring a contractor",
    "which form do I have to fill in for travel",
    "what does our contract say about refunds",
    "how do I set up my development environment",
    "is there a limit on what we can spend",
    "what do we do when the disk is full",
    "how often are passwords rotated",
    "who do we tell about a security incident",
    "what are the requirements for a promotion",
    "what is the difference between the two plans",
    "when are the performance reviews",
    "how do I request a new laptop from the company",
    "what is our target for response times",
    "which tool do we use for signing documents",
    "are we allowed to share this with customers",
    "how is the bonus calculated",
    "what should I check before I restart the server",
    "what does a new employee do in the first week",
    "what happens after an incident",
    "our policy says that the manager has to approve it",
    "the runbook says to drain the node first",
    "the service falls back to the replica when the primary is down",
    "the alert fires when the queue is too long",
    "parental leave is paid for sixteen weeks",
    "we have to follow the procedure for releases",
    "which team owns this component",
    "how do we escalate a ticket from a customer",
    "what is the command to flush the cache",
    "how do we measure the success of this program",
    "what counts as a qualified lead",
    "who signs off on a discount",
];

/// How many of a list's nearest sentences count.
const NEAREST: usize = 3;

/// The sentences as vectors.
#[derive(Debug)]
pub(crate) struct Prototypes {
    room: Vec<Vec<f32>>,
    wiki: Vec<Vec<f32>>,
}

/// Where they are kept: a third of a second of work, done once.
pub(crate) type Kept = OnceCell<Option<Arc<Prototypes>>>;

impl Prototypes {
    /// How near a vector is to what people say to each other, and to what they ask of a wiki.
    pub(crate) fn nearness(&self, vector: &[f32]) -> (f32, f32) {
        (nearest(&self.room, vector), nearest(&self.wiki, vector))
    }
}

impl App {
    /// The sentences as vectors of the model that is open; none without one.
    pub(crate) async fn prototypes(&self) -> Result<Option<Arc<Prototypes>>, Error> {
        let embedded = async || {
            let Some(room) = self.embed_all(ROOM).await? else { return Ok(None) };
            let Some(wiki) = self.embed_all(WIKI).await? else { return Ok(None) };
            Ok::<_, Error>(Some(Arc::new(Prototypes { room, wiki })))
        };
        Ok(self.prototypes.get_or_try_init(embedded).await?.clone())
    }

    async fn embed_all(&self, sentences: &[&str]) -> Result<Option<Vec<Vec<f32>>>, Error> {
        let mut vectors = Vec::new();
        for sentence in sentences {
            match self.knowledge.embed_query(sentence).await? {
                Some(vector) => vectors.push(vector),
                None => return Ok(None),
            }
        }
        Ok(Some(vectors))
    }
}

/// The cosine of two vectors of length 1.
pub(crate) fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Mean cosine of the nearest few.
fn nearest(sentences: &[Vec<f32>], vector: &[f32]) -> f32 {
    let mut all: Vec<f32> = sentences.iter().map(|sentence| cosine(sentence, vector)).collect();
    all.sort_by(|a, b| b.total_cmp(a));
    all.truncate(NEAREST);
    all.iter().sum::<f32>() / all.len().max(1) as f32
}
