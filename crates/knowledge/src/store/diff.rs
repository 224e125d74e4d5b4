//! Which stored chunks stay when a document is split again. Pure.

use std::collections::{HashMap, VecDeque};

use super::Id;
use super::prepare::HashedChunk;

/// A chunk as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OldChunk {
    pub id: Id,
    pub text: String,
    pub hash: Vec<u8>,
    pub embedded: bool,
}

/// What becomes of a new chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// The stored chunk embeds the same text: it keeps its id and its vector.
    Kept { id: Id, embedded: bool },
    /// The stored chunk has the same text under another prefix: it keeps its id.
    Reworded { id: Id },
    /// No stored chunk has this text.
    Added,
}

/// One fate for each new chunk, in order, and the stored chunks that are left over.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub fates: Vec<Fate>,
    pub removed: Vec<Id>,
}

/// Matches by embedded text first, then by text alone; among equals, by order.
pub(super) fn difference(old: &[OldChunk], new: &[HashedChunk]) -> Difference {
    let mut same = queues(old, |chunk| chunk.hash.as_slice());
    let mut fates: Vec<Fate> = new
        .iter()
        .map(|new| match take(&mut same, &new.hash.as_slice()) {
            Some(old) => Fate::Kept { id: old.id, embedded: old.embedded },
            None => Fate::Added,
        })
        .collect();
    let mut left: Vec<&OldChunk> = same.into_values().flatten().collect();
    left.sort_unstable_by_key(|chunk| chunk.id);
    let mut reworded = queues(left, |chunk| chunk.text.as_str());
    for (fate, new) in fates.iter_mut().zip(new).filter(|(fate, _)| **fate == Fate::Added) {
        if let Some(old) = take(&mut reworded, &new.chunk.text.as_str()) {
            *fate = Fate::Reworded { id: old.id };
        }
    }
    let mut removed: Vec<Id> = reworded.into_values().flatten().map(|chunk| chunk.id).collect();
    removed.sort_unstable();
    Difference { fates, removed }
}

type Queues<'a, K> = HashMap<K, VecDeque<&'a OldChunk>>;

fn queues<'a, K: std::hash::Hash + Eq>(
    old: impl IntoIterator<Item = &'a OldChunk>,
    key: impl Fn(&'a OldChunk) -> K,
) -> Queues<'a, K> {
    let mut queues: Queues<'a, K> = HashMap::new();
    for chunk in old {
        queues.entry(key(chunk)).or_default().push_back(chunk);
    }
    queues
}

fn take<'a, K: std::hash::Hash + Eq>(queues: &mut Queues<'a, K>, key: &K) -> Option<&'a OldChunk> {
    queues.get_mut(key)?.pop_front()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Chunk;
    use rstest::rstest;

    fn old(id: Id, prefix: &str, text: &str) -> OldChunk {
        OldChunk { id, text: text.into(), hash: format!("{prefix}|{text}").into_bytes(), embedded: true }
    }

    fn new(prefix: &str, text: &str) -> HashedChunk {
        let chunk = Chunk { ordinal: 0, section: 0, text: text.into(), span: 0..text.len(), prefix: prefix.into() };
        HashedChunk { chunk, hash: format!("{prefix}|{text}").into_bytes() }
    }

    #[rstest]
    #[case::nothing_stored(vec![], vec![new("p", "a")], vec![Fate::Added], vec![])]
    #[case::unchanged(vec![old(1, "p", "a")], vec![new("p", "a")], vec![Fate::Kept { id: 1, embedded: true }], vec![])]
    #[case::edited(
        vec![old(1, "p", "a"), old(2, "p", "b")],
        vec![new("p", "a"), new("p", "c")],
        vec![Fate::Kept { id: 1, embedded: true }, Fate::Added],
        vec![2]
    )]
    #[case::renamed(vec![old(1, "p", "a")], vec![new("q", "a")], vec![Fate::Reworded { id: 1 }], vec![])]
    #[case::twice_the_same(
        vec![old(1, "p", "a"), old(2, "p", "a")],
        vec![new("p", "a")],
        vec![Fate::Kept { id: 1, embedded: true }],
        vec![2]
    )]
    #[case::kept_wins_over_reworded(
        vec![old(1, "p", "a"), old(2, "q", "a")],
        vec![new("r", "a"), new("p", "a")],
        vec![Fate::Reworded { id: 2 }, Fate::Kept { id: 1, embedded: true }],
        vec![]
    )]
    #[case::emptied(vec![old(1, "p", "a")], vec![], vec![], vec![1])]
    fn stored_chunks_stay_with_their_text(
        #[case] stored: Vec<OldChunk>,
        #[case] split: Vec<HashedChunk>,
        #[case] fates: Vec<Fate>,
        #[case] removed: Vec<Id>,
    ) {
        assert_eq!(difference(&stored, &split), Difference { fates, removed });
    }
}
