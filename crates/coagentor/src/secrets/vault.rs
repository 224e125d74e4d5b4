//! Secrets in a file that a passphrase opens, for a system without a secret store.
//!
//! The passphrase goes through Argon2id (RFC 9106), the secrets through XChaCha20-Poly1305. Settings and salt are
//! authenticated with them. The key stays in memory while the app runs, the passphrase does not.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use secrecy::{ExposeSecret, ExposeSecretMut, SecretBox, SecretString};
use serde::{Deserialize, Serialize};

use super::file::{Map, replace};
use crate::Error;

/// Shortest passphrase that is taken, in characters.
const SHORTEST: usize = 8;
/// Memory for one guess, in KiB; RFC 9106 has 64 MiB for machines that are not servers.
const MEMORY: u32 = 64 * 1024;
/// Passes over that memory.
const PASSES: u32 = 3;
/// What a file may ask for at most, so that a forged one can't use up the machine.
const MOST_MEMORY: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;
const FORMAT: u32 = 1;
const SALT: usize = 16;
const NONCE: usize = 24;

/// The file, open or not.
#[derive(Debug)]
pub(super) struct Vault {
    path: PathBuf,
    open: Mutex<Option<Open>>,
}

#[derive(Debug)]
struct Open {
    key: SecretBox<[u8; 32]>,
    lock: Lock,
    map: Map,
}

/// How the key is made of a passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Lock {
    format: u32,
    memory_kib: u32,
    passes: u32,
    salt: String,
}

/// What is in the file.
#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(flatten)]
    lock: Lock,
    nonce: String,
    secrets: String,
}

impl Vault {
    /// The file that is there, locked.
    pub(super) fn locked(path: PathBuf) -> Self {
        Self { path, open: Mutex::default() }
    }

    /// A new file with these secrets, open; one that was there before is replaced.
    pub(super) fn create(path: PathBuf, passphrase: &SecretString, map: Map) -> Result<Self, Error> {
        if passphrase.expose_secret().chars().count() < SHORTEST {
            let reason = format!("it is shorter than {SHORTEST} characters");
            return Err(Error::Setting { name: "passphrase".to_owned(), reason });
        }
        let mut salt = [0; SALT];
        fill(&mut salt)?;
        let lock = Lock { format: FORMAT, memory_kib: MEMORY, passes: PASSES, salt: STANDARD.encode(salt) };
        let open = Open { key: lock.key(passphrase)?, lock, map };
        open.write(&path)?;
        Ok(Self { path, open: Mutex::new(Some(open)) })
    }

    /// Opens the file.
    pub(super) fn unlock(&self, passphrase: &SecretString) -> Result<(), Error> {
        let bytes = std::fs::read(&self.path).map_err(Error::file(&self.path))?;
        let sealed: Sealed = serde_json::from_slice(&bytes).map_err(|_| self.unreadable())?;
        let key = sealed.lock.key(passphrase)?;
        let map = sealed.open(&key)?;
        *self.guard() = Some(Open { key, lock: sealed.lock, map });
        Ok(())
    }

    pub(super) fn is_locked(&self) -> bool {
        self.guard().is_none()
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&Map) -> T) -> Result<T, Error> {
        self.guard().as_ref().map(|open| look(&open.map)).ok_or(Error::SecretsLocked)
    }

    /// Changes the secrets and writes them; when that fails nothing has changed.
    pub(super) fn update(&self, change: impl FnOnce(&mut Map)) -> Result<(), Error> {
        let mut guard = self.guard();
        let open = guard.as_mut().ok_or(Error::SecretsLocked)?;
        let before = open.map.clone();
        change(&mut open.map);
        open.write(&self.path).inspect_err(|_| open.map = before)
    }

    fn guard(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unreadable(&self) -> Error {
        Error::SecretStore { reason: format!("`{}` is not a file of secrets", self.path.display()) }
    }
}

impl Open {
    fn write(&self, path: &Path) -> Result<(), Error> {
        let plain: BTreeMap<&str, &str> =
            self.map.iter().map(|(name, secret)| (name.as_str(), secret.expose_secret())).collect();
        let plain = SecretString::from(serde_json::to_string(&plain).map_err(|_| failed("it can't be written"))?);
        let mut nonce = [0; NONCE];
        fill(&mut nonce)?;
        let payload = Payload { msg: plain.expose_secret().as_bytes(), aad: &self.lock.authenticated()? };
        let secrets =
            cipher(&self.key).encrypt(&XNonce::from(nonce), payload).map_err(|_| failed("it can't be encrypted"))?;
        let sealed =
            Sealed { lock: self.lock.clone(), nonce: STANDARD.encode(nonce), secrets: STANDARD.encode(secrets) };
        let bytes = serde_json::to_vec(&sealed).map_err(|_| failed("it can't be written"))?;
        replace(path, &bytes).map_err(Error::file(path))
    }
}

impl Lock {
    fn key(&self, passphrase: &SecretString) -> Result<SecretBox<[u8; 32]>, Error> {
        if self.format != FORMAT || self.memory_kib > MOST_MEMORY || self.passes > MOST_PASSES {
            return Err(failed("its file is of a kind that this version can't read"));
        }
        let salt = STANDARD.decode(&self.salt).map_err(|_| Error::WrongPassphrase)?;
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(|_| Error::WrongPassphrase)?;
        let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut key = SecretBox::new(Box::new([0; 32]));
        hash.hash_password_into(passphrase.expose_secret().as_bytes(), &salt, key.expose_secret_mut())
            .map_err(|_| Error::WrongPassphrase)?;
        Ok(key)
    }

    fn authenticated(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(|_| failed("it can't be written"))
    }
}

impl Sealed {
    /// Another passphrase and a damaged file can't be told apart.
    fn open(&self, key: &SecretBox<[u8; 32]>) -> Result<Map, Error> {
        let wrong = || Error::WrongPassphrase;
        let nonce = STANDARD.decode(&self.nonce).ok().and_then(|nonce| <[u8; NONCE]>::try_from(nonce).ok());
        let nonce = XNonce::from(nonce.ok_or_else(wrong)?);
        let secrets = STANDARD.decode(&self.secrets).map_err(|_| wrong())?;
        let payload = Payload { msg: &secrets, aad: &self.lock.authenticated()? };
        let plain = cipher(key).decrypt(&nonce, payload).map_err(|_| wrong())?;
        let plain: BTreeMap<String, String> = serde_json::from_slice(&plain).map_err(|_| wrong())?;
        Ok(plain.into_iter().map(|(name, secret)| (name, SecretString::from(secret))).collect())
    }
}

fn cipher(key: &SecretBox<[u8; 32]>) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key.expose_secret()))
}

fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|error| failed(&format!("the system gives no random numbers: {error}")))
}

fn failed(reason: &str) -> Error {
    Error::SecretStore { reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn passphrase() -> SecretString {
        SecretString::from("correct horse")
    }

    fn one() -> Map {
        Map::from([("a".to_owned(), SecretString::from("canary"))])
    }

    fn value(vault: &Vault, name: &str) -> Option<String> {
        let found = vault.read(|map| map.get(name).map(|secret| secret.expose_secret().to_owned()));
        found.unwrap()
    }

    #[test]
    fn opens_with_its_passphrase_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault");
        let vault = Vault::create(path.clone(), &passphrase(), one()).unwrap();
        vault.update(|map| drop(map.insert("b".to_owned(), SecretString::from("second")))).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("canary") && !text.contains("second") && !text.contains("horse"), "{text}");
        assert!(!format!("{vault:?}").contains("canary"));

        let again = Vault::locked(path);
        assert!(again.is_locked());
        assert_eq!(again.read(Map::len).unwrap_err().code(), "secrets_locked");
        assert_eq!(again.unlock(&SecretString::from("correct house")).unwrap_err().code(), "wrong_passphrase");
        assert!(again.is_locked());
        again.unlock(&passphrase()).unwrap();
        assert_eq!((value(&again, "a").as_deref(), value(&again, "b").as_deref()), (Some("canary"), Some("second")));
    }

    #[test]
    fn a_short_passphrase_is_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault");
        assert_eq!(Vault::create(path.clone(), &"1234567".into(), one()).unwrap_err().code(), "bad_setting");
        assert!(!path.exists());
    }

    #[rstest]
    #[case::not_json("{", "secret_store")]
    #[case::nothing("", "secret_store")]
    #[case::of_a_later_version(
        r#"{"format":2,"memory_kib":8,"passes":1,"salt":"","nonce":"","secrets":""}"#,
        "secret_store"
    )]
    #[case::greedy(
        r#"{"format":1,"memory_kib":4294967295,"passes":1,"salt":"","nonce":"","secrets":""}"#,
        "secret_store"
    )]
    #[case::damaged(
        r#"{"format":1,"memory_kib":64,"passes":1,"salt":"AAAAAAAAAAAAAAAAAAAAAA==","nonce":"AA==","secrets":"AA=="}"#,
        "wrong_passphrase"
    )]
    fn a_broken_file_is_an_error(#[case] text: &str, #[case] code: &str) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault");
        std::fs::write(&path, text).unwrap();
        assert_eq!(Vault::locked(path).unlock(&passphrase()).unwrap_err().code(), code);
    }

    #[test]
    fn its_settings_are_authenticated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault");
        Vault::create(path.clone(), &passphrase(), one()).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("\"format\":1", "\"format\": 1").replace("\"passes\":3", "\"passes\":2"))
            .unwrap();
        assert_eq!(Vault::locked(path).unlock(&passphrase()).unwrap_err().code(), "wrong_passphrase");
    }

    #[cfg(unix)]
    #[test]
    fn is_readable_by_the_user_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault");
        Vault::create(path.clone(), &passphrase(), one()).unwrap();
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
