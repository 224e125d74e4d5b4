//! What a reader gives out, made fit to be given.

use crate::{
    Caption, LONGEST_TEXT, Problem, ProblemKind, Read,
    clean::{clean, cut},
    speaker,
};

/// Most characters of a speaker's name.
pub(crate) const LONGEST_SPEAKER: usize = 100;
/// Most characters of a key: two that were cut could be the same, so a longer one is none.
pub(crate) const LONGEST_KEY: usize = 200;

/// What was read and is not yet given out.
#[derive(Debug, Default)]
pub(crate) struct Given {
    reads: Vec<Read>,
}

impl Given {
    /// Gives out what there is.
    pub(crate) fn take(&mut self) -> Vec<Read> {
        std::mem::take(&mut self.reads)
    }

    pub(crate) fn problem(&mut self, line: u64, kind: ProblemKind) {
        self.reads.push(Read::Problem(Problem { line, kind }));
    }

    /// A caption whose text may begin with the speaker where none is known.
    pub(crate) fn caption_of_someone(&mut self, line: u64, mut caption: Caption) {
        caption.text = clean(&caption.text);
        if caption.speaker.is_none()
            && let Some((name, said)) = speaker::split(&caption.text)
        {
            (caption.speaker, caption.text) = (Some(name.to_owned()), said.to_owned());
        }
        self.caption(line, caption);
    }

    /// A caption, unless nothing is said in it.
    pub(crate) fn caption(&mut self, line: u64, caption: Caption) {
        let (caption, is_cut) = tidy(caption);
        if caption.text.is_empty() {
            return;
        }
        if is_cut {
            self.problem(line, ProblemKind::TextTooLong);
        }
        self.reads.push(Read::Caption(caption));
    }
}

/// The caption with clean words of bounded length, and whether its text had to be cut.
pub(crate) fn tidy(caption: Caption) -> (Caption, bool) {
    let (text, is_cut) = cut(clean(&caption.text), LONGEST_TEXT);
    let speaker = caption.speaker.map(|name| cut(clean(&name), LONGEST_SPEAKER).0).filter(|name| !name.is_empty());
    let key = caption.key.map(|key| clean(&key)).filter(|key| !key.is_empty() && key.chars().count() <= LONGEST_KEY);
    (Caption { key, speaker, text, at: caption.at.filter(|at| at.is_finite() && *at >= 0.0), ..caption }, is_cut)
}
