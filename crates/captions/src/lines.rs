//! Bytes of UTF-8 to lines, however they are cut.

/// Most bytes in a line; a longer one is skipped.
pub const LONGEST_LINE: usize = 64 * 1024;

/// A line that has come to its end.
#[derive(Debug, PartialEq)]
pub(crate) struct Line {
    /// From 1.
    pub number: u64,
    pub body: Body,
}

/// What a line is.
#[derive(Debug, PartialEq)]
pub(crate) enum Body {
    Text(String),
    /// Text with replacement characters for what is none.
    Damaged(String),
    /// So many bytes, which were not kept.
    TooLong(u64),
    NotText,
}

/// The line under way. Ends are LF, CR LF or CR.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    buffer: Vec<u8>,
    length: u64,
    number: u64,
    is_after_cr: bool,
}

impl Lines {
    /// Takes bytes and passes on the lines that end in them.
    pub(crate) fn feed(&mut self, mut bytes: &[u8], mut pass: impl FnMut(Line)) {
        while let Some((first, rest)) = bytes.split_first() {
            if std::mem::take(&mut self.is_after_cr) && *first == b'\n' {
                bytes = rest;
                continue;
            }
            let mut parts = bytes.splitn(2, |byte| matches!(byte, b'\n' | b'\r'));
            let line = parts.next().unwrap_or_default();
            self.grow(line);
            let Some(rest) = parts.next() else { return };
            self.is_after_cr = bytes.get(line.len()) == Some(&b'\r');
            pass(self.end());
            bytes = rest;
        }
    }

    /// The end of the input: the line that no line break ended.
    pub(crate) fn finish(&mut self, mut pass: impl FnMut(Line)) {
        if self.length > 0 {
            pass(self.end());
        }
    }

    fn grow(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        if self.length <= LONGEST_LINE as u64 {
            self.buffer.extend_from_slice(bytes);
        } else {
            self.buffer = Vec::new();
        }
    }

    fn end(&mut self) -> Line {
        self.number += 1;
        let length = std::mem::take(&mut self.length);
        let body = if length > LONGEST_LINE as u64 { Body::TooLong(length) } else { body(&self.buffer) };
        self.buffer.clear();
        Line { number: self.number, body }
    }
}

fn body(bytes: &[u8]) -> Body {
    if bytes.contains(&0) {
        return Body::NotText;
    }
    let (text, is_damaged) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (String::from_utf8_lossy(bytes).into_owned(), true),
    };
    let is_odd = |character: &char| {
        (character.is_control() && *character != '\t') || (is_damaged && *character == char::REPLACEMENT_CHARACTER)
    };
    match text.chars().filter(is_odd).count() * 2 > text.chars().count() {
        true => Body::NotText,
        false if is_damaged => Body::Damaged(text),
        false => Body::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn lines(bytes: &[u8], step: usize) -> Vec<Line> {
        let (mut lines, mut all) = (Lines::default(), Vec::new());
        for piece in bytes.chunks(step) {
            lines.feed(piece, |line| all.push(line));
        }
        lines.finish(|line| all.push(line));
        all
    }

    fn text(text: &str) -> Body {
        Body::Text(text.to_owned())
    }

    #[rstest]
    #[case::lf(b"a\nb\n", vec![text("a"), text("b")])]
    #[case::crlf(b"a\r\n\r\nb", vec![text("a"), text(""), text("b")])]
    #[case::cr(b"a\r\rb\r", vec![text("a"), text(""), text("b")])]
    #[case::lf_cr(b"a\n\rb", vec![text("a"), text(""), text("b")])]
    #[case::damaged(b"caf\xe9 au lait", vec![Body::Damaged("caf\u{fffd} au lait".to_owned())])]
    #[case::a_real_replacement("\u{fffd}".as_bytes(), vec![text("\u{fffd}")])]
    #[case::nul(b"a\0b\nc", vec![Body::NotText, text("c")])]
    #[case::controls(b"\x01\x02\x03a", vec![Body::NotText])]
    #[case::mostly_damaged(b"\xff\xd8\xe0\x10JF", vec![Body::NotText])]
    #[case::tabs(b"\t\ta", vec![text("\t\ta")])]
    #[case::nothing(b"", vec![])]
    fn of_every_kind(#[case] bytes: &[u8], #[case] expected: Vec<Body>) {
        for step in 1..=bytes.len().max(1) {
            let found = lines(bytes, step);
            assert!(found.iter().enumerate().all(|(index, line)| line.number == index as u64 + 1));
            assert_eq!(found.into_iter().map(|line| line.body).collect::<Vec<_>>(), expected, "in steps of {step}");
        }
    }

    #[rstest]
    #[case(LONGEST_LINE, false)]
    #[case(LONGEST_LINE + 1, true)]
    #[case(3_000_000, true)]
    fn a_long_line_is_not_kept(#[case] length: usize, #[case] is_too_long: bool) {
        let (mut lines, mut all) = (Lines::default(), Vec::new());
        for _ in 0..length {
            lines.feed(b"x", |line| all.push(line));
            assert!(lines.buffer.capacity() <= 2 * LONGEST_LINE);
        }
        lines.feed(b"\nafter\n", |line| all.push(line));
        assert_eq!(all.first().map(|line| line.body == Body::TooLong(length as u64)), Some(is_too_long));
        assert_eq!(all.last(), Some(&Line { number: 2, body: text("after") }));
    }
}
