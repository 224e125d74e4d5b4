//! OAuth sign-in: out to the browser, back over the loopback callback or the deep link, then the choice of a site.

use std::time::Duration;

use confluence::{
    Credentials, Site, TokenSet,
    auth::{self, Authorization, AuthorizationCode, LoopbackCallback},
};
use url::Url;

use crate::{
    App, DEEP_LINK_REDIRECT, Error,
    connection::ConnectionKind,
    store::{Connection, ConnectionStatus},
};

/// How the browser comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInVia {
    /// To a listener on 127.0.0.1.
    Loopback,
    /// To the desktop app, which the system starts or wakes with the address.
    DeepLink,
}

/// One attempt to sign in. It knows its state and its PKCE verifier; no other callback fits it.
pub struct SignInAttempt {
    authorization: Authorization,
    callback: Option<LoopbackCallback>,
}

/// What a sign-in was granted.
pub struct Grant {
    tokens: TokenSet,
    /// Sites with Confluence that it reaches.
    pub sites: Vec<Site>,
}

impl SignInAttempt {
    /// Address to open in the browser.
    pub fn authorize_url(&self) -> &Url {
        self.authorization.url()
    }

    /// Whether an address that the system handed over is the answer to this attempt.
    pub fn accept(&self, callback: &Url) -> Result<AuthorizationCode, Error> {
        Ok(self.authorization.accept(callback).map_err(confluence::Error::from)?)
    }

    /// Waits for the browser at the loopback callback.
    pub async fn wait(&mut self, timeout: Duration) -> Result<AuthorizationCode, Error> {
        let callback = self.take_callback();
        self.wait_on(callback, timeout).await
    }

    pub(crate) fn take_callback(&mut self) -> Option<LoopbackCallback> {
        self.callback.take()
    }

    pub(crate) async fn wait_on(
        &self,
        callback: Option<LoopbackCallback>,
        timeout: Duration,
    ) -> Result<AuthorizationCode, Error> {
        let callback = callback.ok_or(Error::NoSignIn)?;
        Ok(callback.wait(&self.authorization, timeout).await.map_err(confluence::Error::from)?)
    }
}

impl App {
    /// Prepares a sign-in: the secret store is tried and the port taken before any browser opens.
    pub async fn begin_sign_in(&self, via: SignInVia) -> Result<SignInAttempt, Error> {
        if self.config.oauth_app.client_id.is_empty() {
            return Err(Error::NoClientId);
        }
        self.secrets.probe().await?;
        let (redirect, callback) = match via {
            SignInVia::DeepLink => (DEEP_LINK_REDIRECT.to_owned(), None),
            SignInVia::Loopback => {
                let callback =
                    LoopbackCallback::bind(self.config.redirect_port).await.map_err(confluence::Error::from)?;
                (self.config.loopback_redirect(), Some(callback))
            }
        };
        let redirect = Url::parse(&redirect).map_err(|_| Error::Setting {
            name: "callback".to_owned(),
            reason: format!("`{redirect}` is not a URL"),
        })?;
        let authorization = Authorization::begin(&self.config.oauth_app, &self.config.endpoints, &redirect)
            .map_err(confluence::Error::from)?;
        Ok(SignInAttempt { authorization, callback })
    }

    /// Trades the code for tokens and asks which sites they reach.
    pub async fn redeem(&self, attempt: &SignInAttempt, code: AuthorizationCode) -> Result<Grant, Error> {
        let transport = self.transport()?;
        let tokens =
            auth::exchange(&transport, &self.config.oauth_app, &self.config.endpoints, &attempt.authorization, code)
                .await
                .map_err(confluence::Error::from)?;
        let sites = confluence::accessible_sites(&transport, &self.config.endpoints, &tokens).await?;
        if sites.is_empty() { Err(Error::NoConfluenceSite) } else { Ok(Grant { tokens, sites }) }
    }

    /// Connects one of the granted sites. Tokens are stored before anything is asked with them.
    pub async fn use_site(&self, grant: &Grant, wanted: Option<&str>) -> Result<Site, Error> {
        let site = choose(&grant.sites, wanted)?.clone();
        let source = self.token_source()?;
        source.adopt(grant.tokens.clone()).await.map_err(confluence::Error::from)?;
        let client = self.client(Credentials::OAuth(source), &site)?;
        let spaces = client.spaces().await?;
        let connection = Connection {
            site: site.clone(),
            kind: ConnectionKind::OAuth,
            status: ConnectionStatus::Connected,
            account: String::new(),
        };
        self.put_connection(&connection, &spaces).await?;
        Ok(site)
    }
}

fn choose<'a>(sites: &'a [Site], wanted: Option<&str>) -> Result<&'a Site, Error> {
    let names = || sites.iter().map(|site| format!("{} ({})", site.name, site.id)).collect();
    match (wanted, sites) {
        (Some(wanted), _) => sites
            .iter()
            .find(|site| site.id == wanted || site.name.eq_ignore_ascii_case(wanted))
            .ok_or_else(|| Error::UnknownSite { wanted: wanted.to_owned(), names: names() }),
        (None, [only]) => Ok(only),
        (None, []) => Err(Error::NoConfluenceSite),
        (None, _) => Err(Error::SeveralSites { names: names() }),
    }
}
