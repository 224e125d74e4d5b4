//! The sample workspace: a small Confluence site inside the app, spoken to over loopback like a real one, so that a
//! person can try everything before signing in anywhere.

use confluence::{Credentials, Site};
use confluence_sim::{ACCOUNT_EMAIL, RunningSimulator, Simulator, SpaceSource};
use include_dir::{Dir, include_dir};
use secrecy::SecretString;
use tokio::sync::Mutex;
use url::Url;

use crate::Error;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../sample");

/// Fixed, so that stored links open again after a restart.
const PORT: u16 = 53_684;
const SITE_ID: &str = "sample";
// Guards invented pages on this machine; it is no secret.
const TOKEN: &str = "sample-workspace";

/// The running sample site, if it runs.
#[derive(Default)]
pub(crate) struct Sample(Mutex<Option<RunningSimulator>>);

impl Sample {
    /// Starts it unless it runs already.
    pub(crate) async fn start(&self) -> Result<Site, Error> {
        let mut running = self.0.lock().await;
        if running.is_none() {
            *running = Some(serve().await?);
        }
        let url = Url::parse(&format!("http://127.0.0.1:{PORT}")).map_err(|error| refused(&error))?;
        Ok(Site { id: SITE_ID.to_owned(), name: "Sample workspace".to_owned(), url })
    }

    pub(crate) async fn credentials(&self) -> Result<Credentials, Error> {
        self.start().await?;
        Ok(Credentials::ApiToken { email: ACCOUNT_EMAIL.to_owned(), token: SecretString::from(TOKEN) })
    }

    pub(crate) async fn stop(&self) {
        if let Some(running) = self.0.lock().await.take() {
            running.shutdown().await;
        }
    }
}

async fn serve() -> Result<RunningSimulator, Error> {
    let mut builder = Simulator::builder().site_name("Sample workspace").port(PORT).api_token(TOKEN).control_api(false);
    for space in FILES.dirs() {
        let key = space.path().to_string_lossy().into_owned();
        let source = SpaceSource::from_files(&key, files(space)).map_err(|error| refused(&error))?;
        builder = builder.space(source);
    }
    builder.start().await.map_err(|error| refused(&error))
}

/// Every file below a space's folder, by its path inside it.
fn files(space: &Dir<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![space];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        for file in dir.files() {
            let path = file.path().strip_prefix(space.path()).unwrap_or(file.path());
            if let Some(text) = file.contents_utf8() {
                found.push((path.to_string_lossy().into_owned(), text.to_owned()));
            }
        }
    }
    found.sort();
    found
}

fn refused(error: &impl std::fmt::Display) -> Error {
    Error::Sample { reason: error.to_string() }
}
