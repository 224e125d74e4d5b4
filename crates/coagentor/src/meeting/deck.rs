//! Which cards appear: none twice, none that flickers. Pure; times are seconds of the talk.

use std::collections::VecDeque;

/// For so long a section that was shown is not shown again: people still have it before them.
const REPEAT_AFTER: f64 = 900.0;
/// So many cards are remembered, to know a repetition.
const REMEMBERED: usize = 200;
/// Steps of sensitivity that make a card as likely again as e.
const STEPS: f32 = 20.0;

/// How sure a card must be, by an agent's sensitivity from 0 to 100; .5 at 50.
pub(crate) fn threshold(sensitivity: u8) -> f32 {
    let steps = (f32::from(sensitivity.min(100)) - 50.0) / STEPS;
    1.0 / (1.0 + steps.exp())
}

/// What might become a card.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    /// The segment of talk that it answers.
    pub segment: u64,
    /// The sections that it shows, best first.
    pub sections: Vec<String>,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// When it was said, in seconds.
    pub at: f64,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing.
    Nothing,
    /// A card of this number.
    New(u32),
    /// The card of this number says it better now: what was heard was corrected.
    Replace(u32),
}

#[derive(Debug)]
struct Shown {
    id: u32,
    segment: u64,
    sections: Vec<String>,
    confidence: f32,
    at: f64,
}

/// The cards of a meeting.
#[derive(Debug)]
pub(crate) struct Deck {
    threshold: f32,
    next: u32,
    shown: VecDeque<Shown>,
}

impl Deck {
    pub(crate) fn new(threshold: f32) -> Self {
        Self { threshold, next: 1, shown: VecDeque::new() }
    }

    /// How sure a card must be.
    pub(crate) fn threshold(&self) -> f32 {
        self.threshold
    }

    /// Decides on a candidate and remembers what it becomes.
    pub(crate) fn consider(&mut self, candidate: Candidate) -> Verdict {
        let Some(first) = candidate.sections.first() else { return Verdict::Nothing };
        if candidate.confidence < self.threshold {
            return Verdict::Nothing;
        }
        let of_segment = self.shown.iter().position(|shown| shown.segment == candidate.segment);
        let is_repeated = |shown: &Shown| {
            let is_recent = (candidate.at - shown.at).abs() < REPEAT_AFTER;
            is_recent && (shown.sections.first() == Some(first) || shown.sections == candidate.sections)
        };
        if self.shown.iter().any(is_repeated) {
            return Verdict::Nothing;
        }
        if let Some(shown) = of_segment.and_then(|at| self.shown.get_mut(at)) {
            // A correction that is less sure than what stands there would only make it flicker.
            if candidate.confidence < shown.confidence {
                return Verdict::Nothing;
            }
            *shown = Shown { id: shown.id, ..Shown::of(candidate, shown.id) };
            return Verdict::Replace(shown.id);
        }
        let id = self.next;
        self.next += 1;
        self.shown.push_back(Shown::of(candidate, id));
        if self.shown.len() > REMEMBERED {
            self.shown.pop_front();
        }
        Verdict::New(id)
    }
}

impl Shown {
    fn of(candidate: Candidate, id: u32) -> Self {
        let Candidate { segment, sections, confidence, at } = candidate;
        Self { id, segment, sections, confidence, at }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn candidate(segment: u64, sections: &[&str], confidence: f32, at: f64) -> Candidate {
        let sections = sections.iter().map(|section| (*section).to_owned()).collect();
        Candidate { segment, sections, confidence, at }
    }

    #[rstest]
    #[case::too_unsure(candidate(2, &["b"], 0.4, 10.0), Verdict::Nothing)]
    #[case::another_section(candidate(2, &["b"], 0.6, 10.0), Verdict::New(2))]
    #[case::the_same_section(candidate(2, &["a", "c"], 0.9, 10.0), Verdict::Nothing)]
    #[case::the_same_section_much_later(candidate(2, &["a"], 0.9, 2000.0), Verdict::New(2))]
    #[case::a_surer_correction(candidate(1, &["b"], 0.9, 1.0), Verdict::Replace(1))]
    #[case::a_less_sure_correction(candidate(1, &["b"], 0.6, 1.0), Verdict::Nothing)]
    #[case::nothing_found(candidate(2, &[], 0.9, 10.0), Verdict::Nothing)]
    fn a_card_after_another(#[case] second: Candidate, #[case] verdict: Verdict) {
        let mut deck = Deck::new(threshold(50));
        assert_eq!(deck.consider(candidate(1, &["a"], 0.8, 0.0)), Verdict::New(1));
        assert_eq!(deck.consider(second), verdict);
    }

    #[test]
    fn more_sensitive_agents_show_more() {
        assert!((threshold(50) - 0.5).abs() < 1e-6);
        assert!(threshold(0) > 0.9 && threshold(100) < 0.1);
    }

    proptest! {
        #[test]
        fn no_section_comes_first_twice_at_a_time(
            heard in proptest::collection::vec((1_u64..8, 0_usize..6, 0.0_f32..1.0, 0.0_f64..3000.0), 0..60),
        ) {
            let mut deck = Deck::new(0.5);
            let mut shown: Vec<(String, f64, u32)> = Vec::new();
            for (segment, section, confidence, at) in heard {
                let section = section.to_string();
                match deck.consider(candidate(segment, &[&section], confidence, at)) {
                    Verdict::Nothing => {}
                    Verdict::New(id) | Verdict::Replace(id) => {
                        shown.retain(|(_, _, known)| *known != id);
                        let repeats = |(known, then, _): &(String, f64, u32)| *known == section && (then - at).abs() < 900.0;
                        prop_assert!(!shown.iter().any(repeats));
                        prop_assert!(confidence >= 0.5);
                        shown.push((section, at, id));
                    }
                }
            }
        }
    }
}
