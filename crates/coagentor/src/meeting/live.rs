//! What the window shows of the meeting that runs, and since when: whoever follows it asks for what changed.

use std::{collections::VecDeque, path::PathBuf};

use super::view::{Answer, Card, Endpoint, Segment};

/// Segments that the window shows of a running meeting.
const SHOWN_SEGMENTS: usize = 300;
/// Problems that are kept.
const MOST_PROBLEMS: usize = 50;

/// The meeting as it stands.
#[derive(Debug, Default)]
pub(super) struct Live {
    /// Grows with every change to a segment or card.
    revision: u32,
    segments: VecDeque<Noted<Segment>>,
    cards: Vec<Noted<Card>>,
    pub(super) heard: u64,
    pub(super) problems: VecDeque<String>,
    pub(super) file: Option<PathBuf>,
    pub(super) endpoint: Option<Endpoint>,
}

/// Something with the revision that it was last changed at.
#[derive(Debug)]
struct Noted<T> {
    at: u32,
    it: T,
}

fn since<'a, T: Clone + 'a>(all: impl IntoIterator<Item = &'a Noted<T>>, revision: u32) -> Vec<T> {
    all.into_iter().filter(|noted| noted.at > revision).map(|noted| noted.it.clone()).collect()
}

impl Live {
    pub(super) fn revision(&self) -> u32 {
        self.revision
    }

    /// The newest segments, without those that have not changed since.
    pub(super) fn segments_since(&self, revision: u32) -> Vec<Segment> {
        since(&self.segments, revision)
    }

    /// The cards, oldest first, without those that have not changed since.
    pub(super) fn cards_since(&self, revision: u32) -> Vec<Card> {
        since(&self.cards, revision)
    }

    pub(super) fn put_segment(&mut self, segment: Segment) {
        self.revision += 1;
        let noted = Noted { at: self.revision, it: segment };
        match self.segments.iter_mut().rev().find(|known| known.it.id == noted.it.id) {
            Some(known) => *known = noted,
            None => self.segments.push_back(noted),
        }
        if self.segments.len() > SHOWN_SEGMENTS {
            self.segments.pop_front();
        }
    }

    /// A card that is known keeps what the person did with it.
    pub(super) fn put_card(&mut self, card: Card) {
        match self.change(card.id) {
            Some(known) => *known = Card { pinned: known.pinned, dismissed: known.dismissed, ..card },
            None => self.cards.push(Noted { at: self.revision, it: card }),
        }
    }

    /// What the person did with a card.
    pub(super) fn set_card(&mut self, id: u32, pinned: bool, dismissed: bool) {
        if let Some(card) = self.change(id) {
            (card.pinned, card.dismissed) = (pinned, dismissed);
        }
    }

    /// How far an answer is; the card with it, if there is such a card.
    pub(super) fn put_answer(&mut self, id: u32, answer: Answer) -> Option<Card> {
        let card = self.change(id)?;
        card.answer = Some(answer);
        Some(card.clone())
    }

    pub(super) fn put_problem(&mut self, problem: String) {
        if self.problems.back() == Some(&problem) {
            return;
        }
        self.problems.push_back(problem);
        if self.problems.len() > MOST_PROBLEMS {
            self.problems.pop_front();
        }
    }

    /// The card of this number, to be changed.
    fn change(&mut self, id: u32) -> Option<&mut Card> {
        self.revision += 1;
        let noted = self.cards.iter_mut().find(|noted| noted.it.id == id)?;
        noted.at = self.revision;
        Some(&mut noted.it)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{super::CardReason, super::view::AnswerState, super::view::CardTook, *};

    fn segment(id: u32, text: &str) -> Segment {
        Segment { id, at: None, speaker: None, text: text.to_owned(), is_final: true }
    }

    fn card(id: u32, heard: &str) -> Card {
        Card {
            id,
            segment: Some(id),
            at: None,
            shown_at: String::new(),
            heard: heard.to_owned(),
            reason: CardReason::Question,
            trigger: None,
            confidence: 0.5,
            hits: Vec::new(),
            took: CardTook { embed: 0.0, search: 0.0, total: 0.0, after_end: 0.0 },
            pinned: false,
            dismissed: false,
            answer: None,
        }
    }

    #[derive(Debug, Clone)]
    enum Step {
        Segment(u32, String),
        Card(u32, String),
        Set(u32, bool, bool),
        Answer(u32),
        /// The window asks.
        Look,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            (1..9_u32, "[a-c]{1,3}").prop_map(|(id, text)| Step::Segment(id, text)),
            (1..9_u32, "[a-c]{1,3}").prop_map(|(id, text)| Step::Card(id, text)),
            (1..9_u32, any::<bool>(), any::<bool>()).prop_map(|(id, pin, away)| Step::Set(id, pin, away)),
            (1..9_u32).prop_map(Step::Answer),
            Just(Step::Look),
        ];
        prop::collection::vec(step, 0..60)
    }

    proptest! {
        /// Whoever asks for what changed, at whatever times, sees the same as who asks for everything.
        #[test]
        fn changes_add_up_to_the_whole(steps in steps()) {
            let mut live = Live::default();
            let (mut seen, mut cards, mut segments) = (0, BTreeMap::new(), BTreeMap::new());
            for step in steps.into_iter().chain([Step::Look]) {
                match step {
                    Step::Segment(id, text) => live.put_segment(segment(id, &text)),
                    Step::Card(id, heard) => live.put_card(card(id, &heard)),
                    Step::Set(id, pinned, dismissed) => live.set_card(id, pinned, dismissed),
                    Step::Answer(id) => {
                        let answer = Answer { state: AnswerState::Done, sentences: Vec::new(), problem: None };
                        let known = live.cards_since(0).iter().any(|card| card.id == id);
                        prop_assert_eq!(live.put_answer(id, answer).is_some(), known);
                    }
                    Step::Look => {
                        cards.extend(live.cards_since(seen).into_iter().map(|card| (card.id, card)));
                        segments.extend(live.segments_since(seen).into_iter().map(|one| (one.id, one)));
                        seen = live.revision();
                        prop_assert!(live.cards_since(seen).is_empty() && live.segments_since(seen).is_empty());
                    }
                }
            }
            let whole: BTreeMap<_, _> = live.cards_since(0).into_iter().map(|card| (card.id, card)).collect();
            prop_assert_eq!(cards, whole);
            let whole: BTreeMap<_, _> = live.segments_since(0).into_iter().map(|one| (one.id, one)).collect();
            prop_assert_eq!(segments, whole);
        }
    }

    #[test]
    fn a_card_that_comes_again_stays_as_the_person_left_it() {
        let mut live = Live::default();
        live.put_card(card(1, "how do we"));
        live.set_card(1, true, false);
        live.put_card(card(1, "how do we deploy"));
        let cards = live.cards_since(0);
        assert_eq!((cards.len(), cards[0].pinned, cards[0].heard.as_str()), (1, true, "how do we deploy"));
    }

    #[test]
    fn a_long_talk_is_shown_by_its_end() {
        let mut live = Live::default();
        (1..=500).for_each(|id| live.put_segment(segment(id, "word")));
        let shown = live.segments_since(0);
        assert_eq!((shown.len(), shown[0].id), (SHOWN_SEGMENTS, 201));
    }
}
