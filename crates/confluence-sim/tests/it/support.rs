//! A plain HTTP client that follows nothing and hides nothing, and sites to point it at.

use std::path::PathBuf;

use confluence_sim::{Clock, RunningSimulator, Simulator, SimulatorBuilder, SpaceSource};
use reqwest::header::HeaderMap;
use serde_json::Value;
use time::macros::datetime;

/// Every scope that the simulator enforces, and `offline_access`.
pub(crate) const ALL_SCOPES: &str = "read:space:confluence read:page:confluence read:content.metadata:confluence \
    read:hierarchical-content:confluence read:folder:confluence read:attachment:confluence read:comment:confluence \
    read:user:confluence offline_access";

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn results(&self) -> Vec<Value> {
        self.json()["results"].as_array().unwrap_or_else(|| panic!("no results: {}", self.text)).clone()
    }

    /// One field of every result.
    pub(crate) fn each(&self, field: &str) -> Vec<String> {
        self.results().iter().map(|result| result[field].as_str().unwrap_or("null").to_owned()).collect()
    }
}

pub(crate) fn http() -> reqwest::Client {
    // A second installation in the same process changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

pub(crate) async fn read(response: reqwest::Response) -> Reply {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Reply { status, headers, text: response.text().await.unwrap() }
}

/// A signed-in client of the first site.
pub(crate) struct Site {
    pub(crate) sim: RunningSimulator,
    pub(crate) http: reqwest::Client,
    pub(crate) token: String,
}

impl Site {
    pub(crate) async fn start(builder: SimulatorBuilder) -> Self {
        let sim = builder.start().await.unwrap();
        let token = sim.sign_in_tokens(ALL_SCOPES).access_token;
        Self { sim, http: http(), token }
    }

    /// A site with the space `OPS` of [`files`], on a clock that stands still.
    pub(crate) async fn small() -> Self {
        Self::start(small()).await
    }

    /// `GET` of a path below `/wiki/api/v2`, such as `/pages?limit=2`.
    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.get_as(&self.token, path).await
    }

    pub(crate) async fn get_as(&self, token: &str, path: &str) -> Reply {
        let url = format!("{}{path}", self.sim.api_url());
        read(self.http.get(url).bearer_auth(token).send().await.unwrap()).await
    }

    /// `GET` of a path of the origin, without credentials.
    pub(crate) async fn open(&self, path: &str) -> Reply {
        read(self.http.get(format!("{}{path}", self.sim.url())).send().await.unwrap()).await
    }

    /// Follows `_links.next` to the end; returns the ids in the order they came.
    pub(crate) async fn walk(&self, path: &str) -> Vec<String> {
        let (mut ids, mut next) = (Vec::new(), path.to_owned());
        loop {
            let reply = self.get(&next).await;
            assert_eq!(reply.status, 200, "{}", reply.text);
            ids.extend(reply.each("id"));
            let Some(link) = reply.json()["_links"]["next"].as_str().map(str::to_owned) else { return ids };
            assert!(link.starts_with("/wiki/api/v2/"), "host-relative, with /wiki: {link}");
            next = link.replacen("/wiki/api/v2", "", 1);
        }
    }

    /// The id of the page that came from this file of [`files`].
    pub(crate) fn page(&self, path: &str) -> String {
        let found = self.sim.control().pages("OPS").into_iter().find(|page| page.path == path);
        found.unwrap_or_else(|| panic!("no page from {path}")).id
    }
}

/// Three levels, a bare folder, a raw storage page.
pub(crate) fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("_index.md", "# Operations\n\nWhat we run and how.\n\n- [Restart](runbooks/restart.md)\n"),
        ("runbooks/index.md", "---\ntitle: Runbooks\n---\nAll of them.\n"),
        (
            "runbooks/restart.md",
            "# Restart the queue\n\n## Steps\n\n```bash\nsystemctl restart queue\n```\n\n## Steps\n\nAgain.\n",
        ),
        ("runbooks/deep/failover.md", "# Fail over\n\nSwitch to the replica.\n"),
        ("policies.xml", "<!-- title: Policies -->\n<p>Keep it <strong>short</strong>.&nbsp;Please.</p>"),
        ("logo.png", "not a page"),
        ("space.json", "{\"name\": \"Operations\", \"description\": \"How we run things\"}"),
    ]
}

pub(crate) fn small() -> SimulatorBuilder {
    Simulator::builder()
        .clock(Clock::fixed(datetime!(2026-03-01 12:00 UTC)))
        .space(SpaceSource::from_files("OPS", files()).unwrap())
}

/// The folder of shared data; says that a test was skipped where it is absent.
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn shared(part: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("COAGENTOR_SHARED").map_or(beside, PathBuf::from);
    let found = Some(root.join(part)).filter(|path| path.exists());
    if found.is_none() {
        println!("skipped: no shared data ({part})");
    }
    found
}
