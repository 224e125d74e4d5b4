//! What a model writes from the hits of a card, where the person has set one.

use std::sync::{Arc, Mutex};

use super::{Found, running::Live};
use crate::App;

impl App {
    /// Lets a model answer from the hits of a card, in the background, where the person has set one.
    pub(super) fn write_answer(&self, _meeting: u32, _found: Found, _live: &Arc<Mutex<Live>>) {}
}
