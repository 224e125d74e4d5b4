//! The application against a simulated Confluence site.

mod browser;
mod desk;
mod failures;
mod histories;
mod runs;
