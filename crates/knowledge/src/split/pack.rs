//! Packing atoms into chunks, from the start of a section to its end.

use std::ops::Range;

/// One atom of a section on its way into a chunk.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Bytes in the page text.
    pub(super) span: Range<usize>,
    pub(super) tokens: usize,
    /// Number of its block in the section.
    pub(super) block: usize,
    pub(super) sentence: bool,
    pub(super) glued: bool,
    /// What a chunk that begins with it has before it.
    pub(super) lead: Lead,
}

/// Index of a prefix in its packer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lead(usize);

impl Lead {
    /// Title and heading path alone.
    pub(super) const PATH: Self = Self(0);
}

/// A finished chunk, but for its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pack {
    pub(super) span: Range<usize>,
    pub(super) prefix: String,
}

/// Fills one chunk after the other.
pub(super) struct Packer {
    /// Prefixes, and the tokens that each leaves for text.
    leads: Vec<(String, usize)>,
    overlap: usize,
    current: Vec<Piece>,
    packs: Vec<Pack>,
}

impl Packer {
    pub(super) fn new(path: String, room: usize, overlap: usize) -> Self {
        Self { leads: vec![(path, room)], overlap, current: Vec::new(), packs: Vec::new() }
    }

    /// Tokens of text that fit below the heading path.
    pub(super) fn room(&self) -> usize {
        self.room_below(Lead::PATH)
    }

    /// The prefix of chunks that begin below a table's header: the header and its tokens.
    pub(super) fn lead(&mut self, header: Option<(&str, usize)>) -> Lead {
        let Some((header, tokens)) = header else { return Lead::PATH };
        let (path, room) = self.leads.first().cloned().unwrap_or_default();
        let prefix = if path.is_empty() { header.to_owned() } else { format!("{path}\n{header}") };
        self.leads.push((prefix, room.saturating_sub(tokens)));
        Lead(self.leads.len() - 1)
    }

    pub(super) fn add(&mut self, piece: Piece) {
        let Some(first) = self.current.first() else { return self.current.push(piece) };
        let tokens: usize = self.current.iter().map(|piece| piece.tokens).sum();
        if piece.glued || tokens + piece.tokens > self.room_below(first.lead) {
            let repeated = self.repeated(&piece);
            self.close();
            self.current = repeated;
        }
        self.current.push(piece);
    }

    pub(super) fn finish(mut self) -> Vec<Pack> {
        self.close();
        self.packs
    }

    /// The sentences that the next chunk begins with again: as many from the end as the overlap holds, never all.
    fn repeated(&self, next: &Piece) -> Vec<Piece> {
        let room = self.overlap.min(self.room().saturating_sub(next.tokens));
        let mut tokens = 0;
        let from_end = self.current.iter().skip(1).rev().take_while(|piece| {
            tokens += piece.tokens;
            next.sentence && piece.sentence && piece.block == next.block && tokens <= room
        });
        let count = from_end.count();
        self.current.iter().skip(self.current.len() - count).cloned().collect()
    }

    fn close(&mut self) {
        let pieces = std::mem::take(&mut self.current);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        let prefix = self.leads.get(first.lead.0).map(|(prefix, _)| prefix.clone()).unwrap_or_default();
        self.packs.push(Pack { span: first.span.start..last.span.end, prefix });
    }

    fn room_below(&self, lead: Lead) -> usize {
        self.leads.get(lead.0).map_or(0, |(_, room)| *room)
    }
}
