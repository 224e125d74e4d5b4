//! The notifications that go over the session bus. Nothing has to show them.

use std::{
    fs::File,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use crate::desk::Desk;

/// How long a notification may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A listener on the session bus; it ends with the test.
pub struct Notifications {
    listener: Child,
    heard: PathBuf,
}

impl Notifications {
    /// Listens from now on.
    pub fn listen(desk: &Desk) -> Result<Self> {
        let heard = desk.path().join("notifications.txt");
        let listener = Command::new("dbus-monitor")
            .args(["--session", "interface='org.freedesktop.Notifications',member='Notify'"])
            .stdout(File::create(&heard)?)
            .stderr(Stdio::null())
            .spawn()
            .context("dbus-monitor did not start (Debian package dbus)")?;
        let notifications = Self { listener, heard };
        // It says its own name on the bus first.
        notifications.wait_for("NameAcquired")?;
        Ok(notifications)
    }

    /// How often this title was shown so far.
    pub fn count(&self, title: &str) -> Result<usize> {
        let line = format!("string \"{title}\"");
        Ok(std::fs::read_to_string(&self.heard)?.lines().filter(|heard| heard.trim() == line).count())
    }

    /// Waits until a text is heard.
    pub fn wait_for(&self, text: &str) -> Result<()> {
        let started = std::time::Instant::now();
        while !std::fs::read_to_string(&self.heard)?.contains(text) {
            ensure!(started.elapsed() < PATIENCE, "nothing says `{text}`: {}", std::fs::read_to_string(&self.heard)?);
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Notifications {
    fn drop(&mut self) {
        let _ = self.listener.kill();
        let _ = self.listener.wait();
    }
}
