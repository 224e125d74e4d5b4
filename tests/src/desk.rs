//! A person's machine: a data folder, an environment, and the command line.

use std::{
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use anyhow::{Context, Result, ensure};
use confluence_sim::RunningSimulator;
use serde_json::Value;
use tempfile::TempDir;

use crate::{binaries, repository};

/// A data folder of its own and the environment that points at a simulated site.
pub struct Desk {
    folder: TempDir,
    vars: Vec<(String, String)>,
}

impl Desk {
    /// A fresh machine whose Atlassian is `sim`; its OAuth app has the callback on `port`.
    pub fn new(sim: &RunningSimulator, port: u16) -> Result<Self> {
        let desk = Self { folder: tempfile::tempdir()?, vars: Vec::new() };
        Ok(desk
            .with("COAGENTOR_AUTH_URL", sim.url())
            .with("COAGENTOR_API_URL", sim.url())
            .with("COAGENTOR_CLIENT_ID", sim.client_id())
            .with("COAGENTOR_CLIENT_SECRET", sim.client_secret().unwrap_or_default())
            .with("COAGENTOR_REDIRECT_PORT", &port.to_string())
            .with("COAGENTOR_SECRET_STORE", "file")
            .with("COAGENTOR_MODEL_DIR", &repository::model_dir().display().to_string())
            .with("COAGENTOR_LOG", "warn"))
    }

    /// The same machine with a variable set to something else.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.vars.retain(|(known, _)| known != name);
        self.vars.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The data folder.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A folder for anything else.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The variables of this environment.
    pub fn environment(&self) -> Vec<(String, String)> {
        let mut vars = self.vars.clone();
        vars.push(("COAGENTOR_DATA_DIR".to_owned(), self.data_dir().display().to_string()));
        vars
    }

    /// A program of ours in this environment.
    pub fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(binaries::path(program)?);
        command.envs(self.environment());
        Ok(command)
    }

    /// Runs `coagentor` to its end.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Output> {
        Ok(self.command("coagentor")?.args(arguments).stdin(Stdio::null()).output()?)
    }

    /// Runs `coagentor` with something on its standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Result<Output> {
        let mut child = self
            .command("coagentor")?
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        child.stdin.take().context("no standard input")?.write_all(input.as_bytes())?;
        Ok(child.wait_with_output()?)
    }

    /// Starts `coagentor` and leaves it running.
    pub fn spawn(&self, arguments: &[&str]) -> Result<Child> {
        let mut command = self.command("coagentor")?;
        Ok(command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)
    }

    /// Runs `coagentor --json …`, which must succeed, and reads its last line.
    pub fn json(&self, arguments: &[&str]) -> Result<Value> {
        let output = self.run(&[&["--json"], arguments].concat())?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "coagentor {arguments:?} failed: {errors}");
        last_json(&output)
    }
}

/// The last line of standard output as JSON.
pub fn last_json(output: &Output) -> Result<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().last().context("nothing on standard output")?;
    serde_json::from_str(line).with_context(|| format!("not JSON: {line}"))
}

/// Standard error as text.
pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
