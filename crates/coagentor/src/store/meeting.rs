//! Tables `meeting`, `meeting_segment` and `meeting_card`: what a meeting left behind.

use time::OffsetDateTime;

use super::Store;
use crate::{
    Error,
    meeting::{Brief, Card, Segment},
};

/// A meeting as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct MeetingRecord {
    pub id: i64,
    pub title: String,
    pub agent_id: Option<i64>,
    /// The agent as it was, as JSON.
    pub agent: serde_json::Value,
    pub keep_transcript: bool,
    /// Unix seconds.
    pub started_at: i64,
    /// Unix seconds, 0 while it runs.
    pub ended_at: i64,
    pub heard: i64,
    pub brief: Brief,
    pub cards: i64,
}

/// A meeting that begins.
#[derive(Debug)]
pub(crate) struct NewMeeting<'a> {
    pub title: &'a str,
    pub agent_id: i64,
    pub agent: &'a serde_json::Value,
    pub keep_transcript: bool,
    pub started_at: OffsetDateTime,
    pub mark: &'a knowledge::Mark,
    pub brief: &'a Brief,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    title: String,
    agent_id: Option<i64>,
    agent: String,
    keep_transcript: bool,
    started_at: i64,
    ended_at: i64,
    heard: i64,
    brief: String,
    cards: i64,
}

impl From<Row> for MeetingRecord {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            title: row.title,
            agent_id: row.agent_id,
            agent: serde_json::from_str(&row.agent).unwrap_or_default(),
            keep_transcript: row.keep_transcript,
            started_at: row.started_at,
            ended_at: row.ended_at,
            heard: row.heard,
            brief: serde_json::from_str(&row.brief).unwrap_or_default(),
            cards: row.cards,
        }
    }
}

const COLUMNS: &str = "id, title, agent_id, agent, keep_transcript, started_at, ended_at, heard, brief, \
     (SELECT count(*) FROM meeting_card WHERE meeting_id = meeting.id) AS cards";

impl Store {
    /// Meetings, newest first.
    pub(crate) async fn meetings(&self) -> Result<Vec<MeetingRecord>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM meeting ORDER BY id DESC");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(MeetingRecord::from).collect())
    }

    /// One meeting.
    pub(crate) async fn meeting(&self, id: i64) -> Result<Option<MeetingRecord>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM meeting WHERE id = ?");
        let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.pool).await?;
        Ok(row.map(MeetingRecord::from))
    }

    /// When the newest meeting with an agent began, in Unix seconds, and how far the knowledge base had come then.
    pub(crate) async fn last_meeting(&self, agent: i64) -> Result<Option<(i64, Option<knowledge::Mark>)>, Error> {
        let sql = "SELECT started_at, mark FROM meeting WHERE agent_id = ? ORDER BY id DESC LIMIT 1";
        let row: Option<(i64, String)> = sqlx::query_as(sql).bind(agent).fetch_optional(&self.pool).await?;
        Ok(row.map(|(at, mark)| (at, serde_json::from_str(&mark).ok())))
    }

    /// Notes a meeting that begins; its number.
    pub(crate) async fn start_meeting(&self, meeting: NewMeeting<'_>) -> Result<i64, Error> {
        let json = |value: Result<String, serde_json::Error>| value.unwrap_or_else(|_| "null".to_owned());
        let sql = "INSERT INTO meeting (title, agent_id, agent, keep_transcript, started_at, mark, brief) \
                   VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id";
        let id = sqlx::query_scalar(sql)
            .bind(meeting.title)
            .bind(meeting.agent_id)
            .bind(meeting.agent.to_string())
            .bind(meeting.keep_transcript)
            .bind(meeting.started_at.unix_timestamp())
            .bind(json(serde_json::to_string(meeting.mark)))
            .bind(json(serde_json::to_string(meeting.brief)))
            .fetch_one(&self.pool)
            .await?;
        Ok(id)
    }

    /// Notes how much was heard, and the end where it has come.
    pub(crate) async fn note_heard(&self, id: i64, heard: u64, ended_at: Option<OffsetDateTime>) -> Result<(), Error> {
        sqlx::query("UPDATE meeting SET heard = ?, ended_at = max(ended_at, ?) WHERE id = ?")
            .bind(heard as i64)
            .bind(ended_at.map_or(0, OffsetDateTime::unix_timestamp))
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends meetings that a process left running, at the moment of their last card.
    pub(crate) async fn end_open_meetings(&self) -> Result<(), Error> {
        let sql = "UPDATE meeting SET ended_at = max(started_at, ifnull((SELECT \
                   max(unixepoch(json_extract(card, '$.shownAt'))) FROM meeting_card WHERE meeting_id = meeting.id), 0)) \
                   WHERE ended_at = 0";
        sqlx::query(sql).execute(&self.pool).await?;
        Ok(())
    }

    /// Deletes a meeting and all that was kept of it; whether there was one.
    pub(crate) async fn delete_meeting(&self, id: i64) -> Result<bool, Error> {
        let deleted = sqlx::query("DELETE FROM meeting WHERE id = ?").bind(id).execute(&self.pool).await?;
        Ok(deleted.rows_affected() > 0)
    }

    /// Keeps a card, or what it became, and the segments that it answers.
    pub(crate) async fn put_card(&self, meeting: i64, card: &Card, segments: &[Segment]) -> Result<(), Error> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let sql = "INSERT INTO meeting_card (meeting_id, id, card) VALUES (?, ?, ?) \
                   ON CONFLICT (meeting_id, id) DO UPDATE SET card = excluded.card";
        sqlx::query(sql)
            .bind(meeting)
            .bind(card.id)
            .bind(serde_json::to_string(card).unwrap_or_default())
            .execute(&mut *tx)
            .await?;
        for segment in segments {
            put_segment(&mut tx, meeting, segment).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Keeps segments.
    pub(crate) async fn put_segments(&self, meeting: i64, segments: &[Segment]) -> Result<(), Error> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for segment in segments {
            put_segment(&mut tx, meeting, segment).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Notes what the person did with a card; whether there is one.
    pub(crate) async fn set_card(&self, meeting: i64, card: u32, pinned: bool, dismissed: bool) -> Result<bool, Error> {
        let sql = "UPDATE meeting_card SET pinned = ?, dismissed = ? WHERE meeting_id = ? AND id = ?";
        let set = sqlx::query(sql).bind(pinned).bind(dismissed).bind(meeting).bind(card).execute(&self.pool).await?;
        Ok(set.rows_affected() > 0)
    }

    /// Cards of a meeting, oldest first.
    pub(crate) async fn cards(&self, meeting: i64) -> Result<Vec<Card>, Error> {
        let sql = "SELECT card, pinned, dismissed FROM meeting_card WHERE meeting_id = ? ORDER BY id";
        let rows: Vec<(String, bool, bool)> = sqlx::query_as(sql).bind(meeting).fetch_all(&self.pool).await?;
        let card = |(json, pinned, dismissed): (String, bool, bool)| {
            let card: Card = serde_json::from_str(&json).ok()?;
            Some(Card { pinned, dismissed, ..card })
        };
        Ok(rows.into_iter().filter_map(card).collect())
    }

    /// Segments that were kept of a meeting.
    pub(crate) async fn segments(&self, meeting: i64) -> Result<Vec<Segment>, Error> {
        let sql = "SELECT id, at, speaker, text FROM meeting_segment WHERE meeting_id = ? ORDER BY id";
        let rows: Vec<(u32, Option<f64>, Option<String>, String)> =
            sqlx::query_as(sql).bind(meeting).fetch_all(&self.pool).await?;
        let segment = |(id, at, speaker, text)| Segment { id, at, speaker, text, is_final: true };
        Ok(rows.into_iter().map(segment).collect())
    }
}

async fn put_segment(
    tx: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    meeting: i64,
    segment: &Segment,
) -> Result<(), Error> {
    let sql = "INSERT INTO meeting_segment (meeting_id, id, at, speaker, text) VALUES (?, ?, ?, ?, ?) \
               ON CONFLICT (meeting_id, id) DO UPDATE SET at = excluded.at, speaker = excluded.speaker, \
               text = excluded.text";
    sqlx::query(sql)
        .bind(meeting)
        .bind(segment.id)
        .bind(segment.at)
        .bind(&segment.speaker)
        .bind(&segment.text)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
