//! What changed in what an agent may see since its last meeting.

use knowledge::{ChangeKind, Filter};

use super::view::{Brief, BriefChange, BriefItem};
use crate::{App, Error, files::is_file, search::SearchScope, status::rfc3339, store::AgentRecord};

/// Lines of a brief at most: what a person reads before a meeting.
const MOST_ITEMS: usize = 40;
/// So many changes are counted beyond those.
const COUNTED: u32 = 1000;

impl App {
    /// The brief for an agent's next meeting.
    pub(crate) async fn brief(&self, agent: &AgentRecord) -> Result<Brief, Error> {
        let Some((since, mark)) = self.store.last_meeting(agent.id).await? else { return Ok(Brief::default()) };
        let since = rfc3339(since);
        let Some(mark) = mark else { return Ok(Brief { since, ..Brief::default() }) };
        let scope = SearchScope::Agent(agent.id as u32);
        let mut reach = self.reach(&scope).await?;
        if let (Filter::Only { documents, .. }, Some((_, sources))) =
            (&mut reach.filter, self.sources_in(&scope).await?)
        {
            documents.extend(self.removed_from_trees(&sources).await?);
        }
        let changes = self.knowledge.changes_since(&mark, &reach.filter, COUNTED).await?;
        let more = changes.len().saturating_sub(MOST_ITEMS) as u32;
        let items = changes.into_iter().take(MOST_ITEMS).map(|change| BriefItem {
            change: match change.kind {
                ChangeKind::Added => BriefChange::Added,
                ChangeKind::Edited => BriefChange::Edited,
                ChangeKind::Removed => BriefChange::Removed,
            },
            place: reach.places.get(&change.collection).map(|place| place.name.clone()).unwrap_or_default(),
            url: Some(change.url).filter(|url| !url.is_empty() && change.kind != ChangeKind::Removed),
            // Who removed a page, nobody tells.
            author: author(&change.metadata)
                .filter(|_| change.kind != ChangeKind::Removed && !is_file(&change.document)),
            at: change.modified_at.and_then(|at| rfc3339(at.unix_timestamp())),
            title: change.title,
            heading_path: change.heading_path,
        });
        Ok(Brief { since, items: items.collect(), more })
    }
}

/// Who changed a page last, where its source told a name.
fn author(metadata: &serde_json::Value) -> Option<String> {
    metadata.get("author").and_then(serde_json::Value::as_str).map(str::to_owned)
}
