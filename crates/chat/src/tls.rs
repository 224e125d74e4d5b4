//! Which certificates are trusted.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

/// TLS on ring, set for this client alone. The system's certificates are trusted, as company proxies need it; a machine
/// without any gets Mozilla's.
pub(crate) fn config() -> Result<ClientConfig, rustls::Error> {
    let builder = || {
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions()
    };
    let config = match builder()?.with_platform_verifier() {
        Ok(trusting_system) => trusting_system.with_no_client_auth(),
        Err(error) => {
            tracing::warn!(%error, "the system has no usable root certificates: trusting the built-in ones");
            let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
            builder()?.with_root_certificates(roots).with_no_client_auth()
        }
    };
    Ok(config)
}
