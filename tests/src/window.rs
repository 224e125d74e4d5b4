//! The real window, driven over WebDriver on a display of its own.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use serde_json::json;

use crate::{binaries, desk::Desk, person, repository};

/// How long anything on the screen may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running app and its driver.
pub struct Window {
    client: Client,
    driver: Child,
    pictures: PathBuf,
    taken: u32,
}

/// The environment of a person's own desktop session: a home of its own, no browser.
fn session(command: &mut Command, desk: &Desk) {
    let home = desk.path().join("home");
    command
        .env("HOME", &home)
        .env("XDG_DATA_HOME", home.join(".local/share"))
        .env("XDG_CONFIG_HOME", home.join(".config"))
        .env("XDG_CURRENT_DESKTOP", "GNOME")
        .env("BROWSER", "true")
        .env("GIO_LAUNCH_DESKTOP", "true");
}

/// Whether there is a display to open a window on.
pub fn has_display() -> bool {
    std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty())
}

impl Window {
    /// Opens the app; pictures go to `artifacts/window/<story>`.
    pub async fn open(desk: &Desk, story: &str) -> Result<Self> {
        let port = person::free_port()?;
        std::fs::create_dir_all(desk.path().join("home/.local/share/applications"))?;
        let mut driver = Command::new("WebKitWebDriver");
        session(&mut driver, desk);
        driver
            .envs(desk.environment())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .stdout(Stdio::null())
            .stderr(Stdio::inherit());
        let driver = driver.spawn().context("WebKitWebDriver did not start (Debian package webkit2gtk-driver)")?;
        let options = json!({ "binary": binaries::path("coagentor-desktop")?, "args": [] });
        match connect(port, options).await {
            Ok(client) => {
                let pictures = repository::artifacts(&format!("window/{story}"))?;
                Ok(Self { client, driver, pictures, taken: 0 })
            }
            Err(error) => {
                end(driver);
                Err(error)
            }
        }
    }

    /// Hands the app an address, as the system does for `coagentor://`: a second process that passes it on and ends.
    pub fn hand_over(&self, desk: &Desk, url: &url::Url) -> Result<()> {
        let mut second = desk.command("coagentor-desktop")?;
        session(&mut second, desk);
        let status = second.arg(url.as_str()).stdout(Stdio::null()).status()?;
        anyhow::ensure!(status.success(), "the second process ended with {status}");
        Ok(())
    }

    fn test_id(id: &str) -> String {
        format!("[data-testid=\"{id}\"]")
    }

    /// Waits for an element.
    pub async fn find(&self, id: &str) -> Result<Element> {
        let css = Self::test_id(id);
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(&css)).await {
            Ok(element) => Ok(element),
            Err(error) => bail!("`{id}` did not appear: {error}; the window says: {}", self.text().await?),
        }
    }

    /// Waits for an element and clicks it.
    pub async fn click(&self, id: &str) -> Result<()> {
        Ok(self.find(id).await?.click().await?)
    }

    /// Waits for a field, empties it and types.
    pub async fn type_into(&self, id: &str, text: &str) -> Result<()> {
        let field = self.find(id).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Everything that the window says.
    pub async fn text(&self) -> Result<String> {
        Ok(self.client.find(Locator::Css("body")).await?.text().await?)
    }

    /// Waits until the window says this.
    pub async fn reads(&self, words: &str) -> Result<()> {
        let started = std::time::Instant::now();
        loop {
            let text = self.text().await?;
            if text.contains(words) {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                bail!("the window does not say `{words}` but: {text}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Keeps a picture of this step.
    pub async fn picture(&mut self, step: &str) -> Result<()> {
        self.taken += 1;
        let png = self.client.screenshot().await?;
        std::fs::write(self.pictures.join(format!("{:02}-{step}.png", self.taken)), png)?;
        Ok(())
    }

    /// Runs a script in the page.
    pub async fn script(&self, source: &str) -> Result<serde_json::Value> {
        Ok(self.client.execute(source, Vec::new()).await?)
    }

    /// Closes the app.
    pub async fn close(self) -> Result<()> {
        let closed = self.client.close().await;
        end(self.driver);
        Ok(closed?)
    }
}

async fn connect(port: u16, options: serde_json::Value) -> Result<Client> {
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
    let address = format!("http://127.0.0.1:{port}");
    let mut last = None;
    for _ in 0..100 {
        match ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities.clone())
            .connect(&address)
            .await
        {
            Ok(client) => return Ok(client),
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bail!("no session with the window: {last:?}")
}

/// The driver ends its browser on a termination signal, and leaves it behind when killed.
fn end(mut driver: Child) {
    let _ = Command::new("kill").args(["-TERM", &driver.id().to_string()]).status();
    let _ = driver.wait();
}
