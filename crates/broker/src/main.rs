//! `coagentor-broker`: see `--help`, and the README beside it.

use std::{io::Write, net::SocketAddr, process::ExitCode};

use broker::{BrokerError, RateLimit, Settings, serve};
use clap::Parser;
use secrecy::SecretString;
use tokio::net::TcpListener;
use url::Url;

/// Adds the OAuth client secret to CoAgentor's token requests. The secret comes from the environment (see the README).
#[derive(Debug, Parser)]
#[command(name = "coagentor-broker", version, about)]
struct Arguments {
    /// Where to listen. Anything but this machine wants TLS, which a reverse proxy gives
    #[arg(long, env = "COAGENTOR_BROKER_BIND", default_value = "127.0.0.1:8787")]
    bind: SocketAddr,
    /// Client id of the OAuth app
    #[arg(long, env = "COAGENTOR_CLIENT_ID")]
    client_id: String,
    /// Origin of the authorization server
    #[arg(long, env = "COAGENTOR_AUTH_URL", default_value = "https://auth.atlassian.com")]
    auth_url: Url,
    /// Requests a minute for each address
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    per_minute: u32,
    /// Believe the X-Forwarded-For header of the reverse proxy in front
    #[arg(long)]
    behind_proxy: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("COAGENTOR_LOG").unwrap_or_else(|_| "warn,broker=info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr().lock(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(arguments: Arguments) -> Result<(), BrokerError> {
    let settings = Settings::new(arguments.client_id, secret(), arguments.auth_url)?;
    let rate = RateLimit { burst: arguments.per_minute, per_minute: arguments.per_minute };
    let settings = Settings { rate, behind_proxy: arguments.behind_proxy, ..settings };
    let listener = TcpListener::bind(arguments.bind).await?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    serve(listener, settings, stopped()).await
}

/// Not an argument: those can be read by everybody on the machine.
#[allow(clippy::disallowed_methods, reason = "the one place where this front door reads the environment")]
fn secret() -> SecretString {
    std::env::var("COAGENTOR_CLIENT_SECRET").unwrap_or_default().into()
}

/// Resolves when the process is asked to end.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
