//! The site in a browser: what a citation's link opens.

pub(crate) mod pages;
