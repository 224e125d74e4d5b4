//! The system's own secret store.

use keyring::v1::{Entry, Error as KeyringError};
use secrecy::{ExposeSecret, SecretString};

use crate::Error;

const SERVICE: &str = "com.coagentor.desktop";

fn entry(name: &str) -> Result<Entry, Error> {
    Entry::new(SERVICE, name).map_err(refused)
}

/// Whether the system has a secret store.
pub(super) fn look() -> Result<(), Error> {
    entry("probe").map(|_| ())
}

pub(super) fn get(name: &str) -> Result<Option<SecretString>, Error> {
    match entry(name)?.get_password() {
        Ok(secret) => Ok(Some(SecretString::from(secret))),
        Err(KeyringError::NoEntry) => Ok(None),
        Err(error) => Err(refused(error)),
    }
}

pub(super) fn put(name: &str, secret: &SecretString) -> Result<(), Error> {
    entry(name)?.set_password(secret.expose_secret()).map_err(refused)
}

pub(super) fn delete(name: &str) -> Result<(), Error> {
    match entry(name)?.delete_credential() {
        Ok(()) | Err(KeyringError::NoEntry) => Ok(()),
        Err(error) => Err(refused(error)),
    }
}

// The library's errors name the platform's failure, never the secret.
#[allow(clippy::needless_pass_by_value, reason = "the shape that map_err takes")]
fn refused(error: KeyringError) -> Error {
    Error::SecretStore { reason: error.to_string() }
}
