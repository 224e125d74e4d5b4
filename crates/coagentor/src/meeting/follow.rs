//! A file of captions that grows while people talk.

use std::{path::PathBuf, time::Duration};

use captions::{Read, Reader};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt, SeekFrom},
    sync::mpsc,
};

use super::running::Input;

/// How often a file is looked at while a meeting runs. A notification of the system would not come for every file system.
const EVERY: Duration = Duration::from_millis(250);
/// Bytes read at a time.
const PART: usize = 64 * 1024;

/// Follows a file from its beginning until it is dropped. A file that is gone for a while, or was cut, is told once.
pub(super) async fn follow(path: PathBuf, input: mpsc::Sender<Input>) {
    let mut following = Following { path, input, at: 0, reader: Reader::new(), trouble: None };
    while following.look().await.is_some() {
        tokio::time::sleep(EVERY).await;
    }
}

struct Following {
    path: PathBuf,
    input: mpsc::Sender<Input>,
    /// How many bytes were read.
    at: u64,
    reader: Reader,
    /// What was told last, so that it is told once.
    trouble: Option<String>,
}

impl Following {
    /// Reads what is new; none when nobody listens any more.
    async fn look(&mut self) -> Option<()> {
        match self.read_new().await {
            Ok(read) => {
                self.trouble = None;
                for read in read {
                    self.input.send(Input::Read(read)).await.ok()?;
                }
            }
            Err(error) => {
                let trouble = format!("`{}` can't be read: {error}", self.path.display());
                if self.trouble.as_ref() != Some(&trouble) {
                    self.input.send(Input::Problem(trouble.clone())).await.ok()?;
                    self.trouble = Some(trouble);
                }
            }
        }
        (!self.input.is_closed()).then_some(())
    }

    async fn read_new(&mut self) -> std::io::Result<Vec<Read>> {
        let length = tokio::fs::metadata(&self.path).await?.len();
        if length == self.at {
            return Ok(Vec::new());
        }
        let mut read = Vec::new();
        if length < self.at {
            // It was written anew: what comes is not the rest of what was there.
            read.extend(std::mem::take(&mut self.reader).finish());
            self.at = 0;
        }
        let mut file = File::open(&self.path).await?;
        file.seek(SeekFrom::Start(self.at)).await?;
        let mut part = vec![0; PART];
        loop {
            let count = file.read(&mut part).await?;
            if count == 0 {
                return Ok(read);
            }
            self.at += count as u64;
            read.extend(self.reader.feed(part.get(..count).unwrap_or_default()));
        }
    }
}
