//! Captions to segments of talk, each revised in place.

use std::collections::VecDeque;

use crate::{
    Caption,
    given::tidy,
    rolling::{self, Rolling},
};

/// How long ago a segment may have been said for a caption to roll on from it, in seconds.
const ROLLING: f64 = 10.0;
/// How far back a time may lie without the clock being wrong, in seconds: people interrupt each other.
const SLACK: f64 = 1.0;
/// Times that are nearer than this are the same, in seconds.
const SAME_TIME: f64 = 0.001;

/// The talk as it stands: segments in the order they began, revised in place.
#[derive(Debug, Clone)]
pub struct Talk {
    keep: usize,
    kept: VecDeque<Kept>,
    begun: u64,
    latest: Option<f64>,
    is_behind: bool,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// From 1, in the order of beginning.
    pub id: u64,
    /// The captioning tool's own id.
    pub key: Option<String>,
    /// When it began, in seconds from the start of the talk; never less than that of a segment before it.
    pub at: Option<f64>,
    /// Who spoke.
    pub speaker: Option<String>,
    /// What was said: one line, not empty.
    pub text: String,
    /// Whether the tool was done with it; a correction may still come.
    pub is_final: bool,
    /// How often it was changed.
    pub revision: u32,
}

/// What a caption did to the talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// What changed.
    pub change: Change,
    /// Whether times began to lie behind those heard before; said once until they catch up.
    pub clock_went_back: bool,
}

/// What a caption changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The segment with this id began.
    New(u64),
    /// The segment with this id changed.
    Revised(u64),
    /// Nothing: what was said is known, or nothing was.
    Same,
}

/// A segment with the times as the tool told them.
#[derive(Debug, Clone)]
struct Kept {
    segment: Segment,
    began: Option<f64>,
    last_heard: Option<f64>,
}

impl Talk {
    /// A talk of which at most so many segments are kept; the oldest fall out.
    pub fn new(keep: usize) -> Self {
        Self { keep, kept: VecDeque::new(), begun: 0, latest: None, is_behind: false }
    }

    /// Takes in a caption.
    pub fn hear(&mut self, caption: Caption) -> Heard {
        let (caption, _) = tidy(caption);
        if caption.text.is_empty() {
            return Change::Same.into();
        }
        if let Some(key) = &caption.key {
            return match self.kept.iter().rposition(|kept| kept.segment.key.as_ref() == Some(key)) {
                Some(place) => self.revise(place, caption),
                None => self.begin(caption),
            };
        }
        if let Some(place) = self.place_of(&caption, |segment| !segment.is_final) {
            return self.revise(place, caption);
        }
        if caption.is_final { self.roll(caption) } else { self.begin(caption) }
    }

    /// The segments that are kept, oldest first.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &Segment> {
        self.kept.iter().map(|kept| &kept.segment)
    }

    /// The segment with this id, while it is kept.
    pub fn get(&self, id: u64) -> Option<&Segment> {
        let first = self.kept.front()?.segment.id;
        let place = usize::try_from(id.checked_sub(first)?).ok()?;
        self.kept.get(place).map(|kept| &kept.segment)
    }

    /// How many segments began in all, those that fell out included.
    pub fn heard(&self) -> u64 {
        self.begun
    }

    /// The last segment without a key of the caption's speaker that is as asked.
    fn place_of(&self, caption: &Caption, is_asked: impl Fn(&Segment) -> bool) -> Option<usize> {
        self.kept.iter().rposition(|Kept { segment, .. }| {
            segment.key.is_none() && segment.speaker == caption.speaker && is_asked(segment)
        })
    }

    /// A final caption without a key and without an open segment: it may go on from the speaker's last one.
    fn roll(&mut self, mut caption: Caption) -> Heard {
        let Some(place) = self.place_of(&caption, |_| true) else { return self.begin(caption) };
        let Some(last) = self.kept.get(place) else { return self.begin(caption) };
        if last.segment.text == caption.text && is_within(SAME_TIME, last.began, caption.at) {
            return Change::Same.into();
        }
        let is_near = is_within(ROLLING, last.last_heard, caption.at);
        match rolling::compare(&last.segment.text, &caption.text) {
            Some(Rolling::Grown) if is_within(ROLLING, last.began, caption.at) => self.revise(place, caption),
            Some(Rolling::Inside) if is_near => Change::Same.into(),
            Some(Rolling::Beyond(start)) if is_near => {
                caption.text.drain(..start);
                self.begin(caption)
            }
            _ => self.begin(caption),
        }
    }

    fn begin(&mut self, caption: Caption) -> Heard {
        let Caption { key, at: told, speaker, text, is_final } = caption;
        let (at, clock_went_back) = self.time(told);
        self.begun += 1;
        let segment = Segment { id: self.begun, key, at, speaker, text, is_final, revision: 0 };
        self.kept.push_back(Kept { segment, began: told, last_heard: told });
        while self.kept.len() > self.keep {
            self.kept.pop_front();
        }
        Heard { change: Change::New(self.begun), clock_went_back }
    }

    /// Replaces what is said and, where it is told, who says it. When it began stays, and what was final stays final.
    fn revise(&mut self, place: usize, caption: Caption) -> Heard {
        let Some(kept) = self.kept.get_mut(place) else { return self.begin(caption) };
        kept.last_heard = caption.at.or(kept.last_heard);
        let segment = &mut kept.segment;
        let speaker = caption.speaker.or_else(|| segment.speaker.clone());
        let is_final = segment.is_final || caption.is_final;
        if segment.text == caption.text && segment.speaker == speaker && segment.is_final == is_final {
            return Change::Same.into();
        }
        segment.text = caption.text;
        segment.speaker = speaker;
        segment.is_final = is_final;
        segment.revision += 1;
        Change::Revised(segment.id).into()
    }

    /// The time of a segment that begins, so that segments stay in order, and whether the clock went back just now.
    fn time(&mut self, told: Option<f64>) -> (Option<f64>, bool) {
        let Some(at) = told else { return (None, false) };
        let latest = self.latest.map_or(at, |latest| latest.max(at));
        self.latest = Some(latest);
        let was_behind = self.is_behind;
        self.is_behind = at < latest - SLACK || (was_behind && at < latest);
        (Some(latest), self.is_behind && !was_behind)
    }
}

impl From<Change> for Heard {
    fn from(change: Change) -> Self {
        Self { change, clock_went_back: false }
    }
}

/// Whether two times are so near; a time that is not known may be any.
fn is_within(seconds: f64, one: Option<f64>, other: Option<f64>) -> bool {
    one.zip(other).is_none_or(|(one, other)| (one - other).abs() <= seconds)
}
