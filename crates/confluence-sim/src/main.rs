//! `confluence-sim`: a simulated Confluence Cloud site on loopback. See `--help`, and the documentation of the library.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use confluence_sim::{
    ClientRegistration, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, DEFAULT_REDIRECT_URIS, RunningSimulator, SimError,
    Simulator, SiteSource, SpaceSource,
};
use serde_json::json;
use tokio::sync::oneshot;

/// Serves a simulated Confluence Cloud site and authorization server on 127.0.0.1.
///
/// Prints one line of JSON when it is ready and stops on SIGTERM or SIGINT. Without --space and --generate it serves a
/// small generated space.
#[derive(Debug, Parser)]
#[command(name = "confluence-sim", version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// A space from a folder of .md and .xml files; may be given several times.
    #[arg(long, value_name = "KEY=DIR", value_parser = parse_space)]
    space: Vec<(String, PathBuf)>,
    /// Generates a space GEN of this many pages.
    #[arg(long, value_name = "PAGES")]
    generate: Option<usize>,
    /// Seed of generated pages: the same seed gives the same pages.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many sites the account has; all but the first hold a few generated pages.
    #[arg(long, default_value_t = 1)]
    sites: usize,
    /// Client id of the registered app.
    #[arg(long, default_value = DEFAULT_CLIENT_ID)]
    client_id: String,
    /// Client secret of the registered app.
    #[arg(long, default_value = DEFAULT_CLIENT_SECRET)]
    client_secret: String,
    /// Callback of the registered app; may be given several times. Replaces the defaults.
    #[arg(long)]
    redirect_uri: Vec<String>,
    /// Stops by itself after this many seconds.
    #[arg(long = "for", value_name = "SECONDS")]
    seconds: Option<u64>,
    /// Stops when standard input is closed.
    #[arg(long)]
    exit_with_stdin: bool,
}

fn parse_space(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((key, dir)) if !key.is_empty() && !dir.is_empty() => Ok((key.to_owned(), dir.into())),
        _ => Err("write KEY=DIR, such as OPS=docs/runbooks".to_owned()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {}", chain(&*error));
            ExitCode::FAILURE
        }
    }
}

/// An error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut parts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        parts.push(error.to_string());
        cause = error.source();
    }
    parts.join(": ")
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let (seconds, stdin) = (arguments.seconds, arguments.exit_with_stdin);
    let sim = start(arguments).await?;
    // Before the line that says it is ready: whoever reads that line may end the program at once.
    let signalled = signals()?;
    announce(&sim)?;
    tokio::select! {
        () = after(seconds) => {}
        () = stdin_closed(stdin) => {}
        () = signalled => {}
    }
    sim.shutdown().await;
    Ok(())
}

async fn start(arguments: Arguments) -> Result<RunningSimulator, SimError> {
    let uris: Vec<&str> = arguments.redirect_uri.iter().map(String::as_str).collect();
    let uris: &[&str] = if uris.is_empty() { &DEFAULT_REDIRECT_URIS } else { &uris };
    let client = ClientRegistration::new(arguments.client_id, arguments.client_secret, uris);
    let mut builder = Simulator::builder().port(arguments.port).client(client);
    if arguments.sites == 0 {
        builder = builder.no_sites();
    }
    let bare = arguments.space.is_empty() && arguments.generate.is_none();
    for (key, dir) in arguments.space {
        builder = builder.space(SpaceSource::from_dir(key, dir)?);
    }
    match arguments.generate {
        Some(pages) => builder = builder.generate("GEN", pages, arguments.seed),
        None if bare => builder = builder.generate("DEMO", 25, arguments.seed),
        None => {}
    }
    for number in 2..=arguments.sites {
        let space = SpaceSource::generated("GEN", 10, arguments.seed + number as u64)?;
        builder = builder.site(SiteSource::new(format!("sim{number}")).space(space));
    }
    builder.start().await
}

fn announce(sim: &RunningSimulator) -> io::Result<()> {
    let line = json!({
        "auth_url": sim.url(),
        "api_url": sim.url(),
        "client_id": sim.client_id(),
        "client_secret": sim.client_secret(),
        "site": sim.sites().first(),
        "pages": sim.page_count(),
    });
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

async fn after(seconds: Option<u64>) {
    match seconds {
        Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
        None => std::future::pending().await,
    }
}

/// Waits on a thread of its own, which does not keep the process from ending.
async fn stdin_closed(wanted: bool) {
    if !wanted {
        return std::future::pending().await;
    }
    let (closed, wait) = oneshot::channel();
    std::thread::spawn(move || {
        let _ = io::stdin().lock().read_to_end(&mut Vec::new());
        let _ = closed.send(());
    });
    let _ = wait.await;
}

#[cfg(unix)]
fn signals() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn signals() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
