//! What an agent watches for: conditions in plain words, compared with what is heard by meaning and by words.

use super::prototypes::cosine;
use crate::{App, Error, agents::Trigger};

/// A condition applies from this nearness on, for an agent of usual sensitivity.
const APPLIES: f32 = 0.42;
/// How much nearness the most sensitive agent lets go of.
const SPAN: f32 = 0.08;
/// What it counts when every word of the condition was said.
const SAID: f32 = 0.15;
/// Letters that two words share at least to be forms of one.
const SHARED: usize = 5;
/// What conditions are made of beside what they are about.
const FRAME: &[&str] = &[
    "when",
    "whenever",
    "if",
    "somebody",
    "someone",
    "anybody",
    "anyone",
    "people",
    "asks",
    "ask",
    "asking",
    "mentions",
    "mention",
    "mentioned",
    "talks",
    "talk",
    "talking",
    "says",
    "say",
    "about",
    "the",
    "a",
    "an",
    "is",
    "are",
    "of",
    "for",
    "to",
    "or",
    "and",
    "in",
    "on",
    "with",
    "we",
    "they",
    "it",
    "there",
    "questions",
    "question",
    "comes",
    "up",
    "discusses",
    "discuss",
    "wants",
    "know",
    "wenn",
    "jemand",
    "fragt",
    "über",
    "nach",
    "der",
    "die",
    "das",
    "und",
    "oder",
];

/// A condition that is on.
#[derive(Debug, Clone)]
pub(crate) struct Watched {
    label: String,
    vector: Option<Vec<f32>>,
    words: Vec<String>,
}

impl App {
    /// The conditions of an agent that are on, ready to be compared.
    pub(crate) async fn watched(&self, triggers: &[Trigger]) -> Result<Vec<Watched>, Error> {
        let mut watched = Vec::new();
        for trigger in triggers.iter().filter(|trigger| trigger.is_on) {
            let words = telling(&trigger.condition);
            let about = if words.is_empty() { trigger.condition.clone() } else { words.join(" ") };
            let vector = self.knowledge.embed_query(&about).await?;
            watched.push(Watched { label: trigger.label.clone(), vector, words });
        }
        Ok(watched)
    }
}

/// The condition that what was heard meets best, if it meets any.
pub(crate) fn applies<'a>(
    watched: &'a [Watched],
    heard: &str,
    vector: Option<&[f32]>,
    sensitivity: u8,
) -> Option<&'a str> {
    let limit = APPLIES - (f32::from(sensitivity.min(100)) - 50.0) / 50.0 * SPAN;
    let said = words(heard);
    let near = |condition: &Watched| nearness(condition, &said, vector);
    let best = watched.iter().max_by(|a, b| near(a).total_cmp(&near(b)))?;
    (near(best) >= limit).then_some(best.label.as_str())
}

fn nearness(condition: &Watched, said: &[String], vector: Option<&[f32]>) -> f32 {
    let is_said = |word: &&String| said.iter().any(|other| is_form(word, other));
    let share = condition.words.iter().filter(is_said).count() as f32 / condition.words.len().max(1) as f32;
    match (&condition.vector, vector) {
        (Some(condition), Some(vector)) => cosine(condition, vector) + SAID * share,
        // Without a model only words tell.
        _ => share,
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_lowercase).collect()
}

fn telling(condition: &str) -> Vec<String> {
    words(condition).into_iter().filter(|word| !FRAME.contains(&word.as_str())).collect()
}

/// Whether two words are forms of one, as `price` and `prices` or `deploy` and `deployment`.
fn is_form(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    a == b || shared >= SHARED.min(a.chars().count().min(b.chars().count())) && shared >= 4
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn watched(condition: &str) -> Watched {
        Watched { label: condition.to_owned(), vector: None, words: telling(condition) }
    }

    #[rstest]
    #[case("somebody asks about prices", "what's the price of that", true)]
    #[case("deployments are mentioned", "we want to deploy on Friday", true)]
    #[case("somebody asks about prices", "what's for lunch", false)]
    fn words_tell_where_there_is_no_model(#[case] condition: &str, #[case] heard: &str, #[case] is_met: bool) {
        assert_eq!(applies(&[watched(condition)], heard, None, 50).is_some(), is_met);
    }

    #[test]
    fn the_nearest_condition_names_the_card() {
        let with = |label: &str, vector: [f32; 2]| Watched {
            label: label.to_owned(),
            vector: Some(vector.to_vec()),
            words: vec!["none".to_owned()],
        };
        let both = [with("far", [0.0, 1.0]), with("near", [1.0, 0.0])];
        assert_eq!(applies(&both, "x", Some(&[0.9, 0.43]), 50), Some("near"));
        assert_eq!(applies(&both[..1], "x", Some(&[1.0, 0.0]), 50), None);
    }
}
