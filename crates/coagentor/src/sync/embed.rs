//! Embedding during a run and after it. It waits while the machine is on battery, where the person wants that.

use std::{sync::atomic::Ordering, time::Instant};

use knowledge::EmbedProgress;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{SyncControl, SyncPhase};
use crate::{App, Error, events::AppEvent};

impl App {
    /// Embeds what is committed while pages are still being fetched. Ends only with an error.
    pub(super) async fn embed_alongside(&self, control: &SyncControl, committed: &Notify) -> Result<(), Error> {
        loop {
            committed.notified().await;
            control.checkpoint().await?;
            if self.knowledge.has_embedder() && self.may_embed().await? {
                self.embed_pending(&control.stop(), |_| {}).await?;
            }
        }
    }

    /// Embeds what is left at the end of a run.
    pub(super) async fn embed_rest(&self, control: &SyncControl) -> Result<(), Error> {
        if !self.has_model() {
            return Ok(());
        }
        let pages = self.knowledge.counts(None).await?.pending as usize;
        control.enter(SyncPhase::Embedding, Some(pages));
        let started = Instant::now();
        loop {
            control.checkpoint().await?;
            if !self.may_embed().await? {
                self.embedding_waits.store(true, Ordering::Relaxed);
                return Ok(());
            }
            let is_done = self
                .embed_pending(&control.stop(), |at| {
                    control.update(|progress| {
                        progress.done = share(pages, at);
                        progress.phase_seconds = started.elapsed().as_secs_f64();
                    });
                })
                .await?;
            if is_done {
                return Ok(());
            }
        }
    }

    /// Embeds until nothing waits, `stop` is cancelled, or the plug is pulled; true where nothing waits.
    async fn embed_pending(
        &self,
        stop: &CancellationToken,
        mut on_progress: impl FnMut(EmbedProgress) + Send,
    ) -> Result<bool, Error> {
        let spares_battery = self.store.settings().await?.pause_on_battery;
        let stop = stop.child_token();
        let report = self
            .knowledge
            .embed_pending(&stop, |at| {
                on_progress(at);
                if spares_battery && self.config.power.on_battery() {
                    stop.cancel();
                }
            })
            .await?;
        Ok(!report.stopped)
    }

    /// Embeds what a scan of files brought.
    pub(crate) async fn embed_files(&self) -> Result<(), Error> {
        if !self.has_model() {
            return Ok(());
        }
        if !self.may_embed().await? || !self.embed_pending(&CancellationToken::new(), |_| {}).await? {
            self.embedding_waits.store(true, Ordering::Relaxed);
        }
        self.events.send(AppEvent::Files);
        Ok(())
    }

    /// Looks whether something waits to be embedded since the app last ran.
    pub(crate) async fn note_waiting_embeddings(&self) {
        if self.knowledge.counts(None).await.is_ok_and(|counts| counts.pending > 0) {
            self.embedding_waits.store(true, Ordering::Relaxed);
        }
    }

    /// Embeds what had to wait, once it may. A run under way does so itself.
    pub(crate) async fn embed_what_waited(&self) -> Result<(), Error> {
        if !self.has_model() || self.is_syncing() || !self.may_embed().await? {
            return Ok(());
        }
        if !self.embedding_waits.swap(false, Ordering::Relaxed) {
            return Ok(());
        }
        let done = self.embed_pending(&CancellationToken::new(), |_| {}).await;
        if !matches!(done, Ok(true)) {
            self.embedding_waits.store(true, Ordering::Relaxed);
        }
        self.events.send(AppEvent::Pages);
        done.map(|_| ())
    }
}

/// Pages done, told from the chunks done.
fn share(pages: usize, at: EmbedProgress) -> usize {
    (pages as u64 * at.done).checked_div(at.total).map_or(pages, |done| done as usize)
}
