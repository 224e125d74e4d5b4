//! Atlassian's authorization server: consent, codes, tokens, and the list of sites a token reaches.

pub(crate) mod authorize;
pub(crate) mod client;
mod consent;
pub(crate) mod grants;
mod pkce;
pub(crate) mod resources;
pub(crate) mod token;

pub(crate) use consent::page;
