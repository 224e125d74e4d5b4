//! OAuth sign-in: out to the browser, back over the loopback callback or the deep link, then the choice of a site.

mod kept;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use confluence::{
    Credentials, OAuthApp, Site, TokenSet,
    auth::{self, Authorization, AuthorizationCode, LoopbackCallback},
};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    App, DEEP_LINK_REDIRECT, Error,
    client::ClientKind,
    connection::ConnectionKind,
    events::AppEvent,
    store::{Connection, ConnectionStatus},
};

/// How the browser comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInVia {
    /// To a listener on 127.0.0.1.
    Loopback,
    /// To the desktop app, which the system starts or wakes with the address.
    DeepLink,
}

/// One attempt to sign in. It knows its state and its PKCE verifier; no other callback fits it.
pub struct SignInAttempt {
    authorization: Authorization,
    /// The client that began is the one that redeems.
    app: OAuthApp,
    answered: AtomicBool,
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

    /// True once: a callback that comes again is not redeemed again.
    pub(crate) fn take_answer(&self) -> bool {
        !self.answered.swap(true, Ordering::Relaxed)
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
        if self.client_use().await?.kind == ClientKind::None {
            return Err(Error::NoClientId);
        }
        self.probe_secrets().await?;
        let app = self.oauth_app().await?;
        let (landing, callback) = match via {
            SignInVia::DeepLink => (DEEP_LINK_REDIRECT.to_owned(), None),
            SignInVia::Loopback => {
                let callback =
                    LoopbackCallback::bind(self.config.redirect_port).await.map_err(confluence::Error::from)?;
                (self.config.loopback_redirect(), Some(callback))
            }
        };
        let landing = Url::parse(&landing)
            .map_err(|_| Error::Setting { name: "callback".to_owned(), reason: format!("`{landing}` is not a URL") })?;
        // A broker's https address can be registered where a custom scheme can't; it sends the browser on.
        let sent_on = app.broker_callback().filter(|_| via == SignInVia::DeepLink);
        let redirect = sent_on.unwrap_or_else(|| landing.clone());
        let authorization = Authorization::begin(&app, &self.config.endpoints, &redirect)
            .map_err(confluence::Error::from)?
            .landing_at(landing);
        Ok(SignInAttempt { authorization, app, answered: AtomicBool::new(false), callback })
    }

    /// Whether there is a place for what a sign-in brings; the window hears of it where that changed.
    pub(crate) async fn probe_secrets(&self) -> Result<(), Error> {
        let before = self.secrets.in_use();
        let probed = self.secrets.probe().await;
        if self.secrets.in_use() != before {
            self.events.send(AppEvent::Settings);
        }
        probed
    }

    /// Trades the code for tokens and asks which sites they reach.
    pub async fn redeem(&self, attempt: &SignInAttempt, code: AuthorizationCode) -> Result<Grant, Error> {
        let transport = self.transport()?;
        let tokens = auth::exchange(&transport, &attempt.app, &self.config.endpoints, &attempt.authorization, code)
            .await
            .map_err(confluence::Error::from)?;
        let sites = confluence::accessible_sites(&transport, &self.config.endpoints, &tokens).await?;
        if sites.is_empty() { Err(Error::NoConfluenceSite) } else { Ok(Grant { tokens, sites }) }
    }

    /// Connects one of the granted sites. Tokens are stored before anything is asked with them.
    pub async fn use_site(&self, grant: &Grant, wanted: Option<&str>) -> Result<Site, Error> {
        let site = choose(&grant.sites, wanted)?.clone();
        let source = self.token_source().await?;
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
