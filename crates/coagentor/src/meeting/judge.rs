//! Whether what was found answers what was heard. A search always has a first hit, so its rank tells nothing; what does is
//! how near it is, how far from the crowd, how many of the words that matter it has, and how much somebody asked. Pure.

use knowledge::{Evidence, SearchHit};

use super::spoken::Utterance;

/// What is known of an utterance and its hits, as numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Features(pub [f32; Self::COUNT]);

impl Features {
    /// How many there are.
    pub const COUNT: usize = 15;
    /// What they are, in order.
    pub const NAMES: [&'static str; Self::COUNT] = [
        "near",
        "apart",
        "coverage",
        "keyword",
        "asks",
        "refers",
        "personal",
        "rarest",
        "rare_words",
        "length",
        "title",
        "asks_near",
        "room",
        "wiki",
        "agree",
    ];

    /// Looks at the first hits, best first.
    pub(crate) fn of(utterance: &Utterance, hits: &[SearchHit], evidence: &Evidence, (room, wiki): (f32, f32)) -> Self {
        let best = |of: &dyn Fn(&SearchHit) -> f32| hits.iter().map(of).fold(0.0_f32, f32::max);
        let near = best(&|hit| hit.scores.semantic.unwrap_or_default());
        let coverage = best(&|hit| hit.coverage);
        let mut rarities: Vec<f32> = evidence.terms.iter().map(|(_, rarity)| *rarity).collect();
        rarities.sort_by(|a, b| b.total_cmp(a));
        let weight: f32 = rarities.iter().sum();
        let keyword = if weight > 0.0 { evidence.best_keyword / weight } else { 0.0 };
        let words = utterance.query.split_whitespace().count();
        Self([
            near,
            evidence.best_semantic - evidence.typical_semantic,
            coverage,
            keyword,
            utterance.asks,
            utterance.refers,
            utterance.personal,
            coverage * rarities.first().copied().unwrap_or_default() / 10.0,
            coverage * weight / 40.0,
            (words as f32).ln() / 4.0,
            best(&|hit| title_share(hit, &evidence.terms)),
            utterance.asks * near,
            room,
            wiki,
            hits.first().map_or(0.0, |hit| agreement(hit, evidence)),
        ])
    }

    /// How sure it is that the hits are worth a look, 0 to 1.
    pub(crate) fn confidence(&self) -> f32 {
        let sum: f32 = self.0.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        1.0 / (1.0 + (-(sum + BIAS)).exp())
    }
}

/// Weights of a logistic regression over the tuning half of `tests/meetings`.
const WEIGHTS: [f32; Features::COUNT] =
    [5.17, 1.76, 1.05, -0.84, -0.69, 1.24, -2.0, -1.07, 5.52, -0.93, 1.48, 4.49, -5.49, 6.24, 3.98];
/// So that half the way to sure is where one turn of small talk in sixty passes.
const BIAS: f32 = -8.7;

/// Whether words and meaning brought up the same section: 1 where it is the best of both.
fn agreement(hit: &SearchHit, evidence: &Evidence) -> f32 {
    let part = |score: Option<f32>, best: f32| if best > 0.0 { score.unwrap_or_default() / best } else { 0.0 };
    part(hit.scores.keyword, evidence.best_keyword) * part(hit.scores.semantic, evidence.best_semantic)
}

/// How much of the hit's title and last heading was said.
fn title_share(hit: &SearchHit, terms: &[(String, f32)]) -> f32 {
    let share = |name: &str| {
        let words: Vec<String> =
            name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_lowercase).collect();
        // Terms are stemmed, so a word was said where it begins with one.
        let said = |word: &&String| terms.iter().any(|(term, _)| term.len() > 2 && word.starts_with(term.as_str()));
        if words.is_empty() { 0.0 } else { words.iter().filter(said).count() as f32 / words.len() as f32 }
    };
    let heading = hit.heading_path.last().map_or(0.0, |heading| share(heading));
    heading.max(share(&hit.title))
}
