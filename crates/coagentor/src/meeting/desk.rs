//! What the window does with meetings. One runs at a time; ended ones are kept with their cards.

use std::{path::Path, sync::Arc};

use super::{
    minutes::markdown,
    running::Running,
    view::{MeetingDraft, MeetingRow, MeetingView},
};
use crate::{App, Error, events::AppEvent, status::rfc3339, store::MeetingRecord};

/// The meeting that runs, if one does.
pub(crate) type Table = tokio::sync::Mutex<Option<Arc<Running>>>;

fn agent_name(record: &MeetingRecord) -> String {
    record.agent.get("name").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

impl App {
    /// Meetings, newest first.
    pub async fn meetings(&self) -> Result<Vec<MeetingRow>, Error> {
        let running = self.running_id().await;
        let records = self.store.meetings().await?;
        let row = |record: MeetingRecord| MeetingRow {
            id: record.id as u32,
            agent_name: agent_name(&record),
            started_at: rfc3339(record.started_at).unwrap_or_default(),
            ended_at: ended_at(&record, running),
            cards: record.cards as u32,
            title: record.title,
        };
        Ok(records.into_iter().map(row).collect())
    }

    /// A meeting as it stands.
    pub async fn meeting(&self, id: u32) -> Result<MeetingView, Error> {
        self.meeting_since(id, 0).await
    }

    /// A meeting as it stands. While it runs here, without the segments and cards that have not changed since a revision that
    /// was given before.
    pub async fn meeting_since(&self, id: u32, revision: u32) -> Result<MeetingView, Error> {
        let record = self.store.meeting(i64::from(id)).await?.ok_or(Error::UnknownMeeting { id })?;
        let running = self.table.lock().await.clone().filter(|running| running.id == id);
        let mut view = MeetingView {
            id,
            agent_id: record.agent_id.map(|id| id as u32),
            agent_name: agent_name(&record),
            started_at: rfc3339(record.started_at).unwrap_or_default(),
            ended_at: ended_at(&record, running.as_ref().map(|running| running.id)),
            keep_transcript: record.keep_transcript,
            file: None,
            endpoint: None,
            segments: Vec::new(),
            heard: record.heard as u32,
            cards: Vec::new(),
            brief: record.brief,
            problems: Vec::new(),
            revision: 0,
            title: record.title,
        };
        if let Some(running) = running {
            let live = running.live();
            view.file = live.file.as_ref().map(|path| path.display().to_string());
            view.endpoint.clone_from(&live.endpoint);
            view.revision = live.revision();
            view.segments = live.segments_since(revision);
            view.heard = live.heard as u32;
            view.cards = live.cards_since(revision);
            view.problems = live.problems.iter().cloned().collect();
        } else {
            view.segments = self.store.segments(i64::from(id)).await?;
            view.cards = self.store.cards(i64::from(id)).await?;
        }
        Ok(view)
    }

    /// Starts a meeting; its number.
    pub async fn start_meeting(&self, draft: &MeetingDraft) -> Result<u32, Error> {
        let mut table = self.table.lock().await;
        if table.is_some() {
            return Err(Error::MeetingRunning);
        }
        let running = Running::start(self, draft).await?;
        let id = running.id;
        *table = Some(Arc::new(running));
        Ok(id)
    }

    /// Hears text that was pasted or typed.
    pub async fn add_meeting_text(&self, id: u32, text: &str) -> Result<(), Error> {
        self.running(id).await?.add_text(text).await
    }

    /// Follows a file of captions from its beginning.
    pub async fn follow_meeting_file(&self, id: u32, path: &Path) -> Result<(), Error> {
        let running = self.running(id).await?;
        std::fs::metadata(path).map_err(Error::file(path))?;
        running.follow(self, path);
        Ok(())
    }

    /// Lets go of the file.
    pub async fn stop_meeting_file(&self, id: u32) -> Result<(), Error> {
        self.running(id).await?.stop_file();
        self.events.send(AppEvent::Meeting);
        Ok(())
    }

    /// Notes what the person did with a card.
    pub async fn set_card(&self, id: u32, card: u32, pinned: bool, dismissed: bool) -> Result<(), Error> {
        self.store.set_card(i64::from(id), card, pinned, dismissed).await?;
        if let Ok(running) = self.running(id).await {
            running.set_card(card, pinned, dismissed);
        }
        self.events.send(AppEvent::Meeting);
        Ok(())
    }

    /// Ends the meeting.
    pub async fn end_meeting(&self, id: u32) -> Result<(), Error> {
        let running = {
            let mut table = self.table.lock().await;
            match &*table {
                Some(running) if running.id == id => table.take(),
                _ => None,
            }
        };
        let ended = match running {
            Some(running) => running.end().await,
            None => self.store.meeting(i64::from(id)).await?.map(|_| ()).ok_or(Error::UnknownMeeting { id }),
        };
        self.events.send(AppEvent::Meeting);
        ended
    }

    /// Deletes a meeting; one that runs ends first.
    pub async fn delete_meeting(&self, id: u32) -> Result<(), Error> {
        self.end_meeting(id).await?;
        self.store.delete_meeting(i64::from(id)).await?;
        self.events.send(AppEvent::Meeting);
        Ok(())
    }

    /// A meeting as Markdown.
    pub async fn meeting_markdown(&self, id: u32) -> Result<String, Error> {
        Ok(markdown(&self.meeting(id).await?))
    }

    pub(super) async fn running(&self, id: u32) -> Result<Arc<Running>, Error> {
        match &*self.table.lock().await {
            Some(running) if running.id == id => Ok(Arc::clone(running)),
            _ if self.store.meeting(i64::from(id)).await?.is_some() => Err(Error::MeetingEnded),
            _ => Err(Error::UnknownMeeting { id }),
        }
    }

    async fn running_id(&self) -> Option<u32> {
        self.table.lock().await.as_ref().map(|running| running.id)
    }
}

/// When it ended. One that another process runs, or that a process left open, has no end yet.
fn ended_at(record: &MeetingRecord, running: Option<u32>) -> Option<String> {
    if running == Some(record.id as u32) || record.ended_at == 0 { None } else { rfc3339(record.ended_at) }
}
