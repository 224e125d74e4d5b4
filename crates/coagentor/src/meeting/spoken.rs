//! From a turn of talk to what could be looked up in it: its sentences, freed of what people say while they think, each
//! with how much it is a question. Pure.

use std::sync::LazyLock;

/// A part of a turn that could be looked up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Utterance {
    /// As it was heard.
    pub heard: String,
    /// The same without hesitation and framing.
    pub query: String,
    /// How much it asks for something, 0 to 1.
    pub asks: f32,
    /// How much it is a question from person to person, 0 to 1.
    pub personal: f32,
}

/// Words of an utterance at most: what an embedding model weighs well, and more than a person asks in one breath.
const MOST_WORDS: usize = 60;
/// Below so many words there is nothing to look up.
const FEWEST_WORDS: usize = 3;
/// Turns without punctuation are looked at in parts from so many words on.
const LONG_TURN: usize = 22;

/// What opens a turn or stands between its parts and says nothing; longer ones first.
const HESITATION: &[&str] = &[
    "you know what i mean",
    "i was just going to say",
    "i was going to say",
    "i was just wondering",
    "just out of curiosity",
    "before i forget",
    "now that you mention it",
    "quick question",
    "one more thing",
    "sort of",
    "kind of",
    "aw",
    "ooh",
    "oops",
    "gosh",
    "god",
    "now",
    "good",
    "you know",
    "i mean",
    "i guess",
    "i think",
    "i suppose",
    "by the way",
    "oh wait",
    "hang on",
    "hold on",
    "sorry",
    "um",
    "uh",
    "erm",
    "er",
    "hmm",
    "mm",
    "ah",
    "oh",
    "okay",
    "ok",
    "well",
    "so",
    "right",
    "yeah",
    "yes",
    "no",
    "hey",
    "hi",
    "wait",
    "actually",
    "basically",
    "like",
    "and",
    "but",
    "also",
    "anyway",
    "alright",
    "then",
    "guys",
    "everybody",
    "everyone",
    "folks",
    "please",
    "honestly",
    "maybe",
    "just",
    "really",
    "äh",
    "ähm",
    "also",
    "na ja",
    "sag mal",
    "moment",
];

/// What frames a question: the question is what follows.
const FRAMES: &[&str] = &[
    "does anybody here happen to know",
    "does anyone here happen to know",
    "does anybody happen to know",
    "does anyone happen to know",
    "does anybody happen to remember",
    "does anyone happen to remember",
    "does anybody remember off the top of their head",
    "does anyone remember off the top of their head",
    "does anybody know off the top of their head",
    "does anyone know off the top of their head",
    "does anybody know",
    "does anyone know",
    "does somebody know",
    "does anybody remember",
    "does anyone remember",
    "does somebody remember",
    "do we know",
    "do you know",
    "do you remember",
    "do you guys know",
    "do you guys remember",
    "do any of you know",
    "do any of you remember",
    "can anybody tell me",
    "can anyone tell me",
    "can somebody tell me",
    "can someone tell me",
    "can somebody remind me",
    "can someone remind me",
    "can anybody remind me",
    "can anyone remind me",
    "could somebody remind me",
    "could someone remind me",
    "can you remind me",
    "could you remind me",
    "remind me again",
    "remind me",
    "i can never remember",
    "i can't remember",
    "i cannot remember",
    "i don't remember",
    "i do not remember",
    "i always forget",
    "i keep forgetting",
    "i forget",
    "i forgot",
    "i'm not sure",
    "i am not sure",
    "i'm not clear on",
    "i'm not certain",
    "i'm wondering",
    "i am wondering",
    "i was wondering",
    "i wonder",
    "i'd like to know",
    "i would like to know",
    "i want to know",
    "i need to know",
    "i have no idea",
    "i've no idea",
    "no idea",
    "any idea",
    "anybody know",
    "anyone know",
    "anybody remember",
    "anyone remember",
    "somebody asked me",
    "someone asked me",
    "my question is",
    "the question is",
    "question is",
    "what i want to know is",
    "what i don't get is",
    "we should find out",
    "we need to find out",
    "we need to figure out",
    "let me ask you",
    "weiß jemand",
    "weiss jemand",
    "kann mir jemand sagen",
    "ich weiß nicht",
    "ich weiss nicht",
    "ich frage mich",
];

const QUESTION_WORDS: &[&str] = &[
    "what", "what's", "whats", "how", "how's", "where", "where's", "when", "when's", "who", "who's", "whom", "whose",
    "which", "why", "was", "wie", "wo", "wann", "wer", "warum", "welche", "welcher", "welches", "wieviel", "wofür",
    "woher",
];
const AUXILIARIES: &[&str] = &[
    "do", "does", "did", "is", "are", "was", "were", "can", "could", "should", "would", "will", "has", "have", "had",
    "may", "must", "am", "isn't", "aren't", "don't", "doesn't", "didn't", "gibt", "haben", "dürfen", "müssen",
    "können",
];
const SUBJECTS: &[&str] = &[
    "i", "we", "you", "they", "he", "she", "it", "there", "the", "a", "an", "that", "this", "these", "those", "our",
    "my", "your", "their", "people", "someone", "somebody", "anyone", "anybody", "everyone", "es", "wir", "ich", "man",
    "die", "der", "das",
];
/// Questions within a statement.
const INDIRECT: &[&str] = &[
    "not sure how",
    "not sure what",
    "not sure who",
    "not sure where",
    "not sure when",
    "not sure if",
    "not sure whether",
    "not sure which",
    "don't know how",
    "don't know what",
    "don't know who",
    "don't know where",
    "don't know when",
    "don't know if",
    "don't know whether",
    "don't know which",
    "no idea how",
    "no idea what",
    "no idea who",
    "no idea where",
    "no idea when",
    "wondering if",
    "wondering whether",
    "wondering what",
    "wondering how",
    "wondering who",
    "forgot what",
    "forgot how",
    "forget what",
    "forget how",
    "forget who",
    "remember what",
    "remember how",
    "remember who",
    "remember where",
    "remember which",
    "remember if",
    "remember whether",
    "what was the",
    "what are the",
    "what is the",
    "what's the",
    "what's our",
    "what is our",
    "how do we",
    "how do i",
    "how many",
    "how much",
    "how long",
    "how often",
    "where do we",
    "where do i",
    "who do we",
    "who do i",
    "who has to",
    "who needs to",
    "when do we",
    "when do i",
    "is there a",
    "is there any",
    "are there any",
    "do we have",
    "are we allowed",
    "am i allowed",
    "are we supposed",
    "am i supposed",
    "what happens if",
    "what happens when",
    "what do we do",
    "what do i do",
    "figure out",
    "find out",
    "look up",
    "looking for",
];
/// Questions that only the people in the room can answer.
const PERSONAL: &[&str] = &[
    "do you think",
    "did you think",
    "you think",
    "do you want",
    "would you like",
    "do you like",
    "do you mean",
    "did you mean",
    "what do you mean",
    "you mean",
    "can you see",
    "can you hear",
    "can everybody see",
    "can everyone see",
    "can everybody hear",
    "can everyone hear",
    "hear me",
    "see my screen",
    "how are you",
    "how was your",
    "how's it going",
    "how did it go",
    "how about you",
    "what about you",
    "are you okay",
    "are you ready",
    "are we ready",
    "ready to",
    "shall we",
    "should we start",
    "should we go",
    "should we move",
    "any questions",
    "any other questions",
    "anything else",
    "any comments",
    "any thoughts",
    "your turn",
    "who wants",
    "who's next",
    "what's next",
    "next meeting",
    "see you",
    "did you see",
    "did you get",
    "did you do",
    "have you got",
    "have you done",
    "are you going",
    "are you doing",
    "what did you",
    "what were you",
    "were you",
    "what time is it",
    "what's the time",
    "five minutes",
    "is that right",
    "is that okay",
    "is that it",
    "is it okay",
    "does that make sense",
    "make sense",
    "isn't it",
    "wasn't it",
    "aren't we",
    "right?",
    "okay?",
    "wie geht",
    "was meinst du",
    "was denkst du",
];
/// Words that only the turn before explains.
const POINTING: &[&str] =
    &["that", "this", "it", "they", "them", "those", "these", "there", "one", "das", "dies", "es", "dort", "dafür"];

/// What could be looked up in a turn. `before` is the turn before it, for a question that leans on it.
pub(crate) fn utterances(turn: &str, before: Option<&str>) -> Vec<Utterance> {
    let mut found: Vec<Utterance> = Vec::new();
    let mut put = |text: &str| {
        if let Some(utterance) = utterance(text)
            && found.iter().all(|known| known.query != utterance.query)
        {
            found.push(utterance);
        }
    };
    put(turn);
    let sentences = sentences(turn);
    if sentences.len() > 1 {
        for sentence in &sentences {
            put(sentence);
        }
    }
    let words: Vec<&str> = turn.split_whitespace().collect();
    if words.len() > LONG_TURN
        && let Some(from) = last_question_word(&words)
    {
        put(&words.get(from..).unwrap_or_default().join(" "));
    }
    if let Some(leaning) = before.and_then(|before| leaning(turn, before)) {
        found.push(leaning);
    }
    found
}

fn utterance(text: &str) -> Option<Utterance> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept = words.get(words.len().saturating_sub(MOST_WORDS)..).unwrap_or_default();
    let heard = kept.join(" ");
    let (query, was_framed) = freed(&heard);
    if query.split_whitespace().count() < FEWEST_WORDS {
        return None;
    }
    let plain = spaced(&heard);
    let asks = if was_framed { 1.0 } else { asks(&heard, &query, &plain) };
    let personal = if PERSONAL.iter().any(|phrase| contains(&plain, phrase)) { 1.0 } else { 0.0 };
    Some(Utterance { heard, query, asks, personal })
}

/// A short question whose words point to the turn before, together with it.
fn leaning(turn: &str, before: &str) -> Option<Utterance> {
    let own = utterance(turn)?;
    let words = own.query.split_whitespace().count();
    let plain = spaced(&own.query);
    let points = POINTING.iter().any(|word| contains(&plain, word));
    if own.asks < 0.8 || own.personal > 0.0 || !points || words > 20 {
        return None;
    }
    let (before, _) = freed(sentences(before).last()?);
    let before: Vec<&str> = before.split_whitespace().collect();
    let tail = before.get(before.len().saturating_sub(30)..).unwrap_or_default().join(" ");
    Some(Utterance { query: format!("{tail} {}", own.query), ..own })
}

/// The sentences of a punctuated text.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let ends = matches!(sign, '.' | '?' | '!' | '。' | '？' | '！');
        let is_last = signs.peek().is_none_or(|(_, next)| next.is_whitespace() || is_unspaced(sign));
        if ends && is_last {
            sentences.extend(text.get(start..at + sign.len_utf8()).map(|part| part.trim().to_owned()));
            start = at + sign.len_utf8();
        }
    }
    sentences.extend(text.get(start..).map(|part| part.trim().to_owned()));
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn is_unspaced(sign: char) -> bool {
    matches!(sign, '。' | '？' | '！')
}

/// Where the last question of an unpunctuated turn begins.
fn last_question_word(words: &[&str]) -> Option<usize> {
    let at = words.iter().rposition(|word| QUESTION_WORDS.contains(&plain_word(word).as_str()))?;
    (at > 0 && words.len() - at >= 5).then_some(at)
}

fn plain_word(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// The text in lower case with one space around every word and without punctuation but question marks and apostrophes.
fn spaced(text: &str) -> String {
    let mut plain = String::from(" ");
    for word in text.split_whitespace() {
        let word: String = word
            .to_lowercase()
            .replace('’', "'")
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, '\'' | '?' | '-' | '_'))
            .collect();
        if !word.is_empty() {
            plain.push_str(&word);
            plain.push(' ');
        }
    }
    plain
}

fn contains(spaced: &str, phrase: &str) -> bool {
    spaced.match_indices(phrase).any(|(at, _)| {
        let before = spaced.get(..at).is_none_or(|text| text.ends_with(' '));
        let after = spaced.get(at + phrase.len()..).is_none_or(|text| text.starts_with([' ', '?']) || text.is_empty());
        before && after
    })
}

/// Phrases by their words, longer ones first.
static OPENINGS: LazyLock<Vec<(Vec<&'static str>, bool)>> = LazyLock::new(|| {
    let frames = FRAMES.iter().map(|phrase| (phrase, true));
    let all = frames.chain(HESITATION.iter().map(|phrase| (phrase, false)));
    let mut phrases: Vec<(Vec<&str>, bool)> =
        all.map(|(phrase, frames)| (phrase.split(' ').collect(), frames)).collect();
    phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    phrases
});

/// The text without hesitation at its beginning and sounds anywhere, and whether something framed it as a question.
fn freed(text: &str) -> (String, bool) {
    const SOUNDS: &[&str] = &["um", "uh", "erm", "er", "hmm", "mm", "ah", "äh", "ähm", "uhm"];
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| !SOUNDS.contains(&plain_word(word).as_str())).collect();
    let plain: Vec<String> = words.iter().map(|word| plain_word(word).replace('’', "'")).collect();
    let mut start = 0;
    let mut was_framed = false;
    while let Some((length, frames)) = opening(plain.get(start..).unwrap_or_default()) {
        start += length;
        was_framed |= frames;
    }
    (words.get(start..).unwrap_or_default().join(" "), was_framed)
}

/// The opening that a text begins with: its words, and whether it frames a question.
fn opening(plain: &[String]) -> Option<(usize, bool)> {
    let begins = |phrase: &&(Vec<&str>, bool)| {
        phrase.0.len() < plain.len() && phrase.0.iter().zip(plain).all(|(wanted, word)| wanted == word)
    };
    OPENINGS.iter().find(begins).map(|(words, frames)| (words.len(), *frames))
}

/// How much a text asks: surely where it ends with a question mark or begins as a question, less where one is inside of it.
fn asks(heard: &str, query: &str, plain: &str) -> f32 {
    if heard.trim_end().ends_with(['?', '？']) {
        return 1.0;
    }
    let words: Vec<String> = query.split_whitespace().map(plain_word).collect();
    let begins = |at: usize| {
        let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
        QUESTION_WORDS.contains(&word(at)) || AUXILIARIES.contains(&word(at)) && SUBJECTS.contains(&word(at + 1))
    };
    if begins(0) {
        return 0.9;
    }
    if INDIRECT.iter().any(|phrase| contains(plain, phrase)) || FRAMES.iter().any(|phrase| contains(plain, phrase)) {
        return 0.8;
    }
    let asks_within = (1..words.len()).any(begins);
    if asks_within { 0.5 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("um does anybody remember how many weeks of leave we get", "how many weeks of leave we get", 1.0)]
    #[case("So, like, what's the refund policy again?", "what's the refund policy again?", 1.0)]
    #[case("wait can someone remind me who approves travel", "who approves travel", 1.0)]
    #[case("we shipped the release on Friday", "we shipped the release on Friday", 0.0)]
    #[case("is there a limit on what we can expense", "is there a limit on what we can expense", 0.9)]
    #[case("I'm not sure who has to approve that trip", "who has to approve that trip", 1.0)]
    #[case("the customer was asking how long we keep backups", "the customer was asking how long we keep backups", 0.8)]
    #[case("Weiß jemand, wie lange die Probezeit dauert", "wie lange die Probezeit dauert", 1.0)]
    fn framing_is_taken_off(#[case] heard: &str, #[case] query: &str, #[case] asks: f32) {
        let found = utterance(heard).unwrap();
        assert_eq!((found.query.as_str(), found.asks), (query, asks));
    }

    #[rstest]
    #[case("mm-hmm")]
    #[case("yeah okay")]
    #[case("um, uh, so")]
    #[case("")]
    fn there_is_nothing_in_noise(#[case] heard: &str) {
        assert_eq!(utterances(heard, None), []);
    }

    #[test]
    fn a_question_that_leans_takes_the_turn_before_along() {
        let found = utterances("and how long does that usually take", Some("We have to rotate the signing keys."));
        let queries: Vec<&str> = found.iter().map(|utterance| utterance.query.as_str()).collect();
        assert_eq!(
            queries,
            ["how long does that usually take", "We have to rotate the signing keys. how long does that usually take"]
        );
    }

    #[test]
    fn sentences_and_the_end_of_a_long_turn_are_looked_at_alone() {
        let found = utterances("We had a good week. How do we restore a backup?", None);
        assert_eq!(found.len(), 3);
        let long = "so i talked to the people in sales yesterday and they were telling me all about the new deal and \
                    then they asked how long do we keep the customer data";
        let found = utterances(long, None);
        assert!(found.iter().any(|utterance| utterance.query == "how long do we keep the customer data"));
    }
}
