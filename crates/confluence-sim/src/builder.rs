//! What a simulator is made of before it runs.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::api::auth::DEFAULT_API_TOKEN;
use crate::clock::Clock;
use crate::content::ids;
use crate::content::source::SpaceSource;
use crate::error::SimError;
use crate::oauth::client::ClientRegistration;
use crate::oauth::token::ErrorDialect;
use crate::running::RunningSimulator;
use crate::shared::{Settings, Shared};
use crate::site::Site;
use crate::traffic::ledger::{PointsLedger, PointsLimit};

/// The way in: [`Simulator::builder`].
#[derive(Debug, Clone, Copy)]
pub struct Simulator;

impl Simulator {
    /// A simulator with one empty site called `sim`, the default app, real time and no rate limit.
    pub fn builder() -> SimulatorBuilder {
        SimulatorBuilder {
            sites: vec![SiteSource::new("sim")],
            clients: Vec::new(),
            error_dialect: ErrorDialect::default(),
            api_token: DEFAULT_API_TOKEN.to_owned(),
            control_api: true,
            clock: Clock::system(),
            points: None,
            port: 0,
            failed: None,
        }
    }
}

/// A site and its spaces.
#[derive(Debug)]
pub struct SiteSource {
    name: String,
    url: Option<String>,
    has_confluence: bool,
    spaces: Vec<SpaceSource>,
}

impl SiteSource {
    /// An empty site; its cloud id follows from the name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), url: None, has_confluence: true, spaces: Vec::new() }
    }

    /// A site that has Jira but no Confluence: listed with Jira scopes, closed to the Confluence API.
    pub fn jira_only(name: impl Into<String>) -> Self {
        Self { has_confluence: false, ..Self::new(name) }
    }

    /// Adds a space.
    #[must_use]
    pub fn space(mut self, source: SpaceSource) -> Self {
        self.spaces.push(source);
        self
    }

    /// Says another address than the simulator's own in `url` and `_links.base` (without `/wiki`).
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into().trim_end_matches('/').to_owned());
        self
    }

    /// The first site lives at the root of the origin, the others below `/site/{name}`, so that their links open too.
    fn build(self, origin: &str, first: bool) -> Result<Site, SimError> {
        let own = if first { origin.to_owned() } else { format!("{origin}/site/{}", self.name) };
        let url = self.url.unwrap_or(own);
        let mut site = Site {
            cloud_id: ids::cloud_id(&self.name),
            base: format!("{url}/wiki"),
            url,
            name: self.name,
            has_confluence: self.has_confluence,
            masks_after_limit: false,
            spaces: std::collections::BTreeMap::new(),
            nodes: std::collections::BTreeMap::new(),
        };
        for source in &self.spaces {
            site.add_space(source)?;
        }
        Ok(site)
    }
}

/// Collects what a simulator is to be; [`SimulatorBuilder::start`] runs it.
#[derive(Debug)]
pub struct SimulatorBuilder {
    sites: Vec<SiteSource>,
    clients: Vec<ClientRegistration>,
    error_dialect: ErrorDialect,
    api_token: String,
    control_api: bool,
    clock: Clock,
    points: Option<PointsLimit>,
    port: u16,
    failed: Option<SimError>,
}

impl SimulatorBuilder {
    /// Adds a space to the first site.
    #[must_use]
    pub fn space(mut self, source: SpaceSource) -> Self {
        if let Some(site) = self.sites.first_mut() {
            site.spaces.push(source);
        }
        self
    }

    /// Adds a space of generated pages to the first site. A bad key is reported by [`SimulatorBuilder::start`].
    #[must_use]
    pub fn generate(mut self, key: &str, pages: usize, seed: u64) -> Self {
        match SpaceSource::generated(key, pages, seed) {
            Ok(source) => return self.space(source),
            Err(error) => self.failed = self.failed.or(Some(error)),
        }
        self
    }

    /// Names the first site.
    #[must_use]
    pub fn site_name(mut self, name: impl Into<String>) -> Self {
        if let Some(site) = self.sites.first_mut() {
            site.name = name.into();
        }
        self
    }

    /// Says another address than the simulator's own in the first site's `url` and `_links.base` (without `/wiki`).
    #[must_use]
    pub fn site_url(mut self, url: impl Into<String>) -> Self {
        if let Some(site) = self.sites.first_mut() {
            site.url = Some(url.into().trim_end_matches('/').to_owned());
        }
        self
    }

    /// Adds another site to the same account.
    #[must_use]
    pub fn site(mut self, site: SiteSource) -> Self {
        self.sites.push(site);
        self
    }

    /// Takes all sites away: an account without any.
    #[must_use]
    pub fn no_sites(mut self) -> Self {
        self.sites.clear();
        self
    }

    /// Registers an app. The first call replaces the default app.
    #[must_use]
    pub fn client(mut self, client: ClientRegistration) -> Self {
        self.clients.push(client);
        self
    }

    /// Chooses how the token endpoint words its refusals.
    #[must_use]
    pub fn error_dialect(mut self, dialect: ErrorDialect) -> Self {
        self.error_dialect = dialect;
        self
    }

    /// Sets the API token that opens the first site with Basic authentication.
    #[must_use]
    pub fn api_token(mut self, token: impl Into<String>) -> Self {
        self.api_token = token.into();
        self
    }

    /// Switches `/__sim` off (or on), for a simulator that strangers can reach, such as a sample workspace.
    #[must_use]
    pub fn control_api(mut self, on: bool) -> Self {
        self.control_api = on;
        self
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Limits the points that may be spent in an hour.
    #[must_use]
    pub fn points(mut self, limit: PointsLimit) -> Self {
        self.points = Some(limit);
        self
    }

    /// Chooses the port; 0, the default, takes a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Listens on 127.0.0.1, converts the sources and serves until it is shut down or dropped.
    ///
    /// # Errors
    /// [`SimError::Bind`] where the port is taken; [`SimError::RedirectUri`], [`SimError::SpaceKey`] and
    /// [`SimError::DuplicateSpace`] for what was put into the builder.
    pub async fn start(mut self) -> Result<RunningSimulator, SimError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        if self.clients.is_empty() {
            self.clients.push(ClientRegistration::default());
        }
        self.clients.iter().try_for_each(ClientRegistration::check)?;
        let failed = |source| SimError::Bind { port: self.port, source };
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.map_err(failed)?;
        let origin = format!("http://{}", listener.local_addr().map_err(failed)?);
        let (stop, stopping) = watch::channel(false);
        let shared = Arc::new(self.build(&origin, stopping)?);
        Ok(RunningSimulator::serve(listener, origin, shared, stop))
    }

    fn build(self, origin: &str, stopping: watch::Receiver<bool>) -> Result<Shared, SimError> {
        let sites = self.sites.into_iter().enumerate().map(|(at, site)| site.build(origin, at == 0));
        let sites: Vec<Site> = sites.collect::<Result<_, _>>()?;
        let settings = Settings {
            clients: self.clients,
            error_dialect: self.error_dialect,
            api_token: self.api_token,
            control_api: self.control_api,
        };
        Ok(Shared::new(settings, self.clock, stopping, sites, self.points.map(PointsLedger::new)))
    }
}
