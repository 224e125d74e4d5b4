//! Scores of one ranking against the right answers. Pure.

use std::collections::HashMap;

/// Scores of a ranking, or their sum.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Scores {
    pub ndcg: f64,
    pub recall: f64,
    pub reciprocal_rank: f64,
}

impl Scores {
    /// Judges the first `depth` of `ranking`; `right` has the grade of each right document.
    pub(super) fn of(ranking: &[&str], right: &HashMap<String, u32>, depth: usize) -> Self {
        let grades: Vec<u32> =
            ranking.iter().take(depth).map(|document| right.get(*document).copied().unwrap_or_default()).collect();
        let mut ideal: Vec<u32> = right.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        ideal.truncate(depth);
        let found = grades.iter().filter(|grade| **grade > 0).count();
        let first = grades.iter().position(|grade| *grade > 0);
        Self {
            ndcg: ratio(gain(&grades), gain(&ideal)),
            recall: ratio(found as f64, right.len() as f64),
            reciprocal_rank: first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)),
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.ndcg += other.ndcg;
        self.recall += other.recall;
        self.reciprocal_rank += other.reciprocal_rank;
    }
}

fn gain(grades: &[u32]) -> f64 {
    grades.iter().zip(2_u32..).map(|(grade, rank)| f64::from(*grade) / f64::from(rank).log2()).sum()
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::perfect(&["a", "b", "x"], 1.0, 1.0, 1.0)]
    #[case::nothing(&["x", "y", "z"], 0.0, 0.0, 0.0)]
    #[case::second_and_third(&["x", "a", "b"], 0.6934, 1.0, 0.5)]
    #[case::half(&["x", "y", "a"], 0.3066, 0.5, 0.3333)]
    #[case::beyond_the_depth(&["x", "y", "z", "a"], 0.0, 0.0, 0.0)]
    fn rankings_are_judged(
        #[case] ranking: &[&str],
        #[case] ndcg: f64,
        #[case] recall: f64,
        #[case] reciprocal_rank: f64,
    ) {
        let right = HashMap::from([("a".to_owned(), 1), ("b".to_owned(), 1)]);
        let scores = Scores::of(ranking, &right, 3);
        let round = |value: f64| (value * 10_000.0).round() / 10_000.0;
        assert_eq!(
            (round(scores.ndcg), round(scores.recall), round(scores.reciprocal_rank)),
            (ndcg, recall, reciprocal_rank)
        );
    }
}
