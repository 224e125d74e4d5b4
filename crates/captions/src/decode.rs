//! Bytes of whatever encoding to bytes of UTF-8.

/// Takes a byte order mark off, and turns UTF-16 with one into UTF-8.
#[derive(Debug)]
pub(crate) enum Decoder {
    /// What came so far may be the beginning of a byte order mark.
    Start(Vec<u8>),
    Utf8,
    Utf16(Units),
}

/// UTF-16 under way.
#[derive(Debug)]
pub(crate) struct Units {
    is_big_endian: bool,
    byte: Option<u8>,
    high: Option<u16>,
}

const MARKS: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
/// Stands for half a character: it is no UTF-8, so the line that has it is known to be damaged.
const DAMAGED: u8 = 0xff;

impl Default for Decoder {
    fn default() -> Self {
        Self::Start(Vec::new())
    }
}

impl Decoder {
    /// Takes bytes and passes on what they are in UTF-8 (not checked where they are said to be UTF-8).
    pub(crate) fn feed(&mut self, mut bytes: &[u8], mut pass: impl FnMut(&[u8])) {
        while let (Self::Start(begun), Some((first, rest))) = (&mut *self, bytes.split_first()) {
            begun.push(*first);
            bytes = rest;
            if let Some((next, text)) = decide(begun) {
                *self = next;
                pass(&text);
            }
        }
        match self {
            Self::Start(_) => {}
            Self::Utf8 => pass(bytes),
            Self::Utf16(units) => pass(&units.feed(bytes)),
        }
    }

    /// The end of the input: what was waiting for more.
    pub(crate) fn finish(&mut self, mut pass: impl FnMut(&[u8])) {
        match std::mem::take(self) {
            Self::Start(begun) => pass(&begun),
            Self::Utf16(Units { byte, high, .. }) if byte.is_some() || high.is_some() => pass(&[DAMAGED]),
            Self::Utf8 | Self::Utf16(_) => {}
        }
    }
}

/// The encoding, and what of the bytes is text, once they tell.
fn decide(begun: &[u8]) -> Option<(Decoder, Vec<u8>)> {
    let utf16 = |is_big_endian| Decoder::Utf16(Units { is_big_endian, byte: None, high: None });
    match begun {
        b"\xef\xbb\xbf" => Some((Decoder::Utf8, Vec::new())),
        b"\xff\xfe" => Some((utf16(false), Vec::new())),
        b"\xfe\xff" => Some((utf16(true), Vec::new())),
        _ if MARKS.iter().any(|mark| mark.starts_with(begun)) => None,
        _ => Some((Decoder::Utf8, begun.to_vec())),
    }
}

impl Units {
    fn feed(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut text = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            let Some(first) = self.byte.take() else {
                self.byte = Some(byte);
                continue;
            };
            let pair = [first, byte];
            let unit = if self.is_big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
            self.unit(unit, &mut text);
        }
        text
    }

    fn unit(&mut self, unit: u16, text: &mut Vec<u8>) {
        let is_high = (0xd800..0xdc00).contains(&unit);
        let units = [self.high.take(), (!is_high).then_some(unit)];
        self.high = is_high.then_some(unit);
        for decoded in char::decode_utf16(units.into_iter().flatten()) {
            match decoded {
                Ok(character) => text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(_) => text.push(DAMAGED),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn decode(bytes: &[u8], step: usize) -> Vec<u8> {
        let (mut decoder, mut text) = (Decoder::default(), Vec::new());
        for piece in bytes.chunks(step) {
            decoder.feed(piece, |more| text.extend_from_slice(more));
        }
        decoder.finish(|more| text.extend_from_slice(more));
        text
    }

    #[rstest]
    #[case::no_mark(b"abc", b"abc")]
    #[case::mark(b"\xef\xbb\xbfabc", b"abc")]
    #[case::nearly_a_mark(b"\xef\xbbabc", b"\xef\xbbabc")]
    #[case::a_mark_begun(b"\xef\xbb", b"\xef\xbb")]
    #[case::little(b"\xff\xfea\0\xe4\0", "aä".as_bytes())]
    #[case::big(b"\xfe\xff\0a\0\xe4", "aä".as_bytes())]
    #[case::pair(b"\xfe\xff\xd8\x3d\xde\x00", "😀".as_bytes())]
    #[case::half_a_pair(b"\xfe\xff\xd8\x3d\0a", b"\xffa")]
    #[case::two_high_halves(b"\xfe\xff\xd8\x3d\xd8\x3d\xde\x00", b"\xff\xf0\x9f\x98\x80")]
    #[case::other_half(b"\xfe\xff\xde\x00\0a", b"\xffa")]
    #[case::odd_end(b"\xff\xfea\0b", b"a\xff")]
    #[case::nothing(b"", b"")]
    fn encodings(#[case] bytes: &[u8], #[case] expected: &[u8]) {
        for step in 1..=bytes.len().max(1) {
            assert_eq!(decode(bytes, step), expected, "in steps of {step}");
        }
    }
}
