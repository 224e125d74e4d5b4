//! A person's machine: the application on a data folder of its own, and a simulated site to connect it to.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use coagentor::{
    App, Config, Error, Grant, ModelUse, PlanName, Power, SecretStoreKind, SharedClock, SignInVia,
    sync::{RunSummary, SyncControl, SyncOptions},
};
use confluence_sim::{
    Clock, Control, Fault, FaultEffect, RequestRecord, RunningSimulator, Simulator, SimulatorBuilder, SpaceSource,
};
use time::{OffsetDateTime, macros::datetime};

use crate::browser;

/// When every story begins; the clock moves only where the story says so.
pub(crate) const START: OffsetDateTime = datetime!(2026-11-22 10:20 UTC);

/// The simulator's clock, as the application reads it.
#[derive(Debug)]
struct SharedTime(Clock);

impl confluence::Clock for SharedTime {
    fn now(&self) -> OffsetDateTime {
        self.0.now()
    }
}

/// A machine on mains.
#[derive(Debug)]
struct Plugged;

impl Power for Plugged {
    fn on_battery(&self) -> bool {
        false
    }
}

pub(crate) struct Desk {
    pub(crate) sim: RunningSimulator,
    pub(crate) app: App,
    config: Config,
    clock: SharedClock,
    _folder: tempfile::TempDir,
}

/// A site with spaces `A` of four pages and `B` of three.
pub(crate) fn two_spaces() -> SimulatorBuilder {
    Simulator::builder().space(space("A", &["a1", "a2", "a3", "a4"])).space(space("B", &["b1", "b2", "b3"]))
}

/// A space of small pages, one file each: `name` is the title, and the text says it again.
pub(crate) fn space(key: &str, names: &[&str]) -> SpaceSource {
    let files = names.iter().map(|name| (format!("{name}.md"), format!("# {name}\n\nAll about {name}.\n")));
    SpaceSource::from_files(key, files).expect("a space")
}

/// A space of `count` small pages, called `p000` and so on after the space's key in lower case.
pub(crate) fn many(key: &str, count: usize) -> SpaceSource {
    let names: Vec<String> = (0..count).map(|at| format!("{}{at:03}", key.to_lowercase())).collect();
    space(key, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

impl Desk {
    /// Spaces `A` (`a1` to `a4`) and `B` (`b1` to `b3`), connected and selected, on the Pro plan.
    pub(crate) async fn two_spaces() -> Self {
        Self::selected(two_spaces(), &["A", "B"]).await
    }

    /// Connected to what `builder` serves, these spaces selected, on the Pro plan.
    pub(crate) async fn selected(builder: SimulatorBuilder, keys: &[&str]) -> Self {
        let desk = Self::new(builder).await;
        desk.sign_in().await;
        desk.app.set_plan(PlanName::Pro).await.expect("sets the plan");
        desk.select(keys).await;
        desk
    }

    /// Not connected yet.
    pub(crate) async fn new(builder: SimulatorBuilder) -> Self {
        Self::with(builder, |_| {}).await
    }

    /// Not connected yet, with other settings.
    pub(crate) async fn with(builder: SimulatorBuilder, change: impl FnOnce(&mut Config)) -> Self {
        let time = Clock::fixed(START);
        let sim = builder.clock(time.clone()).start().await.expect("the simulator starts");
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::from_vars(|_| None).expect("defaults");
        config.data_dir = folder.path().to_owned();
        config.model_dir = folder.path().join("no-model");
        config.endpoints.auth = sim.url().parse().expect("an address");
        config.endpoints.api = sim.url().parse().expect("an address");
        config.oauth_app.client_id = sim.client_id().to_owned();
        config.oauth_app.client_secret = sim.client_secret().map(Into::into);
        config.client_from_environment = true;
        config.secret_store = Some(SecretStoreKind::File);
        config.power = Arc::new(Plugged);
        config.transport.backoff_base = Duration::ZERO;
        change(&mut config);
        let clock: SharedClock = Arc::new(SharedTime(time));
        let app = App::open(config.clone(), Arc::clone(&clock), ModelUse::Skip).await.expect("opens");
        Self { sim, app, config, clock, _folder: folder }
    }

    /// The same data, opened as another process would.
    pub(crate) async fn second_app(&self) -> App {
        self.app_with(|_| {}).await
    }

    /// The same data, opened by a process with other settings.
    pub(crate) async fn app_with(&self, change: impl FnOnce(&mut Config)) -> App {
        let mut config = self.config.clone();
        change(&mut config);
        App::open(config, Arc::clone(&self.clock), ModelUse::Skip).await.expect("opens")
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn control(&self) -> Control {
        self.sim.control()
    }

    /// Signs in through the browser and the deep link; the first site is taken.
    pub(crate) async fn sign_in(&self) {
        let grant = self.grant().await.expect("redeems");
        let first = grant.sites.first().map(|site| site.id.clone());
        self.app.use_site(&grant, first.as_deref()).await.expect("connects");
    }

    /// What a sign-in through the browser and the deep link is granted.
    pub(crate) async fn grant(&self) -> Result<Grant, Error> {
        let attempt = self.app.begin_sign_in(SignInVia::DeepLink).await?;
        let callback = browser::allow(attempt.authorize_url()).await;
        let code = attempt.accept(&callback)?;
        self.app.redeem(&attempt, code).await
    }

    pub(crate) async fn select(&self, keys: &[&str]) {
        let keys: Vec<String> = keys.iter().map(|&key| key.to_owned()).collect();
        self.app.select(&keys).await.expect("selects");
    }

    pub(crate) fn reins(&self) -> SyncControl {
        self.app.sync_control()
    }

    /// A run that a person asked for.
    pub(crate) async fn sync(&self) -> RunSummary {
        self.app.sync(SyncOptions::asked_for(false), &self.reins()).await.expect("runs")
    }

    /// A run that lists everything.
    pub(crate) async fn sweep(&self) -> RunSummary {
        self.app.sync(SyncOptions::asked_for(true), &self.reins()).await.expect("runs")
    }

    /// A run that the schedule started.
    pub(crate) async fn poll(&self) -> RunSummary {
        self.app.sync(SyncOptions::default(), &self.reins()).await.expect("runs")
    }

    /// Titles and versions of the pages in this state (`pending` is what stored pages are without a model).
    pub(crate) async fn pages(&self, state: &str) -> BTreeMap<String, i64> {
        let rows = self.app.pages(None, Some(state)).await.expect("lists pages");
        rows.into_iter().map(|page| (page.title, page.version)).collect()
    }

    /// Titles of the pages in this state, in a line.
    pub(crate) async fn titles(&self, state: &str) -> String {
        self.pages(state).await.into_keys().collect::<Vec<_>>().join(" ")
    }

    /// Titles of the pages that retrieval finds by the word that all texts share.
    pub(crate) async fn found(&self) -> BTreeSet<String> {
        let answer = self.app.search("about", 1_000, coagentor::SearchMode::Keyword).await.expect("searches");
        answer.hits.into_iter().map(|hit| hit.title).collect()
    }

    /// The id of a page by its space and title.
    pub(crate) fn page(&self, space: &str, title: &str) -> String {
        self.control().find_page(space, title).expect("there is such a page").id
    }

    /// Ids of the pages whose text was asked for since the log was cleared.
    pub(crate) fn fetched(&self) -> Vec<String> {
        let log = self.control().log();
        let bodies = log.iter().filter(|request| request.query.contains("body-format="));
        let pairs = bodies
            .flat_map(|request| url::form_urlencoded::parse(request.query.as_bytes()).into_owned().collect::<Vec<_>>());
        let ids = pairs.filter(|(name, _)| name == "id");
        ids.flat_map(|(_, value)| value.split(',').map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    /// Spoils all requests to paths such as `*/wiki/api/v2/pages`.
    pub(crate) fn spoil(&self, path: &str, effect: FaultEffect) {
        self.control().add_fault(Fault::on(path, effect));
    }

    /// Requests to paths that end so, since the log was cleared.
    pub(crate) fn asked(&self, path_end: &str) -> Vec<RequestRecord> {
        self.control().log().into_iter().filter(|request| request.path.ends_with(path_end)).collect()
    }

    /// State of the connection.
    pub(crate) async fn connection(&self) -> &'static str {
        self.app.status().await.expect("tells").connection.state
    }

    /// Requests to the API since the log was cleared.
    pub(crate) fn requests(&self) -> usize {
        self.control().log().iter().filter(|request| request.path.contains("/wiki/api/v2/")).count()
    }
}
