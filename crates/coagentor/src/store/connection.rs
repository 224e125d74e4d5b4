//! Tables `site` and `connection`: the one site that is connected, or was last.

use confluence::Site;
use time::OffsetDateTime;
use url::Url;

use super::Store;
use crate::{Error, connection::ConnectionKind};

/// Whether the site can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub(crate) enum ConnectionStatus {
    Connected,
    ReconnectNeeded,
    Disconnected,
}

#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub site: Site,
    pub kind: ConnectionKind,
    pub status: ConnectionStatus,
    /// E-mail address of an API token; empty otherwise.
    pub account: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    site_id: String,
    name: String,
    url: String,
    kind: ConnectionKind,
    state: ConnectionStatus,
    account: String,
}

impl Store {
    /// Id and name of every site that was ever connected and not removed.
    pub(crate) async fn sites(&self) -> Result<Vec<(String, String)>, Error> {
        let sql = "SELECT id, name FROM site ORDER BY name COLLATE NOCASE, id";
        Ok(sqlx::query_as(sql).fetch_all(&self.pool).await?)
    }

    pub(crate) async fn connection(&self) -> Result<Option<Connection>, Error> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT c.site_id, s.name, s.url, c.kind, c.state, c.account
             FROM connection c JOIN site s ON s.id = c.site_id WHERE c.id = 1",
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(Row::into_connection).transpose()
    }

    pub(crate) async fn put_connection(&self, connection: &Connection, now: OffsetDateTime) -> Result<(), Error> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO site (id, name, url) VALUES (?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url",
        )
        .bind(&connection.site.id)
        .bind(&connection.site.name)
        .bind(connection.site.url.as_str())
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "INSERT INTO connection (id, site_id, kind, state, account, connected_at) VALUES (1, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET site_id = excluded.site_id, kind = excluded.kind, state = excluded.state,
             account = excluded.account, connected_at = excluded.connected_at",
        )
        .bind(&connection.site.id)
        .bind(connection.kind)
        .bind(connection.status)
        .bind(&connection.account)
        .bind(now.unix_timestamp())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    pub(crate) async fn set_connection_status(&self, status: ConnectionStatus) -> Result<(), Error> {
        sqlx::query("UPDATE connection SET state = ? WHERE id = 1").bind(status).execute(&self.pool).await?;
        Ok(())
    }

    /// Forgets the connection, its site and everything that hangs on it.
    pub(crate) async fn delete_site(&self, site_id: &str) -> Result<(), Error> {
        let mut tx = self.pool.begin().await?;
        for statement in [
            "DELETE FROM connection WHERE site_id = ?",
            "DELETE FROM sync_run WHERE site_id = ?",
            "DELETE FROM remote_page WHERE site_id = ?",
            "DELETE FROM space WHERE site_id = ?",
            "DELETE FROM site WHERE id = ?",
        ] {
            sqlx::query(statement).bind(site_id).execute(&mut *tx).await?;
        }
        sqlx::query("DELETE FROM person").execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Row {
    fn into_connection(self) -> Result<Connection, Error> {
        let url = Url::parse(&self.url).map_err(|_| Error::Setting {
            name: "site".to_owned(),
            reason: format!("the stored address `{}` is not a URL", self.url),
        })?;
        Ok(Connection {
            site: Site { id: self.site_id, name: self.name, url },
            kind: self.kind,
            status: self.state,
            account: self.account,
        })
    }
}
