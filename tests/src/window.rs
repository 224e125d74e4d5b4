//! The real window, driven over WebDriver on a display of its own.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
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
        let pictures = repository::artifacts(&format!("window/{story}"))?;
        let (client, driver) = start(desk, &[]).await?;
        Ok(Self { client, driver, pictures, taken: 0 })
    }

    /// Ends the app in the middle of what it does, and opens it again on the same machine with these arguments.
    pub async fn restart(&mut self, desk: &Desk, arguments: &[&str]) -> Result<()> {
        end(&mut self.driver);
        (self.client, self.driver) = start(desk, arguments).await?;
        Ok(())
    }

    /// Hands the app an address, as the system does for `coagentor://`: a second process that passes it on and ends.
    pub fn hand_over(&self, desk: &Desk, url: &url::Url) -> Result<()> {
        self.start_again(desk, &[url.as_str()])
    }

    /// Starts the app while it runs: a second process that hands over and ends.
    pub fn start_again(&self, desk: &Desk, arguments: &[&str]) -> Result<()> {
        let mut second = desk.command("coagentor-desktop")?;
        session(&mut second, desk);
        let status = second.args(arguments).stdout(Stdio::null()).status()?;
        ensure!(status.success(), "the second process ended with {status}");
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

    /// Waits until an element says this.
    pub async fn shows(&self, id: &str, words: &str) -> Result<()> {
        let started = std::time::Instant::now();
        loop {
            // An element that is replaced while it is read is stale, not wrong.
            let text = self.find(id).await?.text().await.unwrap_or_default();
            if text.contains(words) {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                bail!("`{id}` does not say `{words}` but: {text}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Waits until this stands in an element, in view or not: the driver leaves out what it takes for hidden, and rows of
    /// a list that are placed one by one are that to it.
    pub async fn holds(&self, id: &str, words: &str) -> Result<()> {
        let started = std::time::Instant::now();
        loop {
            let text = self.find(id).await?.prop("textContent").await.unwrap_or_default().unwrap_or_default();
            if text.contains(words) {
                return Ok(());
            }
            ensure!(started.elapsed() < PATIENCE, "`{id}` does not hold `{words}` but: {text}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Whether the element is there at this moment.
    async fn has(&self, id: &str) -> Result<bool> {
        Ok(!self.client.find_all(Locator::Css(&Self::test_id(id))).await?.is_empty())
    }

    /// Fails when the element is there.
    pub async fn lacks(&self, id: &str) -> Result<()> {
        ensure!(!self.has(id).await?, "`{id}` is there; the window says: {}", self.text().await?);
        Ok(())
    }

    /// Waits until the element is gone.
    pub async fn gone(&self, id: &str) -> Result<()> {
        let started = std::time::Instant::now();
        while self.has(id).await? {
            ensure!(started.elapsed() < PATIENCE, "`{id}` stays; the window says: {}", self.text().await?);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    /// Whether a button can be pressed.
    pub async fn is_active(&self, id: &str) -> Result<bool> {
        let button = self.find(id).await?;
        let inactive = button.attr("aria-disabled").await?.is_some_and(|value| value == "true");
        Ok(!inactive && button.is_enabled().await?)
    }

    /// Waits for a button by what stands on it and clicks it.
    pub async fn press_button(&self, words: &str) -> Result<()> {
        self.press(&format!("//*[self::button or self::summary][normalize-space(.)=\"{words}\"]")).await
    }

    /// Waits for a button by its name for a screen reader and clicks it.
    pub async fn press_labelled(&self, name: &str) -> Result<()> {
        self.press(&format!("//button[@aria-label=\"{name}\"]")).await
    }

    async fn press(&self, path: &str) -> Result<()> {
        match self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(path)).await {
            Ok(button) => Ok(button.click().await?),
            Err(error) => bail!("no `{path}`: {error}; the window says: {}", self.text().await?),
        }
    }

    /// Chooses an entry of a list by its words.
    pub async fn choose(&self, id: &str, label: &str) -> Result<()> {
        Ok(self.find(id).await?.select_by_label(label).await?)
    }

    /// Fills a form's field by its name.
    pub async fn fill(&self, name: &str, text: &str) -> Result<()> {
        let css = format!("input[name=\"{name}\"]");
        let field = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(&css)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Presses keys at the first element that a selector finds.
    pub async fn press_at(&self, css: &str, keys: &str) -> Result<()> {
        let element = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await?;
        Ok(element.send_keys(keys).await?)
    }

    /// Presses Escape wherever the focus is.
    pub async fn press_escape(&self) -> Result<()> {
        Ok(self.client.active_element().await?.send_keys("\u{e00c}").await?)
    }

    /// Makes the window so large, in pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        Ok(self.client.set_window_size(width, height).await?)
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

    /// Ends the app at once, as a crash or the end of a session does. A closed window would leave it in the tray.
    pub fn end(mut self) {
        end(&mut self.driver);
    }
}

async fn start(desk: &Desk, arguments: &[&str]) -> Result<(Client, Child)> {
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
    let mut driver = driver.spawn().context("WebKitWebDriver did not start (Debian package webkit2gtk-driver)")?;
    let options = json!({ "binary": binaries::path("coagentor-desktop")?, "args": arguments });
    match connect(port, options).await {
        Ok(client) => Ok((client, driver)),
        Err(error) => {
            end(&mut driver);
            Err(error)
        }
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

/// Ends the driver and the app that it started: the driver only closes the window, which leaves the app in the tray.
fn end(driver: &mut Child) {
    let driver_id = driver.id();
    let children = std::fs::read_to_string(format!("/proc/{driver_id}/task/{driver_id}/children")).unwrap_or_default();
    let terminate = |id: &str| Command::new("kill").args(["-TERM", id]).stderr(Stdio::null()).status();
    for id in children.split_whitespace() {
        let _ = terminate(id);
    }
    let _ = terminate(&driver_id.to_string());
    let _ = driver.wait();
    // A second app of the same session would hand over to one that is still going.
    for _ in 0..100 {
        let any = children.split_whitespace().any(|id| std::path::Path::new("/proc").join(id).exists());
        if !any {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
