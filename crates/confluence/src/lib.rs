//! Client for Confluence Cloud: OAuth 2.0 (3LO), REST v2, paging, rate limits, storage format to sections.
//!
//! [`auth`] signs a person in and keeps their tokens fresh, [`accessible_sites`] tells which sites they may read,
//! [`Client`] reads one of them. Nothing here can change a page: [`Transport`] sends GET, POST to the token
//! endpoint, and the POST that asks for people's names, and no more.

pub mod adf;
pub mod auth;
pub mod storage;
pub mod transport;

mod client;
mod clock;
mod cursor;
mod endpoints;
mod error;
mod fetch;
mod listing;
mod model;
mod page_heads;
mod sites;
mod wire;

pub use auth::{AuthError, Credentials, OAuthApp, TokenSet};
pub use client::Client;
pub use clock::{Clock, SystemClock};
pub use endpoints::Endpoints;
pub use error::{BodyProblem, Error, RetryKind};
pub use fetch::FetchedPages;
pub use model::{Body, BodyFormat, Folder, FolderId, Page, PageHead, PageId, PageStatus, Space, SpaceId};
pub use page_heads::{HeadOrder, PageHeads};
pub use sites::{Site, accessible_sites, site_of_url};
pub use transport::{RateLimit, Transport, TransportOptions, Usage};
