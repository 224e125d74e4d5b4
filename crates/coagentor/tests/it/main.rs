//! The application against a simulated Confluence site.

mod browser;
mod desk;
mod histories;
mod runs;
