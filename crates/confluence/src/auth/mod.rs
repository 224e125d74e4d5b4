//! Signing in with OAuth 2.0 (3LO), and staying signed in.
//!
//! [`LoopbackCallback::bind`] the callback's port, [`Authorization::begin`], open [`Authorization::url`] in the browser,
//! wait for the code, [`exchange`] it, choose one of the [sites](crate::accessible_sites), and hand the tokens to a [`TokenSource`].

mod app;
mod authorization;
mod callback_page;
mod callback_request;
mod credentials;
mod error;
mod loopback;
mod store;
mod token_endpoint;
mod token_set;
mod token_source;

pub use app::OAuthApp;
pub use authorization::{Authorization, AuthorizationCode};
pub use credentials::Credentials;
pub use error::AuthError;
pub use loopback::LoopbackCallback;
pub use store::{MemoryTokenStore, StoreError, StoreLock, TokenStore};
pub use token_endpoint::exchange;
pub use token_set::{TokenSet, UnreadableTokens};
pub use token_source::TokenSource;
