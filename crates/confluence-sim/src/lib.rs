//! A Confluence Cloud site and Atlassian's authorization server on loopback, for tests, benches and the sample workspace.
//!
//! ```no_run
//! # async fn example() -> Result<(), confluence_sim::SimError> {
//! use confluence_sim::{Simulator, SpaceSource};
//!
//! let sim = Simulator::builder()
//!     .space(SpaceSource::from_dir("OPS", "docs")?)
//!     .generate("GEN", 1_000, 7)
//!     .start()
//!     .await?;
//! println!("authorize and call the API at {}", sim.url());
//! let tokens = sim.sign_in_tokens("read:space:confluence read:page:confluence offline_access");
//! # drop(tokens);
//! sim.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! One listener serves everything; the paths of Atlassian's several hosts do not clash:
//!
//! | path | on Atlassian's cloud |
//! |---|---|
//! | `/authorize`, `/oauth/token` | `auth.atlassian.com` |
//! | `/oauth/token/accessible-resources`, `/ex/confluence/{cloudId}/wiki/api/v2/…` | `api.atlassian.com` |
//! | `/wiki/api/v2/…` (email and API token), `/_edge/tenant_info`, `/wiki/…`, `/x/…` | the site's own host |
//!
//! Only reading is offered: every method but GET is refused with 405 and counted, except the token endpoint, the consent
//! form and `POST /users-bulk`. A browser sees a consent page; `/authorize?…&auto=allow` or `&auto=deny` answers at once.
//!
//! # Steering it
//!
//! [`RunningSimulator::control`] changes content, injects [`Fault`]s, reads the log and moves the clock. The same is
//! offered over HTTP below `/__sim` (JSON, `Content-Type: application/json`), unless the builder switched it off:
//!
//! | request | body | answer |
//! |---|---|---|
//! | `POST /__sim/mutate` | a [`Mutation`], and `site` (a name) where it is not the first | `{"id"}` |
//! | `POST /__sim/faults` | a [`Fault`] | `{}` |
//! | `POST /__sim/faults/clear` | `{}` | `{}` |
//! | `GET /__sim/log` | | `{"counters", "requests"}`, see [`Counters`] and [`RequestRecord`] |
//! | `POST /__sim/log/clear` | `{}` | `{}` |
//! | `POST /__sim/clock` | `{"advance_seconds": n}` | `{"now"}` |
//! | `POST /__sim/oauth` | `{"do": "revoke_grants"}` or `{"do": "expire_access_tokens"}` | `{}` |
//! | `POST /__sim/tokens` | `{"scope": "…"}` | a token pair without a consent page |
//! | `POST /__sim/points` | a [`PointsLimit`], or `null` for none | `{}` |
//! | `GET /__sim/pages?space=KEY` | | `{"pages": [`[`PageSummary`]`]}` |

mod api;
mod body;
mod builder;
mod clock;
mod content;
mod control;
mod error;
mod escape;
mod markup;
mod oauth;
mod router;
mod running;
mod shared;
mod site;
mod steering;
mod traffic;
mod web;

pub use api::auth::DEFAULT_API_TOKEN;
pub use builder::{Simulator, SimulatorBuilder, SiteSource};
pub use clock::Clock;
pub use content::source::SpaceSource;
pub use control::{Control, PageSummary};
pub use error::SimError;
pub use markup::{NotWellFormed, check_well_formed};
pub use oauth::client::{ClientRegistration, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, DEFAULT_REDIRECT_URIS};
pub use oauth::grants::{
    ABSOLUTE_LIFETIME, ACCESS_LIFETIME, CODE_LIFETIME, INACTIVITY_LIFETIME, REUSE_LEEWAY, TokenPair,
};
pub use oauth::token::ErrorDialect;
pub use running::{RunningSimulator, SiteSummary};
pub use site::model::{ACCOUNT_EMAIL, ACCOUNT_ID, ACCOUNT_NAME, Status};
pub use site::mutate::Mutation;
pub use traffic::faults::{Fault, FaultEffect, FaultWhen};
pub use traffic::ledger::{HeaderDialect, PointsLimit};
pub use traffic::log::{Counters, RequestRecord};
