//! A simulator that serves.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::control::Control;
use crate::oauth::client::ClientRegistration;
use crate::oauth::grants::TokenPair;
use crate::router::router;
use crate::shared::Shared;
use crate::traffic::connection::{CuttableListener, Scissors};

/// How long a shutdown waits for answers that are on their way.
const PATIENCE: Duration = Duration::from_secs(2);

/// A simulator that serves on 127.0.0.1 until [`RunningSimulator::shutdown`], or until it is dropped.
#[derive(Debug)]
pub struct RunningSimulator {
    url: String,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    server: Option<JoinHandle<()>>,
}

/// A site as a caller needs to know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteSummary {
    /// Cloud id.
    pub id: String,
    /// Address without `/wiki`.
    pub url: String,
    /// Name.
    pub name: String,
}

impl RunningSimulator {
    pub(crate) fn serve(listener: TcpListener, url: String, shared: Arc<Shared>, stop: watch::Sender<bool>) -> Self {
        let mut stopping = shared.stopping.clone();
        let service = router(&shared).into_make_service_with_connect_info::<Scissors>();
        let server = axum::serve(CuttableListener(listener), service).with_graceful_shutdown(async move {
            // An error means that the sender is gone, which is a reason to stop too.
            let _ = stopping.wait_for(|stopping| *stopping).await;
        });
        let server = tokio::spawn(async move {
            if let Err(error) = server.await {
                tracing::warn!(%error, "simulator stopped serving");
            }
        });
        Self { url, shared, stop, server: Some(server) }
    }

    /// Origin of the authorization server, the API gateway and the first site: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Client id of the first registered app.
    pub fn client_id(&self) -> &str {
        self.client().map_or("", |client| &client.id)
    }

    /// Client secret of the first registered app; `None` for a public client.
    pub fn client_secret(&self) -> Option<&str> {
        self.client().and_then(|client| client.secret.as_deref())
    }

    /// The sites of the account.
    pub fn sites(&self) -> Vec<SiteSummary> {
        let summary = |site: &crate::site::Site| SiteSummary {
            id: site.cloud_id.clone(),
            url: site.url.clone(),
            name: site.name.clone(),
        };
        self.shared.sites().iter().map(summary).collect()
    }

    /// Cloud id of the first site; empty where the account has none.
    pub fn cloud_id(&self) -> String {
        self.sites().into_iter().next().map(|site| site.id).unwrap_or_default()
    }

    /// Root of the first site's REST v2 at the gateway, without a `/` at the end.
    pub fn api_url(&self) -> String {
        format!("{}/ex/confluence/{}/wiki/api/v2", self.url, self.cloud_id())
    }

    /// How many current pages all sites hold.
    pub fn page_count(&self) -> usize {
        self.shared.sites().iter().map(crate::site::Site::page_count).sum()
    }

    /// Changes content, injects faults, reads the log, moves the clock.
    pub fn control(&self) -> Control {
        Control::new(self.shared.clone())
    }

    /// A token pair for the first app, all sites and these scopes, without a consent page.
    pub fn sign_in_tokens(&self, scopes: &str) -> TokenPair {
        mint(&self.shared, scopes)
    }

    /// Stops listening, lets answers that are on their way finish, and closes every connection.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        if let Some(mut server) = self.server.take()
            && tokio::time::timeout(PATIENCE, &mut server).await.is_err()
        {
            server.abort();
        }
    }

    fn client(&self) -> Option<&ClientRegistration> {
        self.shared.settings.clients.first()
    }
}

impl Drop for RunningSimulator {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

/// Mints tokens for the first app and every site.
pub(crate) fn mint(shared: &Shared, scopes: &str) -> TokenPair {
    let scopes: BTreeSet<String> = scopes.split_whitespace().map(str::to_owned).collect();
    let sites = shared.sites().iter().map(|site| site.cloud_id.clone()).collect();
    let client = shared.settings.clients.first().map_or("", |client| client.id.as_str());
    shared.grants().mint(client, &scopes, sites, shared.clock.now())
}
