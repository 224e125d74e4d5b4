//! Whether what was found answers what was heard. A search always has a first hit, so its rank tells nothing; what does is
//! how near it is, how far from the crowd, how many of the words that matter it has, and how much somebody asked. Pure.

use knowledge::{Evidence, SearchHit};

use super::spoken::Utterance;

/// What is known of an utterance and its hits, as numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Features(pub [f32; Self::COUNT]);

impl Features {
    /// How many there are.
    pub const COUNT: usize = 7;
    /// What they are, in order.
    pub const NAMES: [&'static str; Self::COUNT] =
        ["near", "apart", "personal", "rare words", "asks and near", "like talk", "like a question to a wiki"];

    /// Looks at the first hits, best first. `room` and `wiki` say how near the words are to what people say to each other,
    /// and to what they ask of a wiki.
    pub(crate) fn of(utterance: &Utterance, hits: &[SearchHit], evidence: &Evidence, (room, wiki): (f32, f32)) -> Self {
        let best = |of: &dyn Fn(&SearchHit) -> f32| hits.iter().map(of).fold(0.0_f32, f32::max);
        let near = best(&|hit| hit.scores.semantic.unwrap_or_default());
        let rarity: f32 = evidence.terms.iter().map(|(_, rarity)| *rarity).sum();
        Self([
            near,
            evidence.best_semantic - evidence.typical_semantic,
            utterance.personal,
            best(&|hit| hit.coverage) * rarity / 40.0,
            utterance.asks * near,
            room,
            wiki,
        ])
    }

    /// How sure it is that the hits are worth a look, 0 to 1.
    pub(crate) fn confidence(&self) -> f32 {
        let sum: f32 = self.0.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        // Nothing that is guessed from words is certain.
        (1.0 / (1.0 + (-(sum + BIAS)).exp())).min(0.99)
    }
}

/// Weights of a logistic regression over `tests/meetings`, all talk against either wiki (`tools/fit-judge`). Cross-validated by
/// meeting and question, 146 of 170 lines (108 of 122 plain questions) are answered at one false card in 50 turns, where the
/// search itself knows 152; more features (words in common, words of titles, keywords, whether words and meaning agree) found
/// fewer.
const WEIGHTS: [f32; Features::COUNT] = [6.92, 10.9, -1.32, 7.52, 3.74, -12.91, 15.18];
/// So that half the way to sure is where one turn of that talk in 55 passes in a wiki about working life, which talk is often
/// like, and one in 800 in a wiki of runbooks.
const BIAS: f32 = -9.54;

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Near, apart, personal, rare words, asks and near, like talk, like a question to a wiki.
    #[rstest]
    #[case::a_question_that_is_answered([0.65, 0.25, 0.0, 0.4, 0.65, 0.2, 0.45], true)]
    #[case::a_remark_that_names_a_thing([0.6, 0.25, 0.0, 0.6, 0.0, 0.2, 0.35], true)]
    #[case::a_question_to_a_person([0.5, 0.12, 1.0, 0.2, 0.5, 0.5, 0.25], false)]
    #[case::talk([0.4, 0.1, 0.0, 0.2, 0.0, 0.4, 0.2], false)]
    fn a_card_is_worth_a_look(#[case] features: [f32; Features::COUNT], #[case] is_worth: bool) {
        assert_eq!(Features(features).confidence() > 0.5, is_worth);
    }
}
