//! Atlassian's token endpoint: the one place that the broker asks.

use std::{sync::Arc, time::Duration};

use axum::http::StatusCode;
use reqwest::redirect::Policy;
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde_json::Value;
use url::Url;

use crate::{BrokerError, Settings};

/// Longest answer that is passed on, in bytes.
const LONGEST: usize = 64 * 1024;

/// The token endpoint.
#[derive(Debug)]
pub(crate) struct Upstream {
    client: reqwest::Client,
    url: Url,
}

/// What it answered: a status and a JSON object.
pub(crate) struct Answer {
    pub status: StatusCode,
    pub body: Vec<u8>,
}

/// Why there is no answer to pass on. Nothing of what was sent or received is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoAnswer {
    #[error("no answer in time")]
    Late,
    #[error("no connection")]
    Unreachable,
    #[error("an answer that is not the token endpoint's")]
    Foreign,
}

impl Upstream {
    pub(crate) fn new(settings: &Settings) -> Result<Self, BrokerError> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .user_agent(concat!("CoAgentor-Broker/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(5).min(settings.patience))
            .timeout(settings.patience)
            // A redirect would take the secret to another place.
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .build()
            .map_err(BrokerError::Client)?;
        let mut url = settings.auth_url.clone();
        url.set_path("/oauth/token");
        url.set_query(None);
        Ok(Self { client, url })
    }

    /// Asks for tokens.
    pub(crate) async fn ask(&self, request: &Value) -> Result<Answer, NoAnswer> {
        let sent = self.client.post(self.url.clone()).json(request).send().await;
        let mut response =
            sent.map_err(|error| if error.is_timeout() { NoAnswer::Late } else { NoAnswer::Unreachable })?;
        let status = StatusCode::from_u16(response.status().as_u16()).map_err(|_| NoAnswer::Foreign)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| NoAnswer::Unreachable)? {
            if body.len() + chunk.len() > LONGEST {
                return Err(NoAnswer::Foreign);
            }
            body.extend_from_slice(&chunk);
        }
        // A proxy's page says nothing about a grant, and is passed on to nobody.
        let is_object = serde_json::from_slice::<Value>(&body).is_ok_and(|value| value.is_object());
        if status.is_redirection() || !is_object { Err(NoAnswer::Foreign) } else { Ok(Answer { status, body }) }
    }
}

/// Mozilla's roots: the broker runs in containers that have none of their own.
fn tls() -> Result<ClientConfig, rustls::Error> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
