//! As which OAuth client the app signs in: the one that it was built with, one from the environment, or the person's own.

use confluence::OAuthApp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    App, Error, config::DEEP_LINK_REDIRECT, connection::ConnectionKind, events::AppEvent, secrets,
    store::ConnectionStatus,
};

/// Longest client id and client secret that are taken, in bytes.
const LONGEST: usize = 1024;

/// As which OAuth client the app signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClientUse {
    /// Whose client it is.
    pub kind: ClientKind,
    /// Its id at Atlassian; no secret.
    pub client_id: Option<String>,
    /// What an app of one's own has to be registered with.
    pub registration: ClientRegistration,
}

/// What an OAuth app is registered with in Atlassian's developer console, so that this app can sign in as it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClientRegistration {
    /// The scopes that are asked for at a sign-in. Those of Confluence have to be enabled one by one.
    pub scopes: Vec<String>,
    /// The addresses that Atlassian may send the browser back to.
    pub callbacks: Vec<String>,
}

/// Whose OAuth client it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ClientKind {
    /// There is none: only an API token signs in.
    None,
    /// Built in, without a broker.
    BuiltIn,
    /// One whose secret a token broker adds.
    Broker,
    /// The person's own, given in Settings or in the environment.
    Own,
}

impl App {
    /// As which client the app signs in. The environment comes first, then Settings, then what is built in.
    pub async fn client_use(&self) -> Result<ClientUse, Error> {
        let given = &self.config.oauth_app;
        let has_id = !given.client_id.is_empty();
        let own = if has_id && self.config.client_from_environment { None } else { self.store.own_client().await? };
        let kind = match (&own, has_id) {
            (Some(_), _) => ClientKind::Own,
            (None, false) => ClientKind::None,
            (None, true) if given.token_broker.is_some() => ClientKind::Broker,
            (None, true) if self.config.client_from_environment => ClientKind::Own,
            (None, true) => ClientKind::BuiltIn,
        };
        let registration = ClientRegistration {
            scopes: given.scopes.clone(),
            callbacks: vec![self.config.loopback_redirect(), DEEP_LINK_REDIRECT.to_owned()],
        };
        Ok(ClientUse { kind, client_id: own.or_else(|| has_id.then(|| given.client_id.clone())), registration })
    }

    /// The client with its secret, for asking for tokens.
    pub(crate) async fn oauth_app(&self) -> Result<OAuthApp, Error> {
        let ClientUse { kind, client_id, .. } = self.client_use().await?;
        let given = self.config.oauth_app.clone();
        match client_id {
            Some(id) if kind == ClientKind::Own && id != given.client_id => Ok(OAuthApp {
                client_id: id,
                client_secret: self.secrets.get(secrets::CLIENT_SECRET).await?,
                token_broker: None,
                scopes: given.scopes,
            }),
            _ => Ok(given),
        }
    }

    /// Signs in as the person's own OAuth app from now on. Without a secret the one that is kept for this id stays in use.
    pub async fn set_own_client(&self, client_id: &str, client_secret: Option<SecretString>) -> Result<(), Error> {
        let id = client_id.trim();
        check("client id", id)?;
        let before = self.client_use().await?.client_id;
        match client_secret {
            Some(secret) => {
                let secret = secrecy::ExposeSecret::expose_secret(&secret).trim().to_owned();
                check("client secret", &secret)?;
                self.secrets.probe().await?;
                self.secrets.put(secrets::CLIENT_SECRET, secret.into()).await?;
            }
            None if before.as_deref() == Some(id) => {}
            None => self.secrets.delete(secrets::CLIENT_SECRET).await?,
        }
        self.store.set_own_client(Some(id)).await?;
        self.leave_client(before).await
    }

    /// Forgets the person's own OAuth app.
    pub async fn forget_own_client(&self) -> Result<(), Error> {
        let before = self.client_use().await?.client_id;
        self.store.set_own_client(None).await?;
        self.secrets.delete(secrets::CLIENT_SECRET).await?;
        self.leave_client(before).await
    }

    /// Tokens are refreshed by the client that they were given to, and by no other.
    async fn leave_client(&self, before: Option<String>) -> Result<(), Error> {
        self.events.send(AppEvent::Settings);
        if self.client_use().await?.client_id == before {
            return Ok(());
        }
        if let Some(connection) = self.store.connection().await?
            && connection.kind == ConnectionKind::OAuth
            && connection.status == ConnectionStatus::Connected
        {
            self.store.set_connection_status(ConnectionStatus::ReconnectNeeded).await?;
            self.events.send(AppEvent::Connection);
        }
        Ok(())
    }
}

/// Ids and secrets are visible ASCII in one piece; a pasted line break or space is a slip.
fn check(name: &str, value: &str) -> Result<(), Error> {
    let reason = if value.is_empty() {
        "it is empty"
    } else if value.len() > LONGEST {
        "it is too long"
    } else if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        "it has white space or letters that Atlassian does not use in it"
    } else {
        return Ok(());
    };
    Err(Error::Setting { name: name.to_owned(), reason: reason.to_owned() })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::id("3Kd8fLm2", true)]
    #[case::secret("ATOA-_.~x", true)]
    #[case::empty("", false)]
    #[case::two_words("a b", false)]
    #[case::line_break("a\nb", false)]
    #[case::foreign("schlüssel", false)]
    #[case::long(&"x".repeat(LONGEST + 1), false)]
    fn is_one_piece_of_ascii(#[case] value: &str, #[case] is_fine: bool) {
        assert_eq!(check("client id", value).is_ok(), is_fine);
    }
}
