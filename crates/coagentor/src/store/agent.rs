//! Tables `agent` and `agent_context`: who listens, and what they may see.

use super::{Store, context::taken};
use crate::{Error, agents::Trigger};

/// An agent as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AgentRecord {
    pub id: i64,
    pub name: String,
    pub instructions: String,
    /// 0 few cards, 100 many.
    pub sensitivity: u8,
    pub triggers: Vec<Trigger>,
    /// Contexts that were assigned; those for all agents are not among them.
    pub contexts: Vec<i64>,
}

/// What an agent is to become.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AgentChange<'a> {
    pub name: &'a str,
    pub instructions: &'a str,
    pub sensitivity: u8,
    pub triggers: &'a [Trigger],
    pub contexts: &'a [i64],
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    instructions: String,
    sensitivity: u8,
    triggers: String,
}

impl Store {
    /// Agents by name.
    pub(crate) async fn agents(&self) -> Result<Vec<AgentRecord>, Error> {
        let sql = "SELECT id, name, instructions, sensitivity, triggers FROM agent ORDER BY name COLLATE NOCASE";
        let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(&self.pool).await?;
        let sql = "SELECT agent_id, context_id FROM agent_context ORDER BY context_id";
        let assigned: Vec<(i64, i64)> = sqlx::query_as(sql).fetch_all(&self.pool).await?;
        let record = |row: Row| AgentRecord {
            contexts: assigned.iter().filter(|(agent, _)| *agent == row.id).map(|(_, context)| *context).collect(),
            id: row.id,
            name: row.name,
            instructions: row.instructions,
            sensitivity: row.sensitivity,
            triggers: serde_json::from_str(&row.triggers).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(record).collect())
    }

    /// Makes an agent, or replaces one; its number.
    pub(crate) async fn put_agent(&self, id: Option<i64>, change: AgentChange<'_>) -> Result<i64, Error> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let sql = "INSERT INTO agent (id, name, instructions, sensitivity, triggers) VALUES (?, ?, ?, ?, ?) \
                   ON CONFLICT (id) DO UPDATE SET name = excluded.name, instructions = excluded.instructions, \
                   sensitivity = excluded.sensitivity, triggers = excluded.triggers RETURNING id";
        let id: i64 = sqlx::query_scalar(sql)
            .bind(id)
            .bind(change.name)
            .bind(change.instructions)
            .bind(change.sensitivity)
            .bind(serde_json::to_string(change.triggers).unwrap_or_default())
            .fetch_one(&mut *tx)
            .await
            .map_err(|error| taken(error, change.name))?;
        sqlx::query("DELETE FROM agent_context WHERE agent_id = ?").bind(id).execute(&mut *tx).await?;
        for context in change.contexts {
            let sql = "INSERT INTO agent_context (agent_id, context_id) SELECT ?1, id FROM context WHERE id = ?2";
            sqlx::query(sql).bind(id).bind(context).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(id)
    }

    /// Deletes an agent; whether there was one. Meetings that it served stay.
    pub(crate) async fn delete_agent(&self, id: i64) -> Result<bool, Error> {
        let deleted = sqlx::query("DELETE FROM agent WHERE id = ?").bind(id).execute(&self.pool).await?;
        Ok(deleted.rows_affected() > 0)
    }
}
