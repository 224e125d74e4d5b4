//! The threads that embed.

use std::{
    sync::{Arc, mpsc},
    thread::JoinHandle,
    time::Duration,
};

use fastembed::TextEmbedding;

use super::{
    error::EmbedError,
    queue::{Job, Next, Queue, Takes},
};

/// After that long without work a session's memory is given back.
const PATIENCE: Duration = Duration::from_mins(1);

/// Makes another session of the same model.
pub(super) type OpenSession = Arc<dyn Fn() -> Result<TextEmbedding, EmbedError> + Send + Sync>;

/// One thread per session. The first holds its session always; the others load theirs when passages wait.
#[derive(Debug)]
pub(super) struct Workers {
    queue: Arc<Queue>,
    threads: Vec<JoinHandle<()>>,
    dimension: usize,
}

impl Workers {
    /// Loads the first session and starts `sessions` threads, at least one.
    pub(super) fn start(open: &OpenSession, sessions: usize, dimension: usize) -> Result<Self, EmbedError> {
        let mut workers = Self { queue: Arc::default(), threads: Vec::new(), dimension };
        workers.add(Worker { session: Some(open()?), open: Arc::clone(open), stays: true })?;
        for _ in 1..sessions {
            workers.add(Worker { session: None, open: Arc::clone(open), stays: false })?;
        }
        Ok(workers)
    }

    fn add(&mut self, mut worker: Worker) -> Result<(), EmbedError> {
        let queue = Arc::clone(&self.queue);
        let builder = std::thread::Builder::new().name(format!("embed-{}", self.threads.len()));
        let thread = builder.spawn(move || worker.run(&queue)).map_err(EmbedError::Thread)?;
        self.threads.push(thread);
        Ok(())
    }

    pub(super) fn embed_query(&self, text: &str) -> Result<Vec<f32>, EmbedError> {
        let (reply, answers) = mpsc::channel();
        self.queue.push_query(Job { text: text.to_owned(), place: 0, reply });
        let (_, vector) = answers.recv().map_err(|_| EmbedError::Stopped)?;
        self.checked(vector?)
    }

    pub(super) fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        let (reply, answers) = mpsc::channel();
        let jobs = texts.iter().enumerate();
        self.queue.push_passages(jobs.map(|(place, text)| Job { text: text.clone(), place, reply: reply.clone() }));
        drop(reply);
        let mut vectors = vec![Vec::new(); texts.len()];
        for (place, vector) in answers {
            let vector = self.checked(vector?)?;
            if let Some(slot) = vectors.get_mut(place) {
                *slot = vector;
            }
        }
        if vectors.iter().any(Vec::is_empty) { Err(EmbedError::Stopped) } else { Ok(vectors) }
    }

    fn checked(&self, vector: Vec<f32>) -> Result<Vec<f32>, EmbedError> {
        let actual = vector.len();
        if actual == self.dimension { Ok(vector) } else { Err(EmbedError::Shape { expected: self.dimension, actual }) }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.queue.close();
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
    }
}

struct Worker {
    session: Option<TextEmbedding>,
    open: OpenSession,
    stays: bool,
}

impl Worker {
    fn run(&mut self, queue: &Queue) {
        loop {
            let loaded = self.session.is_some();
            let takes = if loaded { Takes::Everything } else { Takes::Passages };
            let patience = (loaded && !self.stays).then_some(PATIENCE);
            match queue.next(takes, patience) {
                Next::Job(job) => self.answer(&job),
                Next::Idle => self.session = None,
                Next::Closed => return,
            }
        }
    }

    fn answer(&mut self, job: &Job) {
        let vector = self.embed(&job.text);
        // The caller may have given up after an earlier failure.
        let _ = job.reply.send((job.place, vector));
    }

    fn embed(&mut self, text: &str) -> Result<Vec<f32>, EmbedError> {
        let session = match &mut self.session {
            Some(session) => session,
            empty => empty.insert((self.open)()?),
        };
        let vectors = session.embed([text], Some(1)).map_err(EmbedError::Embed)?;
        Ok(vectors.into_iter().next().unwrap_or_default())
    }
}
