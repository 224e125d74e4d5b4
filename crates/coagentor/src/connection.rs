//! The connected site and a client that speaks to it.

use std::sync::Arc;

use confluence::{Client, Credentials, Site, Transport, auth::TokenSource};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use specta::Type;
use url::Url;

use crate::{
    App, Error,
    events::AppEvent,
    secrets::{self, StoreState},
    store::{Connection, ConnectionStatus},
    sync::collection_key,
};

/// How the site was connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum ConnectionKind {
    /// OAuth 2.0 in the browser.
    #[serde(rename = "oauth")]
    #[sqlx(rename = "oauth")]
    OAuth,
    /// An API token.
    ApiToken,
    /// The sample workspace that comes with the app.
    Sample,
}

/// A live connection: who and with what.
pub(crate) struct Session {
    pub site: Site,
    pub client: Client,
    /// Whether folders may be asked for, which takes a scope that reading pages does not.
    pub reads_folders: bool,
    /// Whether names of people may be asked for, which takes one, too.
    pub reads_names: bool,
}

/// The scope that folders take.
const READ_FOLDERS: &str = "read:folder:confluence";
/// The scope that names take.
const READ_USERS: &str = "read:user:confluence";

impl App {
    /// A client for the connected site.
    pub(crate) async fn session(&self) -> Result<Session, Error> {
        let connection = self.store.connection().await?.ok_or(Error::NotConnected)?;
        match connection.status {
            ConnectionStatus::Connected => {}
            ConnectionStatus::ReconnectNeeded => return Err(Error::ReconnectNeeded),
            ConnectionStatus::Disconnected => return Err(Error::NotConnected),
        }
        if connection.kind != ConnectionKind::Sample && self.secrets.in_use().state == StoreState::Locked {
            return Err(Error::SecretsLocked);
        }
        let credentials = self.credentials(&connection).await?;
        let site = connection.site;
        let client = self.client(credentials, &site)?;
        // An API token has no scopes, or ones that nobody can ask for.
        let may = |scope: &str| {
            connection.kind != ConnectionKind::OAuth || self.config.oauth_app.scopes.iter().any(|known| known == scope)
        };
        Ok(Session { site, client, reads_folders: may(READ_FOLDERS), reads_names: may(READ_USERS) })
    }

    pub(crate) fn transport(&self) -> Result<Transport, Error> {
        Ok(Transport::new(self.config.transport.clone(), Arc::clone(&self.clock))?)
    }

    pub(crate) fn client(&self, credentials: Credentials, site: &Site) -> Result<Client, Error> {
        Ok(Client::new(self.config.endpoints.clone(), credentials, site.clone(), self.transport()?))
    }

    pub(crate) async fn token_source(&self) -> Result<TokenSource, Error> {
        Ok(TokenSource::new(
            self.transport()?,
            self.oauth_app().await?,
            self.config.endpoints.clone(),
            Arc::new(self.secrets.clone()),
        ))
    }

    async fn credentials(&self, connection: &Connection) -> Result<Credentials, Error> {
        match connection.kind {
            ConnectionKind::OAuth => Ok(Credentials::OAuth(self.token_source().await?)),
            ConnectionKind::ApiToken => {
                let token = self.secrets.get(secrets::API_TOKEN).await?.ok_or(Error::ReconnectNeeded)?;
                Ok(Credentials::ApiToken { email: connection.account.clone(), token })
            }
            ConnectionKind::Sample => self.sample.credentials().await,
        }
    }

    /// Signs in with an API token, by reading the list of spaces with it.
    pub async fn connect_with_token(&self, site_url: &str, email: &str, token: SecretString) -> Result<Site, Error> {
        let url = Url::parse(site_url).map_err(|_| Error::Setting {
            name: "site address".to_owned(),
            reason: format!("`{site_url}` is not a URL such as https://acme.atlassian.net"),
        })?;
        let site = confluence::site_of_url(&self.transport()?, &url).await?;
        let credentials = Credentials::ApiToken { email: email.to_owned(), token: token.clone() };
        let client = self.client(credentials, &site)?;
        let spaces = client.spaces().await?;
        self.probe_secrets().await?;
        self.secrets.put(secrets::API_TOKEN, token).await?;
        let connection = Connection {
            site: site.clone(),
            kind: ConnectionKind::ApiToken,
            status: ConnectionStatus::Connected,
            account: email.to_owned(),
        };
        self.put_connection(&connection, &spaces).await?;
        Ok(site)
    }

    /// Connects the sample workspace that comes with the app.
    pub async fn connect_sample(&self) -> Result<Site, Error> {
        let site = self.sample.start().await?;
        let credentials = self.sample.credentials().await?;
        let client = self.client(credentials, &site)?;
        let spaces = client.spaces().await?;
        let connection = Connection {
            site: site.clone(),
            kind: ConnectionKind::Sample,
            status: ConnectionStatus::Connected,
            account: String::new(),
        };
        self.put_connection(&connection, &spaces).await?;
        Ok(site)
    }

    pub(crate) async fn put_connection(
        &self,
        connection: &Connection,
        spaces: &[confluence::Space],
    ) -> Result<(), Error> {
        self.store.put_connection(connection, self.clock.now()).await?;
        self.store.put_spaces(&connection.site.id, spaces).await?;
        self.events.send(AppEvent::Connection);
        self.events.send(AppEvent::Spaces);
        Ok(())
    }

    /// Forgets the sign-in. Pages and selection stay; nothing is updated any more.
    pub async fn disconnect(&self) -> Result<(), Error> {
        self.store.connection().await?.ok_or(Error::NotConnected)?;
        // First the state: a secret store that refuses must not leave a connection that looks alive.
        self.store.set_connection_status(ConnectionStatus::Disconnected).await?;
        self.events.send(AppEvent::Connection);
        self.secrets.delete(secrets::TOKENS).await?;
        self.secrets.delete(secrets::API_TOKEN).await?;
        self.sample.stop().await;
        Ok(())
    }

    /// Removes every page and the selection of a disconnected site.
    pub async fn remove_pages(&self) -> Result<(), Error> {
        let connection = self.store.connection().await?.ok_or(Error::NotConnected)?;
        for space in self.store.spaces(&connection.site.id).await? {
            self.knowledge.remove_collection(&collection_key(&connection.site.id, &space.id)).await?;
        }
        if connection.status == ConnectionStatus::Disconnected {
            self.store.delete_site(&connection.site.id).await?;
        }
        self.events.send(AppEvent::Connection);
        self.events.send(AppEvent::Pages);
        Ok(())
    }
}
