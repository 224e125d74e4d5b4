//! What a keyword index says about itself in its last commit.

use serde::{Deserialize, Serialize};

use crate::store::Tip;

/// Raised whenever fields, tokens or scores change; an index with another number is rebuilt.
const SCHEMA: u32 = 2;

/// Which database an index belongs to and how far it has followed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    schema: u32,
    store: String,
    /// The change that the index stands at.
    pub change: i64,
}

impl Stamp {
    /// The stamp of an index that has followed the database to `tip`.
    pub(super) fn at(tip: &Tip) -> Self {
        Self { schema: SCHEMA, store: tip.store.clone(), change: tip.change }
    }

    /// Reads the payload of a commit; none where it is not one of ours.
    pub(super) fn parse(payload: Option<&str>) -> Option<Self> {
        serde_json::from_str(payload?).ok()
    }

    pub(super) fn payload(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Whether replaying the tail is enough to reach `tip`. An index ahead of its database has seen commits that a power
    /// cut took back.
    pub(super) fn can_follow(&self, tip: &Tip) -> bool {
        let ours = self.schema == SCHEMA && self.store == tip.store;
        ours && (tip.replay_floor..=tip.change).contains(&self.change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn tip(change: i64, replay_floor: i64) -> Tip {
        Tip { store: "a".into(), change, replay_floor, embedder_change: 0, embedder: String::new() }
    }

    #[rstest]
    #[case::up_to_date(SCHEMA, "a", 5, true)]
    #[case::behind(SCHEMA, "a", 3, true)]
    #[case::below_the_floor(SCHEMA, "a", 2, false)]
    #[case::ahead(SCHEMA, "a", 6, false)]
    #[case::of_another_database(SCHEMA, "b", 5, false)]
    #[case::of_another_schema(SCHEMA + 1, "a", 5, false)]
    fn an_index_follows_only_its_own_database(
        #[case] schema: u32,
        #[case] store: &str,
        #[case] change: i64,
        #[case] follows: bool,
    ) {
        let stamp = Stamp { schema, store: store.into(), change };
        assert_eq!(stamp.can_follow(&tip(5, 3)), follows);
        let payload = stamp.payload().unwrap();
        assert_eq!(Stamp::parse(Some(&payload)), Some(stamp));
    }
}
