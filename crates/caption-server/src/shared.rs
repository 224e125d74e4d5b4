//! What all requests share.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use captions::Read;
use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_util::sync::CancellationToken;

use crate::{Fed, rate::Bucket};

/// A connection's place among those that may be open at once.
pub(crate) type Place = Arc<OwnedSemaphorePermit>;

/// Problems of one request or message that are told; the others are counted.
pub(crate) const TOLD: usize = 20;

/// What all requests share.
#[derive(Clone)]
pub(crate) struct Shared {
    token: [u8; 32],
    pub port: u16,
    pub stop: CancellationToken,
    bucket: Arc<Mutex<Bucket>>,
    receiver: mpsc::Sender<Fed>,
}

/// Nobody takes captions any more.
pub(crate) struct Gone;

impl Shared {
    pub(crate) fn new(token: &str, port: u16, stop: CancellationToken, receiver: mpsc::Sender<Fed>) -> Self {
        let bucket = Arc::new(Mutex::new(Bucket::new(Instant::now())));
        Self { token: digest(token), port, stop, bucket, receiver }
    }

    /// Whether it is the token. Digests of one length are compared to their end, so the time tells nothing about it.
    pub(crate) fn knows(&self, token: &str) -> bool {
        let differences = self.token.iter().zip(digest(token)).fold(0, |all, (one, other)| all | (one ^ other));
        std::hint::black_box(differences) == 0
    }

    /// Takes so many captions from what may be said; how long to wait where there are not so many.
    pub(crate) fn take(&self, count: u32) -> Result<(), Duration> {
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner).take(count, Instant::now())
    }

    /// Waits until one more may be said.
    pub(crate) async fn wait(&self) {
        while let Err(wait) = self.take(1) {
            tokio::time::sleep(wait).await;
        }
    }

    /// Passes on, when there is room.
    pub(crate) async fn pass(&self, fed: Fed) -> Result<(), Gone> {
        self.receiver.send(fed).await.map_err(|_| Gone)
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// What was read as it is passed on, the problems beyond [`TOLD`] in one.
pub(crate) fn feed(reads: Vec<Read>) -> Vec<Fed> {
    let mut problems = 0;
    let mut all = Vec::with_capacity(reads.len());
    for read in reads {
        match read {
            Read::Caption(caption) => all.push(Fed::Caption(caption)),
            Read::Problem(problem) => {
                problems += 1;
                if problems <= TOLD {
                    all.push(Fed::Problem(problem.to_string()));
                }
            }
        }
    }
    match problems.saturating_sub(TOLD) {
        0 => {}
        1 => all.push(Fed::Problem("1 more problem".to_owned())),
        more => all.push(Fed::Problem(format!("{more} more problems"))),
    }
    all
}
