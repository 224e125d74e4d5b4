//! One run at a time over all processes: a lock on a file that says who holds it.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
};

use crate::Error;

/// Held while a run works; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct SyncLock {
    _file: File,
}

impl SyncLock {
    pub(crate) fn acquire(path: &Path) -> Result<Self, Error> {
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(path).map_err(Error::file(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut who = String::new();
                let _ = file.read_to_string(&mut who);
                let who = if who.is_empty() { "in another process".to_owned() } else { who };
                return Err(Error::SyncRunning { who });
            }
            Err(TryLockError::Error(error)) => return Err(Error::file(path)(error)),
        }
        sign(&mut file).map_err(Error::file(path))?;
        Ok(Self { _file: file })
    }

    /// Whether somebody holds it at this moment.
    pub(crate) fn is_held(path: &Path) -> bool {
        File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

fn sign(file: &mut File) -> std::io::Result<()> {
    let program = std::env::current_exe().ok();
    let name = program.as_deref().and_then(Path::file_stem).map_or("coagentor".into(), |stem| stem.to_string_lossy());
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "{name}, process {}", std::process::id())?;
    file.flush()
}
