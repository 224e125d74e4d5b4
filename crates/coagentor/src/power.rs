//! Whether the machine runs on its battery.

use std::{fmt::Debug, sync::Arc};

use starship_battery::{Manager, State};

/// Tells where the power comes from.
pub trait Power: Debug + Send + Sync {
    /// Whether the machine runs on its battery.
    fn on_battery(&self) -> bool;
}

/// The power supply that all parts of one [`App`](crate::App) ask.
pub type SharedPower = Arc<dyn Power>;

/// What the system says. A machine without a battery, or one that can't be asked, is not on battery.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemPower;

impl Power for SystemPower {
    fn on_battery(&self) -> bool {
        let Ok(batteries) = Manager::new().and_then(|manager| manager.batteries()) else { return false };
        batteries.flatten().any(|battery| battery.state() == State::Discharging)
    }
}
