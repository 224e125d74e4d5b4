//! `coagentor`: everything the desktop app does, without a window, on the same data.
//!
//! Exit status: 0 done, 1 failed (one line of reason on standard error, then `hint:` lines), 2 wrong usage.

mod args;
mod browser;
mod commands;
mod failure;
mod output;

use std::process::ExitCode;

use clap::Parser;

use crate::{args::Cli, failure::Failure, output::Output};

fn main() -> ExitCode {
    let cli = Cli::parse();
    start_log();
    let output = Output { json: cli.json };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(cli.command, output)),
        Err(error) => Err(Failure::io("the program can't start its threads", &error)),
    };
    match result {
        // A reader such as `head` that has seen enough is no failure.
        Ok(()) | Err(Failure::PipeClosed) => ExitCode::SUCCESS,
        Err(failure) => {
            output::report(&failure);
            ExitCode::FAILURE
        }
    }
}

/// Logs go to standard error; the default is info.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("COAGENTOR_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
