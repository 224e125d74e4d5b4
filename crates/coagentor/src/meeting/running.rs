//! The meeting that runs in the window: captions come from several sides and are heard one after the other.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use captions::{Read, Reader};
use tokio::{
    sync::{mpsc, oneshot},
    task::AbortHandle,
};

use super::{
    live::Live,
    session::Session,
    view::{Card, Endpoint, MeetingDraft},
};
use crate::{App, Error, events::AppEvent};

/// Captions that may wait to be heard; whoever sends more waits.
const QUEUE: usize = 1024;
/// After so long without a word, a partial sentence counts as ended.
const SILENCE: Duration = Duration::from_millis(1500);

/// What is under way.
pub(crate) struct Running {
    pub id: u32,
    input: mpsc::Sender<Input>,
    live: Arc<Mutex<Live>>,
    tasks: Mutex<Tasks>,
}

#[derive(Default)]
struct Tasks {
    file: Option<AbortHandle>,
    pub(super) endpoint: Option<AbortHandle>,
}

pub(super) enum Input {
    Read(Read),
    Problem(String),
    /// Everything before was heard.
    Flush(oneshot::Sender<()>),
    End(oneshot::Sender<Result<(), Error>>),
}

fn open(live: &Mutex<Live>) -> MutexGuard<'_, Live> {
    live.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Running {
    /// Starts a meeting and a task that hears for it.
    pub(super) async fn start(app: &App, draft: &MeetingDraft) -> Result<Self, Error> {
        let session = Session::start(app, draft).await?;
        let (input, inputs) = mpsc::channel(QUEUE);
        let live = Arc::new(Mutex::new(Live::default()));
        let id = session.id();
        tokio::spawn(Hearing { app: app.clone(), session, live: Arc::clone(&live) }.run(inputs));
        Ok(Self { id, input, live, tasks: Mutex::default() })
    }

    pub(super) fn live(&self) -> MutexGuard<'_, Live> {
        open(&self.live)
    }

    pub(super) fn input(&self) -> mpsc::Sender<Input> {
        self.input.clone()
    }

    fn tasks(&self) -> MutexGuard<'_, Tasks> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hears text that was pasted or typed, in any format of captions.
    pub(super) async fn add_text(&self, text: &str) -> Result<(), Error> {
        let mut reader = Reader::new();
        let mut read = reader.feed(text.as_bytes());
        read.extend(reader.finish());
        for read in read {
            self.input.send(Input::Read(read)).await.map_err(|_| Error::MeetingEnded)?;
        }
        let (done, flushed) = oneshot::channel();
        self.input.send(Input::Flush(done)).await.map_err(|_| Error::MeetingEnded)?;
        flushed.await.map_err(|_| Error::MeetingEnded)
    }

    /// Follows a file from its beginning; another one that was followed is let go.
    pub(super) fn follow(&self, app: &App, path: &Path) {
        self.stop_file();
        self.live().file = Some(path.to_owned());
        let task = tokio::spawn(super::follow::follow(path.to_owned(), self.input.clone()));
        self.tasks().file = Some(task.abort_handle());
        app.events.send(AppEvent::Meeting);
    }

    pub(super) fn stop_file(&self) {
        if let Some(task) = self.tasks().file.take() {
            task.abort();
        }
        self.live().file = None;
    }

    pub(super) fn set_endpoint(&self, endpoint: Option<(Endpoint, AbortHandle)>) {
        let (endpoint, task) = endpoint.unzip();
        if let Some(before) = std::mem::replace(&mut self.tasks().endpoint, task) {
            before.abort();
        }
        self.live().endpoint = endpoint;
    }

    /// Hears what waits, and ends the meeting.
    pub(super) async fn end(&self) -> Result<(), Error> {
        self.stop_file();
        self.set_endpoint(None);
        let (done, ended) = oneshot::channel();
        self.input.send(Input::End(done)).await.map_err(|_| Error::MeetingEnded)?;
        ended.await.map_err(|_| Error::MeetingEnded)?
    }

    /// What the person did with a card.
    pub(super) fn set_card(&self, id: u32, pinned: bool, dismissed: bool) {
        self.live().set_card(id, pinned, dismissed);
    }
}

/// The task that hears.
struct Hearing {
    app: App,
    session: Session,
    live: Arc<Mutex<Live>>,
}

impl Hearing {
    async fn run(mut self, mut inputs: mpsc::Receiver<Input>) {
        let mut is_partial = false;
        loop {
            let input = if is_partial {
                let Ok(input) = tokio::time::timeout(SILENCE, inputs.recv()).await else {
                    is_partial = false;
                    self.pause().await;
                    continue;
                };
                input
            } else {
                inputs.recv().await
            };
            match input {
                Some(Input::Read(read)) => is_partial = self.hear(read).await,
                Some(Input::Problem(problem)) => self.tell(problem),
                Some(Input::Flush(done)) => _ = done.send(()),
                Some(Input::End(done)) => {
                    _ = done.send(self.session.end().await);
                    return;
                }
                None => return,
            }
        }
    }

    /// Hears, and says whether the sentence may still grow. Whatever goes wrong with one caption, the meeting goes on.
    async fn hear(&mut self, read: Read) -> bool {
        let caption = match read {
            Read::Caption(caption) => caption,
            Read::Problem(problem) => {
                self.tell(problem.to_string());
                return false;
            }
        };
        let is_partial = !caption.is_final;
        match self.session.hear(caption).await {
            Ok(outcome) => {
                let mut live = open(&self.live);
                live.heard = self.session.heard();
                if let Some(segment) = outcome.segment {
                    live.put_segment(segment);
                }
                if outcome.clock_went_back {
                    live.put_problem(
                        "the clock of the captions went back; they are taken in the order they came".to_owned(),
                    );
                }
                drop(live);
                self.show(outcome.shown);
            }
            Err(error) => self.tell(error.to_string()),
        }
        is_partial
    }

    async fn pause(&mut self) {
        match self.session.pause().await {
            Ok(shown) => self.show(shown),
            Err(error) => self.tell(error.to_string()),
        }
    }

    fn show(&self, shown: Option<(super::Found, Card)>) {
        if let Some((found, card)) = shown {
            open(&self.live).put_card(card);
            self.app.write_answer(self.session.id(), found, &self.live);
            self.app.events.send(AppEvent::Meeting);
        }
    }

    fn tell(&self, problem: String) {
        tracing::debug!(problem, "a caption was not taken");
        open(&self.live).put_problem(problem);
        self.app.events.send(AppEvent::Meeting);
    }
}
