//! The texts that wait for an embedding thread, queries first.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    time::Duration,
};

use super::error::EmbedError;

/// A vector, or why there is none, with the text's place in its call.
pub(super) type Answer = (usize, Result<Vec<f32>, EmbedError>);

/// One text on its way to a vector.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) text: String,
    pub(super) place: usize,
    pub(super) reply: mpsc::Sender<Answer>,
}

/// What a thread may take: one that would have to load a session first leaves queries to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Everything,
    Passages,
}

/// What a waiting thread is given.
#[derive(Debug)]
pub(super) enum Next {
    Job(Job),
    Idle,
    Closed,
}

/// Jobs in two lines.
#[derive(Debug, Default)]
pub(super) struct Queue {
    lines: Mutex<Lines>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Lines {
    queries: VecDeque<Job>,
    passages: VecDeque<Job>,
    closed: bool,
}

impl Queue {
    pub(super) fn push_query(&self, job: Job) {
        self.lines().queries.push_back(job);
        self.changed.notify_all();
    }

    pub(super) fn push_passages(&self, jobs: impl Iterator<Item = Job>) {
        self.lines().passages.extend(jobs);
        self.changed.notify_all();
    }

    /// Ends the threads; jobs that still wait are dropped, which their callers see as [`EmbedError::Stopped`].
    pub(super) fn close(&self) {
        let mut lines = self.lines();
        lines.closed = true;
        lines.queries.clear();
        lines.passages.clear();
        drop(lines);
        self.changed.notify_all();
    }

    /// Waits for a job, or with `patience` for that long.
    pub(super) fn next(&self, takes: Takes, patience: Option<Duration>) -> Next {
        let mut lines = self.lines();
        loop {
            if lines.closed {
                return Next::Closed;
            }
            if let Some(job) = lines.take(takes) {
                return Next::Job(job);
            }
            let Some(patience) = patience else {
                lines = self.changed.wait(lines).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let (next, waited) = self.changed.wait_timeout(lines, patience).unwrap_or_else(PoisonError::into_inner);
            lines = next;
            if waited.timed_out() {
                return lines.take(takes).map_or(Next::Idle, Next::Job);
            }
        }
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    fn take(&mut self, takes: Takes) -> Option<Job> {
        let query = if takes == Takes::Everything { self.queries.pop_front() } else { None };
        query.or_else(|| self.passages.pop_front())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(text: &str) -> Job {
        Job { text: text.to_owned(), place: 0, reply: mpsc::channel().0 }
    }

    fn taken(queue: &Queue, takes: Takes) -> String {
        match queue.next(takes, Some(Duration::ZERO)) {
            Next::Job(job) => job.text,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_query_overtakes_every_waiting_passage() {
        let queue = Queue::default();
        queue.push_passages(["first", "second"].into_iter().map(job));
        queue.push_query(job("query"));
        let order: Vec<String> = (0..4).map(|_| taken(&queue, Takes::Everything)).collect();
        assert_eq!(order, ["query", "first", "second", "Idle"]);
    }

    #[test]
    fn a_thread_without_a_session_leaves_queries_alone() {
        let queue = Queue::default();
        queue.push_query(job("query"));
        assert_eq!(taken(&queue, Takes::Passages), "Idle");
        queue.push_passages(std::iter::once(job("passage")));
        assert_eq!(taken(&queue, Takes::Passages), "passage");
        assert_eq!(taken(&queue, Takes::Everything), "query");
    }

    #[test]
    fn closing_drops_what_waits() {
        let queue = Queue::default();
        queue.push_query(job("query"));
        queue.close();
        assert_eq!(taken(&queue, Takes::Everything), "Closed");
    }
}
