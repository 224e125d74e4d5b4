//! Tables `context` and `context_source`: sources under a name.

use sqlx::{Sqlite, Transaction};

use super::Store;
use crate::{
    Error,
    contexts::{Colour, SourceKind, SourceRef},
};

/// A context as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContextRecord {
    pub id: i64,
    pub name: String,
    pub colour: Colour,
    pub for_all_agents: bool,
    /// Each with the name it was last known by.
    pub sources: Vec<(SourceRef, String)>,
}

/// What a context is to become.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ContextChange<'a> {
    pub name: &'a str,
    pub colour: Colour,
    pub for_all_agents: bool,
    pub sources: &'a [(SourceRef, String)],
    /// Agents that it is assigned to; none leaves them as they are.
    pub agents: Option<&'a [i64]>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    colour: String,
    for_all_agents: bool,
}

#[derive(sqlx::FromRow)]
struct SourceRow {
    context_id: i64,
    kind: String,
    site_id: String,
    space_id: String,
    page_id: String,
    path: String,
    name: String,
}

impl SourceRow {
    fn source(&self) -> Option<SourceRef> {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Some(SourceRef {
            kind: SourceKind::of(&self.kind)?,
            site_id: some(&self.site_id),
            space_id: some(&self.space_id),
            page_id: some(&self.page_id),
            path: some(&self.path),
        })
    }
}

impl Store {
    /// Contexts by name.
    pub(crate) async fn contexts(&self) -> Result<Vec<ContextRecord>, Error> {
        let sql = "SELECT id, name, colour, for_all_agents FROM context ORDER BY name COLLATE NOCASE";
        let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(&self.pool).await?;
        let sql = "SELECT context_id, kind, site_id, space_id, page_id, path, name FROM context_source \
                   ORDER BY context_id, kind, name COLLATE NOCASE";
        let sources: Vec<SourceRow> = sqlx::query_as(sql).fetch_all(&self.pool).await?;
        let of = |id: i64| {
            let sources = sources.iter().filter(move |source| source.context_id == id);
            sources.filter_map(|row| Some((row.source()?, row.name.clone()))).collect()
        };
        let record = |row: Row| ContextRecord {
            sources: of(row.id),
            id: row.id,
            name: row.name,
            colour: Colour::of(&row.colour),
            for_all_agents: row.for_all_agents,
        };
        Ok(rows.into_iter().map(record).collect())
    }

    /// Makes a context, or replaces one; its number.
    pub(crate) async fn put_context(&self, id: Option<i64>, change: ContextChange<'_>) -> Result<i64, Error> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let sql = "INSERT INTO context (id, name, colour, for_all_agents) VALUES (?, ?, ?, ?) \
                   ON CONFLICT (id) DO UPDATE SET name = excluded.name, colour = excluded.colour, \
                   for_all_agents = excluded.for_all_agents RETURNING id";
        let id: i64 = sqlx::query_scalar(sql)
            .bind(id)
            .bind(change.name)
            .bind(change.colour.as_str())
            .bind(change.for_all_agents)
            .fetch_one(&mut *tx)
            .await
            .map_err(|error| taken(error, change.name))?;
        sqlx::query("DELETE FROM context_source WHERE context_id = ?").bind(id).execute(&mut *tx).await?;
        for (source, name) in change.sources {
            put_source(&mut tx, id, source, name).await?;
        }
        if let Some(agents) = change.agents {
            sqlx::query("DELETE FROM agent_context WHERE context_id = ?").bind(id).execute(&mut *tx).await?;
            for agent in agents {
                let sql = "INSERT INTO agent_context (agent_id, context_id) SELECT id, ?2 FROM agent WHERE id = ?1";
                sqlx::query(sql).bind(agent).bind(id).execute(&mut *tx).await?;
            }
        }
        tx.commit().await?;
        Ok(id)
    }

    /// Deletes a context; whether there was one.
    pub(crate) async fn delete_context(&self, id: i64) -> Result<bool, Error> {
        let deleted = sqlx::query("DELETE FROM context WHERE id = ?").bind(id).execute(&self.pool).await?;
        Ok(deleted.rows_affected() > 0)
    }
}

/// A name that is taken says so.
pub(super) fn taken(error: sqlx::Error, name: &str) -> Error {
    match error.as_database_error() {
        Some(database) if database.is_unique_violation() => Error::NameTaken { name: name.to_owned() },
        _ => error.into(),
    }
}

async fn put_source(tx: &mut Transaction<'_, Sqlite>, id: i64, source: &SourceRef, name: &str) -> Result<(), Error> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let sql = "INSERT INTO context_source (context_id, kind, site_id, space_id, page_id, path, name) \
               VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    sqlx::query(sql)
        .bind(id)
        .bind(source.kind.as_str())
        .bind(text(&source.site_id))
        .bind(text(&source.space_id))
        .bind(text(&source.page_id))
        .bind(text(&source.path))
        .bind(name)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
