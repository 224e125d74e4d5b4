//! What a story plays on: a site, a machine and the open window.

use anyhow::{Context, Result};
use confluence_sim::{ClientRegistration, Control, RunningSimulator, Simulator, SimulatorBuilder, SpaceSource};
use tests::{
    desk::Desk,
    person::{self, Press},
    repository,
    window::{Window, has_display},
};
use tokio::sync::Mutex;
use url::Url;

/// One window at a time: a second one of the same session would hand over to the first and end.
static TURN: Mutex<()> = Mutex::const_new(());

/// A site, a machine and the open window.
pub(crate) struct Stage {
    pub(crate) window: Window,
    pub(crate) desk: Desk,
    pub(crate) sim: RunningSimulator,
}

/// A site with these spaces of the sample workspace.
pub(crate) fn sample(keys: &[&str]) -> Result<SimulatorBuilder> {
    let mut builder = Simulator::builder().site_name("acme");
    for key in keys {
        builder = builder.space(SpaceSource::from_dir(*key, repository::sample(key))?);
    }
    Ok(builder)
}

/// Tells a story that begins with a fresh machine.
pub(crate) async fn tell(
    story: &'static str,
    site: SimulatorBuilder,
    play: impl AsyncFnOnce(&mut Stage) -> Result<()>,
) -> Result<()> {
    tell_after(story, site, async |_, _| Ok(()), play).await
}

/// Tells a story on a fresh machine that is set up otherwise.
pub(crate) async fn tell_on(
    story: &'static str,
    site: SimulatorBuilder,
    machine: impl FnOnce(Desk) -> Desk,
    play: impl AsyncFnOnce(&mut Stage) -> Result<()>,
) -> Result<()> {
    run(story, site, machine, async |_, _| Ok(()), play).await
}

/// Tells a story that begins after something was done from the command line.
pub(crate) async fn tell_after(
    story: &'static str,
    site: SimulatorBuilder,
    before: impl AsyncFnOnce(&Desk, &RunningSimulator) -> Result<()>,
    play: impl AsyncFnOnce(&mut Stage) -> Result<()>,
) -> Result<()> {
    run(story, site, |desk| desk, before, play).await
}

async fn run(
    story: &'static str,
    site: SimulatorBuilder,
    machine: impl FnOnce(Desk) -> Desk,
    before: impl AsyncFnOnce(&Desk, &RunningSimulator) -> Result<()>,
    play: impl AsyncFnOnce(&mut Stage) -> Result<()>,
) -> Result<()> {
    if !has_display() {
        println!("skipped: no display; `make test` runs this on one of its own");
        return Ok(());
    }
    let _turn = TURN.lock().await;
    let port = person::free_port()?;
    let callbacks = ["coagentor://oauth/callback", &format!("http://127.0.0.1:{port}/callback")];
    let sim = site.client(ClientRegistration::new("test-client", "test-secret", &callbacks)).start().await?;
    let desk = machine(Desk::new(&sim, port)?);
    before(&desk, &sim).await?;
    let window = Window::open(&desk, story).await?;
    let mut stage = Stage { window, desk, sim };
    let told = play(&mut stage).await;
    let picture = stage.window.picture(if told.is_ok() { "end" } else { "where-it-stopped" }).await;
    stage.window.end();
    told.and(picture)
}

/// Signed in from the command line, with these spaces selected.
pub(crate) async fn connected(desk: &Desk, keys: &[&str]) -> Result<()> {
    person::sign_in(desk)?;
    if !keys.is_empty() {
        desk.json(&[&["select"], keys].concat())?;
    }
    Ok(())
}

impl Stage {
    pub(crate) fn control(&self) -> Control {
        self.sim.control()
    }

    /// Starts a sign-in and answers it in the browser, up to the address that the browser is sent to.
    pub(crate) async fn answer_in_browser(&self, button: Press) -> Result<Url> {
        self.window.click("connect").await?;
        let authorize = self.window.find("sign-in-link").await?.prop("value").await?.context("no address to copy")?;
        person::press(&Url::parse(&authorize)?, button)
    }

    /// Presses Sync in the window and waits for its end.
    pub(crate) async fn sync(&self) -> Result<()> {
        self.window.click("sync").await?;
        self.window.reads("Synced just now").await
    }

    /// Signs in through the browser and the deep link.
    pub(crate) async fn sign_in(&self) -> Result<()> {
        let callback = self.answer_in_browser(Press::Allow).await?;
        self.window.hand_over(&self.desk, &callback)
    }

    /// Ends the app in the middle of what it does, and opens it again on the same machine.
    pub(crate) async fn restart(&mut self) -> Result<()> {
        self.restart_with(&[]).await
    }

    /// The same, with arguments.
    pub(crate) async fn restart_with(&mut self, arguments: &[&str]) -> Result<()> {
        self.window.restart(&self.desk, arguments).await
    }
}
