//! A simulated Atlassian, a broker, and a person's machine; and everything that was logged.

use std::{
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use broker::{RateLimit, Settings, serve};
use coagentor::{App, Config, ModelUse, SecretStoreKind, SharedClock, SignInVia};
use confluence_sim::{ClientRegistration, Clock, RunningSimulator, Simulator, SpaceSource};
use time::{OffsetDateTime, macros::datetime};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub(crate) const CLIENT_ID: &str = "desktop-client";
pub(crate) const CLIENT_SECRET: &str = "desktop-secret-canary";
const START: OffsetDateTime = datetime!(2026-11-22 10:20 UTC);

#[derive(Debug)]
struct SharedTime(Clock);

impl coagentor::Clock for SharedTime {
    fn now(&self) -> OffsetDateTime {
        self.0.now()
    }
}

/// What was logged on this thread.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Everything from trace upwards, of all that runs on this thread, until the guard is dropped.
    pub(crate) fn start() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

pub(crate) struct Stage {
    pub(crate) sim: RunningSimulator,
    pub(crate) broker: String,
    clock: Clock,
    folder: tempfile::TempDir,
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::with(CLIENT_SECRET, |_| {}).await
    }

    /// With another secret at the broker, or other settings of it.
    pub(crate) async fn with(secret: &str, change: impl FnOnce(&mut Settings)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let broker = format!("http://{}", listener.local_addr().expect("has an address"));
        let callbacks = [format!("{broker}/callback"), "coagentor://oauth/callback".to_owned()];
        let callbacks: Vec<&str> = callbacks.iter().map(String::as_str).collect();
        let clock = Clock::fixed(START);
        let space = SpaceSource::from_files("A", vec![("a.md".to_owned(), "# a\n\nAll about a.\n".to_owned())]);
        let sim = Simulator::builder()
            .space(space.expect("a space"))
            .client(ClientRegistration::new(CLIENT_ID, CLIENT_SECRET, &callbacks))
            .clock(clock.clone())
            .start()
            .await
            .expect("starts");
        let auth_url = sim.url().parse().expect("an address");
        let mut settings = Settings::new(CLIENT_ID.to_owned(), secret.into(), auth_url).expect("is fine");
        settings.rate = RateLimit { burst: 1000, per_minute: 1000 };
        change(&mut settings);
        let (stop, stopped) = tokio::sync::oneshot::channel();
        tokio::spawn(async move { serve(listener, settings, async { drop(stopped.await) }).await.expect("serves") });
        Self { sim, broker, clock, folder: tempfile::tempdir().expect("a folder"), _stop: stop }
    }

    /// A person's machine, without any OAuth client unless `change` gives one.
    pub(crate) async fn app(&self, change: impl FnOnce(&mut Config)) -> App {
        let mut config = Config::from_vars(|_| None).expect("defaults");
        config.data_dir = self.folder.path().to_owned();
        config.model_dir = self.folder.path().join("no-model");
        config.endpoints.auth = self.sim.url().parse().expect("an address");
        config.endpoints.api = self.sim.url().parse().expect("an address");
        config.oauth_app.client_id = String::new();
        config.oauth_app.token_broker = None;
        config.secret_store = Some(SecretStoreKind::File);
        config.transport.backoff_base = Duration::ZERO;
        change(&mut config);
        let clock: SharedClock = Arc::new(SharedTime(self.clock.clone()));
        App::open(config, clock, ModelUse::Skip).await.expect("opens")
    }

    /// A machine whose app has the broker.
    pub(crate) async fn brokered(&self) -> App {
        self.app(|config| {
            CLIENT_ID.clone_into(&mut config.oauth_app.client_id);
            config.oauth_app.token_broker = Some(self.broker.parse().expect("an address"));
        })
        .await
    }

    pub(crate) fn data_dir(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn token_requests(&self) -> usize {
        self.sim.control().log().iter().filter(|request| request.path == "/oauth/token").count()
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.sim.control().advance(by);
    }
}

/// Signs in as the window does: the browser says yes, and follows until it is sent to the app.
pub(crate) async fn sign_in(app: &App) -> String {
    let sign_in = app.connect(SignInVia::DeepLink).await.expect("begins");
    let mut address = format!("{}&auto=allow", sign_in.authorize_url);
    while address.starts_with("http") {
        let (_, head, _) = send("GET", &address, "").await;
        address = header(&head, "location").expect("is sent on");
    }
    app.accept_deep_link(&address).await.expect("is taken");
    address
}

/// One request; gives status, head and body.
pub(crate) async fn send(method: &str, address: &str, body: &str) -> (u16, String, String) {
    let rest = address.strip_prefix("http://").expect("plain http");
    let (authority, path) = rest.split_once('/').expect("a path");
    let mut stream = TcpStream::connect(authority).await.expect("connects");
    let length = body.len();
    let request = format!(
        "{method} /{path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    // A server may answer before it has read all.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, head.to_owned(), body.to_owned())
}

pub(crate) fn header(head: &str, name: &str) -> Option<String> {
    let mut headers = head.lines().filter_map(|line| line.split_once(':'));
    headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}
