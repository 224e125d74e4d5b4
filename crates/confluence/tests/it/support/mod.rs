//! What the tests stand on: a simulator with a client of it, a browser, a server that answers by script.

pub(crate) mod browser;
pub(crate) mod scripted;
pub(crate) mod stores;

use std::sync::Arc;
use std::time::Duration;

use confluence::auth::{MemoryTokenStore, TokenSource, TokenStore};
use confluence::{Client, Clock, Credentials, Endpoints, OAuthApp, Site, TokenSet, Transport, TransportOptions};
use confluence_sim::{Fault, FaultEffect, RequestRecord, RunningSimulator, SimulatorBuilder};
use secrecy::SecretString;
use time::OffsetDateTime;
use time::macros::datetime;
use url::Url;

/// When every test begins.
pub(crate) const START: OffsetDateTime = datetime!(2026-11-22 10:20:00 UTC);
/// The scopes that the product asks for.
pub(crate) const SCOPES: &str = "read:space:confluence read:page:confluence read:user:confluence offline_access";

/// The simulator's clock, for the client too.
#[derive(Debug, Clone)]
pub(crate) struct SimClock(pub(crate) confluence_sim::Clock);

impl Clock for SimClock {
    fn now(&self) -> OffsetDateTime {
        self.0.now()
    }
}

/// A simulator, and what a client of it needs.
pub(crate) struct World {
    pub(crate) sim: RunningSimulator,
    pub(crate) clock: SimClock,
    pub(crate) transport: Transport,
    pub(crate) endpoints: Endpoints,
    pub(crate) app: OAuthApp,
}

impl World {
    pub(crate) async fn start(builder: SimulatorBuilder) -> Self {
        let clock = SimClock(confluence_sim::Clock::fixed(START));
        let sim = builder.clock(clock.0.clone()).start().await.expect("the simulator starts");
        let origin: Url = sim.url().parse().expect("a URL");
        let endpoints = Endpoints { auth: origin.clone(), api: origin };
        let app = OAuthApp::new(sim.client_id(), sim.client_secret().map(SecretString::from));
        let transport = transport(quick(), clock.clone());
        Self { sim, clock, transport, endpoints, app }
    }

    /// Moves the time for simulator and client.
    pub(crate) fn advance(&self, by: Duration) {
        self.sim.control().advance(by);
    }

    /// Tokens without the browser.
    pub(crate) fn tokens(&self, scopes: &str) -> TokenSet {
        let pair = self.sim.sign_in_tokens(scopes);
        TokenSet::new(
            pair.access_token.into(),
            pair.refresh_token.map(SecretString::from),
            self.clock.now() + Duration::from_hours(1),
            pair.scope.split(' ').map(str::to_owned).collect(),
        )
    }

    pub(crate) fn source(&self, store: impl TokenStore + 'static) -> TokenSource {
        TokenSource::new(self.transport.clone(), self.app.clone(), self.endpoints.clone(), Arc::new(store))
    }

    /// A token source of somebody who has signed in.
    pub(crate) fn signed_in(&self) -> TokenSource {
        self.source(MemoryTokenStore::holding(self.tokens(SCOPES)))
    }

    pub(crate) fn site(&self) -> Site {
        let site = self.sim.sites().into_iter().next().expect("a site");
        Site { id: site.id, name: site.name, url: site.url.parse().expect("a URL") }
    }

    pub(crate) fn client(&self) -> Client {
        self.client_with(self.signed_in())
    }

    pub(crate) fn client_with(&self, source: TokenSource) -> Client {
        Client::new(self.endpoints.clone(), Credentials::OAuth(source), self.site(), self.transport.clone())
    }

    pub(crate) fn fault(&self, path: &str, effect: FaultEffect) {
        self.sim.control().add_fault(Fault::on(path, effect));
    }

    /// Requests so far to paths that end so.
    pub(crate) fn requests(&self, path_end: &str) -> Vec<RequestRecord> {
        self.sim.control().log().into_iter().filter(|request| request.path.ends_with(path_end)).collect()
    }
}

/// Options that wait for nothing.
pub(crate) fn quick() -> TransportOptions {
    TransportOptions { backoff_base: Duration::ZERO, ..TransportOptions::default() }
}

pub(crate) fn transport(options: TransportOptions, clock: SimClock) -> Transport {
    Transport::new(options, Arc::new(clock)).expect("the transport sets up")
}

/// An answer with this status.
pub(crate) fn status(code: u16, headers: &[(&str, &str)], body: &str) -> FaultEffect {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    FaultEffect::Status { code, headers, body: body.to_owned() }
}
