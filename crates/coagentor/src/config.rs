//! What a front door tells the application about its surroundings. Nothing below the front doors reads the environment.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use confluence::{Endpoints, OAuthApp, TransportOptions};
use secrecy::SecretString;
use url::Url;

use crate::{
    Error,
    power::{SharedPower, SystemPower},
    secrets::SecretStoreKind,
    settings::Language,
};

/// Port of the sign-in callback on 127.0.0.1. Atlassian compares it exactly, so it can't be picked at run time.
pub const DEFAULT_REDIRECT_PORT: u16 = 53_683;
/// How long a browser may be out where nobody says otherwise.
const SIGN_IN_TIMEOUT: Duration = Duration::from_mins(5);
/// The OAuth app and its token broker that this build was given, if any. A secret is never built in.
const BUILT_IN: (Option<&str>, Option<&str>) =
    (option_env!("COAGENTOR_CLIENT_ID"), option_env!("COAGENTOR_BROKER_URL"));
/// Where the browser sends a person back into the desktop app.
pub const DEEP_LINK_REDIRECT: &str = "coagentor://oauth/callback";

/// Where data lies, whom to talk to, and as which OAuth app.
#[derive(Debug, Clone)]
pub struct Config {
    /// Both databases, the keyword index and the lock files.
    pub data_dir: PathBuf,
    /// The embedding model and the runtime library.
    pub model_dir: PathBuf,
    /// Atlassian's two origins.
    pub endpoints: Endpoints,
    /// The OAuth app; its id is empty where none is built in or given.
    pub oauth_app: OAuthApp,
    /// Whether the OAuth app was given in the environment; one that is built in gives way to one from Settings.
    pub client_from_environment: bool,
    /// Port of the loopback callback.
    pub redirect_port: u16,
    /// How long the window waits for the browser to come back from a sign-in.
    pub sign_in_timeout: Duration,
    /// The system's language, where it is one that the app speaks.
    pub system_language: Language,
    /// Where tokens are kept; none leaves it to the system and the person.
    pub secret_store: Option<SecretStoreKind>,
    /// Where the power comes from.
    pub power: SharedPower,
    /// How patient requests are.
    pub transport: TransportOptions,
}

impl Config {
    /// Reads the `COAGENTOR_*` variables through `var`; a variable that is not set, or empty, has its default.
    pub fn from_vars(var: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let var = |name: &str| var(name).filter(|value| !value.is_empty());
        let url = |name: &str| match var(name) {
            Some(value) => Url::parse(&value)
                .map(Some)
                .map_err(|_| Error::Setting { name: name.to_owned(), reason: format!("`{value}` is not a URL") }),
            None => Ok(None),
        };
        let mut endpoints = Endpoints::default();
        endpoints.auth = url("COAGENTOR_AUTH_URL")?.unwrap_or(endpoints.auth);
        endpoints.api = url("COAGENTOR_API_URL")?.unwrap_or(endpoints.api);
        Ok(Self {
            data_dir: match var("COAGENTOR_DATA_DIR") {
                Some(dir) => PathBuf::from(dir),
                None => platform_data_dir()?,
            },
            model_dir: var("COAGENTOR_MODEL_DIR").map_or_else(platform_model_dir, PathBuf::from),
            endpoints,
            client_from_environment: var("COAGENTOR_CLIENT_ID").is_some(),
            oauth_app: oauth_app(
                var("COAGENTOR_CLIENT_ID"),
                var("COAGENTOR_CLIENT_SECRET"),
                url("COAGENTOR_BROKER_URL")?,
            ),
            redirect_port: match var("COAGENTOR_REDIRECT_PORT") {
                Some(port) => port.parse().map_err(|_| Error::Setting {
                    name: "COAGENTOR_REDIRECT_PORT".to_owned(),
                    reason: format!("`{port}` is not a port number"),
                })?,
                None => DEFAULT_REDIRECT_PORT,
            },
            sign_in_timeout: match var("COAGENTOR_SIGN_IN_SECONDS") {
                Some(seconds) => seconds.parse().map(Duration::from_secs).map_err(|_| Error::Setting {
                    name: "COAGENTOR_SIGN_IN_SECONDS".to_owned(),
                    reason: format!("`{seconds}` is not a number of seconds"),
                })?,
                None => SIGN_IN_TIMEOUT,
            },
            // In the order of POSIX: the first one that is set counts.
            system_language: ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(var)
                .or_else(locale_of_the_desktop)
                .map_or(Language::En, |locale| Language::of_locale(&locale)),
            secret_store: match var("COAGENTOR_SECRET_STORE") {
                Some(kind) => Some(kind.parse()?),
                None => None,
            },
            power: Arc::new(SystemPower),
            transport: TransportOptions {
                user_agent: concat!("CoAgentor/", env!("CARGO_PKG_VERSION")).to_owned(),
                ..TransportOptions::default()
            },
        })
    }

    /// Address that the browser is sent back to when no desktop window listens for the deep link.
    pub fn loopback_redirect(&self) -> String {
        format!("http://127.0.0.1:{}/callback", self.redirect_port)
    }

    /// Where log files lie.
    pub fn log_dir(&self) -> PathBuf {
        self.file("logs")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.data_dir.join(name)
    }
}

/// What macOS and Windows are set to: an app that is started from their desktop has no locale in its environment.
#[cfg(any(windows, target_os = "macos"))]
fn locale_of_the_desktop() -> Option<String> {
    sys_locale::get_locale()
}

/// Elsewhere the desktop passes its locale on in the environment.
#[cfg(not(any(windows, target_os = "macos")))]
fn locale_of_the_desktop() -> Option<String> {
    None
}

/// The app that the environment names, or the one that is built in; either may have its broker from the environment.
fn oauth_app(id: Option<String>, secret: Option<String>, broker: Option<Url>) -> OAuthApp {
    let (built_in_id, built_in_broker) = BUILT_IN;
    let is_given = id.is_some();
    let built_in_broker = built_in_broker.filter(|_| !is_given).and_then(|url| Url::parse(url).ok());
    OAuthApp {
        client_id: id.or_else(|| built_in_id.map(str::to_owned)).unwrap_or_default(),
        client_secret: secret.map(SecretString::from),
        token_broker: broker.or(built_in_broker),
        ..OAuthApp::default()
    }
}

fn platform_data_dir() -> Result<PathBuf, Error> {
    directories::ProjectDirs::from("com", "CoAgentor", "coagentor").map(|dirs| dirs.data_dir().to_owned()).ok_or_else(
        || Error::Setting {
            name: "COAGENTOR_DATA_DIR".to_owned(),
            reason: "this account has no home folder to keep data in".to_owned(),
        },
    )
}

/// What came with the installed app, else what `make setup` fetched.
fn platform_model_dir() -> PathBuf {
    let program = std::env::current_exe().ok();
    let bundled = program.as_deref().into_iter().flat_map(bundled_model_dirs).find(|dir| dir.is_dir());
    bundled.unwrap_or_else(fetched_model_dir)
}

/// Where an installer puts the model, seen from the program: Debian package, macOS bundle, Windows installer.
fn bundled_model_dirs(program: &Path) -> Vec<PathBuf> {
    let places = ["../lib/CoAgentor/model", "../Resources/model", "model"];
    program.parent().map(|dir| places.iter().map(|place| dir.join(place)).collect()).unwrap_or_default()
}

fn fetched_model_dir() -> PathBuf {
    directories::BaseDirs::new()
        .map_or_else(|| PathBuf::from("model"), |dirs| dirs.cache_dir().join(Path::new("coagentor/model")))
}
