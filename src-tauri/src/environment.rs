//! What the shell needs of the system before a window can open.

use coagentor::Config;

/// Why the app did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// There is no display to open a window on.
    #[error("there is no display to open a window on")]
    NoDisplay,
    /// The window system refused.
    #[error("the window can't be opened: {0}")]
    Window(#[from] tauri::Error),
}

impl StartError {
    /// What helps.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoDisplay => Some("start it in a desktop session, or use the command line: coagentor --help"),
            Self::Window(_) => None,
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place where this front door reads the environment")]
fn var(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

pub(crate) fn config() -> Result<Config, coagentor::Error> {
    Config::from_vars(var)
}

/// GTK panics without a display; say it in a sentence first.
pub(crate) fn check_display() -> Result<(), StartError> {
    let has = |name| var(name).is_some_and(|value| !value.is_empty());
    let needs_one = cfg!(all(unix, not(target_os = "macos")));
    if needs_one && !has("DISPLAY") && !has("WAYLAND_DISPLAY") { Err(StartError::NoDisplay) } else { Ok(()) }
}

/// Whether the app was started to stay out of sight.
pub(crate) fn is_hidden_start() -> bool {
    std::env::args().any(|argument| argument == crate::autostart::HIDDEN)
}

/// Whether the tray's library is there: the tray panics without it.
pub(crate) fn has_tray_library() -> bool {
    const NAMES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
    if !cfg!(all(unix, not(target_os = "macos"))) {
        return true;
    }
    let from_environment = var("LD_LIBRARY_PATH").unwrap_or_default();
    let usual = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64"].map(str::to_owned);
    let triplets = ["x86_64", "aarch64"].map(|arch| format!("/usr/lib/{arch}-linux-gnu"));
    let folders = from_environment.split(':').map(str::to_owned).chain(usual).chain(triplets);
    folders
        .filter(|folder| !folder.is_empty())
        .any(|folder| NAMES.iter().any(|name| std::path::Path::new(&folder).join(name).exists()))
}
