//! The display as a window manager sees it: whether the app's window is shown, and the button that closes it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window},
    rust_connection::RustConnection,
};

/// How long a window may take to come or go.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection to the display.
pub struct Screen {
    display: RustConnection,
    root: Window,
}

impl Screen {
    /// The display of this session.
    pub fn open() -> Result<Self> {
        let (display, number) = x11rb::connect(None)?;
        let root = display.setup().roots.get(number).context("no screen")?.root;
        Ok(Self { display, root })
    }

    /// Waits until a window with this title is shown.
    pub fn shows(&self, title: &str) -> Result<()> {
        self.wait_until(title, true)
    }

    /// Waits until no window with this title is shown.
    pub fn hides(&self, title: &str) -> Result<()> {
        self.wait_until(title, false)
    }

    /// Whether a window with this title is shown.
    pub fn is_shown(&self, title: &str) -> Result<bool> {
        Ok(!self.shown(title)?.is_empty())
    }

    /// Presses the button that closes a window, as a window manager passes it on.
    pub fn close(&self, title: &str) -> Result<()> {
        let window = *self.shown(title)?.first().with_context(|| format!("no window `{title}` is shown"))?;
        let protocols = self.atom("WM_PROTOCOLS")?;
        let delete = self.atom("WM_DELETE_WINDOW")?;
        let message = ClientMessageEvent::new(32, window, protocols, [delete, x11rb::CURRENT_TIME, 0, 0, 0]);
        self.display.send_event(false, window, EventMask::NO_EVENT, message)?.check()?;
        Ok(self.display.flush()?)
    }

    fn wait_until(&self, title: &str, shown: bool) -> Result<()> {
        let started = std::time::Instant::now();
        while self.is_shown(title)? != shown {
            ensure!(started.elapsed() < PATIENCE, "a window `{title}` is {}shown", if shown { "not " } else { "" });
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn shown(&self, title: &str) -> Result<Vec<Window>> {
        let windows = self.display.query_tree(self.root)?.reply()?.children;
        // A window may go while it is asked.
        Ok(windows.into_iter().filter(|window| self.is_shown_as(*window, title).unwrap_or_default()).collect())
    }

    fn is_shown_as(&self, window: Window, title: &str) -> Result<bool> {
        let name = self.display.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?.reply()?.value;
        let state = self.display.get_window_attributes(window)?.reply()?.map_state;
        Ok(name == title.as_bytes() && state == MapState::VIEWABLE)
    }

    fn atom(&self, name: &str) -> Result<u32> {
        Ok(self.display.intern_atom(false, name.as_bytes())?.reply()?.atom)
    }
}
