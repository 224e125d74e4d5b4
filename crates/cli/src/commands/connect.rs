//! `connect` and `disconnect`.

use std::time::Duration;

use coagentor::{ModelUse, SignInVia};
use secrecy::SecretString;
use serde::Serialize;

use crate::{
    args::Connect,
    browser,
    failure::Failure,
    output::{self, Output},
};

#[derive(Serialize)]
struct Connected {
    site: Site,
    account: Option<String>,
}

#[derive(Serialize)]
struct Site {
    id: String,
    name: String,
    url: String,
}

pub(super) async fn run(connect: Connect, output: Output) -> Result<(), Failure> {
    if connect.api_token { with_token(connect, output).await } else { in_browser(connect, output).await }
}

async fn in_browser(connect: Connect, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    let mut attempt = app.begin_sign_in(SignInVia::Loopback).await?;
    let url = attempt.authorize_url().to_string();
    output::note("Open this address to sign in to Atlassian (read-only):");
    // With --json standard output carries JSON only, so the address goes where a person looks.
    if output.json {
        output::note(&url);
    } else {
        output::line(&url)?;
    }
    if !connect.no_browser {
        browser::open(&url);
    }
    let code = attempt.wait(Duration::from_secs(connect.timeout)).await?;
    let grant = app.redeem(&attempt, code).await?;
    app.use_site(&grant, connect.site.as_deref()).await?;
    show(&app, output).await
}

async fn with_token(connect: Connect, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    let mut token = String::new();
    std::io::stdin().read_line(&mut token).map_err(|error| Failure::io("standard input can't be read", &error))?;
    let token = SecretString::from(token.trim());
    if secrecy::ExposeSecret::expose_secret(&token).is_empty() {
        return Err(Failure::plain(
            "no API token on standard input",
            Some("printf '%s' \"$TOKEN\" | coagentor connect …"),
        ));
    }
    let (url, email) = (connect.site_url.unwrap_or_default(), connect.email.unwrap_or_default());
    app.connect_with_token(&url, &email, token).await?;
    show(&app, output).await
}

async fn show(app: &coagentor::App, output: Output) -> Result<(), Failure> {
    let report = app.status().await?.connection;
    let site = report.site.ok_or(coagentor::Error::NotConnected)?;
    let connected = Connected { site: Site { id: site.id, name: site.name, url: site.url }, account: report.account };
    output.show(&connected, |connected| {
        format!("Connected to {} ({}). Next: coagentor spaces", connected.site.name, connected.site.url)
    })
}

#[derive(Serialize)]
struct Disconnected {
    kept_pages: usize,
}

pub(super) async fn disconnect(output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    app.disconnect().await?;
    let pages = app.status().await?.pages;
    output.show(&Disconnected { kept_pages: pages.ready + pages.pending }, |disconnected| {
        format!("Disconnected. {} pages stay searchable but no longer update.", disconnected.kept_pages)
    })
}
