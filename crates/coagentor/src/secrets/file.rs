//! Secrets in one JSON file with mode 0600, replaced as a whole so that a crash leaves the old or the new one.

use std::{collections::BTreeMap, io::Write, path::Path};

use secrecy::{ExposeSecret, SecretString};

use crate::Error;

pub(super) type Map = BTreeMap<String, SecretString>;

pub(super) fn read(path: &Path) -> Result<Map, Error> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Map::new()),
        Err(error) => return Err(Error::file(path)(error)),
    };
    let plain: BTreeMap<String, String> = serde_json::from_slice(&bytes)
        .map_err(|_| Error::SecretStore { reason: format!("`{}` is not readable as JSON", path.display()) })?;
    Ok(plain.into_iter().map(|(name, secret)| (name, SecretString::from(secret))).collect())
}

pub(super) fn update(path: &Path, change: impl FnOnce(&mut Map)) -> Result<(), Error> {
    let mut map = read(path)?;
    change(&mut map);
    let plain: BTreeMap<&str, &str> =
        map.iter().map(|(name, secret)| (name.as_str(), secret.expose_secret())).collect();
    let json = serde_json::to_vec(&plain)
        .map_err(|error| Error::SecretStore { reason: format!("it can't be written: {error}") })?;
    replace(path, &json).map_err(Error::file(path))
}

/// Removes a file that may be there.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::file(path)(error)),
        _ => Ok(()),
    }
}

/// Writes a file that only the user can read.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let next = path.with_added_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&next)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&next, path)
}
