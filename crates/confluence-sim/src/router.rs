//! Which path is served by which room.

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{any, get, post};

use crate::api::serve;
use crate::oauth::{authorize, resources, token};
use crate::shared::Shared;
use crate::steering;
use crate::traffic::observe::observe;
use crate::web::pages as web;

/// All paths of the simulator, under the layer that logs and spoils.
pub(crate) fn router(shared: &Arc<Shared>) -> Router {
    let mut router: Router<Arc<Shared>> = Router::new()
        .route("/authorize", get(authorize::authorize).post(authorize::decide))
        .route("/oauth/token", post(token::token))
        .route("/oauth/token/accessible-resources", get(resources::accessible_resources))
        .route("/ex/confluence/{cloud_id}/wiki/api/v2/{*path}", any(serve::gateway))
        .route("/ex/confluence/{cloud_id}/wiki/rest/api/{*path}", any(serve::gone))
        .route("/wiki/api/v2/{*path}", any(serve::direct))
        .route("/wiki/rest/api/{*path}", any(serve::gone))
        .route("/_edge/tenant_info", get(serve::tenant_info))
        .route("/wiki", get(web::home))
        .route("/wiki/{*path}", get(web::open))
        .route("/site/{name}/wiki", get(web::site_home))
        .route("/site/{name}/wiki/{*path}", get(web::site_open))
        .route("/x/{code}", get(web::short))
        .fallback(serve::not_found);
    if shared.settings.control_api {
        router = router.merge(steering::routes());
    }
    router.layer(middleware::from_fn_with_state(shared.clone(), observe)).with_state(shared.clone())
}
